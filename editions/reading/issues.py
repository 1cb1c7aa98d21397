"""Editions by date: a month on the wall, what came before and after."""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Q, QuerySet, Subquery

from articles.keyset import KeysetPage
from articles.models.published import PublishedArticle
from articles.public.composed import Composed, ComposedList
from articles.public.reading import LIST_SIZE, shown
from editions.models.published import PublishedEdition, PublishedPage
from editions.reading.pages import lay_out, placed
from newsroom.dates import local, next_month, start_of

Week = list[tuple[datetime.date | None, list[PublishedEdition]]]


@dataclass(frozen=True)
class IssueCalendar:
    """An edition among the others: the one before it, the one after, and those of its month."""

    edition: PublishedEdition
    earlier: PublishedEdition | None
    later: PublishedEdition | None
    of_month: list[PublishedEdition]

    @property
    def weeks(self) -> list[Week]:
        """The edition's month as a calendar hangs on a wall."""
        return weeks_of(self.edition.date.replace(day=1), self.of_month)


def calendar_around(edition: PublishedEdition) -> IssueCalendar:
    """The editions beside this one and those of its month: one query."""
    first_day = edition.date.replace(day=1)
    found = _AROUND(edition.date, edition.extra_number, first_day, next_month(first_day))
    place = found.index(edition)
    return IssueCalendar(
        edition,
        earlier=found[place - 1] if place else None,
        later=found[place + 1] if place + 1 < len(found) else None,
        of_month=[other for other in found if other.date.replace(day=1) == first_day],
    )


def _editions_around(
    day: datetime.date, extra: int, first_day: datetime.date, end: datetime.date
) -> QuerySet[PublishedEdition]:
    before = PublishedEdition.objects.filter(Q(date__lt=day) | Q(date=day, extra_number__lt=extra), date__lte=day)
    after = PublishedEdition.objects.filter(Q(date__gt=day) | Q(date=day, extra_number__gt=extra), date__gte=day)
    nearest = [before.order_by("-date", "-extra_number"), after.order_by("date", "extra_number")]
    earlier, later = (Q(pk=Subquery(editions.values("pk")[:1])) for editions in nearest)
    in_month = Q(date__gte=first_day, date__lt=end)
    return PublishedEdition.objects.filter(in_month | earlier | later).order_by("date", "extra_number")


_AROUND = Composed(_editions_around)


def weeks_of(first_day: datetime.date, editions: Iterable[PublishedEdition]) -> list[Week]:
    """The month that begins on `first_day` in weeks from Monday, days of other months empty, each day with its
    editions in the order in which they are given.
    """
    of_day: dict[datetime.date, list[PublishedEdition]] = defaultdict(list)
    for edition in editions:
        of_day[edition.date].append(edition)
    weeks = calendar.Calendar().monthdatescalendar(first_day.year, first_day.month)
    return [[(day, of_day[day]) if day.month == first_day.month else (None, []) for day in week] for week in weeks]


def months_with_editions() -> list[tuple[int, list[datetime.date]]]:
    """(year, first days of its months that have an edition), the newest first."""
    months = PublishedEdition.objects.dates("date", "month", order="DESC")
    return [(year, list(found)) for year, found in groupby(months, key=lambda month: month.year)]


def edition_of(day: datetime.date) -> PublishedEdition | None:
    """The edition of a day, before its extras; None where there is none."""
    return PublishedEdition.objects.filter(date=day).order_by("extra_number").first()


def editions_beside(day: datetime.date) -> list[PublishedEdition]:
    """The last edition before a day and the first one after it, as far as there are."""
    before = PublishedEdition.objects.filter(date__lt=day).order_by("-date", "extra_number").first()
    after = PublishedEdition.objects.filter(date__gt=day).order_by("date", "extra_number").first()
    return list(filter(None, (before, after)))


@dataclass(frozen=True)
class Issue:
    """An edition as a month lists it, with its first page and the lead (头条) there."""

    edition: PublishedEdition
    page: PublishedPage
    lead: PublishedArticle | None


@dataclass(frozen=True)
class Month:
    """The editions of a month."""

    first_day: datetime.date
    issues: list[Issue]

    @property
    def weeks(self) -> list[Week]:
        """The month as a calendar hangs on a wall."""
        return weeks_of(self.first_day, [issue.edition for issue in reversed(self.issues)])

    @cached_property
    def earlier(self) -> datetime.date | None:
        """The first day of the last month before that has an edition or a story: two queries."""
        editions = PublishedEdition.objects.filter(date__lt=self.first_day).order_by("-date")
        days = [editions.values_list("date", flat=True).first(), _day_of_last_story(before=self.first_day)]
        return max((day.replace(day=1) for day in days if day), default=None)

    @cached_property
    def later(self) -> datetime.date | None:
        """The first day of the first month after it that has an edition or a story: two queries."""
        end = next_month(self.first_day)
        editions = PublishedEdition.objects.filter(date__gte=end).order_by("date")
        stories = PublishedArticle.objects.filter(published_at__gte=start_of(end)).order_by("published_at", "number")
        days = [editions.values_list("date", flat=True).first(), _day_of_first(stories)]
        return min((day.replace(day=1) for day in days if day), default=None)


def month_of(year: int, month: int) -> Month:
    """The editions whose date lies in the month: two queries."""
    first_day = datetime.date(year, month, 1)
    first_pages = list(
        PublishedPage.objects.select_related("edition")
        .filter(edition__date__gte=first_day, edition__date__lt=next_month(first_day), order=1)
        .order_by("-edition__date", "-edition__extra_number")
    )
    leads = _leads(first_pages)
    return Month(first_day, [Issue(page.edition, page, leads.get(page.pk)) for page in first_pages])


def last_month_with_stories(year: int) -> datetime.date | None:
    """The first day of the last month of a year in which a story was published; None where none was."""
    day = _day_of_last_story(before=datetime.date(year + 1, 1, 1))
    return day.replace(day=1) if day and day.year == year else None


def _day_of_last_story(*, before: datetime.date) -> datetime.date | None:
    stories = PublishedArticle.objects.filter(published_at__lt=start_of(before))
    return _day_of_first(stories.order_by("-published_at", "-number"))


def _day_of_first(stories: QuerySet[PublishedArticle]) -> datetime.date | None:
    """On which day the first of these stories was published, in the newsroom's time zone."""
    moment = stories.values_list("published_at", flat=True).first()
    return local(moment).date() if moment else None


def stories_of_month(asked: Mapping[str, str], year: int, month: int) -> KeysetPage[PublishedArticle]:
    """Shown stories published in the month, from midnight to midnight in the newsroom's time zone: the page that the
    query string `asked` names. Raises BrokenCursor.
    """
    first_day = datetime.date(year, month, 1)
    return _PUBLISHED_IN(asked, start_of(first_day), start_of(next_month(first_day)))


def _published_in(start: datetime.datetime, end: datetime.datetime) -> QuerySet[PublishedArticle]:
    return shown().filter(published_at__gte=start, published_at__lt=end)


_PUBLISHED_IN = ComposedList(_published_in, LIST_SIZE)


def _leads(pages: list[PublishedPage]) -> dict[int, PublishedArticle]:
    """The heaviest editorial story of each page, by the page's id: one query."""
    found = placed().filter(page__in=pages).select_related("article").defer("article__body")
    laid_out = lay_out(pages, list(found), {p.article_id: p.article for p in found})
    return {laid.page.pk: laid.by_weight[0].article for laid in laid_out if laid.by_weight}
