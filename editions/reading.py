"""Questions that the public site asks about editions. It reads the reading side and nothing else."""

from __future__ import annotations

import calendar
import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from articles.models.published import PublishedArticle, PublishedPhoto, PublishedSection
from articles.public.composed import Composed
from articles.public.reading import (
    ADVERTISEMENT,
    PICTURE,
    listed,
    listed_in_bulk,
    newest_of_sections,
    newest_stories,
)
from articles.search import tokens
from articles.search.folding import fold
from articles.text.diffing import Difference
from editions.asprinted import Words, differences, paragraphs_of
from editions.geometry import Rectangle, reading_key
from editions.models.published import PublishedEdition, PublishedPage, PublishedPlacement, PublishedPrinting

# An edition as addresses name it: its date, and behind it which extra of that day.
EDITION_KEY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[1-9][0-9]{0,3})?"
STORIES_A_SECTION = 4
LATEST_STORIES = 10
# What the home page leads with: the lead, two beside it, and a row or two below.
MOST_LEADING = 11
LEAD_AND_SECONDS = 3
MOST_PICTURES = 5


class EditionKey(NamedTuple):
    """How addresses name an edition: its date, and which extra (号外) of that day; 0 is the regular one."""

    date: datetime.date
    extra_number: int

    @classmethod
    def parse(cls, said: str) -> EditionKey:
        """2024-03-07, or 2024-03-07-1 for the first extra of that day. Raises ValueError for what is neither."""
        if not re.fullmatch(EDITION_KEY, said):
            raise ValueError(said)
        return cls(datetime.date.fromisoformat(said[:10]), int(said[11:] or 0))


class Picture(NamedTuple):
    """A picture with a place of its own on a page; `address` is its thumbnail's."""

    rectangle: Rectangle
    address: str


class HotZone(NamedTuple):
    """A rectangle of a page's picture that belongs to a story, in per cent of the picture."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Piece:
    """What of a story stands on one page, and the pages on which its text comes from or goes on.

    `order` is the story's turn on the page as the desk gave it, 0 where it gave none; `zones` are its hot zones,
    none where the page was never typeset.
    """

    article: PublishedArticle
    order: int
    text: tuple[Rectangle, ...]
    pictures: tuple[Picture, ...]
    zones: tuple[HotZone, ...]
    continued_from: PublishedPage | None
    continued_to: PublishedPage | None

    @property
    def place(self) -> tuple[int, int, int]:
        """Sorts the pieces of a page as it is read: by the order they were given, and where none was given by
        the first rectangle of text, else of a picture.
        """
        return self.order, *min(reading_key(rectangle) for rectangle in self.text or self._framed)

    @property
    def area(self) -> int:
        """Text and pictures together, in column-rows: what weight the page gives the story."""
        return sum(rectangle.area for rectangle in (*self.text, *self._framed))

    @property
    def is_advertisement(self) -> bool:
        return self.article.genre == ADVERTISEMENT

    @property
    def _framed(self) -> tuple[Rectangle, ...]:
        return tuple(picture.rectangle for picture in self.pictures)


@dataclass(frozen=True)
class PaperPage:
    """A published page with its pieces in reading order."""

    page: PublishedPage
    pieces: list[Piece]

    @cached_property
    def by_weight(self) -> list[Piece]:
        """The editorial pieces, the lead (头条) first; what is paid for is never a lead."""
        editorial = [piece for piece in self.pieces if not piece.is_advertisement]
        return sorted(editorial, key=lambda piece: (-piece.area, piece.place))


def pages_of(key: EditionKey) -> list[PublishedPage]:
    """The pages of an edition in order, each with the edition; empty where there is no such edition."""
    return list(
        PublishedPage.objects.select_related("edition").filter(
            edition__date=key.date, edition__extra_number=key.extra_number
        )
    )


def pages_of_the_day(today: datetime.date) -> list[PublishedPage]:
    """The pages of everything published for the newest date up to `today`, the regular edition first."""
    newest = PublishedEdition.objects.filter(date__lte=today).order_by("-date").values("date")[:1]
    return list(
        PublishedPage.objects.select_related("edition")
        .filter(edition__date=Subquery(newest))
        .order_by("edition__extra_number", "order")
    )


def placements_of(pages: Iterable[PublishedPage]) -> list[PublishedPlacement]:
    """Every placement of every story that stands on one of `pages`, on whatever page it lies itself."""
    articles = PublishedPlacement.objects.filter(page__in=pages).values("article_id")
    return list(_placements().filter(article_id__in=Subquery(articles)))


def _placements_around(article_id: int) -> QuerySet[PublishedPlacement]:
    """Every placement on the pages on which the story stands, with the stories' headlines."""
    pages = PublishedPlacement.objects.filter(article_id=article_id).values("page_id")
    not_headlines = (f"article__{name}" for name in ("body", "byline", "corrections", "keywords", "picture", "summary"))
    return _placements().select_related("article").defer(*not_headlines).filter(page_id__in=Subquery(pages))


