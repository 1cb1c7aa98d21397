"""The working copy of a story, its bylines and its pictures."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.deadlines import lateness
from articles.models.contributor import Contributor
from articles.models.photo import Photo
from articles.models.title import Section, step_name
from articles.querysets import ArticleQuerySet
from articles.states import AWAITING_REVIEW, State
from articles.text.leadin import LeadIn, LeadInKind
from articles.validators import validate_near_moment, validate_no_control_characters, validate_two_lines

PLAIN = [validate_no_control_characters]
NEAR = [validate_near_moment]


class Genre(models.TextChoices):
    """What kind of piece it is (体裁): 消息 通讯 特写 评论 图片新闻 简讯 公告 广告."""

    NEWS = "news", _("News")
    REPORT = "report", _("Report")
    FEATURE = "feature", _("Feature")
    COMMENTARY = "commentary", _("Commentary")
    PICTURE = "picture", _("Picture story")
    BRIEF = "brief", _("Brief")
    NOTICE = "notice", _("Public notice")
    ADVERTISEMENT = "advertisement", _("Advertisement")


class BylineRole(models.TextChoices):
    """What somebody did for the piece. The Chinese label is what is printed: see `PRINTED_ROLES`."""

    REPORTER = "reporter", _("Reporter")
    SPECIAL_REPORTER = "special_reporter", _("Special reporter")
    INTERN_REPORTER = "intern_reporter", _("Intern reporter")
    CORRESPONDENT = "correspondent", _("Correspondent")
    PHOTOGRAPHER = "photographer", _("Photographs by")
    PHOTO_REPORT = "photo_report", _("Words and photographs by")
    EDITOR = "editor", _("Edited by")
    COMPILER = "compiler", _("Compiled by")


# The printed page is Chinese whatever language the desk is read in.
PRINTED_ROLES = {
    BylineRole.REPORTER: "记者",
    BylineRole.SPECIAL_REPORTER: "特约记者",
    BylineRole.INTERN_REPORTER: "实习记者",
    BylineRole.CORRESPONDENT: "通讯员",
    BylineRole.PHOTOGRAPHER: "摄",
    BylineRole.PHOTO_REPORT: "摄影报道",
    BylineRole.EDITOR: "编辑",
    BylineRole.COMPILER: "综合",
}


class Article(models.Model):
    """The working copy of a story (稿件): private to the desk whatever its state.

    Written by services alone: `editing` its content, `workflow` its state, `publishing` what is released.
    `version` counts the saves and is what a save must be based on; `step` is the review step awaited, and
    `moved_at` the moment since which it stands in its state and step; `review_began_at` is when it was submitted, or
    what reopened it came, None where it awaits no step; `due_at` is when the step awaited has to be signed, None where
    nothing sets a time.
    `released_version` is the version that readers see, None where they see none.
    """

    # -- content: revisioned, hashed and signed (`content.SIGNED_FIELDS`)
    kicker = models.CharField(_("kicker"), max_length=120, blank=True, validators=PLAIN)
    headline = models.CharField(_("headline"), max_length=200, blank=True, validators=[*PLAIN, validate_two_lines])
    subhead = models.CharField(_("subhead"), max_length=200, blank=True, validators=PLAIN)
    web_headline = models.CharField(_("web headline"), max_length=120, blank=True, validators=PLAIN)
    body = models.TextField(_("body"), blank=True)
    lead_in_kind = models.CharField(_("lead-in"), max_length=20, choices=LeadInKind, default=LeadInKind.NONE)
    lead_in_agency = models.CharField(_("agency"), max_length=30, blank=True, validators=PLAIN)
    lead_in_place = models.CharField(_("place of the dispatch"), max_length=30, blank=True, validators=PLAIN)
    lead_in_day = models.DateField(_("date of the dispatch"), null=True, blank=True, validators=NEAR)
    genre = models.CharField(_("genre"), max_length=20, choices=Genre, default=Genre.NEWS)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="articles", verbose_name=_("section"))
    keywords = models.CharField(
        _("keywords"),
        max_length=200,
        blank=True,
        validators=PLAIN,
        help_text=_("Separated by spaces or commas."),
    )
    summary = models.TextField(_("summary"), max_length=500, blank=True, validators=PLAIN)
    correction_note = models.TextField(_("correction to readers"), max_length=1000, blank=True, validators=PLAIN)

    # -- for the desk alone
    slugline = models.CharField(_("slugline"), max_length=80, blank=True, validators=PLAIN)
    desk_note = models.TextField(_("note to the desk"), max_length=5000, blank=True, validators=PLAIN)
    import_doubts = models.JSONField(_("what the import was unsure of"), default=list, blank=True, editable=False)

    assignment = models.ForeignKey(
        "articles.Assignment",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="stories",
        verbose_name=_("assignment"),
    )

    # -- two different things: an embargo forbids a release before its time, a schedule triggers one
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True, validators=NEAR)
    publish_at = models.DateTimeField(_("publish on the web at"), null=True, blank=True, validators=NEAR)

    # -- where it stands
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    step = models.PositiveSmallIntegerField(_("step awaited"), null=True, editable=False)
    version = models.PositiveIntegerField(pgettext_lazy("of a text", "version"), default=1, editable=False)
    released_version = models.PositiveIntegerField(_("version released"), null=True, editable=False)
    first_published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    # What readers had of it when it was withdrawn: published again, it stands corrected and changed as before.
    told_version = models.IntegerField(_("version that readers had"), null=True, editable=False)
    told_changed_at = models.DateTimeField(_("last changed for readers"), null=True, editable=False)
    told_corrections: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        _("corrections readers were told of"), default=list, blank=True, editable=False
    )
    return_reason = models.TextField(_("reason"), blank=True, editable=False)
    return_reasons: models.JSONField[list[str], list[str]] = models.JSONField(
        _("usual reasons"), default=list, blank=True, editable=False
    )
    # The state and the reasons of a return that stood before it was spiked: where a revival leads back to.
    spiked_from: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(
        _("spiked as it was"), null=True, editable=False
    )
    character_count = models.PositiveIntegerField(_("characters"), default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="filed_articles",
        verbose_name=_("filed by"),
    )
    created_at = models.DateTimeField(_("filed"), default=timezone.now, editable=False)
    # The same token is the same filing: a request repeated after its answer was lost makes no second draft.
    filing_token = models.UUIDField(_("filing"), null=True, unique=True, editable=False)
    moved_at = models.DateTimeField(_("last moved"), default=timezone.now, editable=False)
    review_began_at = models.DateTimeField(_("under review since"), null=True, editable=False)
    due_at = models.DateTimeField(_("due"), null=True, editable=False)
    late_told_at = models.DateTimeField(_("told that it is late"), null=True, editable=False)
    updated_at = models.DateTimeField(_("last change"), default=timezone.now, editable=False)

    photos: models.ManyToManyField[Photo, ArticlePhoto] = models.ManyToManyField(
        Photo, through="ArticlePhoto", related_name="articles"
    )

    # Counted by `ArticleQuerySet.for_names`.
    open_remark_count: int

    objects: ClassVar[ArticleQuerySet] = ArticleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-updated_at", "-id"]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="article_newest"),
            models.Index(fields=["-created_at", "-id"], name="article_last_filed"),
            models.Index(fields=["state", "-updated_at", "-id"], name="article_newest_in_state"),
            models.Index(fields=["section", "-updated_at", "-id"], name="article_newest_in_section"),
            models.Index(fields=["state", "section", "-updated_at", "-id"], name="article_by_state"),
            models.Index(fields=["created_by", "-updated_at", "-id"], name="article_by_owner"),
            # What came without having been planned, by the day it was filed.
            models.Index(fields=["-created_at"], name="article_unplanned", condition=Q(assignment__isnull=True)),
            models.Index(
                fields=["publish_at"],
                name="article_due",
                condition=Q(state=State.SIGNED_OFF, publish_at__isnull=False),
            ),
            models.Index(
                fields=["due_at"],
                name="article_to_be_late",
                condition=Q(due_at__isnull=False, late_told_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="article_state_known",
                condition=Q(state__in=State.values),
                violation_error_message=_("This state is not known."),
            ),
            models.CheckConstraint(
                name="article_step_while_in_review",
                condition=Q(state__in=sorted(AWAITING_REVIEW), step__isnull=False)
                | (~Q(state__in=sorted(AWAITING_REVIEW)) & Q(step__isnull=True)),
                violation_error_message=_("A story in review awaits a step; no other story does."),
            ),
            models.CheckConstraint(
                name="article_published_with_time",
                condition=~Q(state=State.PUBLISHED)
                | Q(released_version__isnull=False, first_published_at__isnull=False),
                violation_error_message=_("A published story has the time of its publication."),
            ),
            models.CheckConstraint(
                name="article_withdrawn_is_not_public",
                condition=~Q(state__in=[State.WITHDRAWN, State.SPIKED]) | Q(released_version__isnull=True),
                violation_error_message=_("A withdrawn or spiked story is not public."),
            ),
        ]

    def __str__(self) -> str:
        title = " ".join(self.headline.split()) or self.web_headline or self.slugline
        return title or str(_("Untitled story %(number)s") % {"number": self.pk or ""}).strip()

    def get_absolute_url(self) -> str:
        return reverse("desk:story", args=[self.pk])

    @property
    def is_public(self) -> bool:
        """Whether readers see a version of it, whatever the working copy's state."""
        return self.released_version is not None

    @property
    def seen(self) -> str:
        """What somebody looking at the story sees of where it stands: version, state and step in one token.

        An act sends it back, so that nobody signs a step or a text other than the one before their eyes.
        """
        return f"{self.version}.{self.state}.{self.step or 0}"

    @property
    def times_seen(self) -> str:
        """What somebody looking at the story sees of its embargo and schedule, in one token: whoever sets other times
        sends it back. Empty where neither is set.
        """
        times = {"embargo": self.embargo_until, "schedule": self.publish_at}
        return " ".join(f"{name}={time.isoformat()}" for name, time in times.items() if time)

    @property
    def late_by(self) -> datetime.timedelta | None:
        """How long the step awaited is overdue; None where it is not."""
        return lateness(self.due_at, timezone.now())

    @property
    def state_label(self) -> str:
        """Where it stands in words; in review, which step it awaits."""
        if self.step is not None:
            return str(_("awaits %(step)s") % {"step": step_name(self.step)})
        return str(State(self.state).label)

    @property
    def lead_in(self) -> LeadIn:
        return LeadIn(self.lead_in_kind, self.lead_in_agency, self.lead_in_place, self.lead_in_day)

    @cached_property
    def byline_list(self) -> list[Byline]:
        """The bylines in order with their contributors; one query, or none where prefetched."""
        prefetched = "bylines" in getattr(self, "_prefetched_objects_cache", {})
        return list(self.bylines.all() if prefetched else self.bylines.select_related("contributor"))


