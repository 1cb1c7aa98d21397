"""The home page: the day's edition by weight, and the newest of every section."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from articles.models.published import PublishedArticle, PublishedSection
from articles.public.reading import newest_ids, newest_of_sections, set_apart, shown_in_bulk
from editions.models.published import PublishedEdition, PublishedPage
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
    """The home page as of the calendar date `today`, with the stories of these ids as read most: seven queries.

    What stands where is decided by ids, of which there are more to choose from than are shown; then those are read.
    """
    pages = pages_of_the_day(today)
    extras = {page.edition_id: page.edition for page in pages if page.edition_id != pages[0].edition_id}
    paper_pages = _laid_out([page for page in pages if page.edition_id == pages[0].edition_id])
    articles = {piece.article.id: piece.article for page in paper_pages for piece in page.pieces}
    lead = paper_pages[0].by_weight[:MOST_LEADING] if paper_pages else []
    headlines = [piece for page in paper_pages for piece in page.pieces[:HEADLINES_A_PAGE]]
    standing = _standing(_ids(lead), _ids(headlines), _to_choose_from(articles))

    # What leads in the paper's stead may stand on one of its other pages: it was read without its opening then.
    below = {*standing.ids, *most_read} - articles.keys() | {*standing.on_the_web}
    articles |= shown_in_bulk(below, opened=standing.on_the_web)

    def read(ids: Iterable[int]) -> list[PublishedArticle]:
        # One that was withdrawn since is not found.
        return [articles[pk] for pk in ids if pk in articles]

    return FrontPage(
        paper_pages,
        list(extras.values()),
        lead or [Piece(article, 0, (), (), (), None, None) for article in read(standing.on_the_web)],
        [(section, stories) for section, found in standing.sections if (stories := read(found))],
        read(standing.pictures),
        read(standing.latest),
        read(most_read),
    )


def _laid_out(pages: list[PublishedPage]) -> list[PaperPage]:
    """The pages of an edition with what stands on them, on the first with its opening: two queries."""
    placements = placements_of(pages)
    on_page_1 = {placement.article_id for placement in placements if placement.page_id == pages[0].pk}
    articles = shown_in_bulk((placement.article_id for placement in placements), opened=on_page_1)
    return lay_out(pages, placements, articles)


class _Choice(NamedTuple):
    """What there is to choose from below the paper, the newest first: of all, of each section, and in pictures.
    `paid_for` are those of all that are advertisements.
    """

    newest: list[int]
    of_sections: list[tuple[PublishedSection, list[int]]]
    paid_for: set[int]
    in_pictures: list[int]


def _to_choose_from(on_paper: Iterable[int]) -> _Choice:
    """The choice where these stories stand on the paper: three queries."""
    of_sections, newest = newest_of_sections(NEWEST_OF_SECTION), newest_ids(NEWEST_OF_ALL)
    apart = set_apart({*on_paper, *newest, *(pk for _section, found in of_sections for pk in found)})
    return _Choice(newest, of_sections, *apart)


class _Standing(NamedTuple):
    """What stands below the paper; `on_the_web` leads in its stead where the first page has nothing to read."""

    on_the_web: list[int]
    pictures: list[int]
    latest: list[int]
    sections: list[tuple[PublishedSection, list[int]]]

    @property
    def ids(self) -> set[int]:
        in_sections = (pk for _section, found in self.sections for pk in found)
        return {*self.on_the_web, *self.pictures, *self.latest, *in_sections}


def _standing(lead: list[int], headlines: list[int], choice: _Choice) -> _Standing:
    """What stands where below a paper that leads with `lead` and shows the `headlines` of its pages."""
    # Of the web alone, where the first page has nothing to read (any more).
    on_the_web = [] if lead else _without(choice.paid_for, choice.newest)[:MOST_LEADING]
    leading = {*lead, *on_the_web}
    pictures = _row(_without(leading, choice.in_pictures))
    above = {*leading, *headlines, *pictures}
    latest = (_without(above, choice.newest) or choice.newest)[:LATEST_STORIES]
    beside = above | set(latest)
    blocks = [
        (section, _block(found, choice.paid_for, above, beside)) for section, found in choice.of_sections if found
    ]
    return _Standing(on_the_web, pictures, latest, blocks)


def _ids(pieces: Iterable[Piece]) -> list[int]:
    return [piece.article.id for piece in pieces]


def _without(shown: Collection[int], ids: Iterable[int]) -> list[int]:
    return [pk for pk in ids if pk not in shown]


def _block(found: list[int], paid_for: set[int], *shown: set[int]) -> list[int]:
    """What of a section's newest is shown, advertisements last: without what stands elsewhere; where that leaves none
    that nobody paid for, without less of it, and where that does not help, whatever is there.
    """
    choices = [_without(elsewhere, found) for elsewhere in reversed(shown)]
    told = next((fresh for fresh in choices if not paid_for.issuperset(fresh)), found)
    return sorted(told, key=paid_for.__contains__)[:STORIES_A_SECTION]


def _row(photo_stories: list[int]) -> list[int]:
    """Those that are shown in pictures; none where there is but one, which would make no row."""
    return photo_stories[:MOST_PICTURES] if len(photo_stories) > 1 else []
