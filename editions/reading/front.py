"""The home page: the day's edition by weight, and the newest of every section."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.models.published import PublishedArticle, PublishedSection
from articles.public.reading import ADVERTISEMENT, PICTURE, newest_of_sections, newest_stories, shown_in_bulk
from editions.models.published import PublishedEdition
from editions.reading.pages import PaperPage, Piece, lay_out, pages_of_the_day, placements_of

STORIES_A_SECTION = 4
LATEST_STORIES = 10
# What the home page leads with: the lead, two beside it, and a row or two below.
MOST_LEADING = 11
LEAD_AND_SECONDS = 3
MOST_PICTURES = 5


@dataclass(frozen=True)
class FrontPage:
    """What the home page shows: the day's edition, its extras, and the newest of every section.

    `leading` is page 1 by weight, or the newest stories where no edition leads; `pictures` are photo stories;
    `most_read` is empty where the paper shows none.
    """

    pages: list[PaperPage]
    extras: list[PublishedEdition]
    leading: list[Piece]
    sections: list[tuple[PublishedSection, list[PublishedArticle]]]
    pictures: list[PublishedArticle]
    latest: list[PublishedArticle]
    most_read: list[PublishedArticle]

    @property
    def edition(self) -> PublishedEdition | None:
        return self.pages[0].page.edition if self.pages else None


def front_page(today: datetime.date, most_read: Sequence[int]) -> FrontPage:
    """The home page as of the calendar date `today`, with the stories of these ids as read most: five queries."""
    pages = pages_of_the_day(today)
    of_edition = [page for page in pages if page.edition_id == pages[0].edition_id]
    extras = {page.edition_id: page.edition for page in pages if page.edition_id != pages[0].edition_id}
    placements = placements_of(of_edition)
    # Those that lead the page are not said again below, so there must be others.
    newest = newest_of_sections(STORIES_A_SECTION + LEAD_AND_SECONDS)
    articles = shown_in_bulk(
        [
            *(placement.article_id for placement in placements),
            *(pk for _section, found in newest for pk in found),
            *most_read,
        ],
        opened={placement.article_id for placement in placements if placement.page_id == pages[0].pk},
    )
    paper_pages, latest = lay_out(of_edition, placements, articles), newest_stories(LATEST_STORIES)
    leading = _leading(paper_pages, latest)
    above = {piece.article.id for piece in leading[:LEAD_AND_SECONDS]}
    return FrontPage(
        paper_pages,
        list(extras.values()),
        leading,
        [(section, stories) for section, found in newest if (stories := _block(articles, found, above))],
        _photo_stories(article for article in articles.values() if article.id not in above),
        latest,
        # One that was withdrawn since is not found.
        [articles[pk] for pk in most_read if pk in articles],
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
    fresh = [article for article in there if article.id not in above]
    return (there if all(_is_paid_for(article) for article in fresh) else fresh)[:STORIES_A_SECTION]


def _is_paid_for(article: PublishedArticle) -> bool:
    return article.genre == ADVERTISEMENT


def _photo_stories(articles: Iterable[PublishedArticle]) -> list[PublishedArticle]:
    """The newest photo stories; none where there is but one, which would make no row."""
    found = [article for article in articles if article.genre == PICTURE and article.picture]
    found.sort(key=lambda article: (article.published_at, article.number), reverse=True)
    return found[:MOST_PICTURES] if len(found) > 1 else []
