"""How often what was published is read: numbers of addresses, and nothing about who reads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

HOURS = 24
# The kind of the row that adds up everything read on a day, under no key.
EVERYTHING = "everything"


def no_hours() -> list[int]:
    """A day on which nothing was read yet."""
    return [0] * HOURS


class ReadCount(models.Model):
    """How often one address, or everything together, was read on one day of the newsroom's calendar.

    `kind` is what the address is called in the reading site's URLs (story, page, home, …), `key` what names it there
    (a story's number, 2026-11-26/2 for a page of the paper; empty for home and for `EVERYTHING`); `by_hour` are 24
    numbers whose sum is `count`.
    """

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(_("which"), max_length=100, blank=True)
    count = models.PositiveBigIntegerField(_("read"), default=0)
    by_hour: models.JSONField[list[int], list[int]] = models.JSONField(_("by the hour"), default=no_hours)

    class Meta:
        verbose_name = _("read count")
        verbose_name_plural = _("read counts")
        constraints = [models.UniqueConstraint(name="read_count_once_a_day", fields=["kind", "key", "day"])]
        indexes = [models.Index(fields=["day", "kind", "-count"], name="read_count_most_of_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.key}"


class CountedReads(models.Model):
    """How far the log of reads has been counted, written with the counts: no line counts twice, none is left out.

    `file` names the file by its number on the disk, `offset` is in bytes.
    """

    THE_ONE = 1

    file = models.CharField(_("file"), max_length=60, blank=True)
    offset = models.PositiveBigIntegerField(_("bytes counted"), default=0)
    most_read_at = models.DateTimeField(_("most read shown at"), null=True)

    class Meta:
        verbose_name = _("place in the log of reads")
        verbose_name_plural = _("place in the log of reads")
        constraints = [models.CheckConstraint(name="one_place_in_the_log_of_reads", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.file} {self.offset}"
