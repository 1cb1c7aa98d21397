"""Where the index lies: the database's own, or a search server. Each store keeps and looks up; nothing more."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from articles.models.published_search import PublishedSearch


@dataclass(frozen=True)
class Wanted:
    """What a story must have: every token of `all_of`, one of each group of `any_of`, each passage of `passages`.

    `field` is where passages are looked for. `since` is included, `before` is not. `places` are the texts by whose
    place a story is weighed. Everything is folded.
    """

    all_of: frozenset[str]
    any_of: tuple[tuple[str, ...], ...] = ()
    passages: tuple[str, ...] = ()
    field: str = "plain"
    since: datetime.datetime | None = None
    before: datetime.datetime | None = None
    places: tuple[str, ...] = ()

    def within(self, stretch: tuple[str, ...]) -> Wanted:
        """The same of what has one of these tokens."""
        return replace(self, any_of=(*self.any_of, stretch))


class Candidate(NamedTuple):
    """A story that has what is wanted. `weight` sums over the texts where each stands: 4 headline, 2 deck, 1 text.

    `section` and `authors` are ids, the latter parted by spaces. `updated_at` is the story's as the index knows it,
    None where the index cannot be behind.
    """

    article_id: int
    number: int
    published_at: datetime.datetime
    section: str
    genre: str
    authors: str
    weight: int
    updated_at: datetime.datetime | None = None


class Store(Protocol):
    """An index that can be asked."""

    def count(self, wanted: Wanted, most: int) -> int:
        """How many stories have what is wanted; `most` where there are more."""

    def all_of(self, wanted: Wanted, most: int) -> list[Candidate] | None:
        """The stories that have what is wanted, in any order; None where there are more than `most`."""

    def newest(self, wanted: Wanted, limit: int, stretches: Iterable[tuple[str, ...]]) -> list[Candidate]:
        """The newest `limit` stories that have what is wanted, in any order.

        Every story of a stretch of time has one of its tokens. Each is longer than the one before and all end with the
        last story, so that an index that has to put in order all that it finds may look into the first with enough.
        """


class Keeper(Store, Protocol):
    """An index of the database, kept in the transaction that changes the reading side."""

    def put(self, rows: Sequence[PublishedSearch]) -> None:
        """Keep these rows; nothing is kept of the same stories yet."""

    def drop(self, rows: Sequence[PublishedSearch]) -> None:
        """Forget these rows, as they were put."""


class StoreFailed(Exception):
    """The index did not answer, or not what it should."""
