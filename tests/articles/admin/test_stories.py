"""Stories in the admin: shown whole, moved by the verbs alone."""

from html import unescape

import pytest
from django.test import Client

from articles import editing
from articles.models import Article, Contributor, PublishedArticle, Revision, Signature
from articles.states import REASON_REQUIRED, State, Verb
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User
from newsroom.staff.roles import SIGNING_ROLES, Role
from tests import newsroom_of_tests as house

STORIES = "/en/admin/articles/article/"
EVERY_REVIEWER = frozenset(SIGNING_ROLES)

# Each verb in a state where it follows: who filed the story, where it stands, and who may say it in the admin.
CORRECTION = "a correction just opened"
BUTTONS = [
    (Verb.SUBMIT, Role.SECTION_EDITOR, State.DRAFT, {Role.SECTION_EDITOR}, State.SUBMITTED),
    (Verb.SUBMIT, Role.REPORTER, State.RETURNED, EVERY_REVIEWER, State.SUBMITTED),
    (Verb.RECALL, Role.SECTION_EDITOR, State.SUBMITTED, {Role.SECTION_EDITOR}, State.DRAFT),
    (Verb.SIGN, Role.REPORTER, State.SUBMITTED, {Role.SECTION_EDITOR}, State.IN_REVIEW),
    (Verb.SIGN, Role.REPORTER, State.IN_REVIEW, {Role.DESK_CHIEF}, State.IN_REVIEW),
    (Verb.RETURN, Role.REPORTER, State.SUBMITTED, {Role.SECTION_EDITOR}, State.RETURNED),
    (Verb.RETURN, Role.REPORTER, State.SIGNED_OFF, {Role.EDITOR_IN_CHIEF}, State.RETURNED),
    (Verb.SPIKE, Role.REPORTER, State.IN_REVIEW, {Role.DESK_CHIEF}, State.SPIKED),
    (Verb.REVIVE, Role.REPORTER, State.SPIKED, EVERY_REVIEWER, State.RETURNED),
    (Verb.PUBLISH, Role.REPORTER, State.SIGNED_OFF, {Role.EDITOR_IN_CHIEF}, State.PUBLISHED),
    (Verb.CORRECT, Role.REPORTER, State.PUBLISHED, EVERY_REVIEWER, State.IN_REVIEW),
    (Verb.CALL_OFF, Role.REPORTER, CORRECTION, EVERY_REVIEWER, State.PUBLISHED),
    (Verb.WITHDRAW, Role.REPORTER, State.PUBLISHED, {Role.EDITOR_IN_CHIEF}, State.WITHDRAWN),
]


def signed_in(user: User, **options) -> Client:
    client = Client(**options)
    client.force_login(User.objects.get(pk=user.pk))
    return client


def page_of(client: Client, story: Article) -> str:
    return unescape(client.get(f"{STORIES}{story.pk}/change/").content.decode())


def act_url(story: Article, verb: str) -> str:
    return f"{STORIES}{story.pk}/act-{verb}/"


def say(client: Client, story: Article, verb: Verb, reason: str = "因为如此", seen: str | None = None):
    data = {"seen": now(story).seen if seen is None else seen, "reason": reason}
    return client.post(act_url(story, verb), data, follow=True)


def text_of(answer) -> str:
    return unescape(answer.content.decode())


def story_filed_by(owner: User, state: str, people: dict[Role, User]) -> Article:
    reached = State.PUBLISHED if state == CORRECTION else state
    story = house.bring_to(house.make_story(owner), reached, people | {Role.REPORTER: owner})
    return house.act(story, Verb.CORRECT, people[Role.EDITOR_IN_CHIEF], "数字有误") if state == CORRECTION else story


def now(story: Article) -> Article:
    return Article.objects.get(pk=story.pk)


@pytest.fixture
def editor(people):
    """The section editor of the section `city`, signed in."""
    return signed_in(people[Role.SECTION_EDITOR])