def page_tokens(article_ids: Iterable[int]) -> dict[int, list[str]]:
    """The tokens under which search knows on which pages these stories were printed; one query."""
    found: dict[int, list[str]] = {pk: [] for pk in article_ids}
    places = PublishedPlacement.objects.filter(article_id__in=list(found)).values_list(
        "article_id", "page__edition__date", "page__label"
    )
    for article_id, date, label in places.distinct():
        found[article_id] += [tokens.page_token(date), tokens.page_token(date, fold(label))]
    return found


def _placements() -> QuerySet[PublishedPlacement]:
    """Placements with their page, and the address of the picture where they are one (`thumbnail`)."""
    photo = PublishedPhoto.objects.filter(article=OuterRef("article"), photo_number=OuterRef("photo_number")).values(
        "thumbnail"
    )
    return PublishedPlacement.objects.select_related("page__edition").annotate(thumbnail=Subquery(photo[:1]))


def _printings_of(article_id: int) -> QuerySet[PublishedPrinting]:
    in_order = ("page__edition__date", "page__edition__extra_number", "page__order")
    return PublishedPrinting.objects.filter(article_id=article_id).select_related("page__edition").order_by(*in_order)


_AROUND, _PRINTINGS = Composed(_placements_around), Composed(_printings_of)


def lay_out(
    pages: Iterable[PublishedPage],
    placements: list[PublishedPlacement],
    articles: dict[int, PublishedArticle],
) -> list[PaperPage]:
    """`pages` with the pieces that `placements` put on them. No query."""
    stories: dict[int, list[PublishedPlacement]] = defaultdict(list)
    for placement in placements:
        stories[placement.article_id].append(placement)
    return [
        PaperPage(
            page,
            sorted(
                (
                    _piece(page, articles[pk], own)
                    for pk, own in stories.items()
                    # A story withdrawn between the two questions has left its place already.
                    if pk in articles and any(placement.page_id == page.pk for placement in own)
                ),
                key=lambda piece: piece.place,
            ),
        )
        for page in pages
    ]


def _piece(page: PublishedPage, article: PublishedArticle, placements: list[PublishedPlacement]) -> Piece:
    on_page = [placement for placement in placements if placement.page_id == page.pk]
    text = sorted((p for p in placements if p.photo_number is None), key=lambda p: p.part)
    here = [place for place, placement in enumerate(text) if placement.page_id == page.pk]
    before = text[: here[0]][-1:] if here else []
    after = text[here[-1] + 1 :][:1] if here else []
    return Piece(
        article,
        min(placement.order for placement in on_page),
        tuple(text[place].rectangle for place in here),
        _pictures(on_page),
        tuple(HotZone(*placement.zone) for placement in on_page if placement.zone),
        continued_from=before[0].page if before else None,
        continued_to=after[0].page if after else None,
    )


def _pictures(placements: list[PublishedPlacement]) -> tuple[Picture, ...]:
    return tuple(
        Picture(placement.rectangle, placement.thumbnail)  # type: ignore[attr-defined]
        for placement in placements
        if placement.photo_number is not None
    )


def read_pages(pages: list[PublishedPage]) -> list[PaperPage]:
    """`pages` with everything a list shows of what stands on them: two queries."""
    placements = placements_of(pages)
    return lay_out(pages, placements, listed_in_bulk(placement.article_id for placement in placements))


# -- home -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FrontPage:
    """What the home page shows: the day's edition, its extras, and the newest of every section.

    `leading` is page 1 by weight, or the newest stories where no edition leads; `pictures` are photo stories.
    """

    pages: list[PaperPage]
    extras: list[PublishedEdition]
    leading: list[Piece]
    sections: list[tuple[PublishedSection, list[PublishedArticle]]]
    pictures: list[PublishedArticle]
    latest: list[PublishedArticle]

    @property
    def edition(self) -> PublishedEdition | None:
        return self.pages[0].page.edition if self.pages else None


