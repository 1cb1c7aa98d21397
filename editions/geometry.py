"""Columns, rows and rectangles of a page: pure, the standard library alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Grid(NamedTuple):
    """A page's grid: how many columns, and how many rows of body text a column has."""

    columns: int
    rows: int


class Rectangle(NamedTuple):
    """An area in whole columns and rows; `column` and `row` count from 1 at the top left."""

    column: int
    row: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to the right of it."""
        return self.column + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.row + self.height

    @property
    def area(self) -> int:
        """In column-rows: one line of one column is one."""
        return self.width * self.height


def lies_inside(rectangle: Rectangle, grid: Grid) -> bool:
    """Whether the rectangle has a size and no part of it is outside the grid."""
    starts = rectangle.column >= 1 and rectangle.row >= 1 and rectangle.width >= 1 and rectangle.height >= 1
    return starts and rectangle.right <= grid.columns + 1 and rectangle.bottom <= grid.rows + 1


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Whether the two share at least one field of the grid; edges that touch share none."""
    across = one.column < other.right and other.column < one.right
    return across and one.row < other.bottom and other.row < one.bottom


def first_overlap(rectangle: Rectangle, others: Iterable[Rectangle]) -> Rectangle | None:
    """The first of `others` that overlaps `rectangle`, None where none does."""
    return next((other for other in others if overlap(rectangle, other)), None)


def reading_key(rectangle: Rectangle) -> tuple[int, int]:
    """Sorts rectangles as a page is read: from the top, and on one height from the left."""
    return rectangle.row, rectangle.column


def percentages(rectangle: Rectangle, grid: Grid) -> tuple[float, float, float, float]:
    """Left, top, width and height in per cent of the grid: the same rectangle on a picture of any size."""
    return (
        100 * (rectangle.column - 1) / grid.columns,
        100 * (rectangle.row - 1) / grid.rows,
        100 * rectangle.width / grid.columns,
        100 * rectangle.height / grid.rows,
    )
