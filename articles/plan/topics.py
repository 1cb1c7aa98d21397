"""Proposing topics, changing them, and deciding on them: the only writer of `Topic`.

What is moved or dropped takes its assignments along; every other change of an assignment is `assigning`'s.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from articles.coverage_states import (
    LIVE_ASSIGNMENTS,
    TOPIC_REASON_REQUIRED,
    TOPIC_TARGETS,
    AssignmentState,
    TopicState,
    TopicVerb,
)
from articles.due import reckon_anew
from articles.errors import IllegalTransition, NotAllowed, Stale
from articles.models import Article, Assignment, Topic
from articles.plan import coverage_rules
from articles.validators import checked_reason, validate_text_lengths
from newsroom.dates import day_and_weekday
from newsroom.staff import audit, notices
from newsroom.staff.acts import Act
from newsroom.staff.models import NoticeKind, User

TOPIC_FIELDS = frozenset(
    "kind title about place section day last_day starts_at ends_at wants_text photos_wanted expected_characters "
    "edition_day page_label".split()
)
LONGEST_REASON = 300  # nearly all of it fits into a notice


def propose_topic(fields: Mapping[str, Any], *, acting_user: User) -> Topic:
    """Propose a topic. Whoever may file. Raises NotAllowed, ValidationError."""
    if not coverage_rules.can_propose(acting_user):
        raise NotAllowed
    with transaction.atomic():
        topic = Topic(proposed_by=acting_user)
        _apply(topic, fields)
        topic.save()
        audit.record(acting_user, Act.TOPIC_PROPOSE, topic)
    return topic


def edit_topic(topic_id: int, fields: Mapping[str, Any], *, based_on: int, acting_user: User) -> Topic:
    """Change a topic whose version `based_on` was shown: its proposer until it is approved, its section's leaders.

    Another first day takes the due times of those who go along by as many days, and tells them. Saving what is
    there already changes nothing. Raises Stale, NotAllowed, IllegalTransition, ValidationError.
    """
    with transaction.atomic():
        topic = lock_topic(topic_id, TopicVerb.EDIT, seen=based_on, acting_user=acting_user)
        before = {name: getattr(topic, name) for name in TOPIC_FIELDS}
        _apply(topic, fields)
        changed = sorted(name for name in TOPIC_FIELDS if getattr(topic, name) != before[name])
        if not changed:
            return topic
        # Nobody moves a topic into a section for which they could not have approved it.
        if topic.state == TopicState.APPROVED and not coverage_rules.can(acting_user, TopicVerb.EDIT, topic):
            raise NotAllowed(_("You do not lead the section “%(section)s”.") % {"section": topic.section})
        _save(topic)
        audit.record(acting_user, Act.TOPIC_EDIT, topic, fields=changed)
        _take_along(topic, topic.day - before["day"], acting_user)
        if "edition_day" in changed:
            reckon_anew(Article.objects.filter(assignment__topic=topic))
    return topic


def move_topic(topic_id: int, day: datetime.date, *, seen: int, acting_user: User) -> Topic:
    """Move a topic to begin on `day`; its last day, its edition and the due times go along by as many days.

    Who may and what is raised: as `edit_topic`.
    """
    with transaction.atomic():
        topic = lock_topic(topic_id, TopicVerb.EDIT, seen=seen, acting_user=acting_user)
        by = day - topic.day
        try:
            fields = {"day": day, "last_day": topic.last_day + by}
            fields |= {"edition_day": topic.edition_day + by} if topic.edition_day else {}
        except OverflowError as error:
            raise ValidationError({"day": _("The calendar ends before that day.")}) from error
        return edit_topic(topic_id, fields, based_on=seen, acting_user=acting_user)


def decide_topic(topic_id: int, verb: str, *, seen: int, reason: str = "", acting_user: User) -> Topic:
    """Approve a topic, turn it down or drop it, as it was seen. Who may is `coverage_rules.MAY_TOPIC`.

    With a topic that is dropped the assignments are taken back, and whoever was to go is told; whoever
    proposed it is told in any case. Raises Incomplete, Stale, NotAllowed, IllegalTransition, Refusal.
    """
    reason = checked_reason(reason, is_required=verb in TOPIC_REASON_REQUIRED, most=LONGEST_REASON)
    if verb not in _ACTS:
        raise IllegalTransition(_("A topic is changed by saving it."))
    with transaction.atomic():
        topic = lock_topic(topic_id, verb, seen=seen, acting_user=acting_user)
        topic.state, topic.reason = TOPIC_TARGETS[topic.state, verb], reason
        _save(topic)
        audit.record(acting_user, _ACTS[verb], topic, **({"reason": reason} if reason else {}))
        going = _call_back(topic, reason, acting_user) if verb == TopicVerb.DROP else []
        if topic.edition_day is not None:
            reckon_anew(Article.objects.filter(assignment__topic=topic))
        words: dict[str, Any] = {"by": acting_user, "done": TopicState(topic.state).label, "text": reason}
        notices.tell(going, NoticeKind.ASSIGNED, topic, **words)
        if topic.proposed_by is not None and topic.proposed_by not in going:
            notices.tell([topic.proposed_by], NoticeKind.DECIDED, topic, **words)
    return topic


_ACTS: dict[str, Act] = {
    TopicVerb.APPROVE: Act.TOPIC_APPROVE,
    TopicVerb.DECLINE: Act.TOPIC_DECLINE,
    TopicVerb.DROP: Act.TOPIC_DROP,
}


def lock_topic(topic_id: int, verb: str, *, seen: int | None = None, acting_user: User) -> Topic:
    """The topic under its lock, if `acting_user` may say `verb` to it as it stands and it is what they saw.

    Topics are locked before their assignments, these before stories. Raises IllegalTransition, Stale,
    NotAllowed, Topic.DoesNotExist.
    """
    topic = Topic.objects.select_for_update().get(pk=topic_id)
    if seen is not None:
        refuse_unseen(topic, seen)
    if (topic.state, verb) not in TOPIC_TARGETS:
        words = {"verb": TopicVerb(verb).label, "state": topic.get_state_display()}
        raise IllegalTransition(_("“%(verb)s” does not follow here: the topic is %(state)s.") % words)
    if not coverage_rules.can(acting_user, verb, topic):
        raise NotAllowed
    return topic


def refuse_unseen(topic: Topic, seen: int) -> None:
    """Raise Stale unless `seen` is the version of the locked topic that stands."""
    if topic.version != seen:
        raise Stale(_("Meanwhile this topic has changed: look at it again. Nothing was overwritten."))


def _apply(topic: Topic, fields: Mapping[str, Any]) -> None:
    """Set and check `fields`; an event without a last day is one of a single day."""
    unknown = set(fields) - TOPIC_FIELDS
    if unknown:
        raise ValidationError(_("Not part of a topic: %(fields)s") % {"fields": ", ".join(sorted(unknown))})
    for name, value in fields.items():
        setattr(topic, name, value)
    topic.last_day = topic.last_day or topic.day
    topic.full_clean(exclude=["proposed_by"])
    validate_text_lengths(topic)


def _save(topic: Topic) -> None:
    topic.version += 1
    topic.save()


def _live(topic: Topic) -> list[Assignment]:
    """Its live assignments under their locks."""
    live = topic.assignments.filter(state__in=LIVE_ASSIGNMENTS).select_related("person")
    return list(live.select_for_update(of=("self",)).order_by("pk"))


def _take_along(topic: Topic, by: datetime.timedelta, acting_user: User) -> None:
    if not by:
        return
    going = _live(topic)
    for assignment in going:
        assignment.due_at += by
        assignment.save(update_fields=["due_at"])
    notices.tell(
        (a.person for a in going), NoticeKind.ASSIGNED, topic, by=acting_user, done=lazy(_moved_to, str)(topic.day)
    )


def _moved_to(day: datetime.date) -> str:
    return _("Moved to %(day)s") % {"day": day_and_weekday(day)}


def _call_back(topic: Topic, reason: str, acting_user: User) -> list[User]:
    """Take every live assignment back; who was to go."""
    going = _live(topic)
    for assignment in going:
        assignment.state, assignment.answer = AssignmentState.WITHDRAWN, reason
        assignment.save(update_fields=["state", "answer"])
        audit.record(acting_user, Act.ASSIGNMENT_WITHDRAW, assignment, reason=reason)
    return [assignment.person for assignment in going]
