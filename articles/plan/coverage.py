"""What came of what was planned: computed from stories and photos, as one value and as queries."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from articles.coverage_states import (
    LIVE_ASSIGNMENTS,
    NOT_DELIVERED,
    NOT_SUBMITTED,
    AssignmentKind,
    AssignmentState,
    Outcome,
    TopicState,
)
from articles.due import comes_for
from articles.models import Article, Assignment, Photo, Topic
from articles.querysets import from_day, to_day
from articles.states import State
from newsroom.staff.models import User

# What did not come within this time is history: the list of topics still shows it, the first page no more.
STILL_NEWS = datetime.timedelta(days=30)
# The worst of several says what became of a topic.
_WORST_FIRST = (Outcome.MISSING, Outcome.LATE, Outcome.AWAITED, Outcome.DELIVERED)


def with_what_came(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """`assignments` with `has_story` (one is being written) and `has_come`, whether it is delivered: a story filed
    against it stands submitted or further and is not returned, or photos were handed in. A returned story is being
    written again; a spiked one is neither.
    """
    # The model names both, so that whoever reads them is checked; the checker takes that for a second definition.
    return assignments.annotate(has_story=Exists(_stories()), has_come=_has_come())  # type: ignore[no-redef]


def _stories() -> QuerySet[Article]:
    return Article.objects.filter(assignment=OuterRef("pk")).exclude(state=State.SPIKED)


def _has_come(never: Sequence[State] = NOT_DELIVERED) -> Q:
    """A story in none of the states `never`, or photos."""
    stories = Article.objects.filter(assignment=OuterRef("pk")).exclude(state__in=never)
    return Q(Exists(stories)) | Q(Exists(Photo.objects.filter(assignment=OuterRef("pk"))))


def is_delivered(assignment: Assignment) -> bool:
    """Whether the story or the photos of an assignment are there, as `with_what_came` says it. One query."""
    return Assignment.objects.filter(_has_come(), pk=assignment.pk).exists()


def outcome_of(assignment: Assignment, now: datetime.datetime) -> Outcome:
    """What came of a live assignment that was read `with_what_came`."""
    if assignment.has_come:
        return Outcome.DELIVERED
    if assignment.due_at >= now:
        return Outcome.AWAITED
    return Outcome.LATE if assignment.has_story else Outcome.MISSING


def topic_outcome(topic: Topic, now: datetime.datetime) -> Outcome | None:
    """What came of an approved topic that was read `with_going`: the worst of its assignments; None for a
    topic that is not approved, of which nothing is expected.
    """
    if topic.state != TopicState.APPROVED:
        return None
    if not topic.going:
        return Outcome.MISSING if topic.last_day < timezone.localdate(now) else Outcome.NOBODY
    outcomes = {outcome_of(assignment, now) for assignment in topic.going}
    return next(outcome for outcome in _WORST_FIRST if outcome in outcomes)


def with_going(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """`topics` with their section and, as `going`, their live assignments. Two queries whatever their number."""
    live = with_what_came(Assignment.objects.filter(state__in=LIVE_ASSIGNMENTS)).select_related("person")
    going = Prefetch("assignments", queryset=live.order_by("due_at", "id"), to_attr="going")
    return topics.select_related("section").prefetch_related(going)  # type: ignore[no-redef]


def behind(topics: QuerySet[Topic], now: datetime.datetime) -> QuerySet[Topic]:
    """Of `topics`, those that are late or did not come. The same as `topic_outcome`, as a query."""
    live = Assignment.objects.filter(topic=OuterRef("pk"), state__in=LIVE_ASSIGNMENTS)
    overdue = live.filter(due_at__lt=now).exclude(_has_come())
    past = Q(last_day__lt=timezone.localdate(now))
    return topics.filter(Q(Exists(overdue)) | (~Q(Exists(live)) & past), state=TopicState.APPROVED)


def on_days(topics: QuerySet[Topic], first: datetime.date, last: datetime.date) -> QuerySet[Topic]:
    """Of `topics`, those of the days from `first` to `last`, in the order of a calendar: all-day ones first."""
    return topics.filter(last_day__gte=first, day__lte=last).order_by("day", F("starts_at").asc(nulls_first=True), "id")


def lately_behind(topics: QuerySet[Topic], now: datetime.datetime) -> QuerySet[Topic]:
    """Of `topics`, those that are late or did not come and that somebody can still do something about."""
    return behind(topics.filter(last_day__gte=timezone.localdate(now) - STILL_NEWS), now).order_by("-day", "-id")


def my_assignments(user: User, now: datetime.datetime) -> QuerySet[Assignment]:
    """What `user` still has to accept or to deliver, the earliest due first."""
    mine = Assignment.objects.filter(person=user, state__in=LIVE_ASSIGNMENTS, due_at__gte=now - STILL_NEWS)
    return with_what_came(mine).exclude(_has_come()).select_related("topic__section", "person").order_by("due_at", "id")


def to_be_written_for(edition_day: datetime.date) -> QuerySet[Assignment]:
    """The live assignments for a text of the edition of that day of which nothing was submitted, the earliest due
    first: those of topics planned for it, and those planned for none that are due in its night. What was returned is
    a story of the night already. They are read `with_what_came`, and with `topic_has_come`, whether another text of
    the topic was submitted. Three queries.
    """
    after, until = comes_for(edition_day)
    for_none = Q(topic__edition_day__isnull=True, due_at__gt=after, due_at__lte=until)
    # By their numbers, so that each half goes by an index of its own.
    planned = list(Topic.objects.filter(edition_day=edition_day).values_list("pk", flat=True))
    live = Assignment.objects.filter(
        Q(topic__in=planned) | for_none,
        kind=AssignmentKind.TEXT,
        state__in=LIVE_ASSIGNMENTS,
        topic__state=TopicState.APPROVED,
    )
    of_the_topic = Article.objects.filter(assignment__topic=OuterRef("topic")).exclude(state__in=NOT_SUBMITTED)
    coming = with_what_came(live).exclude(_has_come(NOT_SUBMITTED)).annotate(topic_has_come=Exists(of_the_topic))  # type: ignore[no-redef]
    return coming.select_related("topic__section", "person").order_by("due_at", "id")


def open_to(user: User, now: datetime.datetime) -> QuerySet[Assignment]:
    """The assignments that `user` accepted lately and can deliver, the last due first."""
    accepted = Assignment.objects.filter(person=user, state=AssignmentState.ACCEPTED, due_at__gte=now - STILL_NEWS)
    return accepted.select_related("topic", "person").order_by("-due_at", "-id")


def story_begun(assignment: Assignment) -> Article | None:
    """The first story that whoever goes filed against `assignment` and that is not spiked."""
    theirs = Article.objects.filter(assignment=assignment, created_by=assignment.person_id)
    return theirs.exclude(state=State.SPIKED).order_by("pk").first()


def unplanned(stories: QuerySet[Article], day: datetime.date) -> QuerySet[Article]:
    """Of `stories`, those filed on `day` (the newsroom's) without an assignment that were submitted."""
    filed = stories.filter(from_day("created_at", day), to_day("created_at", day), assignment__isnull=True)
    return filed.exclude(state__in=NOT_SUBMITTED).order_by("-created_at", "-id")
