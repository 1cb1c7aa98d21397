"""The demo's plan: topics proposed and decided on, people sent, answers given, all by the people of the files."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from articles.models import Assignment, Photo, Section, Topic
from articles.plan import assigning, topics
from newsroom.demo import content
from newsroom.staff.models import User

# Who decides on topics and sends people.
DECIDES = "chief"
# How long beforehand, at the least, somebody is sent.
GIVEN_BEFORE = datetime.timedelta(hours=4)


def make_plan(today: datetime.date, users: dict[str, User], photos: dict[str, Photo]) -> dict[str, int]:
    """File every topic of `plan.toml`; the numbers of the assignments by the stories to be filed against them."""
    numbers: dict[str, int] = {}
    for data in content.read_file("plan")["topic"]:
        topic = topics.propose_topic(_fields(data, today), acting_user=users[data["proposed_by"]])
        if data["state"] in {"approved", "dropped"}:
            topic = _decide(topic, "approve", users)
        for going in data.get("assignment", []):
            assignment = _send(topic, going, today, users)
            _hand_in(assignment, going, photos, users)
            if "story" in going:
                numbers[going["story"]] = assignment.pk
        if data["state"] in {"declined", "dropped"}:
            _decide(topic, {"declined": "decline", "dropped": "drop"}[data["state"]], users, data["word"])
    return numbers


def _fields(data: dict[str, Any], today: datetime.date) -> dict[str, Any]:
    def day(name: str) -> datetime.date | None:
        return today + datetime.timedelta(days=data[name]) if name in data else None

    def time(name: str) -> datetime.time | None:
        return datetime.time.fromisoformat(data[name]) if name in data else None

    return {
        **{name: data.get(name, "") for name in ("title", "kind", "about", "place")},
        "section": Section.objects.get(slug=data["section"]),
        "day": day("day"),
        "last_day": day("last_day"),
        "starts_at": time("starts"),
        "ends_at": time("ends"),
        "wants_text": data.get("wants_text", True),
        "photos_wanted": data.get("photos", 0),
        "expected_characters": data.get("characters"),
        "edition_day": day("edition"),
        "page_label": data.get("page", ""),
    }


def _decide(topic: Topic, verb: str, users: dict[str, User], reason: str = "") -> Topic:
    return topics.decide_topic(topic.pk, verb, seen=topic.version, reason=reason, acting_user=users[DECIDES])


def _send(topic: Topic, going: dict[str, Any], today: datetime.date, users: dict[str, User]) -> Assignment:
    """Send somebody, and let them answer; an assignment that is taken back goes with its topic."""
    day, hour = going["due"]
    due = timezone.make_aware(datetime.datetime.combine(today + datetime.timedelta(days=day), datetime.time(hour)))
    fields = {"person": users[going["person"]], "kind": going["kind"], "due_at": due, "note": going.get("note", "")}
    # What is overdue by now was given while it was still to come.
    given_at = min(timezone.now(), due - GIVEN_BEFORE)
    assignment = assigning.give_assignment(topic.pk, fields, given_at=given_at, acting_user=users[DECIDES])
    verb = {"accepted": "accept", "declined": "decline"}.get(going["state"])
    if verb is None:
        return assignment
    return assigning.answer_assignment(
        assignment.pk, verb, seen=topic.version, reason=going.get("word", ""), acting_user=users[going["person"]]
    )


def _hand_in(assignment: Assignment, going: dict[str, Any], photos: dict[str, Photo], users: dict[str, User]) -> None:
    if "hands_in" in going:
        numbers = [photos[key].pk for key in going["hands_in"]]
        assigning.hand_in_photos(assignment.pk, numbers, acting_user=users[going["person"]])