@pytest.fixture
def office(people):
    """The administrator, signed in."""
    return signed_in(people[Role.ADMINISTRATOR])


# -- verbs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    ("verb", "filed_by", "state", "may", "target"), BUTTONS, ids=[f"{row[0]}-from-{row[2]}" for row in BUTTONS]
)
def test_every_verb_as_a_button_by_who_may(people, role, verb, filed_by, state, may, target):
    story = story_filed_by(people[filed_by], state, people)
    before, rows = now(story), AuditEntry.objects.count()
    client = signed_in(people[role])
    assert (act_url(story, verb) in page_of(client, story)) == (role in may)
    say(client, story, verb)
    if role in may:
        assert now(story).state == target
        entry = AuditEntry.objects.first()
        assert (entry.act, entry.actor_id) == (f"story.{verb}", people[role].pk)
    else:
        assert (now(story).state, now(story).seen) == (before.state, before.seen)
        assert AuditEntry.objects.count() == rows
    assert PublishedArticle.objects.filter(number=story.pk).exists() == now(story).is_public


def test_every_verb_that_moves_a_story_has_its_button():
    assert {row[0] for row in BUTTONS} == set(Verb) - {Verb.EDIT}


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb != Verb.EDIT])
def test_another_sections_editor_does_not_even_see_the_story(people, verb):
    outsider = house.make_person("sports_desk", Role.SECTION_EDITOR, Role.DESK_CHIEF, sections=("sports",))
    story = house.story_in(State.SUBMITTED, people)
    answer = signed_in(outsider).post(act_url(story, verb), {"seen": story.seen, "reason": "x"})
    assert answer.status_code == 404
    assert now(story).state == State.SUBMITTED
    assert signed_in(outsider).get(f"{STORIES}{story.pk}/change/").status_code == 302
    assert signed_in(outsider).get(f"{STORIES}{story.pk}/history/").status_code == 302


def test_a_verb_wants_a_post_a_token_and_a_known_name(people, editor):
    story = house.story_in(State.SUBMITTED, people)
    page = f"{STORIES}{story.pk}/change/"
    assert editor.get(act_url(story, Verb.SIGN), follow=True).redirect_chain[-1][0].endswith(page)
    assert editor.put(act_url(story, Verb.SIGN)).status_code == 405
    assert editor.post(act_url(story, "edit"), {"seen": story.seen}).status_code == 404
    assert editor.post(act_url(story, "bless"), {"seen": story.seen}).status_code == 404
    strict = signed_in(people[Role.SECTION_EDITOR], enforce_csrf_checks=True)
    assert strict.post(act_url(story, Verb.SIGN), {"seen": story.seen}).status_code == 403
    assert now(story).state == State.SUBMITTED


def test_a_story_changed_meanwhile_is_not_signed_unseen(people, editor):
    story = house.story_in(State.SUBMITTED, people)
    house.save(story, people[Role.SECTION_EDITOR], headline="换了标题")
    answer = say(editor, story, Verb.SIGN, seen=story.seen)
    assert "Meanwhile this story has changed" in text_of(answer)
    assert not Signature.objects.exists()
    assert "Meanwhile" in text_of(say(editor, story, Verb.SIGN, seen=""))
    assert not Signature.objects.exists()


@pytest.mark.parametrize("verb", sorted(REASON_REQUIRED))
def test_without_its_reason_a_verb_is_refused(people, verb):
    state = State.SUBMITTED if verb in {Verb.RETURN, Verb.SPIKE} else State.PUBLISHED
    role = Role.SECTION_EDITOR if state == State.SUBMITTED else Role.EDITOR_IN_CHIEF
    story = house.story_in(state, people)
    answer = say(signed_in(people[role]), story, verb, reason=" \u200b ")
    assert "Please give a reason." in text_of(answer)
    assert now(story).state == state


