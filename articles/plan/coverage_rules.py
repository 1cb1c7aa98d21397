"""Who may do what to a topic and to an assignment: the only place that knows.

The same shape as `rules`: a person stands to a thing in certain parts, one table says which part suffices for
a verb in a state, and what lists show is the same rule as a query.
"""

from __future__ import annotations

from enum import StrEnum, auto

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles import rules
from articles.coverage_states import AssignmentState, AssignmentVerb, TopicState, TopicVerb
from articles.models import Assignment, Topic
from articles.plan import coverage
from newsroom.staff.models import RoleGrant, User
from newsroom.staff.roles import WRITING_ROLES, Role
from newsroom.staff.rules import Person


class Part(StrEnum):
    """How a person stands to a topic or an assignment.

    PROPOSER proposed the topic and may still file; LEADER holds a signing role for its section: section editor,
    desk chief, editor-in-chief; ASSIGNED is who goes.
    """

    PROPOSER = auto()
    LEADER = auto()
    ASSIGNED = auto()


_LEADER = frozenset({Part.LEADER})
_ASSIGNED = frozenset({Part.ASSIGNED})

MAY_TOPIC: dict[tuple[str, str], frozenset[Part]] = {
    (TopicState.PROPOSED, TopicVerb.EDIT): frozenset({Part.PROPOSER, Part.LEADER}),
    (TopicState.PROPOSED, TopicVerb.APPROVE): _LEADER,
    (TopicState.PROPOSED, TopicVerb.DECLINE): _LEADER,
    (TopicState.PROPOSED, TopicVerb.DROP): frozenset({Part.PROPOSER}),
    (TopicState.APPROVED, TopicVerb.EDIT): _LEADER,
    (TopicState.APPROVED, TopicVerb.ASSIGN): _LEADER,
    (TopicState.APPROVED, TopicVerb.DROP): _LEADER,
    (TopicState.DECLINED, TopicVerb.APPROVE): _LEADER,
    (TopicState.DROPPED, TopicVerb.APPROVE): _LEADER,
}
MAY_ASSIGNMENT: dict[tuple[str, str], frozenset[Part]] = {
    (AssignmentState.GIVEN, AssignmentVerb.ACCEPT): _ASSIGNED,
    (AssignmentState.GIVEN, AssignmentVerb.DECLINE): _ASSIGNED,
    (AssignmentState.GIVEN, AssignmentVerb.WITHDRAW): _LEADER,
    (AssignmentState.ACCEPTED, AssignmentVerb.DECLINE): _ASSIGNED,
    (AssignmentState.ACCEPTED, AssignmentVerb.WITHDRAW): _LEADER,
    (AssignmentState.ACCEPTED, AssignmentVerb.DELIVER): _ASSIGNED,
    (AssignmentState.GIVEN, AssignmentVerb.RESCHEDULE): _LEADER,
    (AssignmentState.ACCEPTED, AssignmentVerb.RESCHEDULE): _LEADER,
}


def can_propose(user: Person) -> bool:
    """Whether `user` may propose topics: whoever files stories."""
    return rules.can_file(user)


def topic_parts(user: Person, topic: Topic) -> frozenset[Part]:
    """Every part in which `user` stands to `topic`."""
    parts = {Part.LEADER} if rules.leads(user, topic) else set()
    if can_propose(user) and topic.proposed_by_id == user.pk:
        parts.add(Part.PROPOSER)
    return frozenset(parts)


def assignment_parts(user: Person, assignment: Assignment) -> frozenset[Part]:
    """Every part in which `user` stands to `assignment`."""
    parts = {Part.LEADER} if rules.leads(user, assignment.topic) else set()
    if rules.can_file(user) and assignment.person_id == user.pk:
        parts.add(Part.ASSIGNED)
    return frozenset(parts)


def can(user: Person, verb: str, topic: Topic) -> bool:
    """Whether `user` may say `verb` to `topic` as it stands now."""
    return bool(MAY_TOPIC.get((topic.state, verb), frozenset()) & topic_parts(user, topic))


def can_answer(user: Person, verb: str, assignment: Assignment) -> bool:
    """Whether `user` may say `verb` to `assignment` as it stands now: nobody declines what they delivered."""
    may = MAY_ASSIGNMENT.get((assignment.state, verb), frozenset()) & assignment_parts(user, assignment)
    return bool(may) and not (verb == AssignmentVerb.DECLINE and coverage.is_delivered(assignment))


def topic_verbs(user: Person, topic: Topic) -> list[TopicVerb]:
    """The verbs that `user` may say to `topic` now, in the order of their buttons."""
    return [verb for verb in TopicVerb if can(user, verb, topic)]


def assignment_verbs(user: Person, assignment: Assignment) -> list[AssignmentVerb]:
    """The verbs that `user` may say to `assignment` now, in the order of their buttons."""
    return [verb for verb in AssignmentVerb if can_answer(user, verb, assignment)]


def can_read_words(user: Person, assignment: Assignment) -> bool:
    """Whether `user` may read what was said with an assignment: who goes, and who leads the section."""
    return bool(assignment_parts(user, assignment))


def can_read_trail(user: Person, assignment: Assignment) -> bool:
    """Whether `user` may read the trail of an assignment, in which those words stand: administrators read every one."""
    return rules.can_administer(user) or can_read_words(user, assignment)


def can_view(user: Person, topic: Topic) -> bool:
    """Whether `user` may read the topic: an approved one everybody of the desk, any other those it concerns."""
    if not rules.can_enter_desk(user) or not isinstance(user, User):
        return False
    if topic.state == TopicState.APPROVED or user.has_role(Role.ADMINISTRATOR) or rules.leads(user, topic):
        return True
    return topic.proposed_by_id == user.pk or topic.assignments.filter(person=user).exists()


def visible_to(user: Person) -> QuerySet[Topic]:
    """The topics that `user` may read. The same rule as `can_view`, as a query."""
    if not rules.can_enter_desk(user) or not isinstance(user, User):
        return Topic.objects.none()
    if user.has_role(Role.ADMINISTRATOR):
        return Topic.objects.all()
    sent = Assignment.objects.filter(topic=OuterRef("pk"), person=user)
    return Topic.objects.filter(
        Q(state=TopicState.APPROVED) | rules.led_by(user) | Q(proposed_by=user) | Q(Exists(sent))
    )


def led_topics(user: Person) -> QuerySet[Topic]:
    """The topics of the sections that `user` leads: `Part.LEADER` as a query."""
    if not isinstance(user, User) or not user.is_active:
        return Topic.objects.none()
    return Topic.objects.filter(rules.led_by(user))


def people_to_send() -> QuerySet[User]:
    """Everybody who can be assigned: who files stories or photos and is here."""
    files = RoleGrant.objects.filter(user=OuterRef("pk"), role__in=sorted(WRITING_ROLES))
    return User.objects.filter(Exists(files), is_active=True).order_by("name", "username")