class Byline(models.Model):
    """One person under one story, in order, with what they did."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(
        Contributor, on_delete=models.PROTECT, related_name="bylines", verbose_name=_("contributor")
    )
    role = models.CharField(
        pgettext_lazy("in a byline", "role"), max_length=20, choices=BylineRole, default=BylineRole.REPORTER
    )
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="byline_order_unique", fields=["article", "order"]),
            models.UniqueConstraint(
                name="byline_person_once_a_role",
                fields=["article", "contributor", "role"],
                violation_error_message=_("This person stands in the byline already."),
            ),
            models.CheckConstraint(name="byline_role_known", condition=Q(role__in=BylineRole.values)),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.contributor}"


class ArticlePhoto(models.Model):
    """A photo as this story prints it: caption, credit and alternative text are the story's own copies, so
    that a signature under the story covers them and a later change in the photo desk cannot slip past it.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="article_photos")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="uses", verbose_name=_("photo"))
    order = models.PositiveSmallIntegerField(_("order"))
    caption = models.TextField(_("caption"), blank=True, max_length=1000, validators=PLAIN)
    credit = models.CharField(_("credit"), max_length=200, blank=True, validators=PLAIN)
    alt = models.CharField(_("alternative text"), max_length=500, blank=True, validators=PLAIN)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="article_photo_order_unique", fields=["article", "order"]),
            models.UniqueConstraint(name="article_photo_once", fields=["article", "photo"]),
        ]

    def __str__(self) -> str:
        return self.caption[:40] or str(self.photo_id)
