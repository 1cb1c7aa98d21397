"""The search: from stories and free space to a few good plans that really differ. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from editions.geometry import Grid, Rectangle
from editions.proposing.areas import Region, Way, ways_to_cut
from editions.proposing.items import Item, Module, Needs, Plan, Standing, Weight
from editions.proposing.partitions import Corner, Node, Pieces, Single, Stack, Table, join_all
from editions.proposing.scoring import FREE_FIELD, FREE_PLACE, MISSING, RANKS, cost_of_shape, is_hole, score
from editions.proposing.shapes import GAP, SMALLEST_HOLE, shapes_of

# Pieces that one search joins; more stories than that are stacked together beforehand.
MOST_PIECES = 7
# How many trees of each search are laid out and judged, how many of a region beside others are tried, and how
# many ways to cut a page.
JUDGED, FEW, WAYS = 300, 3, 3
# Nodes a piece begins with, of each width.
BEGIN_WITH = 24
# Two plans are different when this share of the page belongs to another story.
DIFFERENT = 0.4
# Rows of the grid that count as one when plans are compared.
COARSE = 6


class Space(NamedTuple):
    """A page as the search finds it: its grid, what is taken, and the headlines that stand there."""

    grid: Grid
    occupied: Sequence[Rectangle]
    standing: Sequence[Standing] = ()


def propose(space: Space, items: Sequence[Item], needs: Needs, *, count: int = 6) -> list[Plan]:
    """Up to `count` plans for the free part of a page, the best first, each different from those before it.

    `items` come in the order of their importance within a weight. A story that goes on nowhere is named in
    `left_out`; an empty list says that none of them goes on.
    """
    ordered = sorted(items, key=lambda item: RANKS[item.weight])
    ways = ways_to_cut(space.grid, space.occupied)[:WAYS]
    singles = {item.key: _single_nodes(item, needs, space.grid) for item in ordered}
    possible = [item for item in ordered if singles[item.key]]
    found: list[Plan] = []
    for groups in _groupings(possible):
        drafts = _drafts_of(space.grid, ways, groups, singles, needs)
        found += [_laid_out(draft, ordered, space) for draft in drafts]
    return _different(_best_of(found), space.grid, count)


def _best_of(plans: Sequence[Plan]) -> list[Plan]:
    """Where the copy fits, the plans that fill the page with all of it; else those that leave out little more
    than they must.
    """
    whole = [plan for plan in plans if not plan.left_out and not any(map(is_hole, plan.free))]
    if whole:
        return whole
    prices = [sum(MISSING[item.weight] for item in plan.left_out) for plan in plans]
    return [plan for plan, price in zip(plans, prices, strict=True) if price <= min(prices) + MISSING[Weight.BRIEF]]


def _single_nodes(item: Item, needs: Needs, grid: Grid) -> list[Node]:
    """The item's shapes as nodes: the best of each width."""
    by_width: dict[int, list[Single]] = {}
    for shape in shapes_of(item, needs, *grid):
        by_width.setdefault(shape.width, []).append(Single(shape, cost_of_shape(shape, grid.columns)))
    return [
        node for nodes in by_width.values() for node in heapq.nsmallest(BEGIN_WITH, nodes, key=lambda node: node.cost)
    ]


Groups = tuple[tuple[Item, ...], ...]


def _groupings(ordered: Sequence[Item]) -> list[Groups]:
    """Ways to stack the briefs together before the search, the lightest others too where there are too many."""
    briefs = [item for item in ordered if item.weight == Weight.BRIEF]
    others: list[tuple[Item, ...]] = [(item,) for item in ordered if item.weight != Weight.BRIEF]
    while len(others) > MOST_PIECES - bool(briefs):
        last = others.pop()
        others[-1] += last
    room = MOST_PIECES - len(others)
    columns = sorted({min(n, room, len(briefs)) for n in (1, 2)}) if briefs else [0]
    return [(*others, *_dealt(briefs, n)) for n in columns if n or not briefs]


