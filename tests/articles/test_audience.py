"""Who is told of what is done to a story: said over HTTP, read in the desk."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from articles import audience, editing, rules, scheduling, workflow
from articles.models import Article
from articles.publishing import release_due_stories
from articles.states import AWAITING_REVIEW, State, Verb
from editions.publishing import publish_edition
from newsroom.staff.models import MailState, Notice, NoticeChoice, NoticeKind, RoleGrant, User
from newsroom.staff.notices import settle, tell
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in

REPORTER, EDITOR, DESK_CHIEF, CHIEF = Role.REPORTER, Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF
CREDITED = "credited"


@pytest.fixture
def everybody(people):
    """The people, and a second editor of the section, a second chief, one of another section, a credited reporter."""
    return {
        **people,
        CREDITED: house.make_person(CREDITED, REPORTER),
        "second_editor": house.make_person("second_editor", EDITOR),
        "second_chief": house.make_person("second_chief", CHIEF),
        "sports_editor": house.make_person("sports_editor", EDITOR, sections=("sports",)),
    }


def story_in(state: State, everybody) -> Article:
    """The reporter's story with somebody else in the byline; what was told on the way is forgotten."""
    story = house.make_story(everybody[REPORTER], bylines=[house.credit(everybody[CREDITED])])
    story = house.bring_to(story, state, everybody)
    Notice.objects.all().delete()
    return story


def told() -> dict[str, set[str]]:
    """Who was told what, by kind."""
    kinds: dict[str, set[str]] = {}
    for notice in Notice.objects.select_related("recipient"):
        assert notice.recipient.username not in kinds.get(notice.kind, set()), "told twice"
        kinds.setdefault(notice.kind, set()).add(notice.recipient.username)
    return kinds


def says(user: User, verb: Verb, story: Article, reason: str = "") -> None:
    story = Article.objects.get(pk=story.pk)
    said = {"verb": verb, "seen": story.seen, "reason": reason}
    assert signed_in(user).post(f"{DESK}/stories/{story.pk}/act/", said).status_code == 302


AUTHORS = {"reporter", CREDITED}
# state, who, verb -> whom it is told, by kind
TABLE = [
    (State.DRAFT, REPORTER, Verb.SUBMIT, {"awaited": {"section_editor", "second_editor"}}),
    (State.SUBMITTED, REPORTER, Verb.RECALL, {}),
    (State.SUBMITTED, EDITOR, Verb.SIGN, {"signed": AUTHORS, "awaited": {"desk_chief"}}),
    (State.SUBMITTED, EDITOR, Verb.RETURN, {"returned": AUTHORS}),
    (State.IN_REVIEW, DESK_CHIEF, Verb.SIGN, {"signed": AUTHORS, "awaited": {"editor_in_chief", "second_chief"}}),
    (State.IN_REVIEW, DESK_CHIEF, Verb.RETURN, {"returned": AUTHORS, "voided": {"section_editor"}}),
    (State.SIGNED_OFF, CHIEF, Verb.SPIKE, {"spiked": AUTHORS, "voided": {"section_editor", "desk_chief"}}),
    (State.SIGNED_OFF, CHIEF, Verb.PUBLISH, {"published": AUTHORS}),
    (
        State.PUBLISHED,
        DESK_CHIEF,
        Verb.CORRECT,
        {"corrected": AUTHORS, "voided": {"editor_in_chief"}, "awaited": {"editor_in_chief", "second_chief"}},
    ),
    (State.PUBLISHED, CHIEF, Verb.WITHDRAW, {"withdrawn": AUTHORS, "voided": {"section_editor", "desk_chief"}}),
    (State.DRAFT, CREDITED, Verb.SPIKE, {"spiked": {"reporter"}}),
    (State.WITHDRAWN, CHIEF, Verb.REVIVE, {"revived": AUTHORS}),
    (State.SPIKED, DESK_CHIEF, Verb.REVIVE, {"revived": AUTHORS}),
    (State.SPIKED, CREDITED, Verb.REVIVE, {"revived": {"reporter"}}),
]


@pytest.mark.parametrize(
    ("state", "who", "verb", "expected"), TABLE, ids=[f"{state}-{verb}" for state, _who, verb, _expected in TABLE]
)
def test_who_is_told_of_what_is_said_to_a_story(everybody, state, who, verb, expected):
    story = story_in(state, everybody)
    says(everybody[who], verb, story, "缺少第二个来源")
    assert told() == expected
    assert {n.text for n in Notice.objects.exclude(kind="awaited").exclude(kind="signed")} <= {"缺少第二个来源", ""}


def test_the_last_signature_under_a_correction_says_that_it_is_published(everybody):
    story = story_in(State.PUBLISHED, everybody)
    says(everybody[DESK_CHIEF], Verb.CORRECT, story, "数字有误")
    Notice.objects.all().delete()
    says(everybody[CHIEF], Verb.SIGN, story)
    assert told() == {"published": AUTHORS}


def test_an_edit_after_the_last_signature_tells_the_signer_and_those_who_may_sign_again(everybody):
    story = story_in(State.SIGNED_OFF, everybody)
    house.save(story, everybody[EDITOR], headline="改过的标题")
    assert told() == {"voided": {"editor_in_chief"}, "awaited": {"editor_in_chief", "second_chief"}}
    assert Notice.objects.filter(kind="voided").get().by_label == str(everybody[EDITOR])


def test_an_edit_that_voids_nothing_tells_nobody(everybody):
    story = story_in(State.SIGNED_OFF, everybody)
    house.save(story, everybody[EDITOR], desk_note="记得回访")
    in_review = story_in(State.IN_REVIEW, everybody)
    house.save(in_review, everybody[DESK_CHIEF], headline="改过的标题")
    assert told() == {}


