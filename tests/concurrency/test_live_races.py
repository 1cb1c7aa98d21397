"""Acts are numbered when they are written and seen when they end: one that ends late is heard all the same."""

from __future__ import annotations

import threading

import pytest
from django.db import connections, transaction
from django.utils import timezone

from editions.live.news import news_since, position_now
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.mailing import send_due
from newsroom.staff.models import AuditEntry, NoticeChoice, NoticeKind, User
from newsroom.staff.notices import tell
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.concurrency.racing import PATIENCE, meet_at, race

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def numbers(found) -> set[int]:
    return {int(entry.target_id) for entry in found.entries}


@pytest.fixture
def slow_act(people):
    """An act on a story that is numbered at once and ends when it is let: `end()`; the story's number."""
    story = house.make_story(people[Role.REPORTER])
    written, may_end = threading.Event(), threading.Event()

    def act():
        with transaction.atomic():
            audit.record(people[Role.REPORTER], Act.STORY_EDIT, story)
            written.set()
            may_end.wait(PATIENCE)
        connections.close_all()

    thread = threading.Thread(target=act)

    def begin():
        thread.start()
        assert written.wait(PATIENCE)

    def end():
        may_end.set()
        thread.join(PATIENCE)

    yield begin, end, story.pk
    end()


def test_what_was_numbered_first_and_ended_last_is_heard(people, slow_act):
    begin, end, slow = slow_act
    position = position_now()
    begin()
    quick = house.make_story(people[Role.REPORTER])
    found = news_since(position)
    assert numbers(found) == {quick.pk}
    # Whoever went by the highest number alone would never see it.
    highest = AuditEntry.objects.order_by("-pk").first().pk
    end()
    assert not AuditEntry.objects.filter(pk__gt=highest).exists()
    assert numbers(news_since(found.position)) == {slow}


def test_whoever_begins_while_it_is_under_way_hears_it_too(people, slow_act):
    begin, end, slow = slow_act
    begin()
    house.make_story(people[Role.REPORTER])
    position = position_now()
    end()
    assert numbers(news_since(position)) == {slow}


def test_two_clocks_mail_one_notice_once(people, settings, monkeypatch, mailoutbox):
    settings.MAIL_IS_SET_UP = True
    reporter = people[Role.REPORTER]
    User.objects.filter(pk=reporter.pk).update(email="reporter@paper.example")
    NoticeChoice.objects.create(user=reporter, kind=NoticeKind.LATE, by_mail=True)
    tell([reporter], NoticeKind.LATE, house.make_story(reporter))
    now = timezone.now()
    meet_at(monkeypatch, 2, "newsroom.staff.mailing._take_up")
    results = race(*[lambda: send_due(now, lambda _person, notices: [""] * len(notices))] * 2)
    assert sorted(len(outcome.sent) for outcome in results) == [0, 1]
    assert len(mailoutbox) == 1
