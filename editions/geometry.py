"""Columns, rows and rectangles of a page: pure, the standard library alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
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


def moved(rectangle: Rectangle, *, columns: int, rows: int) -> Rectangle:
    """The same size so many columns further right and rows further down; negative numbers go left and up."""
    return rectangle._replace(column=rectangle.column + columns, row=rectangle.row + rows)


def free_place(width: int, height: int, grid: Grid, taken: Sequence[Rectangle]) -> Rectangle | None:
    """The first rectangle of this size, in reading order, that lies inside the grid and over none of `taken`.

    None where there is no such room.
    """
    # One that could be pushed up would not be the first: it touches the top, or something above it.
    rows = sorted({1, *(other.bottom for other in taken)})
    places = (Rectangle(column, row, width, height) for row in rows for column in range(1, grid.columns + 1))
    return next((place for place in places if _is_free(place, grid, taken)), None)


def free_places(rectangles: Sequence[Rectangle], grid: Grid, taken: Sequence[Rectangle]) -> list[Rectangle] | None:
    """Where `rectangles` go on another page in the same sizes: as they lie, else all moved together by the same
    columns and rows, else each to the first place that is free for it. None where they do not go.
    """
    together = _free_together(rectangles, grid, taken)
    if together is not None:
        return together
    places: list[Rectangle] = []
    for rectangle in rectangles:
        place = free_place(rectangle.width, rectangle.height, grid, [*taken, *places])
        if place is None:
            return None
        places.append(place)
    return places


def _free_together(rectangles: Sequence[Rectangle], grid: Grid, taken: Sequence[Rectangle]) -> list[Rectangle] | None:
    left = min((rectangle.column for rectangle in rectangles), default=1)
    top = min((rectangle.row for rectangle in rectangles), default=1)
    ways = [(0, 0)] + [(x - left, y - top) for y in range(1, grid.rows + 1) for x in range(1, grid.columns + 1)]
    for columns, rows in ways:
        places = [moved(rectangle, columns=columns, rows=rows) for rectangle in rectangles]
        if all(_is_free(place, grid, taken) for place in places):
            return places
    return None


def _is_free(rectangle: Rectangle, grid: Grid, taken: Iterable[Rectangle]) -> bool:
    return lies_inside(rectangle, grid) and first_overlap(rectangle, taken) is None


def open_areas(grid: Grid, taken: Iterable[Rectangle], least_rows: int) -> list[Rectangle]:
    """Where nothing lies for at least so many rows, in reading order: each column's open rows, with the same rows
    of the columns beside it.
    """
    free = [[True] * grid.rows for _column in range(grid.columns)]
    for one in taken:
        for column in range(max(one.column, 1), min(one.right, grid.columns + 1)):
            for row in range(max(one.row, 1), min(one.bottom, grid.rows + 1)):
                free[column - 1][row - 1] = False
    found: list[Rectangle] = []
    for column, rows in enumerate(free, start=1):
        for first, height in _runs(rows):
            beside = next((f for f in found if f.right == column and (f.row, f.height) == (first, height)), None)
            if beside is not None:
                found[found.index(beside)] = beside._replace(width=beside.width + 1)
            elif height >= least_rows:
                found.append(Rectangle(column, first, 1, height))
    return sorted(found, key=reading_key)


def _runs(free: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Each unbroken run of what is free: its first place, counted from 1, and its length."""
    place = 1
    for is_free, group in groupby(free):
        length = len(list(group))
        if is_free:
            yield place, length
        place += length


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
