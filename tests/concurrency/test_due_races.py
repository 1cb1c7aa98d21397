"""A story that is being moved while what it is for changes: its due time is that of what it is for in the end."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from articles import editing
from articles.deadlines import moment_in, night_of_story
from articles.models import Article, ReviewStep
from articles.plan import topics
from articles.publishing import act_on_story
from articles.states import State, Verb
from articles.workflow import settle_steps
from editions import placing
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.concurrency.racing import race_from, refusals

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

DUE = datetime.time(22)


@pytest.fixture(autouse=True)
def _steps(title):
    ReviewStep.objects.update(due=DUE)


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def moved_while(monkeypatch, moves: Callable[[], Any], place: str, changes: Callable[[], Any]) -> None:
    """Run `changes` as soon as `moves` comes to `place`, where the story's new due time is known and nothing is
    committed; `moves` goes on once the other one waits for it, or is through.
    """
    assert refusals(race_from(monkeypatch, place, moves, changes)) == []


def test_submitted_while_its_topic_gets_another_edition(people, monkeypatch):
    assignment = plan.accepted(people, plan.approved(people, edition_day=in_days(5)))
    story = house.make_story(people[Role.REPORTER])
    editing.tie_to_assignment(story.pk, assignment.pk, acting_user=people[Role.REPORTER])
    topic = assignment.topic
    moved_while(
        monkeypatch,
        lambda: act_on_story(story.pk, Verb.SUBMIT, seen=story.seen, acting_user=people[Role.REPORTER]),
        "articles.audience.tell_of_move",
        lambda: topics.edit_topic(
            topic.pk, {"edition_day": in_days(9)}, based_on=topic.version, acting_user=people[Role.SECTION_EDITOR]
        ),
    )
    story.refresh_from_db()
    assert (story.state, story.due_at) == (State.SUBMITTED, moment_in(in_days(8), DUE))


def test_reopened_while_it_is_taken_off_its_page(people, monkeypatch):
    story = house.story_in(State.SIGNED_OFF, people)
    placement = house.place(house.open_edition(people, in_days(5), pages=1), 1, story, people)
    moved_while(
        monkeypatch,
        lambda: house.save(story, people[Role.SECTION_EDITOR], headline="改过"),
        "articles.audience.tell_awaited",
        lambda: placing.remove_placement(placement.pk, acting_user=people[Role.PAGE_DESIGNER]),
    )
    story = Article.objects.get()
    assert (story.state, story.due_at) == (State.IN_REVIEW, moment_in(night_of_story(story.moved_at, [DUE]), DUE))


def test_submitted_while_the_steps_change(people, monkeypatch):
    story, later = house.make_story(people[Role.REPORTER]), datetime.time(23)

    def change_steps() -> None:
        with transaction.atomic():
            ReviewStep.objects.update(due=later)
            settle_steps(acting_user=people[Role.ADMINISTRATOR])

    moved_while(
        monkeypatch,
        lambda: act_on_story(story.pk, Verb.SUBMIT, seen=story.seen, acting_user=people[Role.REPORTER]),
        "articles.audience.tell_of_move",
        change_steps,
    )
    story.refresh_from_db()
    assert (story.state, story.due_at) == (
        State.SUBMITTED,
        moment_in(night_of_story(story.moved_at, [later]), later),
    )