def front_page(today: datetime.date) -> FrontPage:
    """The home page as of the calendar date `today`: five queries."""
    pages = pages_of_the_day(today)
    of_edition = [page for page in pages if page.edition_id == pages[0].edition_id]
    extras = {page.edition_id: page.edition for page in pages if page.edition_id != pages[0].edition_id}
    placements = placements_of(of_edition)
    # Those that lead the page are not said again below, so there must be others.
    newest = newest_of_sections(STORIES_A_SECTION + LEAD_AND_SECONDS)
    articles = listed_in_bulk(
        [placement.article_id for placement in placements] + [pk for _section, found in newest for pk in found]
    )
    paper_pages, latest = lay_out(of_edition, placements, articles), newest_stories(LATEST_STORIES)
    leading = _leading(paper_pages, latest)
    above = {piece.article.pk for piece in leading[:LEAD_AND_SECONDS]}
    return FrontPage(
        paper_pages,
        list(extras.values()),
        leading,
        [(section, stories) for section, found in newest if (stories := _block(articles, found, above))],
        _photo_stories(article for article in articles.values() if article.pk not in above),
        latest,
    )


def _leading(pages: list[PaperPage], latest: list[PublishedArticle]) -> list[Piece]:
    """What leads the home page; of the web alone where the first page has nothing to read (any more)."""
    pieces = pages[0].by_weight if pages else []
    on_the_web = (Piece(article, 0, (), (), (), None, None) for article in latest if article.genre != ADVERTISEMENT)
    return (pieces or list(on_the_web))[:MOST_LEADING]


def _block(articles: dict[int, PublishedArticle], found: list[int], above: set[int]) -> list[PublishedArticle]:
    """A section's stories of those found that are still there, advertisements last; without what stands `above`
    already, as long as something else can be told.
    """
    there = sorted((articles[pk] for pk in found if pk in articles), key=_is_paid_for)
    fresh = [article for article in there if article.pk not in above]
    return (there if all(_is_paid_for(article) for article in fresh) else fresh)[:STORIES_A_SECTION]


def _is_paid_for(article: PublishedArticle) -> bool:
    return article.genre == ADVERTISEMENT


def _photo_stories(articles: Iterable[PublishedArticle]) -> list[PublishedArticle]:
    """The newest photo stories; none where there is but one, which would make no row."""
    found = [article for article in articles if article.genre == PICTURE and article.picture]
    found.sort(key=lambda article: (article.published_at, article.number), reverse=True)
    return found[:MOST_PICTURES] if len(found) > 1 else []


# -- a story among its neighbours -------------------------------------------------------------------------


@dataclass(frozen=True)
class Printed:
    """Where a story was printed: the page on which it begins, its other pages, its neighbours there, and the
    numbers of the pictures that were printed with it.
    """

    first: PaperPage
    other_pages: list[PublishedPage]
    photo_numbers: frozenset[int]
    previous: PublishedArticle | None
    next: PublishedArticle | None


def where_printed(article: PublishedArticle) -> Printed | None:
    """Where the story stands in the paper, None where it is on the web alone: one query."""
    placements = _AROUND(article.pk)
    own = [placement for placement in placements if placement.article_id == article.pk]
    if not own:
        return None
    # Text before pictures (their part is 0), the first part first.
    own.sort(key=lambda placement: (placement.photo_number is not None, placement.part, placement.page.order))
    pages = list({placement.page_id: placement.page for placement in own}.values())
    [first] = lay_out(pages[:1], placements, {p.article_id: p.article for p in placements})
    stories = [piece.article for piece in first.pieces]
    place = next(place for place, story in enumerate(stories) if story.pk == article.pk)
    return Printed(
        first,
        other_pages=pages[1:],
        photo_numbers=frozenset(p.photo_number for p in own if p.photo_number is not None),
        previous=stories[place - 1] if place else None,
        next=stories[place + 1] if place + 1 < len(stories) else None,
    )


@dataclass(frozen=True)
class PrintedDifferently:
    """The page on which a story was printed in other words than it has now, what differs, and its headline there."""

    page: PublishedPage
    differences: list[Difference]
    headline: str