def test_a_refused_reason_is_still_there(people, editor):
    story = house.story_in(State.SUBMITTED, people)
    house.save(story, people[Role.SECTION_EDITOR], headline="换了标题")
    answer = say(editor, story, Verb.RETURN, reason="请补 <采访> 对象", seen=story.seen)
    assert "Meanwhile this story has changed" in text_of(answer)
    assert "请补 &lt;采访&gt; 对象</textarea>" in answer.content.decode()
    assert now(story).state == State.SUBMITTED


# -- actions on a list ---------------------------------------------------------------------------------------


def choose(verb: str, *stories: Article, **extra) -> dict:
    """What the list sends for its checkboxes, with what every row showed."""
    return {
        "action": str(verb),
        "_selected_action": [story.pk for story in stories],
        "seen": [f"{story.pk}:{story.seen}" for story in stories],
    } | extra


def test_the_list_carries_what_each_row_showed(people, editor):
    story = house.story_in(State.SUBMITTED, people)
    assert f'<input type="hidden" name="seen" value="{story.pk}:{story.seen}">' in editor.get(STORIES).content.decode()


def test_selected_stories_are_signed_one_by_one_and_refusals_named(people, editor):
    good = [house.story_in(State.SUBMITTED, people, headline=f"好稿{number}") for number in (1, 2)]
    own = house.story_in(
        State.SUBMITTED,
        people,
        headline="自己的稿",
        bylines=[editing.Credit(house.contributor_for(people[Role.SECTION_EDITOR]).pk, "editor")],
    )
    stale = house.story_in(State.SUBMITTED, people, headline="改过的稿")
    house.save(stale, people[Role.SECTION_EDITOR], headline="改过的稿二")
    signed_off = house.story_in(State.SIGNED_OFF, people, headline="签过的稿")
    answer = editor.post(STORIES, choose(Verb.SIGN, *good, own, stale, signed_off), follow=True)
    text = text_of(answer)
    assert "Sign: 2 stories." in text
    assert "自己的稿: Nobody signs a story that carries their own byline." in text
    assert "改过的稿二: Meanwhile this story has changed" in text
    assert "签过的稿: “Sign” does not follow here" in text
    assert [now(story).step for story in (*good, own, stale, signed_off)] == [2, 2, 1, 1, None]
    assert AuditEntry.objects.filter(act=Act.STORY_SIGN, actor_id=people[Role.SECTION_EDITOR].pk).count() == 3


def test_a_story_that_was_not_on_the_list_is_left_alone(people, editor):
    """“Select all” reaches pages that nobody has seen; no token, no act."""
    story = house.story_in(State.SUBMITTED, people)
    data = choose(Verb.SIGN, story) | {"seen": [], "select_across": "1"}
    text = text_of(editor.post(STORIES, data, follow=True))
    assert "It was not on the page before you." in text
    assert now(story).step == 1


def test_a_bulk_return_asks_for_its_reason_first(people, editor):
    stories = [house.story_in(State.SUBMITTED, people, headline=f"稿{number}") for number in (1, 2)]
    stale = house.story_in(State.SUBMITTED, people, headline="改过的稿")
    house.save(stale, people[Role.SECTION_EDITOR], headline="改过的稿二")
    asked = editor.post(STORIES, choose(Verb.RETURN, *stories, stale))
    assert asked.status_code == 200
    assert 'name="reason"' in text_of(asked)
    assert {now(story).state for story in stories} == {State.SUBMITTED}
    # The page sends the same selection, with what the list had shown.
    for story in (*stories, stale):
        assert f'name="seen" value="{story.pk}:{story.seen}"' in text_of(asked)
        assert f'name="_selected_action" value="{story.pk}"' in text_of(asked)
    assert 'name="action" value="return"' in text_of(asked)
    empty = editor.post(STORIES, choose(Verb.RETURN, *stories, reason="  "))
    assert "Please give a reason." in text_of(empty)
    answer = editor.post(STORIES, choose(Verb.RETURN, *stories, stale, reason="缺采访"))
    text = text_of(answer)
    assert "Return: 2 stories." in text
    assert "改过的稿二: Meanwhile this story has changed" in text
    assert "缺采访</textarea>" in text
    assert f'name="_selected_action" value="{stories[0].pk}"' not in text
    assert [now(story).state for story in (*stories, stale)] == [State.RETURNED, State.RETURNED, State.SUBMITTED]
    assert {now(story).return_reason for story in stories} == {"缺采访"}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", [verb for verb in Verb if verb != Verb.EDIT])
