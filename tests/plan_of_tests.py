"""Topics and assignments for tests: made through the services."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import time_machine
from django.utils import timezone

from articles.models import Assignment, Topic
from articles.plan import assigning, topics
from newsroom.staff.models import User
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

DAY = datetime.date(2026, 11, 25)


def at(day: datetime.date, hour: int = 20, minute: int = 0) -> datetime.datetime:
    """A moment of the newsroom's day."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def make_topic(proposer: User, **fields) -> Topic:
    values = {"title": "渡口停摆一个月之后", "section": house.section(), "day": DAY}
    return topics.propose_topic(values | fields, acting_user=proposer)


def decide(topic: Topic, verb: str, user: User, reason: str = "") -> Topic:
    """`user` says `verb` to the topic as it stands now."""
    version = Topic.objects.get(pk=topic.pk).version
    return topics.decide_topic(topic.pk, verb, seen=version, reason=reason, acting_user=house.person(user.username))


def approved(people: dict[Role, User], **fields) -> Topic:
    topic = make_topic(people[Role.REPORTER], **fields)
    return decide(topic, "approve", people[Role.SECTION_EDITOR])


def send(topic: Topic, person: User, by: User, due_at: datetime.datetime | None = None, **fields) -> Assignment:
    values = {"person": person, "kind": "text", "due_at": due_at or at(DAY)}
    with while_to_come(values["due_at"]):
        return assigning.give_assignment(topic.pk, values | fields, acting_user=by)


@contextmanager
def while_to_come(due_at: datetime.datetime) -> Iterator[None]:
    """The clock as it stands, or an hour before that moment where it is over: then nobody is sent any more."""
    if due_at > timezone.now():
        yield
    else:
        with time_machine.travel(due_at - datetime.timedelta(hours=1), tick=False):
            yield


def answer(assignment: Assignment, verb: str, user: User, reason: str = "") -> Assignment:
    """`user` says `verb` to the assignment, with its topic as it stands now."""
    version = Topic.objects.get(assignments=assignment).version
    return assigning.answer_assignment(assignment.pk, verb, seen=version, reason=reason, acting_user=user)


def accepted(people: dict[Role, User], topic: Topic | None = None, **fields) -> Assignment:
    """The reporter has accepted an assignment for a text."""
    topic = topic or approved(people)
    given = send(topic, people[Role.REPORTER], people[Role.SECTION_EDITOR], **fields)
    return answer(given, "accept", people[Role.REPORTER])
