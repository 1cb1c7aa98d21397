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
# So many of the newest are looked at, of a section and of all, for some that stand nowhere above.
NEWEST_OF_SECTION = 12
NEWEST_OF_ALL = 40
# What the home page leads with: the lead, two beside it, and a row or two below.
MOST_LEADING = 11
HEADLINES_A_PAGE = 4
MOST_PICTURES = 5


@dataclass(frozen=True)
class FrontPage:
    """What the home page shows: the day's edition, its extras, and the newest of every section.

    `leading` is page 1 by weight, or the newest stories where no edition leads; `pictures` are photo stories;
    `most_read` is empty where the paper shows none. But for these, nothing that stands above is said again below as
    long as there is something else to say.
    """

    headlines_a_page = HEADLINES_A_PAGE

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
    newest_of_each, newest = newest_of_sections(NEWEST_OF_SECTION), newest_stories(NEWEST_OF_ALL)
    articles = shown_in_bulk(
        [
            *(placement.article_id for placement in placements),
            *(pk for _section, found in newest_of_each for pk in found),
            *most_read,
        ],
        opened={placement.article_id for placement in placements if placement.page_id == pages[0].pk},
    )
    paper_pages = lay_out(of_edition, placements, articles)
    leading = _leading(paper_pages, newest)
    above = {piece.article.id for piece in leading}
    pictures = _photo_stories(article for article in articles.values() if article.id not in above)
    above |= {piece.article.id for page in paper_pages for piece in page.pieces[:HEADLINES_A_PAGE]}
    above |= {article.id for article in pictures}
    latest = (_without(above, newest) or newest)[:LATEST_STORIES]
    beside = above | {article.id for article in latest}
    blocks = ((section, [articles[pk] for pk in found if pk in articles]) for section, found in newest_of_each)
    return FrontPage(
        paper_pages,
        list(extras.values()),
        leading,
        [(section, _block(there, above, beside)) for section, there in blocks if there],
        pictures,
        latest,
        # One that was withdrawn since is not found.
        [articles[pk] for pk in most_read if pk in articles],
    )


def _leading(pages: list[PaperPage], newest: list[PublishedArticle]) -> list[Piece]:
    """What leads the home page; of the web alone where the first page has nothing to read (any more)."""
    pieces = pages[0].by_weight if pages else []
    on_the_web = (Piece(article, 0, (), (), (), None, None) for article in newest if article.genre != ADVERTISEMENT)
    return (pieces or list(on_the_web))[:MOST_LEADING]


def _without(shown: set[int], articles: list[PublishedArticle]) -> list[PublishedArticle]:
    return [article for article in articles if article.id not in shown]


def _block(there: list[PublishedArticle], *shown: set[int]) -> list[PublishedArticle]:
    """What of a section's newest is shown, advertisements last: without what stands elsewhere; where that leaves none
    that nobody paid for, without less of it, and where that does not help, whatever is there.
    """
    choices = [_without(elsewhere, there) for elsewhere in reversed(shown)]
    told = next((fresh for fresh in choices if not all(map(_is_paid_for, fresh))), there)
    return sorted(told, key=_is_paid_for)[:STORIES_A_SECTION]


def _is_paid_for(article: PublishedArticle) -> bool:
    return article.genre == ADVERTISEMENT


def _photo_stories(articles: Iterable[PublishedArticle]) -> list[PublishedArticle]:
    """The newest photo stories; none where there is but one, which would make no row."""
    found = [article for article in articles if article.genre == PICTURE and article.picture]
    found.sort(key=lambda article: (article.published_at, article.number), reverse=True)
    return found[:MOST_PICTURES] if len(found) > 1 else []