def test_every_action_by_role_as_the_buttons(people, role, verb):
    """An action can do what the button can and no more: the same table, through the list."""
    for said, filed_by, state, may, target in BUTTONS:
        if said != verb:
            continue
        story = story_filed_by(people[filed_by], state, people)
        before = now(story)
        signed_in(people[role]).post(STORIES, choose(verb, story, reason="因为如此"))
        expected = before.seen if role not in may else now(story).seen
        assert now(story).seen == expected
        assert now(story).state == (target if role in may else before.state)


def test_an_administrator_has_no_verb_at_all(people, office):
    house.story_in(State.SUBMITTED, people)
    listed = office.get(STORIES).content.decode()
    assert 'name="action"' not in listed
    assert "delete_selected" not in listed


@pytest.mark.parametrize("role", SIGNING_ROLES)
def test_deleting_is_no_action(people, role):
    story = house.story_in(State.SPIKED, people)
    client = signed_in(people[role])
    assert "delete_selected" not in client.get(STORIES).content.decode()
    client.post(STORIES, choose("delete_selected", story, post="yes"))
    assert Article.objects.filter(pk=story.pk).exists()


# -- read-only is read-only ----------------------------------------------------------------------------------


def forged(story: Article) -> dict[str, str]:
    """Another value for every column of a story."""
    values = {}
    for field in Article._meta.concrete_fields:
        value = getattr(story, field.attname)
        values[field.name] = {
            "state": State.PUBLISHED,
            "section": house.section("sports").pk,
            "genre": "brief",
            "lead_in_kind": "none",
            "created_by": 1,
        }.get(field.name, "7" if isinstance(value, int) else "2020-01-01 00:00" if "_at" in field.name else "forged")
    return {name: str(value) for name, value in values.items()} | {
        "signatures-TOTAL_FORMS": "1",
        "signatures-INITIAL_FORMS": "0",
        "signatures-0-step": "3",
        "signatures-0-signer_label": "forged",
        "revisions-TOTAL_FORMS": "0",
        "revisions-INITIAL_FORMS": "0",
        "_save": "Save",
    }