def printed_differently(
    article: PublishedArticle, photos: Iterable[PublishedPhoto], printed: Printed | None
) -> list[PrintedDifferently]:
    """The printings of the story that say something else than it says now, the oldest first: one query.

    `photos` are the story's pictures, `printed` is where it stands in the paper.
    """
    printings = _PRINTINGS(article.pk)
    if not printings:
        return []
    placed = printed.photo_numbers if printed else frozenset()
    captions = [f"{photo.caption} {photo.credit}" for photo in photos if photo.photo_number in placed]
    now = _words(article, paragraphs_of(article.body))
    found = (
        PrintedDifferently(
            printing.page, differences(_words(printing, printing.paragraphs), now, captions), _with_kicker(printing)
        )
        for printing in printings
    )
    return [printing for printing in found if printing.differences]


def headline_in_print(
    article: PublishedArticle, printed: Printed | None, differently: Iterable[PrintedDifferently]
) -> str:
    """The headline that stands in the paper, with its kicker, whatever the story's own has become since."""
    page = printed.first.page if printed else None
    return next((one.headline for one in differently if one.page == page), _with_kicker(article))


def _with_kicker(said: PublishedArticle | PublishedPrinting) -> str:
    return f"{said.kicker} {said.headline}".strip()


def _words(said: PublishedArticle | PublishedPrinting, paragraphs: list[str]) -> Words:
    return Words(said.kicker, said.headline, said.subhead, paragraphs)


# -- editions by date -------------------------------------------------------------------------------------


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
    first_day, day, extra = edition.date.replace(day=1), edition.date, edition.extra_number
    before = PublishedEdition.objects.filter(Q(date__lt=day) | Q(date=day, extra_number__lt=extra), date__lte=day)
    after = PublishedEdition.objects.filter(Q(date__gt=day) | Q(date=day, extra_number__gt=extra), date__gte=day)
    nearest = [before.order_by("-date", "-extra_number"), after.order_by("date", "extra_number")]
    earlier, later = (Q(pk=Subquery(editions.values("pk")[:1])) for editions in nearest)
    in_month = Q(date__gte=first_day, date__lt=_next_month(first_day))
    found = list(PublishedEdition.objects.filter(in_month | earlier | later).order_by("date", "extra_number"))
    place = found.index(edition)
    return IssueCalendar(
        edition,
        earlier=found[place - 1] if place else None,
        later=found[place + 1] if place + 1 < len(found) else None,
        of_month=[other for other in found if other.date.replace(day=1) == first_day],
    )


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


@dataclass(frozen=True)
class Issue:
    """An edition as a month lists it, with its first page and the lead (头条) there."""

    edition: PublishedEdition
    page: PublishedPage
    lead: PublishedArticle | None


@dataclass(frozen=True)
class Month:
    """The editions of a month, and the first days of the nearest months that have any."""

    first_day: datetime.date
    issues: list[Issue]
    earlier: datetime.date | None
    later: datetime.date | None

    @property
    def weeks(self) -> list[Week]:
        """The month as a calendar hangs on a wall."""
        return weeks_of(self.first_day, [issue.edition for issue in reversed(self.issues)])


def month_of(year: int, month: int) -> Month:
    """The editions whose date lies in the month: four queries."""
    first_day = datetime.date(year, month, 1)
    end = _next_month(first_day)
    first_pages = list(
        PublishedPage.objects.select_related("edition")
        .filter(edition__date__gte=first_day, edition__date__lt=end, order=1)
        .order_by("-edition__date", "-edition__extra_number")
    )
    leads = _leads(first_pages)
    dates = PublishedEdition.objects.values_list("date", flat=True)
    return Month(
        first_day,
        [Issue(page.edition, page, leads.get(page.pk)) for page in first_pages],
        earlier=dates.filter(date__lt=first_day).order_by("-date").first(),
        later=dates.filter(date__gte=end).order_by("date").first(),
    )


def stories_of_month(year: int, month: int) -> QuerySet[PublishedArticle]:
    """Listed stories published in the month, from midnight to midnight in the newsroom's time zone."""
    first_day = datetime.date(year, month, 1)
    return listed().filter(published_at__gte=_midnight(first_day), published_at__lt=_midnight(_next_month(first_day)))


def _leads(pages: list[PublishedPage]) -> dict[int, PublishedArticle]:
    """The heaviest editorial story of each page, by the page's id: one query."""
    placements = _placements().filter(page__in=pages).select_related("article").defer("article__body")
    found = lay_out(pages, list(placements), {p.article_id: p.article for p in placements})
    return {laid.page.pk: laid.by_weight[0].article for laid in found if laid.by_weight}


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _next_month(first_day: datetime.date) -> datetime.date:
    return (first_day + datetime.timedelta(days=31)).replace(day=1)
