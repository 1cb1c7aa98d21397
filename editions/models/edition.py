"""An edition of a date, its pages, and what lies on them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article, Photo, Title
from articles.validators import FIRST_DAY, LAST_DAY, validate_near_moment, validate_no_control_characters
from editions.geometry import Grid, Rectangle
from editions.models.page_template import PageTemplate
from newsroom.dates import day


class EditionState(models.TextChoices):
    """An edition is open while pages are made; what was published does not change any more."""

    OPEN = "open", _("Open")
    PUBLISHED = "published", _("Published")


class Edition(models.Model):
    """The paper of one date (一期), with its number in the series (总第N期).

    `extra_number` is 0 for the day's regular edition and counts its extras (号外) from 1. `date` is the
    newsroom's calendar date. `release_at` is the minute at which `publish_due` releases it.
    """

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="editions", verbose_name=_("newspaper"))
    date = models.DateField(_("date"), validators=[validate_near_moment])
    extra_number = models.PositiveSmallIntegerField(_("extra"), default=0)
    series_number = models.PositiveIntegerField(_("number in the series"))
    release_at = models.DateTimeField(_("release at"), null=True, blank=True, validators=[validate_near_moment])
    state = models.CharField(_("state"), max_length=10, choices=EditionState, default=EditionState.OPEN, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-date", "-extra_number"]
        constraints = [
            models.UniqueConstraint(
                name="edition_of_a_date_once",
                fields=["title", "date", "extra_number"],
                violation_error_message=_("There is an edition of this date already."),
            ),
            models.UniqueConstraint(
                name="series_number_once",
                fields=["title", "series_number"],
                violation_error_message=_("This number in the series is taken."),
            ),
            models.CheckConstraint(
                name="edition_date_in_range",
                condition=Q(date__gte=FIRST_DAY, date__lte=LAST_DAY),
                violation_error_message=_("No newspaper has this date."),
            ),
            models.CheckConstraint(name="edition_state_known", condition=Q(state__in=EditionState.values)),
            models.CheckConstraint(
                name="edition_published_with_time",
                condition=Q(state=EditionState.PUBLISHED, published_at__isnull=False)
                | Q(state=EditionState.OPEN, published_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["release_at"], name="edition_due", condition=Q(state=EditionState.OPEN)),
        ]

    def __str__(self) -> str:
        extra = f" {_('extra')} {self.extra_number}" if self.extra_number else ""
        return f"{day(self.date)}{extra}"

    def get_absolute_url(self) -> str:
        return reverse("desk:edition", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == EditionState.OPEN


class Page(models.Model):
    """A page of an edition: `order` is 版次, `label` what is printed for it (2, A5), `name` 版名 (要闻)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="pages", verbose_name=_("edition"))
    template = models.ForeignKey(PageTemplate, on_delete=models.PROTECT, verbose_name=_("page template"))
    order = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(_("label"), max_length=8, validators=[validate_no_control_characters])
    name = models.CharField(
        pgettext_lazy("of a page", "name"), max_length=30, validators=[validate_no_control_characters]
    )
    responsible_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible editor"),
    )
    designer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("designer"),
    )
    proofreader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proofread by"),
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["order"]
        constraints = [
            # Deferred, so that two pages can change places in one transaction.
            models.UniqueConstraint(
                name="page_order_unique", fields=["edition", "order"], deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(name="page_order_from_one", condition=Q(order__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {_('Page %(label)s %(name)s') % {'label': self.label, 'name': self.name}}"

    def get_absolute_url(self) -> str:
        return reverse("desk:page", args=[self.pk])

    @property
    def grid(self) -> Grid:
        return self.template.grid


class Placement(models.Model):
    """A story, or one picture of it, in one rectangle of a page.

    A story can have several rectangles, on one page or several: `part` counts them in reading order from 1,
    and they are one story. A picture (`photo`) in a rectangle of its own belongs to its story and has part 0.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="placements", verbose_name=_("page"))
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="placements", verbose_name=_("story"))
    photo = models.ForeignKey(
        Photo,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("photo"),
    )
    part = models.PositiveSmallIntegerField(_("part"))
    column = models.PositiveSmallIntegerField(_("column"))
    row = models.PositiveSmallIntegerField(_("row"))
    width = models.PositiveSmallIntegerField(_("width in columns"))
    height = models.PositiveSmallIntegerField(_("height in rows"))

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["row", "column"]
        constraints = [
            models.UniqueConstraint(
                name="story_part_placed_once", fields=["article", "part"], condition=Q(photo__isnull=True)
            ),
            models.UniqueConstraint(
                name="story_photo_placed_once", fields=["article", "photo"], condition=Q(photo__isnull=False)
            ),
            models.CheckConstraint(
                name="placement_has_a_place",
                condition=Q(column__gte=1, row__gte=1, width__gte=1, height__gte=1),
            ),
            models.CheckConstraint(
                name="pictures_are_no_part",
                condition=Q(photo__isnull=True, part__gte=1) | Q(photo__isnull=False, part=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.article_id}/{self.part}"

    @property
    def rectangle(self) -> Rectangle:
        return Rectangle(self.column, self.row, self.width, self.height)
