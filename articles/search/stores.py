"""Where the index lies: the database's own, or a search server. Each store keeps and looks up; nothing more."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
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

    def look_up(self, wanted: Wanted, limit: int, *, newest: bool) -> list[Candidate]:
        """At most `limit` stories that have what is wanted: the newest of them, newest first, or any, in any order."""


class Keeper(Store, Protocol):
    """An index of the database, kept in the transaction that changes the reading side."""

    def put(self, rows: Sequence[PublishedSearch]) -> None:
        """Keep these rows; nothing is kept of the same stories yet."""

    def drop(self, rows: Sequence[PublishedSearch]) -> None:
        """Forget these rows, as they were put."""


class StoreFailed(Exception):
    """The index did not answer, or not what it should."""
