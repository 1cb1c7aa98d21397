"""The plan as data: what a topic and an assignment can be, the verbs that move them, and what came of them.

Who may say which verb is `coverage_rules`; the only code that moves them is `topics.py` and `assigning.py`.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.states import State


class TopicKind(TextChoices):
    """What is planned: something that happens at its time, or something the paper looks into by itself."""

    EVENT = "event", _("Event")
    TOPIC = "topic", pgettext_lazy("something to write about", "Topic")


class TopicState(TextChoices):
    """Where a topic (选题) stands: PROPOSED until the section decides; DROPPED is given up, whoever wanted it."""

    PROPOSED = "proposed", pgettext_lazy("a topic", "Proposed")
    APPROVED = "approved", pgettext_lazy("a topic", "Approved")
    DECLINED = "declined", pgettext_lazy("a topic", "Turned down")
    DROPPED = "dropped", pgettext_lazy("a topic", "Dropped")


class TopicVerb(TextChoices):
    """What a person can do with a topic."""

    EDIT = "edit", _("Edit")
    APPROVE = "approve", pgettext_lazy("a topic", "Approve")
    DECLINE = "decline", pgettext_lazy("a topic", "Turn down")
    DROP = "drop", pgettext_lazy("a topic", "Drop")
    ASSIGN = "assign", _("Assign")


class AssignmentKind(TextChoices):
    """What somebody is sent for."""

    TEXT = "text", pgettext_lazy("an assignment", "Text")
    PHOTO = "photo", pgettext_lazy("an assignment", "Photos")


class AssignmentState(TextChoices):
    """Where an assignment (派工) stands between who gave it and who goes."""

    GIVEN = "given", pgettext_lazy("an assignment", "Not answered")
    ACCEPTED = "accepted", pgettext_lazy("an assignment", "Accepted")
    DECLINED = "declined", pgettext_lazy("an assignment", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("an assignment", "Taken back")


class AssignmentVerb(TextChoices):
    """What a person can do with an assignment; DELIVER files a story or hands photos in against it, RESCHEDULE sets
    another time at which it is due.
    """

    ACCEPT = "accept", pgettext_lazy("an assignment", "Accept")
    DECLINE = "decline", pgettext_lazy("an assignment", "Decline")
    WITHDRAW = "withdraw", pgettext_lazy("an assignment", "Take back")
    DELIVER = "deliver", pgettext_lazy("an assignment", "Deliver")
    RESCHEDULE = "reschedule", pgettext_lazy("an assignment", "Change when it is due")


class Outcome(TextChoices):
    """What came of what was planned: computed from what stands, never stored.

    LATE is past its due time and still being written, MISSING is past it and nothing is there.
    """

    DELIVERED = "delivered", pgettext_lazy("what was planned", "Delivered")
    AWAITED = "awaited", pgettext_lazy("what was planned", "To come")
    NOBODY = "nobody", pgettext_lazy("what was planned", "Nobody goes")
    LATE = "late", pgettext_lazy("what was planned", "Late")
    MISSING = "missing", pgettext_lazy("what was planned", "Did not come")


_T, _V = TopicState, TopicVerb
TOPIC_TARGETS: dict[tuple[str, str], TopicState] = {
    (_T.PROPOSED, _V.EDIT): _T.PROPOSED,
    (_T.PROPOSED, _V.APPROVE): _T.APPROVED,
    (_T.PROPOSED, _V.DECLINE): _T.DECLINED,
    (_T.PROPOSED, _V.DROP): _T.DROPPED,
    (_T.APPROVED, _V.EDIT): _T.APPROVED,
    (_T.APPROVED, _V.ASSIGN): _T.APPROVED,
    (_T.APPROVED, _V.DROP): _T.DROPPED,
    # After all: what was turned down or given up is taken up again.
    (_T.DECLINED, _V.APPROVE): _T.APPROVED,
    (_T.DROPPED, _V.APPROVE): _T.APPROVED,
}

_A, _W = AssignmentState, AssignmentVerb
ASSIGNMENT_TARGETS: dict[tuple[str, str], AssignmentState] = {
    (_A.GIVEN, _W.ACCEPT): _A.ACCEPTED,
    (_A.GIVEN, _W.DECLINE): _A.DECLINED,
    (_A.GIVEN, _W.WITHDRAW): _A.WITHDRAWN,
    # Somebody who had accepted falls ill.
    (_A.ACCEPTED, _W.DECLINE): _A.DECLINED,
    (_A.ACCEPTED, _W.WITHDRAW): _A.WITHDRAWN,
    (_A.ACCEPTED, _W.DELIVER): _A.ACCEPTED,
    (_A.GIVEN, _W.RESCHEDULE): _A.GIVEN,
    (_A.ACCEPTED, _W.RESCHEDULE): _A.ACCEPTED,
}

PLANNED_STATES = (TopicState.PROPOSED, TopicState.APPROVED)
LIVE_ASSIGNMENTS = (AssignmentState.GIVEN, AssignmentState.ACCEPTED)
# Whoever planned on it learns why it does not come.
TOPIC_REASON_REQUIRED = frozenset({TopicVerb.DECLINE, TopicVerb.DROP})
ASSIGNMENT_REASON_REQUIRED = frozenset({AssignmentVerb.DECLINE, AssignmentVerb.WITHDRAW})
# What is said to an assignment by a word, with a reason where one is required.
ANSWERS = (AssignmentVerb.ACCEPT, AssignmentVerb.DECLINE, AssignmentVerb.WITHDRAW)
# A story that is a draft, or a draft again, has not come; a spiked one does not come.
NOT_SUBMITTED = (State.DRAFT, State.SPIKED)
# What was returned came and has to come again: until it does, nothing is delivered.
NOT_DELIVERED = (*NOT_SUBMITTED, State.RETURNED)
