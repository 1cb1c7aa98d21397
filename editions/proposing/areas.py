"""What is free on a page, as regions to fill: the sensible ways to cut it up. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from editions.geometry import Grid, Rectangle

# A lower strip takes no story.
LOWEST = 6
# How many ways are tried, of how many regions each.
MOST_WAYS, MOST_REGIONS = 5, 3


class Region(NamedTuple):
    """A rectangle to fill. `corner` is what is taken at its top left, as on page 1 below and beside the masthead."""

    rectangle: Rectangle
    corner: Grid | None = None

    @property
    def area(self) -> int:
        return self.rectangle.area - (self.corner.columns * self.corner.rows if self.corner else 0)


Way = tuple[Region, ...]


def ways_to_cut(grid: Grid, occupied: Sequence[Rectangle]) -> list[Way]:
    """The free part of the page as regions, in several ways, those of few regions first."""
    ways = _cut(Rectangle(1, 1, *grid), tuple(occupied), {})
    if ways and len(ways[0]) == 1:
        # One region can be parted by the search itself.
        return ways[:1]
    return [way[:MOST_REGIONS] for way in ways[:MOST_WAYS] if way]


def _cut(whole: Rectangle, occupied: tuple[Rectangle, ...], known: dict[Rectangle, list[Way]]) -> list[Way]:
    """Every way for one rectangle: cut along an edge of what lies in it, and both parts again."""
    if whole in known:
        return known[whole]
    taken = [part for one in occupied if (part := _common(whole, one))]
    if whole.height < LOWEST or sum(part.area for part in taken) == whole.area:
        known[whole] = [()]
        return [()]
    if not taken:
        known[whole] = [(Region(whole),)]
        return known[whole]
    ways: set[Way] = set()
    corner = _corner(whole, taken)
    if corner is not None:
        ways.add((Region(whole, corner),))
    for one, other in _halves(whole, taken):
        for way in _cut(one, occupied, known):
            ways |= {_sorted(way + rest) for rest in _cut(other, occupied, known)}
    known[whole] = sorted(ways, key=_rank)[: 2 * MOST_WAYS]
    return known[whole]


def _common(one: Rectangle, other: Rectangle) -> Rectangle | None:
    left, top = max(one.column, other.column), max(one.row, other.row)
    right, bottom = min(one.right, other.right), min(one.bottom, other.bottom)
    return Rectangle(left, top, right - left, bottom - top) if right > left and bottom > top else None


def _corner(whole: Rectangle, taken: list[Rectangle]) -> Grid | None:
    """The size of what is taken, where it is one rectangle at the top left with room beside and below it."""
    right, bottom = max(part.right for part in taken), max(part.bottom for part in taken)
    size = Grid(right - whole.column, bottom - whole.row)
    solid = sum(part.area for part in taken) == size.columns * size.rows
    beside = size.columns < whole.width and whole.height - size.rows >= LOWEST
    return size if solid and beside else None


def _halves(whole: Rectangle, taken: list[Rectangle]) -> list[tuple[Rectangle, Rectangle]]:
    column, row, width, height = whole
    across = {edge for part in taken for edge in (part.column, part.right)} - {column, whole.right}
    down = {edge for part in taken for edge in (part.row, part.bottom)} - {row, whole.bottom}
    upright = [(Rectangle(column, row, x - column, height), Rectangle(x, row, whole.right - x, height)) for x in across]
    level = [(Rectangle(column, row, width, y - row), Rectangle(column, y, width, whole.bottom - y)) for y in down]
    return upright + level


def _sorted(way: Way) -> Way:
    return tuple(sorted(way, key=lambda region: (-region.area, region.rectangle)))


def _rank(way: Way) -> tuple[int, int, list[Rectangle]]:
    """Much room in few regions comes first."""
    return -sum(region.area for region in way) // 12, len(way), [region.rectangle for region in way]
