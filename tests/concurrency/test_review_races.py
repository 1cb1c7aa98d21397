"""Two at one story's remarks, and two clocks: what a lock lets be, and what happens without it."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.utils import timezone

from articles import editing, remarks
from articles.late import tell_of_late_stories
from articles.models import Article, Remark
from articles.states import State
from newsroom.staff.models import AuditEntry, Notice, NoticeKind
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.concurrency.racing import meet_before_locking, race, refusals, take_the_locks_out

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

BODY = "<p>新的开头。</p><p>第一段，写今晚的事。</p><p>第二段，写明天的事。</p>"


@pytest.fixture
def story(people):
    return house.story_in(State.SUBMITTED, people)


def remarks_while_it_is_saved(story: Article, people) -> str:
    """One saves a text with a paragraph before the others, another remarks on words of the last; what then
    stands at the remark's place.
    """
    editor = people[Role.SECTION_EDITOR]
    passage = house.passage(story, "明天的事")
    race(
        lambda: editing.save_story(story.pk, {"body": BODY}, based_on=1, acting_user=editor),
        lambda: remarks.write_remark(story.pk, passage, "哪天？", acting_user=people[Role.DESK_CHIEF]),
    )
    remark, article = Remark.objects.get(), Article.objects.get(pk=story.pk)
    texts = remarks.texts_of(editing.content_of(article), "body")
    return texts[remark.block][remark.start : remark.end] if remark.block < len(texts) else ""


def test_a_remark_made_while_the_story_is_saved_lands_in_the_text_that_stands(story, people, monkeypatch):
    meet_before_locking(monkeypatch, 2)
    assert remarks_while_it_is_saved(story, people) == "明天的事"


def settles(remark: Remark, user):
    return lambda: remarks.settle_remark(remark.pk, acting_user=user)


def test_of_two_who_tick_a_remark_off_one_does(story, people, monkeypatch):
    remark = house.remark(story, people[Role.SECTION_EDITOR], "明天的事")
    meet_before_locking(monkeypatch, 2)
    results = race(settles(remark, people[Role.REPORTER]), settles(remark, people[Role.DESK_CHIEF]))
    assert refusals(results) == []
    assert AuditEntry.objects.filter(act="remark.settle").count() == 1


def test_without_the_lock_both_do(story, people, monkeypatch):
    remark = house.remark(story, people[Role.SECTION_EDITOR], "明天的事")
    read = remarks._to_settle
    both = threading.Barrier(2)

    def read_and_wait(*args):
        found = read(*args)
        both.wait(10)
        return found

    take_the_locks_out(monkeypatch)
    monkeypatch.setattr(remarks, "_to_settle", read_and_wait)
    race(settles(remark, people[Role.REPORTER]), settles(remark, people[Role.DESK_CHIEF]))
    assert AuditEntry.objects.filter(act="remark.settle").count() == 2


def test_two_clocks_tell_of_a_late_story_once(story, people, monkeypatch):
    Article.objects.update(due_at=timezone.now() - datetime.timedelta(minutes=5))
    meet_before_locking(monkeypatch, 2)
    now = timezone.now()
    told = race(lambda: tell_of_late_stories(now), lambda: tell_of_late_stories(now))
    assert sorted(map(len, told)) == [0, 1]
    assert Notice.objects.filter(kind=NoticeKind.LATE).count() == 1
