"""Where a story was printed, beside what, and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Subquery

from articles.models.published import PublishedArticle, PublishedPhoto
from articles.public.composed import Composed
from articles.search import tokens
from articles.search.folding import fold
from articles.text.diffing import Difference
from editions.asprinted import Words, differences, paragraphs_of
from editions.models.published import PublishedPage, PublishedPlacement, PublishedPrinting
from editions.reading.pages import PaperPage, lay_out, placed


def _placements_around(article_id: int) -> QuerySet[PublishedPlacement]:
    """Every placement on the pages on which the story stands, with the stories' headlines."""
    pages = PublishedPlacement.objects.filter(article_id=article_id).values("page_id")
    not_headlines = (f"article__{name}" for name in ("body", "byline", "corrections", "keywords", "picture", "summary"))
    return placed().select_related("article").defer(*not_headlines).filter(page_id__in=Subquery(pages))


def _printings_of(article_id: int) -> QuerySet[PublishedPrinting]:
    in_order = ("page__edition__date", "page__edition__extra_number", "page__order")
    return PublishedPrinting.objects.filter(article_id=article_id).select_related("page__edition").order_by(*in_order)


_AROUND, _PRINTINGS = Composed(_placements_around), Composed(_printings_of)


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
    around = _AROUND(article.id)
    own = [placement for placement in around if placement.article_id == article.id]
    if not own:
        return None
    # Text before pictures (their part is 0), the first part first.
    own.sort(key=lambda placement: (placement.photo_number is not None, placement.part, placement.page.order))
    pages = list({placement.page_id: placement.page for placement in own}.values())
    [first] = lay_out(pages[:1], around, {p.article_id: p.article for p in around})
    stories = [piece.article for piece in first.pieces]
    place = next(place for place, story in enumerate(stories) if story.id == article.id)
    return Printed(
        first,
        other_pages=pages[1:],
        photo_numbers=frozenset(p.photo_number for p in own if p.photo_number is not None),
        previous=stories[place - 1] if place else None,
        next=stories[place + 1] if place + 1 < len(stories) else None,
    )


def page_tokens(article_ids: Iterable[int]) -> dict[int, list[str]]:
    """The tokens under which search knows on which pages these stories were printed; one query."""
    found: dict[int, list[str]] = {pk: [] for pk in article_ids}
    places = PublishedPlacement.objects.filter(article_id__in=list(found)).values_list(
        "article_id", "page__edition__date", "page__label"
    )
    for article_id, date, label in places.distinct():
        found[article_id] += [tokens.page_token(date), tokens.page_token(date, fold(label))]
    return found


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
    printings = _PRINTINGS(article.id)
    if not printings:
        return []
    placed = printed.photo_numbers if printed else frozenset()
    captions = [f"{photo.caption} {photo.credit}" for photo in photos if photo.photo_number in placed]
    now = _words(article, paragraphs_of(article.body))
    found = (
        PrintedDifferently(
            printing.page, differences(_words(printing, printing.paragraphs), now, captions), _whole_headline(printing)
        )
        for printing in printings
    )
    return [printing for printing in found if printing.differences]


def headline_in_print(
    article: PublishedArticle, printed: Printed | None, differently: Iterable[PrintedDifferently]
) -> str:
    """The headline that stands in the paper, with its kicker and subhead, whatever the story's own has become since."""
    page = printed.first.page if printed else None
    return next((one.headline for one in differently if one.page == page), _whole_headline(article))


def _whole_headline(said: PublishedArticle | PublishedPrinting) -> str:
    return " ".join(part for part in (said.kicker, said.headline, said.subhead) if part)


def _words(said: PublishedArticle | PublishedPrinting, paragraphs: list[str]) -> Words:
    return Words(said.kicker, said.headline, said.subhead, paragraphs)
