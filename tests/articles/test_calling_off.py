"""A correction called off before anything was written: the story stands as it stood, and the trail knows of both."""

from __future__ import annotations

import pytest

from articles import presence, rules
from articles.models import Article, PublishedArticle
from articles.states import State, Verb
from newsroom.staff.models import Notice, NoticeKind
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.articles.lists.test_desk_bulk import undo_form
from tests.browsing import DESK, signed_in, text_of

EDITOR, CHIEF, FINAL = Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF


def now(story) -> Article:
    return Article.objects.get(pk=story.pk)


def correct(client, story) -> str:
    """Open a correction as the story's page does; the page that follows."""
    posted = {"verb": "correct", "seen": now(story).seen, "reason": "数字有误"}
    return text_of(client.post(f"{DESK}/stories/{story.pk}/act/", posted, follow=True))


def what_readers_see(story) -> dict:
    return PublishedArticle.objects.filter(number=story.pk).values().get()


@pytest.fixture
def published(people):
    return house.story_in(State.PUBLISHED, people)


def test_it_is_taken_back_in_one_step_and_the_story_stands_as_it_stood(people, published):
    client, seen_by_readers = signed_in(people[EDITOR]), what_readers_see(published)
    signed = list(house.live_signatures(published).values_list("pk", "signer", "step"))
    address, fields = undo_form(correct(client, published))
    assert house.live_signatures(published).count() == len(signed) - 1
    page = text_of(client.post(address, fields, follow=True))
    assert "Undone." in page
    story = now(published)
    assert (story.state, story.step, story.due_at, story.correction_note) == (State.PUBLISHED, None, None, "")
    assert list(house.live_signatures(story).values_list("pk", "signer", "step")) == signed
    assert what_readers_see(story) == seen_by_readers
    assert "opened a correction" in page
    assert "called the correction off" in page


def test_later_a_button_calls_it_off_as_long_as_nothing_is_written(people, published):
    client = signed_in(people[CHIEF])
    correct(signed_in(people[EDITOR]), published)
    assert 'value="call_off"' in text_of(client.get(f"{DESK}/stories/{published.pk}/"))
    house.save(published, people[FINAL], headline="改正的标题")
    assert 'value="call_off"' not in text_of(client.get(f"{DESK}/stories/{published.pk}/"))


def test_what_was_written_keeps_it_open(people, published):
    client = signed_in(people[EDITOR])
    address, fields = undo_form(correct(client, published))
    written = house.save(published, people[FINAL], headline="改正的标题")
    assert "Meanwhile this story has changed" in text_of(client.post(address, fields, follow=True))
    assert now(published).seen == written.seen


def test_from_whoever_has_begun_to_write_nothing_is_taken(people, published):
    client = signed_in(people[EDITOR])
    address, fields = undo_form(correct(client, published))
    presence.note_presence(now(published), acting_user=people[FINAL])
    assert f"{people[FINAL]} is writing in it." in text_of(client.post(address, fields, follow=True))
    assert now(published).state == State.IN_REVIEW


def test_a_correction_that_went_through_other_hands_is_not_called_off(people, published):
    story = house.act(published, Verb.CORRECT, people[EDITOR], "数字有误")
    story = house.act(house.act(story, Verb.RETURN, people[FINAL], "说清楚"), Verb.SUBMIT, people[Role.REPORTER])
    story = house.act(house.act(story, Verb.SIGN, people[EDITOR]), Verb.SIGN, people[CHIEF])
    assert story.step == 3
    assert not rules.can(people[CHIEF], Verb.CALL_OFF, story)


def test_the_signature_struck_out_last_is_the_one_that_stands_again(people, published):
    second = house.make_person("second_final", FINAL)
    for signer in (second, people[FINAL]):
        house.act(house.act(published, Verb.CORRECT, people[EDITOR], "数字有误"), Verb.SIGN, signer)
    house.act(house.act(published, Verb.CORRECT, people[EDITOR], "人名有误"), Verb.CALL_OFF, people[EDITOR])
    assert house.live_signatures(published).get(step=3).signer == people[FINAL]


def test_it_can_be_corrected_and_published_again(people, published):
    house.act(house.act(published, Verb.CORRECT, people[EDITOR], "数字有误"), Verb.CALL_OFF, people[EDITOR])
    house.act(house.act(published, Verb.CORRECT, people[EDITOR], "人名有误"), Verb.SIGN, people[FINAL])
    assert [correction["note"] for correction in what_readers_see(published)["corrections"]] == ["人名有误"]


def test_those_who_have_not_read_of_it_need_not_any_more(people, published):
    story = house.act(published, Verb.CORRECT, people[EDITOR], "数字有误")
    told = Notice.objects.unread().filter(kind__in=[NoticeKind.CORRECTED, NoticeKind.VOIDED, NoticeKind.AWAITED])
    assert set(told.values_list("kind", flat=True)) == {"corrected", "voided", "awaited"}
    house.act(story, Verb.CALL_OFF, people[EDITOR])
    assert not told.exists()
