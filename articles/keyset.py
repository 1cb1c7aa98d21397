"""Pages of a list by key instead of by offset: the ten-thousandth page reads as many rows as the first.

Whatever is paged has `published_at` and `number`, and an index that ends in both, newest first. Pure: no
models here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet

_CURSOR = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)

Row = TypeVar("Row", bound=Model)


class BrokenCursor(ValueError):
    """The cursor in an address is none that a page of ours ever linked to."""


class Side(StrEnum):
    """On which side of a cursor a page lies, as addresses say it."""

    OLDER = "before"
    NEWER = "after"


class Cursor(NamedTuple):
    """The place of one row in a list; in addresses microseconds since 1970, a hyphen, the number."""

    at: datetime.datetime
    number: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.number}"


@dataclass(frozen=True)
class KeysetPage(Generic[Row]):
    """Some rows of a list, newest first; `older` and `newer` are None where the list ends."""

    rows: list[Row]
    older: Cursor | None
    newer: Cursor | None
    is_first: bool


def parse(text: str) -> Cursor:
    """The cursor that `text` stands for. Raises BrokenCursor."""
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise BrokenCursor(text)
    return Cursor(_EPOCH + int(found[1]) * _MICROSECOND, int(found[2]))


def page_of(rows: QuerySet[Row], asked: Mapping[str, str], size: int, *, walked_by: str = "") -> KeysetPage[Row]:
    """The page of `rows` that the query string `asked` names: `before` or `after` a cursor, else the newest.

    One query. `walked_by` stands before the names of time and number where the rows have them from another table, whose
    index is to be walked. Raises BrokenCursor.
    """
    side, cursor = asked_for(asked)
    return shown(list(rows_on(rows, side, cursor, size, walked_by)), side, size)


def asked_for(asked: Mapping[str, str]) -> tuple[Side | None, Cursor | None]:
    """On which side of which cursor the page lies that a query string names; on none it is the newest."""
    side = next((side for side in Side if side in asked), None)
    return side, parse(asked[side]) if side else None


def rows_on(
    rows: QuerySet[Row], side: Side | None, cursor: Cursor | None, size: int, walked_by: str = ""
) -> QuerySet[Row]:
    """What is read for a page: one row more than `size`, to see whether the list goes on."""
    if cursor:
        rows = _beyond(rows, cursor, walked_by, "gt" if side is Side.NEWER else "lt")
    sign = "" if side is Side.NEWER else "-"
    return rows.order_by(f"{sign}{walked_by}published_at", f"{sign}{walked_by}number")[: size + 1]


def shown(found: list[Row], side: Side | None, size: int) -> KeysetPage[Row]:
    """The page that was `found` on this side of its cursor."""
    if side is Side.NEWER:
        rows = found[:size][::-1]
        return KeysetPage(rows, older=_place(rows[-1]) if rows else None, newer=_cursor(found, size), is_first=False)
    newer = _place(found[0]) if side and found else None
    return KeysetPage(found[:size], _cursor(found, size), newer, is_first=side is None)


def _beyond(rows: QuerySet[Row], cursor: Cursor, walked_by: str, side: str) -> QuerySet[Row]:
    """What lies beyond the cursor: older (`lt`) or newer (`gt`)."""
    at, number = f"{walked_by}published_at__{side}", f"{walked_by}number__{side}"
    # The first condition is the one an index can start from; the second only parts rows of one moment.
    return rows.filter(**{f"{at}e": cursor.at}).filter(Q(**{at: cursor.at}) | Q(**{number: cursor.number}))


def _cursor(found: list[Row], size: int) -> Cursor | None:
    """Where the next page begins: after the last row shown, if there is one that is not."""
    return _place(found[size - 1]) if len(found) > size else None


def _place(row: Any) -> Cursor:
    return Cursor(row.published_at, row.number)
