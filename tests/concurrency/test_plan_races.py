"""Two at one topic or one assignment: the lock lets one decide and refuses the other."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from articles import editing
from articles.errors import IllegalTransition, Stale
from articles.models import Article, Assignment, Topic
from articles.plan import assigning, topics
from newsroom.staff.models import AuditEntry, Notice
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.concurrency.racing import meet_at, meet_before_locking, race, refusals, take_the_locks_out

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

CHIEF = Role.DESK_CHIEF


def decides(topic: Topic, verb: str, user):
    return lambda: topics.decide_topic(topic.pk, verb, seen=topic.version, reason="理由", acting_user=user)


def answers(assignment: Assignment, verb: str, user):
    seen = assignment.topic.version
    return lambda: assigning.answer_assignment(assignment.pk, verb, seen=seen, reason="理由", acting_user=user)


def acts_about(thing) -> list[str]:
    return list(AuditEntry.objects.about(thing).order_by("id").values_list("act", flat=True))


def two_decisions(people) -> tuple[Topic, list]:
    topic = plan.make_topic(people[Role.REPORTER])
    editor, chief = people[Role.SECTION_EDITOR], people[CHIEF]
    return topic, race(decides(topic, "approve", editor), decides(topic, "decline", chief))


def test_of_two_who_decide_one_is_refused(people, monkeypatch):
    meet_before_locking(monkeypatch, 2)
    topic, results = two_decisions(people)
    assert refusals(results) == [Stale]
    [won] = [result for result in results if isinstance(result, Topic)]
    assert Topic.objects.get().state == won.state
    assert acts_about(topic) == ["topic.propose", {"approved": "topic.approve", "declined": "topic.decline"}[won.state]]
    assert Notice.objects.filter(recipient=people[Role.REPORTER]).count() == 1


def test_without_the_lock_both_decide(people, monkeypatch):
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "articles.plan.topics.refuse_unseen")
    topic, results = two_decisions(people)
    assert refusals(results) == []
    assert len(acts_about(topic)) == 3


def test_who_accepts_twice_at_once_accepts_once(people, monkeypatch):
    given = plan.send(plan.approved(people), people[Role.REPORTER], people[CHIEF])
    meet_before_locking(monkeypatch, 2)
    results = race(*(answers(given, "accept", people[Role.REPORTER]) for _window in range(2)))
    assert refusals(results) == [IllegalTransition]
    assert acts_about(given) == ["assignment.give", "assignment.accept"]


def test_two_accept_their_own_assignments_to_one_topic(people, monkeypatch):
    topic = plan.approved(people)
    goes = [people[Role.REPORTER], people[Role.PHOTOGRAPHER]]
    given = [plan.send(topic, person, people[CHIEF]) for person in goes]
    meet_before_locking(monkeypatch, 2)
    results = race(*(answers(a, "accept", person) for a, person in zip(given, goes, strict=True)))
    assert refusals(results) == []
    assert set(Assignment.objects.values_list("state", flat=True)) == {"accepted"}


def test_an_assignment_accepted_while_it_is_taken_back_is_one_or_the_other(people, monkeypatch):
    given = plan.send(plan.approved(people), people[Role.REPORTER], people[CHIEF])
    meet_before_locking(monkeypatch, 2)
    race(answers(given, "accept", people[Role.REPORTER]), answers(given, "withdraw", people[CHIEF]))
    # Accepted and then taken back, or taken back at once: it is never accepted in the end.
    assert Assignment.objects.get().state == "withdrawn"
    assert acts_about(given)[-1] == "assignment.withdraw"


def test_a_topic_dropped_while_somebody_accepts_leaves_nobody_going(people, monkeypatch):
    given = plan.send(plan.approved(people), people[Role.REPORTER], people[CHIEF])
    topic = Topic.objects.get()
    meet_before_locking(monkeypatch, 2)
    race(answers(given, "accept", people[Role.REPORTER]), decides(topic, "drop", people[CHIEF]))
    assert (Topic.objects.get().state, Assignment.objects.get().state) == ("dropped", "withdrawn")


def test_two_who_send_one_person_send_them_once(people, monkeypatch):
    topic = plan.approved(people)
    told = Notice.objects.filter(recipient=people[Role.REPORTER])
    before = told.count()
    meet_before_locking(monkeypatch, 2)

    def sends(user):
        return lambda: plan.send(topic, people[Role.REPORTER], user, timezone.now() + datetime.timedelta(days=1))

    results = race(sends(people[CHIEF]), sends(people[Role.SECTION_EDITOR]))
    assert len(refusals(results)) == 1
    assert Assignment.objects.count() == 1
    assert told.count() == before + 1


def test_a_story_filed_while_its_assignment_is_taken_back_is_filed_before_or_refused(people, monkeypatch):
    assignment = plan.accepted(people)
    fields = {"headline": "题", "section_id": house.section().pk}
    meet_before_locking(monkeypatch, 2)
    results = race(
        lambda: editing.create_story(fields, assignment=assignment.pk, acting_user=people[Role.REPORTER]),
        answers(assignment, "withdraw", people[CHIEF]),
    )
    assert refusals(results) in ([], [IllegalTransition])
    assert Article.objects.filter(assignment=assignment).count() == (0 if refusals(results) else 1)


def test_a_topic_moved_while_somebody_accepts_takes_its_due_time_along(people, monkeypatch):
    given = plan.send(plan.approved(people), people[Role.REPORTER], people[CHIEF])
    topic, later = Topic.objects.get(), datetime.timedelta(days=2)
    meet_before_locking(monkeypatch, 2)
    results = race(
        answers(given, "accept", people[Role.REPORTER]),
        lambda: topics.move_topic(topic.pk, topic.day + later, seen=topic.version, acting_user=people[CHIEF]),
    )
    now = Assignment.objects.get()
    assert now.due_at == given.due_at + later
    assert refusals(results) in ([], [Stale])
    assert now.state == ("given" if refusals(results) else "accepted")
