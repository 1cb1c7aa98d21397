"""The columns that a story's text runs through on one page: from its rectangles, its headline and its box. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from editions.geometry import Rectangle
from editions.typeset.sheet import Sheet

# White between a box (加框) and what stands in it, in points at the sides and in rows above and below.
BOX_INSET, BOX_ROWS = 9.0, 1


class Column(NamedTuple):
    """One column of text: its place in points, and how many rows of the grid it has.

    `rectangle` counts the story's rectangles on the page from 0: columns of one are balanced together.
    """

    x: float
    y: float
    width: float
    rows: int
    rectangle: int


class Area(NamedTuple):
    """A rectangle of a story as it is filled: what a box leaves of it."""

    x: float
    y: float
    width: float
    rows: int


def rectangle_of(frame: Mapping[str, Any]) -> Rectangle:
    return Rectangle(frame["column"], frame["row"], frame["width"], frame["height"])


def area_of(rectangle: Rectangle, sheet: Sheet, *, boxed: bool) -> Area:
    """What of the rectangle is filled."""
    frame = sheet.frame(rectangle)
    if not boxed:
        return Area(frame.x, frame.y, frame.width, rectangle.height)
    return Area(
        frame.x + BOX_INSET,
        frame.y + BOX_ROWS * sheet.leading,
        frame.width - 2 * BOX_INSET,
        max(rectangle.height - 2 * BOX_ROWS, 0),
    )


def columns_of(
    rectangles: Sequence[Rectangle],
    sheet: Sheet,
    *,
    text_columns: int,
    boxed: bool,
    headline_width: float,
    headline_rows: int,
) -> list[Column]:
    """All columns of the story on the page in reading order. A column that goes on below in the next rectangle
    of an L is one column: nobody reads across to the next one before its foot.

    `text_columns` is into how many the first rectangle is parted, 0 for the grid's own; further rectangles
    keep the grid. Those under the headline begin `headline_rows` lower.
    """
    found: list[Column] = []
    for number, rectangle in enumerate(rectangles):
        area = area_of(rectangle, sheet, boxed=boxed)
        count = text_columns if text_columns and number == 0 else rectangle.width
        width = (area.width - (count - 1) * sheet.gutter) / count
        columns = []
        for place in range(count):
            x = area.x + place * (width + sheet.gutter)
            under = number == 0 and x < area.x + headline_width - 1
            lower = min(headline_rows, area.rows) if under else 0
            columns.append(Column(x, area.y + lower * sheet.leading, width, area.rows - lower, number))
        above = {_foot(column, sheet): place for place, column in enumerate(found)}
        if all(_head(column) in above for column in columns):
            for column in columns:
                place = above[_head(column)]
                found[place] = found[place]._replace(rows=found[place].rows + column.rows)
        else:
            found += columns
    return found


def _head(column: Column) -> tuple[float, float, float]:
    """Where a column begins: left, top, width, to a hundredth of a point."""
    return round(column.x, 2), round(column.y, 2), round(column.width, 2)


def _foot(column: Column, sheet: Sheet) -> tuple[float, float, float]:
    """Where a column below this one would begin."""
    return _head(column._replace(y=column.y + column.rows * sheet.leading))
