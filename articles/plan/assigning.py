"""Sending people for a topic, their answers, and what they hand in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from articles import rules
from articles.coverage_states import (
    ASSIGNMENT_REASON_REQUIRED,
    ASSIGNMENT_TARGETS,
    AssignmentKind,
    AssignmentState,
    AssignmentVerb,
    TopicVerb,
)
from articles.errors import IllegalTransition, Incomplete, NotAllowed
from articles.models import Assignment, Photo, Topic
from articles.plan import coverage, coverage_rules
from articles.plan.topics import LONGEST_REASON, lock_topic, refuse_unseen
from articles.validators import checked_reason, clean_only, refuse_past, validate_text_lengths
from newsroom.dates import short_moment
from newsroom.staff import audit, notices
from newsroom.staff.acts import Act
from newsroom.staff.models import NoticeKind, User

ASSIGNMENT_FIELDS = frozenset({"person", "kind", "due_at", "note"})


def give_assignment(
    topic_id: int, fields: Mapping[str, Any], *, given_at: datetime.datetime | None = None, acting_user: User
) -> Assignment:
    """Send somebody (`person`) for the text or the photos of an approved topic, and tell them; `given_at` is when, for
    what is put down afterwards.

    Those who lead its section. Raises NotAllowed, IllegalTransition, ValidationError: nobody goes twice for
    the same, only people who file can be sent, and for nothing that is past by then.
    """
    unknown = set(fields) - ASSIGNMENT_FIELDS
    if unknown:
        raise ValidationError(_("Not part of an assignment: %(fields)s") % {"fields": ", ".join(sorted(unknown))})
    with transaction.atomic():
        topic = lock_topic(topic_id, TopicVerb.ASSIGN, acting_user=acting_user)
        assignment = Assignment(topic=topic, given_by=acting_user, given_at=given_at or timezone.now(), **fields)
        assignment.full_clean(exclude=["given_by"])
        validate_text_lengths(assignment)
        refuse_past("due_at", assignment.due_at, at=assignment.given_at)
        if not rules.can_file(assignment.person):
            raise ValidationError({"person": _("%(name)s files no stories.") % {"name": assignment.person}})
        assignment.save()
        audit.record(acting_user, Act.ASSIGNMENT_GIVE, assignment, due_at=assignment.due_at.isoformat())
        done, told = AssignmentKind(assignment.kind).label, [assignment.person]
        notices.tell(told, NoticeKind.ASSIGNED, topic, by=acting_user, done=done, text=assignment.note)
    return assignment


def set_due(assignment_id: int, due_at: datetime.datetime, *, seen: int, acting_user: User) -> Assignment:
    """Set another time at which a live assignment is due, with its topic as it was `seen` (its version), and tell
    who goes. The time that is there already changes nothing.

    Those who lead the section. Raises Stale, NotAllowed, IllegalTransition, ValidationError for a time that is past.
    """
    with transaction.atomic():
        assignment = _lock(assignment_id, AssignmentVerb.RESCHEDULE, acting_user)
        refuse_unseen(assignment.topic, seen)
        was = assignment.due_at
        refuse_past("due_at", due_at, stood=was)
        if due_at == was:
            return assignment
        assignment.due_at = due_at
        clean_only(assignment, "due_at")
        assignment.save(update_fields=["due_at"])
        words = {"due_at": due_at.isoformat(), "was": {"due_at": was.isoformat()}}
        audit.record(acting_user, Act.ASSIGNMENT_RESCHEDULE, assignment, **words)
        told, done = [assignment.person], lazy(_now_due, str)(due_at)
        notices.tell(told, NoticeKind.ASSIGNED, assignment.topic, by=acting_user, done=done)
    return assignment


def _now_due(due_at: datetime.datetime) -> str:
    return _("Now due %(moment)s") % {"moment": short_moment(due_at)}


def answer_assignment(assignment_id: int, verb: str, *, seen: int, reason: str = "", acting_user: User) -> Assignment:
    """Accept, decline or take back an assignment, with its topic as it was `seen` (its version).

    Who may is `coverage_rules.MAY_ASSIGNMENT`. A decline and a withdrawal carry a reason, an acceptance may
    carry a word. Whoever is on the other side is told. Raises Incomplete, Stale, NotAllowed, IllegalTransition,
    Refusal.
    """
    reason = checked_reason(reason, is_required=verb in ASSIGNMENT_REASON_REQUIRED, most=LONGEST_REASON)
    if verb not in _ACTS:
        raise IllegalTransition(_("This is no answer to an assignment."))
    with transaction.atomic():
        assignment = _lock(assignment_id, verb, acting_user)
        refuse_unseen(assignment.topic, seen)
        assignment.state, assignment.answer = ASSIGNMENT_TARGETS[assignment.state, verb], reason
        assignment.save(update_fields=["state", "answer"])
        audit.record(acting_user, _ACTS[verb], assignment, **({"reason": reason} if reason else {}))
        other = assignment.person if verb == AssignmentVerb.WITHDRAW else assignment.given_by
        done, told = AssignmentState(assignment.state).label, [other] if other else []
        notices.tell(told, NoticeKind.ASSIGNED, assignment.topic, by=acting_user, done=done, text=reason)
    return assignment


_ACTS: dict[str, Act] = {
    AssignmentVerb.ACCEPT: Act.ASSIGNMENT_ACCEPT,
    AssignmentVerb.DECLINE: Act.ASSIGNMENT_DECLINE,
    AssignmentVerb.WITHDRAW: Act.ASSIGNMENT_WITHDRAW,
}


def lock_for_delivery(assignment_id: int, *, acting_user: User) -> Assignment:
    """The assignment under its lock, for a story or photos that `acting_user` files against it.

    Who accepted it and goes. Raises NotAllowed, IllegalTransition.
    """
    return _lock(assignment_id, AssignmentVerb.DELIVER, acting_user)


def hand_in_photos(assignment_id: int, photo_ids: Sequence[int], *, acting_user: User) -> Assignment:
    """Hand in photos that `acting_user` took in, against their assignment for photos.

    Raises NotAllowed, IllegalTransition, Incomplete without any; ValidationError for a photo that is not
    theirs or was handed in for another assignment.
    """
    if not photo_ids:
        raise Incomplete(_("Choose at least one photo."))
    with transaction.atomic():
        assignment = lock_for_delivery(assignment_id, acting_user=acting_user)
        if assignment.kind != AssignmentKind.PHOTO:
            raise IllegalTransition(_("This assignment is for a text."))
        theirs = Photo.objects.filter(pk__in=photo_ids, uploaded_by=acting_user, assignment__isnull=True)
        photos = list(theirs.select_for_update().order_by("pk"))
        if len(photos) != len(set(photo_ids)):
            raise ValidationError(_("One of these photos is not yours, or was handed in already."))
        for photo in photos:
            photo.assignment = assignment
            photo.save(update_fields=["assignment"])
            audit.record(acting_user, Act.PHOTO_EDIT, photo, fields=["assignment"])
    return assignment


def _lock(assignment_id: int, verb: str, acting_user: User) -> Assignment:
    """The assignment and its topic under their locks, if `acting_user` may say `verb` to it as it stands."""
    topic = Topic.objects.select_for_update().get(assignments=assignment_id)
    locked = Assignment.objects.select_for_update(of=("self",)).select_related("person", "given_by")
    assignment = locked.get(pk=assignment_id)
    assignment.topic = topic
    if (assignment.state, verb) not in ASSIGNMENT_TARGETS:
        words = {"verb": AssignmentVerb(verb).label, "state": assignment.get_state_display()}
        raise IllegalTransition(_("“%(verb)s” does not follow here: the assignment is %(state)s.") % words)
    if not coverage_rules.can_answer(acting_user, verb, assignment):
        is_late = verb == AssignmentVerb.DECLINE and coverage.is_delivered(assignment)
        raise NotAllowed(_("It is delivered: there is nothing left to decline.") if is_late else "")
    return assignment
