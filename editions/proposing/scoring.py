"""How good a plan is, as a newspaper designer would say it: what speaks against it, in points. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from editions.geometry import Grid, Rectangle
from editions.proposing.items import Item, Module, Standing, Weight
from editions.proposing.partitions import alike
from editions.proposing.shapes import GAP, SMALLEST_HOLE, Shape

# What a story that does not get on costs, a place that stays free, and each field of it.
MISSING = {Weight.LEAD: 60.0, Weight.SECOND: 30.0, Weight.PICTURE: 24.0, Weight.BRIEF: 16.0}
FREE_PLACE, FREE_FIELD = 10.0, 0.12


class _Share(NamedTuple):
    """Between which shares of the page's columns a headline or a picture looks right, and what each column less
    or more costs.
    """

    least: float
    most: float
    less: float
    more: float

    def cost(self, width: int, columns: int) -> float:
        return self.less * max(0.0, self.least * columns - width) + self.more * max(0.0, width - self.most * columns)


HEADLINES = {
    Weight.LEAD: _Share(0.66, 0.84, 2.5, 0.5),
    Weight.SECOND: _Share(0.33, 0.5, 3.0, 0.6),
    Weight.PICTURE: _Share(0.33, 0.67, 1.5, 0.6),
    Weight.BRIEF: _Share(0.16, 0.34, 1.0, 1.5),
}
PICTURES = {
    Weight.LEAD: _Share(0.33, 0.5, 4.0, 0.8),
    Weight.SECOND: _Share(0.3, 0.34, 2.0, 0.8),
    Weight.PICTURE: _Share(0.5, 0.5, 2.0, 0.8),
    Weight.BRIEF: _Share(0.16, 0.2, 1.0, 1.5),
}
# The heaviest first: the order in which stories are read and named.
RANKS = {weight: rank for rank, weight in enumerate((Weight.LEAD, Weight.SECOND, Weight.PICTURE, Weight.BRIEF))}
# A column of text longer than this tires.
LONGEST_LEG, SHORT_LEG = 42, 6
TOMBSTONE = 25.0


def cost_of_shape(shape: Shape, columns: int) -> float:
    """What speaks against a shape by itself, at the best of its heights."""
    return min(cost_of_module(module, columns) for module in shape.modules.values())


def cost_of_module(module: Module, columns: int) -> float:
    """What speaks against one story as it stands."""
    cost = HEADLINES[module.item.weight].cost(module.banner.width, columns)
    cost += 0.5 * module.hole + 3.0 * module.crop + 20.0 * module.crop**2
    cost += sum(_cost_of_leg(frame) for frame in module.frames if frame.height > module.banner.height)
    if module.picture is not None:
        cost += PICTURES[module.item.weight].cost(module.picture.width, columns) + 3.0 * module.coarse
    elif module.item.picture is not None:
        cost += 9.0
    return cost


def _cost_of_leg(frame: Rectangle) -> float:
    if frame.height > LONGEST_LEG:
        return 0.08 * (frame.height - LONGEST_LEG)
    return 0.25 * (SHORT_LEG - frame.height) if frame.height < SHORT_LEG else 0.0


def score(
    modules: Sequence[Module],
    missing: Iterable[Item],
    free: Iterable[Rectangle],
    grid: Grid,
    standing: Sequence[Standing] = (),
) -> float:
    """A plan's score: 100 less all that speaks against it."""
    against = sum(cost_of_module(module, grid.columns) for module in modules)
    against += sum(MISSING[item.weight] for item in missing)
    against += sum(FREE_FIELD * area.area + (FREE_PLACE if is_hole(area) else 0.0) for area in free)
    against += TOMBSTONE * len(tombstones([*modules, *standing]))
    if not modules:
        return 100.0 - against
    against += _hierarchy(modules) + _places(modules, grid) + _pictures(modules, grid) + _fault_lines(modules, grid)
    return 100.0 - against


def is_hole(area: Rectangle) -> bool:
    """Whether a free area, with the gap above it, is one that a reader sees."""
    return area.height + GAP > SMALLEST_HOLE


