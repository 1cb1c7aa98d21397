"""The reading side of editions: the issue as it was published, which never changes but for what is withdrawn.

Written by the door alone: `editions/publishing.py`, and `editions/following.py` what follows a story.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.addresses import address
from articles.models import PublishedArticle
from editions.geometry import Grid, Rectangle
from newsroom.dates import day

# Pixels across the sizes in which readers get a printed page: for screens and from near, for phones, for lists.
LARGE_WIDTH, MIDDLE_WIDTH, SMALL_WIDTH = 1600, 960, 480


class PublishedEdition(models.Model):
    """A published edition as its masthead says it."""

    date = models.DateField(_("date"))
    extra_number = models.PositiveSmallIntegerField(_("extra"), default=0)
    series_number = models.PositiveIntegerField(_("number in the series"))
    title_name = models.CharField(_("newspaper"), max_length=60)
    title_name_en = models.CharField(_("name in English"), max_length=100)
    cn_number = models.CharField(_("CN number"), max_length=10)
    publisher = models.CharField(_("publisher"), max_length=100, blank=True)
    page_count = models.PositiveSmallIntegerField(_("pages"))
    pdf = models.CharField("PDF", max_length=200, blank=True)
    published_at = models.DateTimeField(_("published at"))

    class Meta:
        verbose_name = _("published edition")
        verbose_name_plural = _("published editions")
        ordering = ["-date", "-extra_number"]
        constraints = [models.UniqueConstraint(name="published_edition_once", fields=["date", "extra_number"])]

    def __str__(self) -> str:
        extra = _("extra")
        return day(self.date) + (f" {extra} {self.extra_number}" if self.extra_number else "")

    @property
    def key(self) -> str:
        """How addresses name it: 2024-03-07, and 2024-03-07-1 for the first extra."""
        return self.date.isoformat() + (f"-{self.extra_number}" if self.extra_number else "")

    def get_absolute_url(self) -> str:
        return address("edition", self.key)


class PublishedPage(models.Model):
    """A page as it was published, with the people its folio line names.

    `image`, `image_middle` and `thumbnail` are the addresses of its picture, large, middle and small, in WebP,
    `image_png` and `thumbnail_png` the large and the small one in PNG, `pdf` of its PDF; all empty where the page was
    never typeset, the middle one also where it was printed before there was one.
    `is_blanked`: something that was printed on it is not shown, for it was withdrawn. Its place is blank in the
    pictures and in the PDF, which is empty until the clock has set it anew.
    `image_width` and `image_height` in pixels are the large one's.
    """

    edition = models.ForeignKey(
        PublishedEdition, on_delete=models.CASCADE, related_name="pages", verbose_name=_("edition")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(_("label"), max_length=8)
    name = models.CharField(pgettext_lazy("of a page", "name"), max_length=30)
    responsible_editor = models.CharField(_("responsible editor"), max_length=80, blank=True)
    designer = models.CharField(_("designer"), max_length=80, blank=True)
    proofreader = models.CharField(_("proofread by"), max_length=80, blank=True)
    columns = models.PositiveSmallIntegerField(_("columns"))
    rows = models.PositiveSmallIntegerField(_("rows"))
    width_mm = models.PositiveSmallIntegerField(_("width in mm"))
    height_mm = models.PositiveSmallIntegerField(_("height in mm"))
    image = models.CharField(_("image"), max_length=200, blank=True)
    image_png = models.CharField(_("image in PNG"), max_length=200, blank=True)
    image_width = models.PositiveIntegerField(_("width of the image"), default=0)
    image_height = models.PositiveIntegerField(_("height of the image"), default=0)
    image_middle = models.CharField(_("image, middle"), max_length=200, blank=True)
    thumbnail = models.CharField(_("thumbnail"), max_length=200, blank=True)
    thumbnail_png = models.CharField(_("thumbnail in PNG"), max_length=200, blank=True)
    pdf = models.CharField("PDF", max_length=200, blank=True)
    # A process of the version before knows nothing of it, and publishes.
    is_blanked = models.BooleanField(_("partly blank"), default=False, db_default=False)

    class Meta:
        verbose_name = _("published page")
        verbose_name_plural = _("published pages")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="published_page_once", fields=["edition", "order"])]

    def __str__(self) -> str:
        return str(_("Page %(label)s %(name)s") % {"label": self.label, "name": self.name})

    def get_absolute_url(self) -> str:
        return address("page", self.edition.key, self.order)

    @property
    def grid(self) -> Grid:
        return Grid(self.columns, self.rows)


class PublishedPlacement(models.Model):
    """Where on a page a published story stands; `photo_number` where the rectangle is one of its pictures.

    `order` is the story's place in the page's reading order. `zone` is the same rectangle as a hot zone of the
    page's picture: left, top, width and height in per cent, None where the page was never typeset or its picture
    does not show the story: one that was withdrawn after it was printed, and came back in other words.
    """

    page = models.ForeignKey(PublishedPage, on_delete=models.CASCADE, related_name="placements", verbose_name=_("page"))
    article = models.ForeignKey(
        PublishedArticle, on_delete=models.CASCADE, related_name="placements", verbose_name=_("story")
    )
    photo_number = models.PositiveBigIntegerField(_("photo number"), null=True)
    part = models.PositiveSmallIntegerField(_("part"))
    column = models.PositiveSmallIntegerField(_("column"))
    row = models.PositiveSmallIntegerField(_("row"))
    width = models.PositiveSmallIntegerField(_("width in columns"))
    height = models.PositiveSmallIntegerField(_("height in rows"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    zone: models.JSONField[list[float] | None, list[float] | None] = models.JSONField(_("hot zone"), null=True)

    class Meta:
        verbose_name = _("published placement")
        verbose_name_plural = _("published placements")
        ordering = ["row", "column"]

    def __str__(self) -> str:
        return f"{self.page_id} {self.article_id}/{self.part}"

    @property
    def rectangle(self) -> Rectangle:
        return Rectangle(self.column, self.row, self.width, self.height)


class PublishedPrinting(models.Model):
    """A story's words as they were printed in an edition; they stay when the web story is corrected.

    `page` is where it begins. `paragraphs` are its blocks in order, the lead-in set, captions at the end.
    """

    article = models.ForeignKey(
        PublishedArticle, on_delete=models.CASCADE, related_name="printings", verbose_name=_("story")
    )
    page = models.ForeignKey(PublishedPage, on_delete=models.CASCADE, related_name="printings", verbose_name=_("page"))
    kicker = models.CharField(_("kicker"), max_length=120, blank=True)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    subhead = models.CharField(_("subhead"), max_length=200, blank=True)
    paragraphs: models.JSONField[list[str], list[str]] = models.JSONField(_("paragraphs"), default=list)

    class Meta:
        verbose_name = _("story as printed")
        verbose_name_plural = _("stories as printed")
        constraints = [models.UniqueConstraint(name="printed_once_a_page", fields=["article", "page"])]

    def __str__(self) -> str:
        return f"{self.page_id} {self.article_id}"
