"""What was read: of one story, of the paper by day and hour, most of all."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import NamedTuple

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.addresses import address
from articles.models import PublishedArticle, ReadCount
from articles.models.readership import EVERYTHING, no_hours
from articles.public.reading import ADVERTISEMENT
from newsroom.dates import short_day

STORY, PAGE = "story", "page"
DAYS_OF_A_CHART = 30
# What is looked through for the most read: more than enough to fill a list when some were withdrawn since.
_CANDIDATES = 60


class Bar(NamedTuple):
    """One day or hour of a chart: what it is called there, and how often something was read."""

    label: str
    reads: int


@dataclass(frozen=True)
class Readership:
    """How often one address was read: in all, today, and on each of the last `DAYS_OF_A_CHART` days."""

    total: int
    today: int
    days: list[Bar]


class Period(StrEnum):
    """The stretch of time for which the desk asks what was read, to the end of today."""

    TODAY = auto()
    WEEK = auto()
    MONTH = auto()

    @property
    def first_day(self) -> datetime.date:
        """The day with which it begins."""
        return timezone.localdate() - datetime.timedelta(days=_DAYS[self] - 1)

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 30}
_LABELS = {Period.TODAY: _("today"), Period.WEEK: _("7 days"), Period.MONTH: _("30 days")}


class ReadStory(NamedTuple):
    """A story and how often it was read in the time asked for."""

    article: PublishedArticle
    reads: int


class ReadPage(NamedTuple):
    """A page of the paper, as its address names it (2026-11-26, 2), and how often it was read."""

    edition: str
    order: int
    reads: int

    def get_absolute_url(self) -> str:
        return address("page", self.edition, self.order)


def readership_of(number: int) -> Readership:
    """How often the story with this number was read; two queries."""
    today = timezone.localdate()
    rows = ReadCount.objects.filter(kind=STORY, key=str(number))
    by_day = dict(rows.filter(day__gt=_days_before(today)).values_list("day", "count"))
    total = rows.aggregate(total=Sum("count"))["total"] or 0
    return Readership(total, by_day.get(today, 0), _bars_of_days(by_day, today))


def reads_by_day() -> list[Bar]:
    """How often anything was read on each of the last `DAYS_OF_A_CHART` days."""
    today = timezone.localdate()
    rows = ReadCount.objects.filter(kind=EVERYTHING, key="", day__gt=_days_before(today))
    return _bars_of_days(dict(rows.values_list("day", "count")), today)


def reads_by_hour(day: datetime.date) -> list[Bar]:
    """How often anything was read in each hour of a day."""
    rows = ReadCount.objects.filter(kind=EVERYTHING, key="", day=day).values_list("by_hour", flat=True)
    hours = rows.first() or no_hours()
    return [Bar(f"{hour}:00", count) for hour, count in enumerate(hours)]


def most_read_stories(since: datetime.date, most: int) -> list[ReadStory]:
    """What was read most since that day, as far as it is still public; advertisements too."""
    rows = _most(STORY, since)
    found = (
        PublishedArticle.objects.select_related("section")
        .defer("body")
        .in_bulk([int(key) for key, _read in rows if key.isdecimal()], field_name="number")
    )
    return [ReadStory(found[int(key)], count) for key, count in rows if key.isdecimal() and int(key) in found][:most]


def most_read_pages(since: datetime.date, most: int) -> list[ReadPage]:
    """The pages of the paper that were read most since that day."""
    named = [(*key.partition("/")[::2], count) for key, count in _most(PAGE, since)]
    return [ReadPage(edition, int(order), count) for edition, order, count in named if order.isdecimal()][:most]


def most_read_lately(now: datetime.datetime, most: int) -> list[PublishedArticle]:
    """What readers read most in the last 24 hours, for readers: nothing that was paid for."""
    here = timezone.localtime(now)
    today = here.date()
    counts: Counter[int] = Counter()
    rows = ReadCount.objects.filter(kind=STORY, day__gte=today - datetime.timedelta(days=1))
    for key, day, hours in rows.values_list("key", "day", "by_hour").iterator():
        # Of yesterday what came after this time of the day.
        counts[int(key)] += sum(hours if day == today else hours[here.hour :])
    candidates = [number for number, count in counts.most_common(_CANDIDATES) if count]
    found = (
        PublishedArticle.objects.exclude(genre=ADVERTISEMENT).only("number").in_bulk(candidates, field_name="number")
    )
    return [found[number] for number in candidates if number in found][:most]


def _most(kind: str, since: datetime.date) -> list[tuple[str, int]]:
    rows = ReadCount.objects.filter(kind=kind, day__gte=since).values_list("key").annotate(read=Sum("count"))
    return list(rows.order_by("-read", "-key")[:_CANDIDATES])


def _days_before(today: datetime.date) -> datetime.date:
    return today - datetime.timedelta(days=DAYS_OF_A_CHART)


def _bars_of_days(by_day: dict[datetime.date, int], today: datetime.date) -> list[Bar]:
    days = [today - datetime.timedelta(days=back) for back in range(DAYS_OF_A_CHART - 1, -1, -1)]
    return [Bar(short_day(day), by_day.get(day, 0)) for day in days]
