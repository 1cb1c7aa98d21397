"""A signature taken back just after it was given: the story stands as it stood, and the trail knows of both."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from articles import presence, rules
from articles.models import Article, ReviewStep
from articles.states import State, Verb
from newsroom.staff.models import Notice, NoticeKind
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.articles.lists.test_desk_bulk import undo_form
from tests.browsing import DESK, signed_in, text_of

EDITOR, CHIEF, FINAL = Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF
STANDS = ("state", "step", "version", "moved_at", "review_began_at", "due_at", "late_told_at")


def now(story) -> Article:
    return Article.objects.get(pk=story.pk)


def stands(story) -> dict:
    return {name: getattr(now(story), name) for name in STANDS}


def sign(client, story) -> str:
    """Sign it as its page does; the page that follows."""
    posted = {"verb": "sign", "seen": now(story).seen}
    return text_of(client.post(f"{DESK}/stories/{story.pk}/act/", posted, follow=True))


def take_back(client, page: str) -> str:
    address, fields = undo_form(page)
    return text_of(client.post(address, fields, follow=True))


@pytest.fixture
def submitted(people):
    ReviewStep.objects.update(due=datetime.time(23, 0))
    story = house.story_in(State.SUBMITTED, people)
    Article.objects.filter(pk=story.pk).update(late_told_at=timezone.now())
    return story


@pytest.mark.parametrize(("signed_before", "role"), [((), EDITOR), ((EDITOR,), CHIEF), ((EDITOR, CHIEF), FINAL)])
def test_at_every_step_the_story_stands_as_it_stood(people, submitted, signed_before, role):
    for before in signed_before:
        house.act(submitted, Verb.SIGN, people[before])
    stood, client = stands(submitted), signed_in(people[role])
    assert stood["due_at"] is not None
    page = sign(client, submitted)
    assert stands(submitted)["step"] != stood["step"]
    assert "Undone." in take_back(client, page)
    assert stands(submitted) == stood
    assert house.live_signatures(submitted).count() == len(signed_before)
    trail = text_of(client.get(f"{DESK}/stories/{submitted.pk}/"))
    assert "took a signature back" in trail
    assert "the signer took it back" in trail
    sign(client, submitted)
    assert house.live_signatures(submitted).count() == len(signed_before) + 1


def test_those_awaited_are_told_anew_and_those_after_them_no_more(people, submitted):
    client = signed_in(people[EDITOR])
    page = sign(client, submitted)
    unread = Notice.objects.unread()
    assert unread.filter(recipient=people[CHIEF], kind=NoticeKind.AWAITED).exists()
    take_back(client, page)
    assert not unread.filter(recipient=people[CHIEF], kind=NoticeKind.AWAITED).exists()
    assert not unread.filter(recipient=people[Role.REPORTER], kind=NoticeKind.SIGNED).exists()


def test_what_its_author_was_told_of_earlier_signatures_stays_unread(people, submitted):
    house.act(submitted, Verb.SIGN, people[EDITOR])
    client = signed_in(people[CHIEF])
    page = sign(client, submitted)
    told = Notice.objects.unread().filter(recipient=people[Role.REPORTER], kind=NoticeKind.SIGNED)
    assert told.count() == 2
    take_back(client, page)
    assert [notice.by_label for notice in told] == [str(people[EDITOR])]


def test_what_happened_since_keeps_it(people, submitted):
    client = signed_in(people[EDITOR])
    page = sign(client, submitted)
    house.act(submitted, Verb.SIGN, people[CHIEF])
    stood = stands(submitted)
    said = take_back(client, page)
    assert "Meanwhile desk_chief（测） signed" in said
    assert stands(submitted) == stood


def test_a_change_of_the_text_keeps_it(people, submitted):
    client = signed_in(people[EDITOR])
    page = sign(client, submitted)
    house.save(submitted, people[CHIEF], headline="换了标题")
    assert "Meanwhile this story has changed" in take_back(client, page)
    assert house.live_signatures(submitted).count() == 1


def test_nobody_else_and_not_later(people, submitted):
    client = signed_in(people[EDITOR])
    page = sign(client, submitted)
    other = signed_in(people[FINAL])
    assert "This signature is not taken back any more." in take_back(other, page)
    late = timezone.now() - rules.TAKEN_BACK_WITHIN
    house.live_signatures(submitted).update(signed_at=late)
    assert "This signature is not taken back any more." in take_back(client, page)
    assert house.live_signatures(submitted).count() == 1


def test_from_whoever_has_begun_to_write_nothing_is_taken(people, submitted):
    client = signed_in(people[EDITOR])
    page = sign(client, submitted)
    presence.note_presence(now(submitted), acting_user=people[CHIEF])
    assert f"{people[CHIEF]} is writing in it." in take_back(client, page)
    assert house.live_signatures(submitted).count() == 1


def test_what_readers_see_with_it_is_not_taken_back(people):
    story = house.story_in(State.PUBLISHED, people)
    house.act(story, Verb.CORRECT, people[FINAL], "数字有误")
    page = sign(signed_in(people[FINAL]), story)
    assert now(story).state == State.PUBLISHED
    assert undo_form(page) is None


def test_what_was_done_on_a_story_s_page_is_undone_there(people):
    story = house.story_in(State.SUBMITTED, people)
    client, place = signed_in(people[Role.SECTION_EDITOR]), f"{DESK}/stories/{story.pk}/"
    signed = client.post(f"{place}act/", {"verb": "sign", "seen": story.seen}, follow=True)
    address, fields = undo_form(text_of(signed))
    assert client.post(address, fields)["Location"] == place
    assert "Undone." in text_of(client.get(place))
