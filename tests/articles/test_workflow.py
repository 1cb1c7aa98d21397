"""Three reviews by three people, signatures that bind to the text, and what reopens them."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from articles import editing, rules, workflow
from articles.errors import (
    IllegalTransition,
    Incomplete,
    NotAllowed,
    Refusal,
    SignatureBroken,
    StaleVersion,
)
from articles.models import Article, PublishedArticle, ReturnReason, Revision, Signature
from articles.publishing import act_on_story
from articles.states import REASON_REQUIRED, State, Verb
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import SIGNING_ROLES, Role
from tests import newsroom_of_tests as house

REPORTER, EDITOR, CHIEF, FINAL = (
    Role.REPORTER,
    Role.SECTION_EDITOR,
    Role.DESK_CHIEF,
    Role.EDITOR_IN_CHIEF,
)


def fresh(story: Article) -> Article:
    return Article.objects.get(pk=story.pk)


def live_steps(story: Article) -> list[int]:
    return list(house.live_signatures(story).order_by("step").values_list("step", flat=True))


# -- three people


def test_three_people_sign_one_after_the_other(people):
    story = house.story_in(State.SIGNED_OFF, people)
    signed = house.live_signatures(story).order_by("step").values_list("step", "role", "signer__username")
    assert list(signed) == [(step, role, role) for step, role in enumerate(SIGNING_ROLES, start=1)]


def test_nobody_signs_two_steps_with_two_roles(people):
    both = house.make_person("both", EDITOR, CHIEF)
    story = house.act(house.story_in(State.SUBMITTED, people), Verb.SIGN, both)
    with pytest.raises(NotAllowed, match="two steps"), override("en"):
        house.act(story, Verb.SIGN, both)
    assert live_steps(story) == [1]


def test_a_double_click_signs_one_step(people):
    both = house.make_person("both", EDITOR, CHIEF)
    story = house.story_in(State.SUBMITTED, people)
    seen = story.seen
    act_on_story(story.pk, Verb.SIGN, seen=seen, acting_user=both)
    with pytest.raises(StaleVersion):
        act_on_story(story.pk, Verb.SIGN, seen=seen, acting_user=both)
    assert live_steps(story) == [1]


@pytest.mark.parametrize("clash", [{"step": 2}, {"step": 1, "signer": None}], ids=["person", "step"])
def test_the_database_itself_refuses_a_second_signature(people, clash):
    story = house.story_in(State.IN_REVIEW, people)
    first = Signature.objects.get(article=story)
    values = {"step": 1, "signer": first.signer, "revision": first.revision, "role": "x", "content_hash": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(article=story, signer_label="x", **(values | clash))


def test_after_a_return_the_same_people_sign_again(people):
    story = house.act(house.story_in(State.IN_REVIEW, people), Verb.RETURN, people[CHIEF], "缺少来源")
    story = house.bring_to(story, State.SIGNED_OFF, people)
    assert live_steps(story) == [1, 2, 3]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_nobody_signs_their_own_byline(people, number):
    signer = people[SIGNING_ROLES[number - 1]]
    story = house.make_story(people[REPORTER], bylines=[house.credit(signer, "editor")])
    story = house.act(story, Verb.SUBMIT, people[REPORTER])
    for role in SIGNING_ROLES[: number - 1]:
        story = house.act(story, Verb.SIGN, people[role])
    with pytest.raises(NotAllowed, match="own byline"), override("en"):
        house.act(story, Verb.SIGN, signer)


def test_who_has_signed_is_not_put_on_the_byline(people):
    story = house.story_in(State.IN_REVIEW, people)
    with pytest.raises(ValidationError):
        editing.save_story(
            story.pk,
            {},
            based_on=story.version,
            bylines=[house.credit(people[EDITOR])],
            acting_user=people[CHIEF],
        )
    assert not fresh(story).bylines.exists()


def test_a_byline_that_turns_out_to_be_a_signers_stops_the_publication(people):
    """Somebody links a contributor with the account of the person who signed, after the fact."""
    agency = house.make_person("later")
    contributor = house.contributor_for(agency)
    story = house.story_in(State.SIGNED_OFF, people, bylines=[editing.Credit(contributor.pk, "correspondent")])
    contributor.user = people[CHIEF]
    contributor.save()
    with pytest.raises(SignatureBroken):
        house.act(story, Verb.PUBLISH, people[FINAL])
    assert not PublishedArticle.objects.exists()


# -- what a signature covers


def test_what_was_changed_behind_the_services_is_not_published(people):
    story = house.story_in(State.SIGNED_OFF, people)
    Article.objects.filter(pk=story.pk).update(body="<p>别的话。</p>")
    with pytest.raises(SignatureBroken):
        house.act(story, Verb.PUBLISH, people[FINAL])
    assert fresh(story).state == State.SIGNED_OFF
    assert not PublishedArticle.objects.exists()


def test_a_revision_that_was_changed_is_not_published(people):
    story = house.story_in(State.SIGNED_OFF, people)
    revision = Revision.objects.get(article=story)
    revision.content["body"] = "<p>别的话。</p>"
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    with pytest.raises(SignatureBroken):
        house.act(story, Verb.PUBLISH, people[FINAL])
    assert not PublishedArticle.objects.exists()


def test_a_byline_added_behind_the_services_is_not_published(people):
    story = house.story_in(State.SIGNED_OFF, people)
    story.bylines.create(contributor=house.contributor_for(people[REPORTER]), role="reporter", order=1)
    with pytest.raises(SignatureBroken):
        house.act(story, Verb.PUBLISH, people[FINAL])


def test_a_story_that_lacks_a_signature_is_not_published(people):
    story = house.story_in(State.SIGNED_OFF, people)
    house.live_signatures(story).filter(step=2).delete()
    with pytest.raises(SignatureBroken):
        house.act(story, Verb.PUBLISH, people[FINAL])
    assert not PublishedArticle.objects.exists()


def test_a_reviewers_own_edit_is_covered_by_their_signature(people):
    story = house.story_in(State.IN_REVIEW, people)
    story = house.save(story, people[CHIEF], headline="主任改过的标题")
    assert (story.state, story.step, live_steps(story)) == (State.IN_REVIEW, 2, [1])
    story = house.sign_all(story, people)
    covered = [(s.step, s.revision.number) for s in house.live_signatures(story).order_by("step")]
    assert covered == [(1, 1), (2, 2), (3, 2)]
    house.act(story, Verb.PUBLISH, people[FINAL])
    assert PublishedArticle.objects.get().headline == "主任改过的标题"


CHANGES = [
    {"headline": "改"},
    {"body": "<p>改</p>"},
    {"lead_in_kind": "none"},
    {"genre": "report"},
    {"keywords": "夜市"},
    {"summary": "改"},
    {"web_headline": "改"},
]


@pytest.mark.parametrize("state", [State.SIGNED_OFF, State.PUBLISHED])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_an_edit_after_the_last_signature_reopens_the_last_step_alone(people, state, change):
    story = house.save(house.story_in(state, people), people[EDITOR], **change)
    assert (story.state, story.step) == (State.IN_REVIEW, 3)
    assert live_steps(story) == [1, 2]
    voided = Signature.objects.get(article=story, voided_at__isnull=False)
    assert (voided.step, voided.void_reason) == (3, "edited")


def test_a_changed_byline_reopens_the_last_step(people):
    story = house.story_in(State.SIGNED_OFF, people)
    bylines = [house.credit(people[REPORTER])]
    story = editing.save_story(
        story.pk, {}, based_on=story.version, bylines=bylines, acting_user=people[EDITOR]
    ).article
    assert (story.state, story.step) == (State.IN_REVIEW, 3)


def test_a_changed_caption_reopens_the_last_step(people):
    photo = house.make_photo(people[REPORTER])
    story = house.story_in(State.SIGNED_OFF, people, pictures=[editing.Picture(photo.pk)])
    pictures = [editing.Picture(photo.pk, caption="别的图说")]
    story = editing.save_story(
        story.pk, {}, based_on=story.version, pictures=pictures, acting_user=people[EDITOR]
    ).article
    assert (story.state, story.step) == (State.IN_REVIEW, 3)


@pytest.mark.parametrize("state", [State.SIGNED_OFF, State.PUBLISHED])
@pytest.mark.parametrize("change", [{"desk_note": "请核对"}, {"slugline": "夜市"}])
def test_a_note_to_the_desk_reopens_nothing(people, state, change):
    story = house.save(house.story_in(state, people), people[EDITOR], **change)
    assert (story.state, story.step, live_steps(story)) == (state, None, [1, 2, 3])


def test_a_note_to_the_desk_between_signature_and_publication_is_no_obstacle(people):
    story = house.save(house.story_in(State.SIGNED_OFF, people), people[EDITOR], desk_note="请核对")
    house.act(story, Verb.PUBLISH, people[FINAL])
    assert PublishedArticle.objects.get().version == 2


def test_the_same_person_signs_the_reopened_last_step_again(people):
    story = house.save(house.story_in(State.SIGNED_OFF, people), people[FINAL], headline="改")
    story = house.act(story, Verb.SIGN, people[FINAL])
    assert story.state == State.SIGNED_OFF


# -- return, spike, recall, revive


def test_a_returned_story_carries_its_reason_and_no_signature(people):
    story = house.act(house.story_in(State.IN_REVIEW, people), Verb.RETURN, people[CHIEF], " 缺少来源 ")
    assert (story.state, story.step, story.return_reason) == (State.RETURNED, None, "缺少来源")
    assert live_steps(story) == []
    assert Signature.objects.get(article=story).void_reason == "returned"
    story = house.act(story, Verb.SUBMIT, people[REPORTER])
    assert (story.state, story.step, story.return_reason) == (State.SUBMITTED, 1, "")


@pytest.mark.parametrize("verb", sorted(REASON_REQUIRED))
@pytest.mark.parametrize("reason", ["", " \n", "\x00"])
def test_without_a_reason_nothing_is_taken_away(people, verb, reason):
    story = house.story_in(State.PUBLISHED if verb in {"withdraw", "correct"} else State.SIGNED_OFF, people)
    acts = AuditEntry.objects.count()
    with pytest.raises(Incomplete):
        house.act(story, verb, people[FINAL], reason)
    assert fresh(story).seen == story.seen
    assert AuditEntry.objects.count() == acts


def test_a_public_story_is_not_spiked(people):
    story = house.save(house.story_in(State.PUBLISHED, people), people[EDITOR], headline="改")
    with pytest.raises(NotAllowed, match="withdraw it"), override("en"):
        house.act(story, Verb.SPIKE, people[FINAL], "不用了")
    assert PublishedArticle.objects.exists()


def test_a_recalled_story_is_a_draft_again(people):
    story = house.act(house.story_in(State.SUBMITTED, people), Verb.RECALL, people[REPORTER])
    assert (story.state, story.step) == (State.DRAFT, None)


@pytest.mark.parametrize("state", [State.SPIKED, State.WITHDRAWN])
def test_a_story_that_its_reviewer_revives_is_with_its_owner_and_in_sight_of_both(people, state):
    story = house.act(house.story_in(state, people), Verb.REVIVE, people[FINAL])
    assert (story.state, story.step, story.return_reason) == (State.RETURNED, None, "")
    assert live_steps(story) == []
    for user in (people[FINAL], people[REPORTER]):
        assert rules.visible_to(user).filter(pk=story.pk).exists()
        assert rules.can(user, Verb.SUBMIT, story)


def test_an_owner_who_revives_their_draft_has_it_for_themselves(people):
    story = house.act(house.story_in(State.SPIKED, people), Verb.REVIVE, people[REPORTER])
    assert (story.state, story.return_reason, story.spiked_from) == (State.DRAFT, "", None)


@pytest.mark.parametrize("reviver", [REPORTER, CHIEF])
def test_what_was_spiked_as_returned_stands_as_returned_with_its_reasons(people, reviver):
    usual = ReturnReason.objects.create(text="太长")
    story = house.story_in(State.SUBMITTED, people)
    said = {"seen": story.seen, "acting_user": people[EDITOR], "reason": "缺少来源", "listed": [usual.pk]}
    story = act_on_story(story.pk, Verb.RETURN, **said)
    story = house.act(story, Verb.SPIKE, people[EDITOR], "不用了")
    assert (story.return_reason, story.return_reasons) == ("不用了", [])
    story = house.act(story, Verb.REVIVE, people[reviver])
    assert (story.state, story.return_reason, story.return_reasons) == (State.RETURNED, "缺少来源", ["太长"])


def test_what_was_spiked_before_its_way_back_was_kept_gets_it_by_the_migration(people):
    usual = ReturnReason.objects.create(text="太长")
    returned = house.story_in(State.SUBMITTED, people)
    said = {"seen": returned.seen, "acting_user": people[EDITOR], "reason": "缺少来源", "listed": [usual.pk]}
    returned = house.act(act_on_story(returned.pk, Verb.RETURN, **said), Verb.SPIKE, people[EDITOR], "不用了")
    revived = house.act(house.story_in(State.SPIKED, people), Verb.REVIVE, people[CHIEF])
    stories = [
        returned,
        house.story_in(State.SPIKED, people),
        house.act(house.story_in(State.SUBMITTED, people), Verb.SPIKE, people[EDITOR], "不用了"),
        house.act(revived, Verb.SPIKE, people[EDITOR], "不用了"),
    ]
    kept = [fresh(story).spiked_from for story in stories]
    assert [way["state"] for way in kept] == ["returned", "draft", "submitted", "returned"]
    untold = Article.objects.create(headline="没有记录", section=house.section(), state=State.SPIKED)
    Article.objects.update(spiked_from=None)
    import_module("articles.migrations.0022_ways_back_of_what_was_spiked").fill(apps, None)
    assert [fresh(story).spiked_from for story in stories] == kept
    assert fresh(untold).spiked_from is None
    story = house.act(stories[1], Verb.REVIVE, people[REPORTER])
    assert story.state == State.DRAFT


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_REVIEW, State.SIGNED_OFF])
def test_what_was_spiked_in_review_goes_back_to_its_owner_whoever_revives_it(people, state):
    for reviver in (REPORTER, FINAL):
        story = house.story_in(state, people)
        signer = {State.SUBMITTED: EDITOR, State.IN_REVIEW: CHIEF, State.SIGNED_OFF: FINAL}[state]
        story = house.act(house.act(story, Verb.SPIKE, people[signer], "不用了"), Verb.REVIVE, people[reviver])
        assert (story.state, story.return_reason, live_steps(story)) == (State.RETURNED, "", [])


@pytest.mark.parametrize("fields", [{"headline": " "}, {"body": ""}])
def test_an_empty_story_is_not_submitted(people, fields):
    story = house.make_story(people[REPORTER], **fields)
    with pytest.raises(Incomplete):
        house.act(story, Verb.SUBMIT, people[REPORTER])
    assert fresh(story).state == State.DRAFT


def test_a_picture_story_needs_no_text(people):
    photo = house.make_photo(people[REPORTER])
    story = house.make_story(people[REPORTER], body="", pictures=[editing.Picture(photo.pk)])
    assert house.act(story, Verb.SUBMIT, people[REPORTER]).state == State.SUBMITTED


# -- settings as data


def test_a_title_with_one_step(people):
    house.set_steps(FINAL)
    story = house.act(house.story_in(State.SUBMITTED, people), Verb.SIGN, people[FINAL])
    assert (story.state, story.step) == (State.SIGNED_OFF, None)
    story = house.act(house.save(story, people[FINAL], headline="改"), Verb.SIGN, people[FINAL])
    house.act(story, Verb.PUBLISH, people[FINAL])
    assert PublishedArticle.objects.get().headline == "改"


def test_a_title_with_two_steps(people):
    house.set_steps(EDITOR, FINAL)
    story = house.act(house.story_in(State.SUBMITTED, people), Verb.SIGN, people[EDITOR])
    assert (story.state, story.step) == (State.IN_REVIEW, 2)
    story = house.act(story, Verb.SIGN, people[FINAL])
    assert story.state == State.SIGNED_OFF
    story = house.save(story, people[EDITOR], headline="改")
    assert (story.step, live_steps(story)) == (2, [1])


def test_a_title_with_four_steps(people):
    house.set_steps(EDITOR, EDITOR, CHIEF, FINAL)
    second = house.make_person("second_editor", EDITOR)
    story = house.story_in(State.SUBMITTED, people)
    for user in (people[EDITOR], second, people[CHIEF]):
        story = house.act(story, Verb.SIGN, user)
        assert story.state == State.IN_REVIEW
    story = house.act(story, Verb.SIGN, people[FINAL])
    assert (story.state, live_steps(story)) == (State.SIGNED_OFF, [1, 2, 3, 4])


def test_four_steps_are_four_people(people):
    house.set_steps(EDITOR, EDITOR, CHIEF, FINAL)
    story = house.act(house.story_in(State.SUBMITTED, people), Verb.SIGN, people[EDITOR])
    with pytest.raises(NotAllowed):
        house.act(story, Verb.SIGN, people[EDITOR])


def test_a_title_without_steps_signs_nothing_off(people):
    house.set_steps()
    story = house.story_in(State.SUBMITTED, people)
    for user in people.values():
        with pytest.raises(NotAllowed):
            house.act(story, Verb.SIGN, user)


def test_a_step_taken_away_while_a_story_awaits_it_is_signed_by_the_last_role(people):
    story = house.act(house.story_in(State.IN_REVIEW, people), Verb.SIGN, people[CHIEF])
    house.set_steps(EDITOR, FINAL)
    story = house.act(story, Verb.SIGN, people[FINAL])
    assert story.state == State.SIGNED_OFF
    assert house.act(story, Verb.PUBLISH, people[FINAL]).is_public


def test_a_step_added_after_the_last_signature_is_missing_at_the_door(people):
    house.set_steps(EDITOR, FINAL)
    story = house.act(house.story_in(State.SUBMITTED, people), Verb.SIGN, people[EDITOR])
    story = house.act(story, Verb.SIGN, people[FINAL])
    house.set_steps(EDITOR, CHIEF, FINAL)
    with pytest.raises(SignatureBroken):
        house.act(story, Verb.PUBLISH, people[FINAL])
    assert not PublishedArticle.objects.exists()


# -- what was seen


def test_nothing_is_done_to_what_was_not_seen(people):
    story = house.story_in(State.SUBMITTED, people)
    seen = story.seen
    house.save(story, people[EDITOR], headline="改")
    with pytest.raises(StaleVersion) as refusal:
        act_on_story(story.pk, Verb.SIGN, seen=seen, acting_user=people[EDITOR])
    assert refusal.value.current.number == 2
    assert live_steps(story) == []


def test_editing_is_saving_and_no_move(people):
    story = house.story_in(State.DRAFT, people)
    with pytest.raises(IllegalTransition):
        house.act(story, Verb.EDIT, people[REPORTER])


def test_only_what_is_signed_off_is_released(people):
    for state in set(State) - {State.SIGNED_OFF}:
        story = house.story_in(state, people)
        with pytest.raises(Refusal), transaction.atomic():
            workflow.release(Article.objects.locked(story.pk), acting_user=None, at=story.created_at)


def test_each_act_leaves_one_row_with_what_it_was_about(people):
    story = house.story_in(State.RETURNED, people)
    trail = list(reversed(AuditEntry.objects.about(story)))
    assert [(entry.act, entry.actor_label) for entry in trail] == [
        ("story.create", str(people[REPORTER])),
        ("story.submit", str(people[REPORTER])),
        ("story.return", str(people[EDITOR])),
    ]
    assert trail[-1].data == {"from": "submitted", "to": "returned", "version": 1, "reason": "缺少来源"}


def settle(people, *roles):
    house.set_steps(*roles)
    workflow.settle_steps(acting_user=people[Role.ADMINISTRATOR])


def test_a_step_taken_away_lets_the_last_one_be_signed_again(people):
    story = house.story_in(State.SUBMITTED, people)
    for role in (Role.SECTION_EDITOR, Role.DESK_CHIEF):
        story = house.act(story, Verb.SIGN, people[role])
    settle(people, Role.SECTION_EDITOR, Role.DESK_CHIEF)
    story.refresh_from_db()
    assert (story.state, story.step) == (State.IN_REVIEW, 2)
    assert house.act(story, Verb.SIGN, people[Role.DESK_CHIEF]).state == State.SIGNED_OFF


def test_a_step_added_is_awaited_by_what_was_signed_off_without_it(people):
    house.set_steps(Role.SECTION_EDITOR, Role.DESK_CHIEF)
    story = house.make_story(people[Role.REPORTER])
    story = house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    for role in (Role.SECTION_EDITOR, Role.DESK_CHIEF):
        story = house.act(story, Verb.SIGN, people[role])
    assert story.state == State.SIGNED_OFF
    settle(people, *SIGNING_ROLES)
    story.refresh_from_db()
    assert (story.state, story.step) == (State.IN_REVIEW, 3)
    assert house.act(story, Verb.SIGN, people[Role.EDITOR_IN_CHIEF]).state == State.SIGNED_OFF


def test_a_review_that_has_not_changed_leaves_every_story_where_it_is(people):
    stories = [house.story_in(state, people) for state in (State.SUBMITTED, State.IN_REVIEW, State.SIGNED_OFF)]
    before = [story.seen for story in stories]
    workflow.settle_steps(acting_user=people[Role.ADMINISTRATOR])
    assert [Article.objects.get(pk=story.pk).seen for story in stories] == before
