"""An edition of a date, its pages, and what lies on them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.calendar_days import FIRST_DAY, LAST_DAY
from articles.models import Article, Photo, Title
from articles.models.article import PLAIN
from articles.validators import (
    validate_near_moment,
    validate_no_control_characters,
    validate_two_lines,
)
from editions.geometry import Grid, Rectangle
from editions.models.page_template import PageTemplate
from newsroom.dates import day


class EditionState(models.TextChoices):
    """An edition is open while pages are made. PRESSED is 付印: every page is signed, frozen and with the
    printer. What was published does not change any more.
    """

    OPEN = "open", _("Open")
    PRESSED = "pressed", _("Released to press")
    PUBLISHED = "published", _("Published")


class Edition(models.Model):
    """The paper of one date (一期), with its number in the series (总第N期).

    `extra_number` is 0 for the day's regular edition and counts its extras (号外) from 1. `date` is the
    newsroom's calendar date. `release_at` is the minute at which `publish_due` releases it to readers,
    `pressed_at` when it was last released to press.
    """

    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="editions", verbose_name=_("newspaper"))
    date = models.DateField(_("date"), validators=[validate_near_moment])
    extra_number = models.PositiveSmallIntegerField(_("extra"), default=0)
    series_number = models.PositiveIntegerField(_("number in the series"))
    release_at = models.DateTimeField(_("release at"), null=True, blank=True, validators=[validate_near_moment])
    state = models.CharField(_("state"), max_length=10, choices=EditionState, default=EditionState.OPEN, editable=False)
    pressed_at = models.DateTimeField(_("released to press at"), null=True, editable=False)
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
                | (~Q(state=EditionState.PUBLISHED) & Q(published_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="edition_pressed_with_time",
                condition=~Q(state=EditionState.PRESSED) | Q(pressed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["release_at"], name="edition_due", condition=~Q(state=EditionState.PUBLISHED)),
        ]

    @property
    def release_seen(self) -> str:
        """What somebody looking at the edition sees of its minute of release: whoever sets another sends it back."""
        return self.release_at.isoformat() if self.release_at else ""

    def __str__(self) -> str:
        extra = _("extra")
        return day(self.date) + (f" {extra} {self.extra_number}" if self.extra_number else "")

    def get_absolute_url(self) -> str:
        return reverse("desk:edition", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == EditionState.OPEN


class Page(models.Model):
    """A page of an edition: `order` is 版次, `label` what is printed for it (2, A5), `name` 版名 (要闻).

    `layout_version` counts the changes of what lies on it and how: a change names the one it was based on.
    """

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
    layout_version = models.PositiveIntegerField(_("version of the layout"), default=1, editable=False)

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
        page = _("Page %(label)s %(name)s") % {"label": self.label, "name": self.name}
        return f"{self.edition} {page}"

    def get_absolute_url(self) -> str:
        return reverse("desk:page", args=[self.pk])

    @property
    def grid(self) -> Grid:
        return self.template.grid

    @property
    def reserved(self) -> Rectangle | None:
        """Where nothing may lie, for the masthead stands there; page 1 alone has one."""
        return self.template.masthead if self.order == 1 else None


class PageStory(models.Model):
    """How one page treats one story that lies on it: its headline, its columns, its box, its place in the
    page's reading order.

    `headline_style` is a key of the page template's design; `headline_columns` are over how many columns the
    headline runs and `text_columns` into how many the text is set, 0 for as many as the first rectangle has.
    `kicker`, `headline` and `subhead` are the words as printed here alone; None prints the story's own.
    `label` is printed with the story, as 广告 has to be with what is paid for.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="stories", verbose_name=_("page"))
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="page_stories", verbose_name=_("story"))
    order = models.PositiveSmallIntegerField(_("order"))
    headline_style = models.CharField(_("headline style"), max_length=30)
    headline_columns = models.PositiveSmallIntegerField(_("headline over columns"), default=0)
    text_columns = models.PositiveSmallIntegerField(_("text columns"), default=0)
    boxed = models.BooleanField(_("boxed"), default=False)
    label = models.CharField(
        pgettext_lazy("printed with a story", "label"), max_length=20, blank=True, validators=PLAIN
    )
    kicker = models.CharField(_("kicker as printed"), max_length=120, null=True, blank=True, validators=PLAIN)
    headline = models.CharField(
        _("headline as printed"), max_length=200, null=True, blank=True, validators=[*PLAIN, validate_two_lines]
    )
    subhead = models.CharField(_("subhead as printed"), max_length=200, null=True, blank=True, validators=PLAIN)

    class Meta:
        verbose_name = _("story on a page")
        verbose_name_plural = _("stories on pages")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(name="page_treats_story_once", fields=["page", "article"])]

    def __str__(self) -> str:
        return f"{self.page_id} {self.article_id}"

    @property
    def differs(self) -> bool:
        """Whether the page prints other words than the story's own."""
        return any(getattr(self, name) is not None for name in ("kicker", "headline", "subhead"))


class Placement(models.Model):
    """A story, or one picture of it, in one rectangle of a page.

    A story can have several rectangles, on one page or several: `part` counts them in reading order from 1,
    and they are one story. A picture (`photo`) in a rectangle of its own belongs to its story and has part 0.
    `focal_x` and `focal_y` are the point of the picture, in per cent of it, that a crop keeps; `zoom` in per
    cent enlarges it beyond filling its frame. `caption` is as printed here alone; None prints the story's own.
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
    focal_x = models.PositiveSmallIntegerField(_("focal point from the left"), default=50)
    focal_y = models.PositiveSmallIntegerField(_("focal point from the top"), default=50)
    zoom = models.PositiveSmallIntegerField(_("zoom"), default=100)
    caption = models.TextField(
        _("caption as printed"), max_length=1000, null=True, blank=True, validators=[validate_no_control_characters]
    )

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
            models.CheckConstraint(
                name="placement_crop_in_range",
                condition=Q(focal_x__lte=100, focal_y__lte=100, zoom__gte=100, zoom__lte=400),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.article_id}/{self.part}"

    @property
    def rectangle(self) -> Rectangle:
        return Rectangle(self.column, self.row, self.width, self.height)


class PagePresence(models.Model):
    """Somebody who has a page open on the canvas, and when they were last heard of."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="presences", verbose_name=_("page"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(_("seen"))

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(name="present_once_a_page", fields=["page", "user"])]

    def __str__(self) -> str:
        return f"{self.page_id} {self.user_id}"