FIELDS = [field.name for field in Article._meta.concrete_fields if field.name != "id"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, *SIGNING_ROLES])
def test_a_forged_form_changes_nothing(people, role):
    """Every field alone and all of them together, sent to every address that takes a form."""
    story = now(house.story_in(State.IN_REVIEW, people))
    before = Article.objects.filter(pk=story.pk).values().get()
    everything, client = forged(story), signed_in(people[role])
    page = f"{STORIES}{story.pk}/change/"
    for data in [everything, *({name: everything[name], "_save": "Save"} for name in FIELDS)]:
        assert client.post(page, data).status_code == 403
        assert client.post(page, data | {"_saveasnew": "1"}).status_code == 403
        assert client.post(f"{STORIES}add/", data).status_code == 403
        client.post(STORIES, data | {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": story.pk})
        assert Article.objects.filter(pk=story.pk).values().get() == before
    assert (Article.objects.count(), story.signatures.count(), story.revisions.count()) == (1, 1, 1)


def test_the_page_of_a_story_has_no_field_to_type_content_into(people, editor):
    story = house.story_in(State.SUBMITTED, people)
    page = page_of(editor, story)
    names = set(FIELDS) | {"_save", "_continue", "_addanother"}
    assert [name for name in names if f'name="{name}"' in page] == []
    assert "Edit at the desk" in page
    assert page_of(signed_in(people[Role.DESK_CHIEF]), story).count("Open at the desk") == 1


def test_revisions_and_signatures_are_shown_with_the_stories_that_are_visible(people, editor):
    story = house.story_in(State.IN_REVIEW, people, headline="看得见的稿")
    outsider = signed_in(house.make_person("sports_desk", Role.SECTION_EDITOR, sections=("sports",)))
    for kind, row in (("revision", Revision.objects.get()), ("signature", Signature.objects.get())):
        address = f"/en/admin/articles/{kind}/"
        assert "看得见的稿" in text_of(editor.get(address))
        assert editor.get(f"{address}{row.pk}/change/").status_code == 200
        assert "看得见的稿" not in text_of(outsider.get(address))
        assert outsider.get(f"{address}{row.pk}/change/").status_code == 302
    assert "看得见的稿" in page_of(editor, story)


def test_a_body_is_shown_cleaned_whatever_is_stored(people, editor):
    story = house.story_in(State.SUBMITTED, people)
    Article.objects.filter(pk=story.pk).update(body="<p>正文<script>alert(1)</script></p>")
    page = editor.get(f"{STORIES}{story.pk}/change/").content.decode()
    assert "<p>正文</p>" in page
    assert "alert(1)" not in page


# -- lists ---------------------------------------------------------------------------------------------------

QUERIES_OF_THE_LIST = 8
QUERIES_OF_A_STORY = 16


def many_stories(people, count: int) -> None:
    for number in range(count):
        writer = Contributor.objects.create(name=f"作者{number}", slug=f"w{Contributor.objects.count()}")
        house.story_in(State.SUBMITTED, people, bylines=[editing.Credit(writer.pk, "reporter")])


def test_the_list_costs_the_same_however_many(people, editor, django_assert_num_queries):
    many_stories(people, 2)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        editor.get(STORIES)
    many_stories(people, 12)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        assert editor.get(STORIES).content.decode().count("action-select") == 14


def test_a_story_costs_the_same_whatever_its_past(people, editor, django_assert_num_queries):
    story = house.story_in(
        State.SUBMITTED,
        people,
        bylines=[editing.Credit(house.contributor_for(people[Role.REPORTER]).pk, "reporter")],
        pictures=[editing.Picture(house.make_photo(people[Role.REPORTER]).pk)],
    )
    # What the process keeps from the first request on is not the page's own.
    page_of(editor, story)
    with django_assert_num_queries(QUERIES_OF_A_STORY):
        page_of(editor, story)
    writers = [Contributor.objects.create(name=f"作者{n}", slug=f"w{n}") for n in range(4)]
    photos = [house.make_photo(people[Role.REPORTER], house.jpeg(60, 40 + n)) for n in range(3)]
    editing.save_story(
        story.pk,
        {"headline": "新题"},
        based_on=1,
        bylines=[editing.Credit(writer.pk, "reporter") for writer in writers],
        pictures=[editing.Picture(photo.pk) for photo in photos],
        acting_user=people[Role.SECTION_EDITOR],
    )
    for number in range(5):
        house.save(story, people[Role.SECTION_EDITOR], headline=f"第{number}题")
    with django_assert_num_queries(QUERIES_OF_A_STORY):
        page_of(editor, story)


def test_the_list_is_searched_and_filtered(people, editor):
    writer = house.contributor_for(people[Role.REPORTER])
    mine = house.story_in(State.SUBMITTED, people, headline="灯光渐变", bylines=[editing.Credit(writer.pk, "reporter")])
    house.story_in(State.SIGNED_OFF, people, headline="桥北联赛")

    def listed(query: str) -> tuple[bool, bool]:
        text = text_of(editor.get(f"{STORIES}?{query}"))
        return "灯光渐变" in text, "桥北联赛" in text

    assert listed("") == (True, True)
    assert listed("q=灯光") == (True, False)
    assert listed("q=reporter") == (True, False)
    assert listed(f"q={mine.pk}") == (True, False)
    assert listed("state__exact=signed_off") == (False, True)
    assert listed("mine=yes") == (True, False)
    assert listed(f"section__id__exact={house.section('sports').pk}") == (False, False)
