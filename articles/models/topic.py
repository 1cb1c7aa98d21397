"""What the paper plans to cover, and who goes for it."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.coverage_states import LIVE_ASSIGNMENTS, AssignmentKind, AssignmentState, TopicKind, TopicState
from articles.models.title import Section
from articles.validators import validate_near_moment, validate_no_control_characters

PLAIN = [validate_no_control_characters]
NEAR = [validate_near_moment]
MOST_PHOTOS, MOST_CHARACTERS = 100, 100_000


class Topic(models.Model):
    """An event or a topic (选题): what it is about, when and where, and what the paper wants of it.

    Its days and times are the newsroom's calendar, kept as dates and times of day: an event without a time has
    `starts_at` None, one of several days a `last_day` after `day`. `edition_day` and `page_label` say where it
    is expected; `expected_characters` counts by the paper's rule. `version` counts the changes and is what the
    next one must be based on. Written by `topics` alone.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=TopicKind, default=TopicKind.TOPIC)
    title = models.CharField(_("title"), max_length=80, validators=PLAIN)
    about = models.TextField(_("what it is about"), max_length=3000, blank=True, validators=PLAIN)
    place = models.CharField(pgettext_lazy("of an event", "place"), max_length=100, blank=True, validators=PLAIN)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="topics", verbose_name=_("section"))
    day = models.DateField(_("day"), validators=NEAR)
    last_day = models.DateField(_("last day"), validators=NEAR, blank=True)
    starts_at = models.TimeField(pgettext_lazy("hours of an event", "from"), null=True, blank=True)
    ends_at = models.TimeField(pgettext_lazy("hours of an event", "until"), null=True, blank=True)

    wants_text = models.BooleanField(_("a text"), default=True)
    photos_wanted = models.PositiveSmallIntegerField(
        _("photos"), default=0, validators=[MaxValueValidator(MOST_PHOTOS)]
    )
    expected_characters = models.PositiveIntegerField(
        _("expected characters"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_CHARACTERS)],
    )
    edition_day = models.DateField(_("for the edition of"), null=True, blank=True, validators=NEAR)
    page_label = models.CharField(_("page"), max_length=10, blank=True, validators=PLAIN)

    state = models.CharField(_("state"), max_length=10, choices=TopicState, default=TopicState.PROPOSED, editable=False)
    reason = models.TextField(_("reason"), blank=True, editable=False)
    version = models.PositiveIntegerField(pgettext_lazy("of a text", "version"), default=1, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="proposed_topics",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now, editable=False)

    going: list[Assignment]  # the live assignments with what came of them, where `coverage` has read them along

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["last_day", "day"], name="topic_by_day"),
            models.Index(fields=["day", "id"], name="topic_by_first_day"),
            models.Index(fields=["state", "section", "-id"], name="topic_by_state"),
            models.Index(fields=["edition_day"], name="topic_by_edition", condition=Q(edition_day__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="topic_state_known",
                condition=Q(state__in=TopicState.values),
                violation_error_message=_("This state is not known."),
            ),
            models.CheckConstraint(
                name="topic_ends_after_it_begins",
                condition=Q(last_day__gte=F("day")),
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                name="topic_until_has_a_from",
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False),
                violation_error_message=_("Say when it begins, too."),
            ),
            models.CheckConstraint(
                name="topic_hours_in_order",
                condition=Q(ends_at__isnull=True) | Q(last_day__gt=F("day")) | Q(ends_at__gte=F("starts_at")),
                violation_error_message=_("It ends before it begins; past midnight, name the next day as the last."),
            ),
            models.CheckConstraint(
                name="topic_wants_something",
                condition=Q(wants_text=True) | Q(photos_wanted__gt=0),
                violation_error_message=_("Ask for a text, for photos, or for both."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:topic", args=[self.pk])

    def covers(self, day: datetime.date) -> bool:
        """Whether it takes place on `day`."""
        return self.day <= day <= self.last_day


class Assignment(models.Model):
    """One person sent for the text or the photos of one topic, and until when (派工).

    Whether it was delivered is not kept here: `coverage` computes it from the stories filed and the photos
    handed in against it. Written by `assigning` alone.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("topic"))
    # People are deactivated, not deleted; an assignment without who goes would be none.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("who goes")
    )
    kind = models.CharField(
        pgettext_lazy("an assignment", "for"), max_length=10, choices=AssignmentKind, default=AssignmentKind.TEXT
    )
    due_at = models.DateTimeField(_("due"), validators=NEAR)
    note = models.TextField(_("note"), max_length=1000, blank=True, validators=PLAIN)
    state = models.CharField(
        _("state"), max_length=10, choices=AssignmentState, default=AssignmentState.GIVEN, editable=False
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="given_assignments",
        verbose_name=_("given by"),
    )
    given_at = models.DateTimeField(_("given"), default=timezone.now, editable=False)

    # Whether a story is being written, and whether it is delivered, text or photos: `coverage.with_what_came`.
    has_story: bool
    has_come: bool
    # Whether another text of the topic was submitted: `coverage.to_be_written_for`.
    topic_has_come: bool

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["person", "due_at"], name="assignment_by_person"),
            models.Index(fields=["due_at"], name="assignment_live_due", condition=Q(state__in=[*LIVE_ASSIGNMENTS])),
        ]
        constraints = [
            models.CheckConstraint(
                name="assignment_state_known",
                condition=Q(state__in=AssignmentState.values),
                violation_error_message=_("This state is not known."),
            ),
            models.UniqueConstraint(
                name="assigned_once",
                fields=["topic", "person", "kind"],
                condition=Q(state__in=[*LIVE_ASSIGNMENTS]),
                violation_error_message=_("This person goes for it already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} · {self.get_kind_display()} · {self.person}"

    def get_absolute_url(self) -> str:
        return f"{self.topic.get_absolute_url()}#assignment-{self.pk}"
