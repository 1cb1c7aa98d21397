"""The thin lines between one story and the next. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from editions.geometry import Rectangle
from editions.typeset import elements
from editions.typeset.elements import Element
from editions.typeset.sheet import Sheet

# Two stories this many rows apart are still neighbours.
_NEAR_ROWS = 2


class Owned(NamedTuple):
    """A rectangle and whose it is; one in a box of its own draws no further lines."""

    owner: int
    rectangle: Rectangle
    boxed: bool


def lines_between(owned: Iterable[Owned], sheet: Sheet, weight: float) -> list[Element]:
    """The lines between rectangles of different stories that lie beside or under each other."""
    if not weight:
        return []
    plain = [one for one in owned if not one.boxed]
    return [
        line
        for one in plain
        for other in plain
        if one.owner != other.owner
        for line in _line(one, other, sheet, weight)
    ]


def _line(one: Owned, other: Owned, sheet: Sheet, weight: float) -> Iterator[Element]:
    """The line from `one` to `other` where that lies to its right, or below it."""
    a, b = one.rectangle, other.rectangle
    if a.right == b.column:
        top, bottom = max(a.row, b.row), min(a.bottom, b.bottom)
        if top < bottom:
            x = sheet.frame(b).x - sheet.gutter / 2
            yield elements.rule(x, _row(top, sheet) + 3, x, _row(bottom, sheet) - 3, weight)
    if a.bottom <= b.row <= a.bottom + _NEAR_ROWS:
        left, right = max(a.column, b.column), min(a.right, b.right)
        if left < right:
            frame = sheet.frame(Rectangle(left, b.row, right - left, 1))
            y = (_row(a.bottom, sheet) + _row(b.row, sheet)) / 2
            yield elements.rule(frame.x, y, frame.x + frame.width, y, weight)


def _row(row: int, sheet: Sheet) -> float:
    return sheet.top + (row - 1) * sheet.leading