def test_a_step_added_to_the_review_is_told_to_whom_it_awaits(everybody):
    story_in(State.SIGNED_OFF, everybody)
    house.set_steps(EDITOR, DESK_CHIEF, CHIEF, CHIEF)
    workflow.settle_steps(acting_user=everybody[Role.ADMINISTRATOR])
    assert told() == {"awaited": {"second_chief"}}


def test_the_clock_and_an_edition_tell_the_authors_too(everybody):
    story = story_in(State.SIGNED_OFF, everybody)
    soon = timezone.now() + datetime.timedelta(minutes=1)
    scheduling.set_release_times(story.pk, embargo_until=None, publish_at=soon, acting_user=everybody[CHIEF])
    release_due_stories(soon)
    assert told() == {"published": AUTHORS}
    assert set(Notice.objects.values_list("by_label", flat=True)) == {""}
    other = story_in(State.SIGNED_OFF, everybody)
    edition = house.open_edition(everybody, pages=1)
    house.place(edition, 1, other, everybody)
    publish_edition(edition.pk, acting_user=everybody[CHIEF])
    assert told() == {"published": AUTHORS}


def test_what_was_refused_is_told_to_nobody(everybody):
    story = story_in(State.SUBMITTED, everybody)
    answer = signed_in(everybody[EDITOR]).post(
        f"{DESK}/stories/{story.pk}/act/", {"verb": Verb.RETURN, "seen": story.seen, "reason": ""}
    )
    assert answer.status_code == 422
    assert told() == {}


def test_what_awaits_nobody_any_more_is_no_news(everybody):
    story = story_in(State.DRAFT, everybody)
    says(everybody[REPORTER], Verb.SUBMIT, story)
    says(everybody[EDITOR], Verb.SIGN, story)
    awaited = Notice.objects.filter(kind="awaited")
    assert set(awaited.unread().values_list("recipient__username", flat=True)) == {"desk_chief"}


def test_what_is_no_longer_so_is_not_mailed(everybody, settings):
    settings.MAIL_IS_SET_UP = True
    User.objects.filter(username="second_editor").update(email="second@paper.example")
    NoticeChoice.objects.create(user=everybody["second_editor"], kind="awaited", by_mail=True)
    story = story_in(State.SUBMITTED, everybody)
    tell([everybody["second_editor"]], NoticeKind.AWAITED, story)
    notice = Notice.objects.get()
    assert notice.mail_state == MailState.DUE
    settle(NoticeKind.AWAITED, story)
    notice.refresh_from_db()
    assert (notice.mail_state, notice.read_at is None) == (MailState.NONE, False)


def test_remarks_and_lateness_find_their_people(everybody):
    story = story_in(State.SUBMITTED, everybody)
    audience.tell_remarked(story, [everybody[DESK_CHIEF]], by=everybody[EDITOR], text="这里要核实", anchor="remark-1")
    assert told() == {"remarked": {*AUTHORS, "desk_chief"}}
    audience.tell_late(story)
    assert told()["late"] == {"section_editor", "second_editor"}


def test_nobody_is_told_who_left_or_wants_none_of_it(everybody):
    story = story_in(State.SUBMITTED, everybody)
    User.objects.filter(username=CREDITED).update(is_active=False)
    NoticeChoice.objects.create(user=everybody[REPORTER], kind="returned", in_desk=False)
    says(everybody[EDITOR], Verb.RETURN, story, "太长")
    assert told() == {}


def test_telling_costs_the_same_however_many_are_told(everybody, django_assert_num_queries):
    story = story_in(State.SUBMITTED, everybody)
    with django_assert_num_queries(2):
        tell(rules.authors_of(story), NoticeKind.LATE, story)
    with django_assert_num_queries(2):
        tell(list(everybody.values()), NoticeKind.LATE, story)
    with django_assert_num_queries(1):
        tell([everybody[EDITOR]], NoticeKind.LATE, story, by=everybody[EDITOR])


# -- the rules the other way round


def test_the_queries_over_people_say_what_the_predicates_say(everybody):
    RoleGrant.objects.create(user=everybody[REPORTER], role=CHIEF)
    RoleGrant.objects.create(user=everybody[CREDITED], role=CHIEF)
    User.objects.filter(username="second_editor").update(is_active=False)
    for state in State:
        story = story_in(state, everybody)
        stories = [story]
        if state in AWAITING_REVIEW:
            stories.append(house.act(story, Verb.SIGN, everybody[EDITOR if state == State.SUBMITTED else DESK_CHIEF]))
        for article in stories:
            people = User.objects.all()
            signs = {p.pk for p in people if rules.can(p, Verb.SIGN, article)}
            assert {p.pk for p in rules.signers_awaited(article)} == signs
            owns = {p.pk for p in people if rules.Part.OWNER in rules.parts_of(p, article)}
            assert {p.pk for p in rules.authors_of(article)} == owns


def test_with_no_steps_nobody_is_awaited(everybody):
    story = story_in(State.SUBMITTED, everybody)
    house.set_steps()
    assert not rules.signers_awaited(story).exists()


def test_a_second_byline_tells_once(everybody):
    story = story_in(State.DRAFT, everybody)
    bylines = [
        editing.Credit(house.contributor_for(everybody[CREDITED]).pk, role) for role in ("reporter", "photographer")
    ]
    editing.save_story(story.pk, {}, based_on=story.version, bylines=bylines, acting_user=everybody[REPORTER])
    audience.tell_published(Article.objects.get(pk=story.pk), by=None)
    assert told() == {"published": AUTHORS}
