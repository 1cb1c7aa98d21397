"""The reading side of editions: the issue as it was published, which never changes.

Written by `editions/publishing.py` alone.
"""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import PublishedArticle
from editions.geometry import Grid, Rectangle


class PublishedEdition(models.Model):
    """A published edition as its masthead says it."""

    date = models.DateField()
    extra_number = models.PositiveSmallIntegerField(default=0)
    series_number = models.PositiveIntegerField()
    title_name = models.CharField(max_length=60)
    title_name_en = models.CharField(max_length=100)
    cn_number = models.CharField(max_length=10)
    publisher = models.CharField(max_length=100, blank=True)
    page_count = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("published edition")
        verbose_name_plural = _("published editions")
        ordering = ["-date", "-extra_number"]
        constraints = [models.UniqueConstraint(name="published_edition_once", fields=["date", "extra_number"])]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}"

    @property
    def key(self) -> str:
        """How addresses name it: 2024-03-07, and 2024-03-07-1 for the first extra."""
        return f"{self.date:%Y-%m-%d}" + (f"-{self.extra_number}" if self.extra_number else "")

    def get_absolute_url(self) -> str:
        return reverse("reading:edition", args=[self.key])


class PublishedPage(models.Model):
    """A page as it was published, with the people its folio line names."""

    edition = models.ForeignKey(PublishedEdition, on_delete=models.CASCADE, related_name="pages")
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=8)
    name = models.CharField(max_length=30)
    responsible_editor = models.CharField(max_length=80, blank=True)
    designer = models.CharField(max_length=80, blank=True)
    proofreader = models.CharField(max_length=80, blank=True)
    columns = models.PositiveSmallIntegerField()
    rows = models.PositiveSmallIntegerField()
    width_mm = models.PositiveSmallIntegerField()
    height_mm = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("published page")
        verbose_name_plural = _("published pages")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="published_page_once", fields=["edition", "order"])]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("reading:page", args=[self.edition.key, self.order])

    @property
    def grid(self) -> Grid:
        return Grid(self.columns, self.rows)


class PublishedPlacement(models.Model):
    """Where on a page a published story stands; `photo_number` where the rectangle is one of its pictures."""

    page = models.ForeignKey(PublishedPage, on_delete=models.CASCADE, related_name="placements")
    article = models.ForeignKey(PublishedArticle, on_delete=models.CASCADE, related_name="placements")
    photo_number = models.PositiveBigIntegerField(null=True)
    part = models.PositiveSmallIntegerField()
    column = models.PositiveSmallIntegerField()
    row = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("published placement")
        verbose_name_plural = _("published placements")
        ordering = ["row", "column"]

    def __str__(self) -> str:
        return f"{self.page_id} {self.article_id}/{self.part}"

    @property
    def rectangle(self) -> Rectangle:
        return Rectangle(self.column, self.row, self.width, self.height)