Headed = Module | Standing


def tombstones(headed: Sequence[Headed]) -> list[tuple[Headed, Headed]]:
    """The pairs whose headlines stand abreast at the same size."""
    return [pair for pair in combinations(headed, 2) if alike(pair[0].size, pair[1].size) and _abreast(*pair)]


def _abreast(one: Headed, other: Headed) -> bool:
    beside = one.banner.right == other.banner.column or other.banner.right == one.banner.column
    return beside and one.banner.row < other.banner.bottom and other.banner.row < one.banner.bottom


def _hierarchy(modules: Sequence[Module]) -> float:
    """A lighter story must not shout louder than a heavier one, nor over more columns than the lead."""
    cost = 0.0
    for one, other in combinations(modules, 2):
        heavy, light = sorted((one, other), key=lambda module: RANKS[module.item.weight])
        if heavy.item.weight == light.item.weight:
            continue
        leads = heavy.item.weight == Weight.LEAD
        if light.size >= heavy.size:
            cost += 6.0 if leads else 2.0
        if leads and light.banner.width > heavy.banner.width:
            cost += 2.0
    return cost


def _places(modules: Sequence[Module], grid: Grid) -> float:
    """The lead stands at the top left, and what is heavy stands higher than what is light."""
    top = min((module.banner.row for module in modules), default=1)
    cost = 0.0
    for module in modules:
        height = min(rectangle.row for rectangle in module.rectangles)
        if module.item.weight == Weight.LEAD:
            cost += 0.12 * (height - top) + (1.5 if module.banner.column > 1 else 0.0)
        elif module.item.weight == Weight.SECOND:
            cost += 1.2 * max(0.0, height / grid.rows - 0.5)
    for one, other in combinations(modules, 2):
        heavy, light = sorted((one, other), key=lambda module: RANKS[module.item.weight])
        below = heavy.banner.row > light.banner.row and _share_columns(heavy.banner, light.banner)
        if below and heavy.item.weight == Weight.LEAD:
            cost += 6.0
        elif below and heavy.item.weight != light.item.weight and Weight.PICTURE not in _weights(heavy, light):
            cost += 1.5
    return cost


def _weights(*modules: Module) -> set[Weight]:
    return {module.item.weight for module in modules}


def _share_columns(one: Rectangle, other: Rectangle) -> bool:
    return one.column < other.right and other.column < one.right


def _pictures(modules: Sequence[Module], grid: Grid) -> float:
    """Pictures balance the page: one in its upper half, two neither touching nor all on one side."""
    pictures = [module.picture for module in modules if module.picture is not None]
    if not pictures:
        return 0.0
    cost = 2.5 if min(picture.row for picture in pictures) > grid.rows * 0.55 else 0.0
    cost += 4.0 * sum(_touch(one, other) for one, other in combinations(pictures, 2))
    if len(pictures) > 1:
        area = sum(picture.area for picture in pictures)
        across = sum(picture.area * (picture.column - 1 + picture.width / 2) for picture in pictures) / area
        down = sum(picture.area * (picture.row - 1 + picture.height / 2) for picture in pictures) / area
        cost += 5.0 * abs(across / grid.columns - 0.5) + 4.0 * abs(down / grid.rows - 0.5)
    return cost


def _touch(one: Rectangle, other: Rectangle) -> bool:
    across = one.column <= other.right and other.column <= one.right
    return across and one.row <= other.bottom and other.row <= one.bottom


def _fault_lines(modules: Sequence[Module], grid: Grid) -> float:
    """A gutter that no story crosses splits the page in two."""
    extents = [_extent(module) for module in modules]
    split = [
        column
        for column in range(2, grid.columns + 1)
        if not any(left < column < right for left, right in extents) and min(extents)[0] < column
    ]
    return 1.5 * len(split)


def _extent(module: Module) -> tuple[int, int]:
    """The first column of a story and the one after its last."""
    return min(one.column for one in module.rectangles), max(one.right for one in module.rectangles)