def _dealt(briefs: Sequence[Item], columns: int) -> Iterator[tuple[Item, ...]]:
    """The briefs in so many columns, in their order."""
    for n in range(columns):
        yield tuple(briefs[n * len(briefs) // columns : (n + 1) * len(briefs) // columns])


def _group_nodes(group: Sequence[Item], singles: dict[int, list[Node]], rows: int) -> list[Node]:
    """A group's nodes: its stories stacked at each width."""
    nodes = singles[group[0].key]
    for item in group[1:]:
        stacked = [
            Stack(above, below)
            for above in nodes
            for below in singles[item.key]
            if above.width == below.width and above.low + below.low <= rows
        ]
        nodes = list(stacked)
    return nodes


class _Draft(NamedTuple):
    """A choice of trees for the regions of a page, with what it costs before anything is laid out."""

    cost: float
    parts: tuple[tuple[Region, Node], ...]


def _drafts_of(
    grid: Grid, ways: Sequence[Way], groups: Groups, singles: dict[int, list[Node]], needs: Needs
) -> list[_Draft]:
    """The most promising drafts for one way of grouping the stories."""
    corner = next((region.corner for way in ways for region in way if region.corner), None)
    nodes: list[Sequence[Node]] = [_group_nodes(group, singles, grid.rows + GAP) for group in groups]
    items: list[Item | None] = [group[0] for group in groups]
    if corner is not None:
        nodes.insert(0, [Corner(corner)])
        items.insert(0, None)
    texts = {
        number: _texts(group[0], needs, grid)
        for number, group in enumerate(groups, start=len(nodes) - len(groups))
        if len(group) == 1 and group[0].picture is None
    }
    filler = _Filler(join_all(Pieces(nodes, items, texts, grid.columns, grid.rows + GAP)), groups, corner, grid)
    drafts = (draft for way in ways for draft in filler.drafts(way))
    return heapq.nsmallest(JUDGED, drafts, key=lambda draft: draft.cost)


def _texts(item: Item, needs: Needs, grid: Grid) -> tuple[dict[int, Module], int]:
    """The story as it begins at each width of its headline, to flow round others from there; and its lines."""
    style = item.styles[0]
    begun = {}
    for across in range(1, grid.columns):
        headline = needs.headline(item, style, across)
        if headline is None:
            continue
        banner = Rectangle(1, 1, across, headline.rows)
        begun[across] = Module(item, style, headline.size, banner, (banner,))
    return begun, needs.lines(item)


_Fits = dict[int, list[tuple[float, Node]]]


class _Filler:
    """Assigns pieces to the regions of a way, each set with the trees that fill its region."""

    def __init__(self, table: Table, groups: Groups, corner: Grid | None, grid: Grid) -> None:
        self.table, self.corner, self.grid = table, corner, grid
        self.begin = 1 if corner is not None else 0
        self.prices = [sum(MISSING[item.weight] for item in group) for group in groups]

    def drafts(self, way: Way) -> Iterator[_Draft]:
        """Every draft for one way, with the price of what stays out and of what stays free."""
        everything = ((1 << len(self.prices)) - 1) << self.begin
        # Where regions are filled one with another, few trees of each do: their numbers multiply.
        most = JUDGED if len(way) == 1 else FEW
        fits = [self._fits(region, everything, most) for region in way]
        yield from self._fill(list(zip(way, fits, strict=True)), everything, _Draft(0.0, ()))

    def _fill(self, regions: Sequence[tuple[Region, _Fits]], left: int, draft: _Draft) -> Iterator[_Draft]:
        if not regions:
            missing = left >> self.begin
            price = sum(price for number, price in enumerate(self.prices) if missing >> number & 1)
            yield _Draft(draft.cost + price, draft.parts)
            return
        (region, fits), *rest = regions
        yield from self._fill(rest, left, _Draft(draft.cost + FREE_PLACE + FREE_FIELD * region.area, draft.parts))
        for chosen in _subsets(left):
            for price, node in fits.get(chosen, ()):
                parts = (*draft.parts, (region, node))
                yield from self._fill(rest, left & ~chosen, _Draft(draft.cost + price, parts))

    def _fits(self, region: Region, everything: int, most: int) -> _Fits:
        """The best trees of every set for the region, each with what it costs there."""
        if region.corner not in (None, self.corner):
            return {}
        height, corner = _height_of(region, self.grid), self.begin if region.corner else 0
        fits: _Fits = {}
        for chosen in _subsets(everything):
            priced = [
                (node.cost + _price_of_rest(region, node, height), node)
                for width, nodes in self.table[chosen | corner].items()
                for node in nodes
                if width <= region.rectangle.width and node.low <= height
            ]
            if priced:
                fits[chosen] = heapq.nsmallest(most, priced, key=lambda fit: fit[0])
        return fits


def _price_of_rest(region: Region, node: Node, height: int) -> float:
    """What it costs that a tree leaves something of a region that is so high."""
    beside, below = region.rectangle.width - node.width, height - _used(node, height)
    places = (beside > 0) + (below + GAP > SMALLEST_HOLE)
    return FREE_PLACE * places + FREE_FIELD * (beside * height + node.width * below)


def _used(node: Node, height: int) -> int:
    """How much of a height a tree takes: all of it, or where it cannot, what it takes without white."""
    return height if height <= node.high else node.full


def _subsets(pieces: int) -> Iterator[int]:
    part = pieces
    while part:
        yield part
        part = (part - 1) & pieces


def _laid_out(draft: _Draft, ordered: Sequence[Item], space: Space) -> Plan:
    modules: list[Module] = []
    free: list[Rectangle] = []
    for region, node in draft.parts:
        column, row, width, height = region.rectangle
        used = _used(node, _height_of(region, space.grid))
        modules += node.lay(column, row, used)
        if used < height:
            free.append(Rectangle(column, row + used, node.width, height - used))
        if node.width < width:
            free.append(Rectangle(column + node.width, row, width - node.width, height))
    placed = {module.item.key for module in modules}
    missing = tuple(item for item in ordered if item.key not in placed)
    in_order = tuple(sorted(modules, key=lambda module: ordered.index(module.item)))
    return Plan(in_order, missing, tuple(free), score(in_order, missing, free, space.grid, space.standing))


def _height_of(region: Region, grid: Grid) -> int:
    """The region's height as it is filled: at the page's foot the last gap lies outside."""
    return region.rectangle.height + (GAP if region.rectangle.bottom > grid.rows else 0)


def _different(plans: Iterable[Plan], grid: Grid, count: int) -> list[Plan]:
    """The best plans of which no two give the same stories the same places."""
    chosen: list[Plan] = []
    maps: list[list[int]] = []
    for plan in sorted(plans, key=lambda plan: -plan.score):
        drawn = _map_of(plan, grid)
        if plan.modules and all(_distance(drawn, other) >= DIFFERENT for other in maps):
            chosen.append(plan)
            maps.append(drawn)
        if len(chosen) == count:
            break
    return chosen


def _map_of(plan: Plan, grid: Grid) -> list[int]:
    """Which story has each coarse field of the page, 0 where none; a picture counts as another story."""
    fields = [0] * (grid.columns * (grid.rows // COARSE + 1))
    for module in plan.modules:
        for rectangle in module.rectangles:
            mark = -module.item.key if rectangle is module.picture else module.item.key
            for row in range(-(-(rectangle.row - 1) // COARSE), (rectangle.bottom - 2) // COARSE + 1):
                for column in range(rectangle.column - 1, rectangle.right - 1):
                    fields[row * grid.columns + column] = mark
    return fields


def _distance(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of the fields, of those with a story in either, that differ."""
    used = sum(1 for a, b in zip(one, other, strict=True) if a or b)
    return sum(1 for a, b in zip(one, other, strict=True) if a != b) / max(used, 1)
