"""Published pages and what of which story stands on them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from articles.models.published import PublishedArticle, PublishedPhoto
from articles.public.composed import Composed
from articles.public.reading import ADVERTISEMENT, listed_in_bulk
from editions.geometry import Rectangle, reading_key
from editions.models.published import PublishedEdition, PublishedPage, PublishedPlacement
from editions.reading.keys import EditionKey


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
    return _OF_EDITION(key.date, key.extra_number)


def pages_of_the_day(today: datetime.date) -> list[PublishedPage]:
    """The pages of everything published for the newest date up to `today`, the regular edition first."""
    return _OF_THE_DAY(today)


def placements_of(pages: Iterable[PublishedPage]) -> list[PublishedPlacement]:
    """Every placement of every story that stands on one of `pages`, on whatever page it lies itself."""
    return _PLACEMENTS([page.id for page in pages])


def _pages_of(date: datetime.date, extra_number: int) -> QuerySet[PublishedPage]:
    return PublishedPage.objects.select_related("edition").filter(
        edition__date=date, edition__extra_number=extra_number
    )


def _pages_of_the_day(today: datetime.date) -> QuerySet[PublishedPage]:
    newest = PublishedEdition.objects.filter(date__lte=today).order_by("-date").values("date")[:1]
    pages = PublishedPage.objects.select_related("edition").filter(edition__date=Subquery(newest))
    return pages.order_by("edition__extra_number", "order")


def _placements_of(pages: list[int]) -> QuerySet[PublishedPlacement]:
    articles = PublishedPlacement.objects.filter(page__in=pages).values("article_id")
    return placed().only(*_TO_LAY_OUT).filter(article_id__in=Subquery(articles))


def placed() -> QuerySet[PublishedPlacement]:
    """Placements with their page, and the address of the picture where they are one (`thumbnail`)."""
    photo = PublishedPhoto.objects.filter(article=OuterRef("article"), photo_number=OuterRef("photo_number")).values(
        "thumbnail"
    )
    return PublishedPlacement.objects.select_related("page__edition").annotate(thumbnail=Subquery(photo[:1]))


# What a placement is, and what names the page on which it lies.
_TO_LAY_OUT = (
    *("article", "photo_number", "part", "column", "row", "width", "height", "order", "zone"),
    *("page__order", "page__label", "page__edition__date", "page__edition__extra_number"),
)


_OF_EDITION, _OF_THE_DAY = Composed(_pages_of), Composed(_pages_of_the_day)
_PLACEMENTS = Composed(_placements_of)


def lay_out(
    pages: Sequence[PublishedPage],
    placements: list[PublishedPlacement],
    articles: dict[int, PublishedArticle],
) -> list[PaperPage]:
    """`pages` with the pieces that `placements` put on them. No query."""
    stories: dict[int, list[PublishedPlacement]] = defaultdict(list)
    standing: dict[int, dict[int, list[PublishedPlacement]]] = defaultdict(lambda: defaultdict(list))
    for placement in placements:
        # A story withdrawn between the two questions has left its place already.
        if placement.article_id in articles:
            stories[placement.article_id].append(placement)
            standing[placement.page_id][placement.article_id].append(placement)
    return [
        PaperPage(
            page,
            sorted(
                (_piece(articles[pk], on_page, stories[pk]) for pk, on_page in standing[page.id].items()),
                key=lambda piece: piece.place,
            ),
        )
        for page in pages
    ]


def _piece(article: PublishedArticle, on_page: list[PublishedPlacement], placements: list[PublishedPlacement]) -> Piece:
    """What of a story stands on a page, of all its `placements` those that lie there."""
    page_id = on_page[0].page_id
    text = sorted((p for p in placements if p.photo_number is None), key=lambda p: p.part)
    here = [place for place, placement in enumerate(text) if placement.page_id == page_id]
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


def read_pages(
    pages: list[PublishedPage], stories: Callable[[Iterable[int]], dict[int, PublishedArticle]] = listed_in_bulk
) -> list[PaperPage]:
    """`pages` with what stands on them, of which `stories` tells what is to be known: two queries."""
    placements = placements_of(pages)
    return lay_out(pages, placements, stories(placement.article_id for placement in placements))
