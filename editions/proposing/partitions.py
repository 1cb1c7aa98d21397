"""Partitions of a rectangle among stories: slicing trees, found from single stories up to whole sets. Pure.

A node is a set of stories joined to one rectangle: stacked, side by side, or one flowing round another. It has
a width and a range of heights at which every story in it fills its place, so that joining two nodes is
arithmetic on their ranges; where everything lies is worked out for the few trees that are judged.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from editions.geometry import Grid, Rectangle
from editions.proposing.items import Item, Module, Weight
from editions.proposing.shapes import GAP, SHORTEST_LEG, SMALLEST_HOLE, Shape

# Headlines look alike where the larger is less than so many times the smaller.
ALIKE = 1.12
# How many nodes of one set and width are kept, by the number of pieces: the work grows with three to that power.
KEPT = {4: 120, 5: 80, 6: 26, 7: 15}
FEWEST_KEPT = 6
# Of the set of all pieces, which nothing is joined to any more, many are.
KEPT_WHOLE = 400
# What a join costs: a flow round a corner reads less easily than a plain rectangle.
WRAP_COST = 0.5


class Node(Protocol):
    """A rectangle of stories, each with a gap below it. `low` to `high` are its heights; up to `full` no story in
    it shows white that a picture could take. `left` and `right` are the sizes of the headlines in its upper
    corners, 0 where there is none.
    """

    width: int
    low: int
    full: int
    high: int
    cost: float
    left: float
    right: float

    def lay(self, column: int, row: int, height: int) -> Iterator[Module]:
        """Its modules where the node's upper left corner lies there and it is so high."""


@dataclass(slots=True)
class Single:
    """One story."""

    shape: Shape
    cost: float
    width: int = field(init=False)
    low: int = field(init=False)
    full: int = field(init=False)
    high: int = field(init=False)
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        self.width, heights = self.shape.width, self.shape.modules
        self.low, self.high = min(heights), max(heights)
        first = heights[self.low]
        self.full = self.high if first.picture is not None else self.low
        self.left = first.size if first.banner.row == 1 else 0.0
        self.right = self.left if first.banner.width == self.width else 0.0

    def lay(self, column: int, row: int, height: int) -> Iterator[Module]:
        yield self.shape.modules[height].moved(column - 1, row - 1)


@dataclass(slots=True)
class Corner:
    """What lies at the upper left of a region already: it takes its place and prints nothing."""

    size: Grid
    width: int = field(init=False)
    low: int = field(init=False)
    full: int = field(init=False)
    high: int = field(init=False)
    cost: float = 0.0
    left: float = 0.0
    right: float = 0.0

    def __post_init__(self) -> None:
        self.width = self.size.columns
        self.low = self.full = self.high = self.size.rows

    def lay(self, column: int, row: int, height: int) -> Iterator[Module]:
        return iter(())


class Stack:
    """One node above another."""

    __slots__ = ("above", "below", "cost", "full", "high", "left", "low", "right", "width")

    def __init__(self, above: Node, below: Node, cost: float = 0.0) -> None:
        self.above, self.below, self.width = above, below, above.width
        self.low, self.full, self.high = above.low + below.low, above.full + below.full, above.high + below.high
        self.cost = above.cost + below.cost + cost
        self.left, self.right = above.left, above.right

    def lay(self, column: int, row: int, height: int) -> Iterator[Module]:
        upper = _share(height, self.above, self.below)
        yield from self.above.lay(column, row, upper)
        yield from self.below.lay(column, row + upper, height - upper)


def _share(height: int, above: Node, below: Node) -> int:
    """The upper node's part of a height: what is more than the least goes to pictures first, to each in
    proportion, and becomes white only then.
    """
    more = height - above.low - below.low
    one, other = above.full - above.low, below.full - below.low
    if more <= one + other:
        part = round(more * one / (one + other)) if more else 0
    else:
        white, rest = more - one - other, below.high - below.full
        part = one + max(min(white // 2, above.high - above.full), white - rest)
    return above.low + part


class Row:
    """Two nodes side by side."""

    __slots__ = ("cost", "first", "full", "high", "left", "low", "right", "second", "width")

    def __init__(self, first: Node, second: Node, cost: float = 0.0) -> None:
        self.first, self.second, self.width = first, second, first.width + second.width
        self.low, self.high = max(first.low, second.low), min(first.high, second.high)
        self.full = max(self.low, min(first.full, second.full))
        # White that a column cannot avoid in this row.
        forced = max(0, self.low - first.full) + max(0, self.low - second.full)
        self.cost = first.cost + second.cost + cost + 0.05 * forced
        self.left, self.right = first.left, second.right

    def lay(self, column: int, row: int, height: int) -> Iterator[Module]:
        yield from self.first.lay(column, row, height)
        yield from self.second.lay(column + self.first.width, row, height)


class Wrap:
    """A story without a picture whose last columns run on under another node at its right."""

    __slots__ = ("around", "cost", "full", "heights", "high", "inner", "left", "lines", "low", "right", "width")

    def __init__(self, around: Module, lines: int, width: int, inner: Node) -> None:
        """`around` is the story's module at the width that its headline takes here, `width` the whole's."""
        self.around, self.lines, self.width, self.inner = around, lines, width, inner
        self.heights = self._heights()
        self.low = self.high = min(self.heights, default=0)
        while self.high + 1 in self.heights:
            self.high += 1
        self.full = self.high
        self.cost = inner.cost + WRAP_COST
        self.left, self.right = around.size, inner.right

    def _heights(self) -> dict[int, int]:
        """The height of the inner node for each height of the whole."""
        rest, fixed = self.inner.width, self.around.banner.height * self.around.banner.width + self.lines
        found: dict[int, int] = {}
        for high in range(self.inner.low, self.inner.high + 1):
            height = -(-(fixed + rest * high) // self.width)
            for taller in (height, height + 1):
                white = self.width * taller - fixed - rest * high
                if taller - high >= SHORTEST_LEG and -(-white // rest) <= SMALLEST_HOLE:
                    found.setdefault(taller + GAP, high)
        return found

    def lay(self, column: int, row: int, height: int) -> Iterator[Module]:
        high, across = self.heights[height], self.around.banner.width
        rest, height = self.width - across, height - GAP
        frames = (Rectangle(1, 1, across, height), Rectangle(across + 1, high + 1, rest, height - high))
        white = self.width * height - rest * high - self.around.banner.height * across - self.lines
        yield self.around._replace(frames=frames, hole=-(-white // rest)).moved(column - 1, row - 1)
        yield from self.inner.lay(column + across, row, high)


Table = dict[int, dict[int, list[Node]]]


@dataclass(frozen=True)
class Pieces:
    """What the search puts together: one list of nodes for each piece, by weight the heaviest first, then by
    rank; and how many fields a piece may stand in a row. `texts` are the stories that can flow round others,
    by their piece: the module at each headline width, and their lines.
    """

    nodes: Sequence[Sequence[Node]]
    items: Sequence[Item | None]
    texts: dict[int, tuple[dict[int, Module], int]]
    columns: int
    rows: int


def join_all(pieces: Pieces) -> Table:
    """Nodes for every set of pieces, sets as bits, by their width."""
    table: Table = {}
    count = sum(item is not None for item in pieces.items)
    keep = KEPT.get(max(count, min(KEPT)), FEWEST_KEPT)
    for chosen in sorted(range(1, 1 << len(pieces.nodes)), key=int.bit_count):
        whole = chosen == (1 << len(pieces.nodes)) - 1
        shelf = _Shelf(pieces.columns, pieces.rows, KEPT_WHOLE if whole else keep)
        if chosen.bit_count() == 1:
            for node in pieces.nodes[chosen.bit_length() - 1]:
                shelf.offer(node)
        else:
            _join(table, chosen, pieces, shelf, apart=whole)
        table[chosen] = shelf.best()
    return table


class _Shelf:
    """The best nodes of one set: of each width the cheapest for its heights and corners, and for how the set was
    parted, where that is said.
    """

    def __init__(self, columns: int, rows: int, keep: int) -> None:
        self.columns, self.rows, self.keep = columns, rows, keep
        self.parted = 0
        self._kept: dict[int, dict[tuple[int, int, float, float, int], Node]] = {}

    def offer(self, node: Node) -> None:
        """Keep the node if it is the cheapest of its kind."""
        if not 0 < node.low <= self.rows or node.low > node.high:
            return
        kept = self._kept.setdefault(node.width, {})
        key = (node.low, node.high, node.left, node.right, self.parted)
        standing = kept.get(key)
        if standing is None or node.cost < standing.cost:
            kept[key] = node

    def offer_stack(self, above: Node, below: Node) -> None:
        """Keep the two as a stack; made only where it would be kept, as most are not."""
        kept = self._kept.setdefault(above.width, {})
        key = (above.low + below.low, above.high + below.high, above.left, above.right, self.parted)
        standing = kept.get(key)
        if standing is None or above.cost + below.cost < standing.cost:
            kept[key] = Stack(above, below)

    def best(self) -> dict[int, list[Node]]:
        return {width: heapq.nsmallest(self.keep, kept.values(), key=_rank) for width, kept in self._kept.items()}


def _rank(node: Node) -> float:
    """Cheap nodes first, and among them those that stand in many heights."""
    return node.cost - 0.12 * min(node.high - node.low, 20)


_Nodes = dict[int, list[Node]]


def _join(table: Table, chosen: int, pieces: Pieces, shelf: _Shelf, *, apart: bool) -> None:
    """All joins of two parts of a set; the part with its heaviest piece lies above or at the left. `apart`: keep
    those of other parts beside one another.
    """
    heaviest = chosen & -chosen
    rest = part = chosen ^ heaviest
    number = heaviest.bit_length() - 1
    while part:
        one, other = table[chosen ^ part], table[part]
        shelf.parted = part if apart else 0
        _stack(one, other, shelf)
        _set_abreast(one, other, shelf)
        if _may_turn(pieces, heaviest):
            _stack(other, one, shelf)
            _set_abreast(other, one, shelf)
        if part == rest and number in pieces.texts:
            _wrap(*pieces.texts[number], other, shelf)
        part = (part - 1) & rest


def _may_turn(pieces: Pieces, chosen: int) -> bool:
    """Whether a part may also lie below or at the right: neither a corner nor the lead may."""
    item = pieces.items[(chosen & -chosen).bit_length() - 1]
    return item is not None and item.weight != Weight.LEAD


def _stack(upper: _Nodes, lower: _Nodes, shelf: _Shelf) -> None:
    for width, nodes in upper.items():
        for below in lower.get(width, ()):
            most = shelf.rows - below.low
            for above in nodes:
                if above.low <= most:
                    shelf.offer_stack(above, below)


def _set_abreast(one: _Nodes, other: _Nodes, shelf: _Shelf) -> None:
    for width, firsts in one.items():
        for rest, seconds in other.items():
            if width + rest > shelf.columns:
                continue
            for first in firsts:
                low, high, right = first.low, first.high, first.right
                for second in seconds:
                    if low <= second.high and second.low <= high and not alike(right, second.left):
                        shelf.offer(Row(first, second))


def alike(one: float, other: float) -> bool:
    """Whether two headlines abreast would be a tombstone; 0 is no headline."""
    return bool(one and other) and max(one, other) < ALIKE * min(one, other)


def _wrap(around: dict[int, Module], lines: int, inner: _Nodes, shelf: _Shelf) -> None:
    """The story flows round each of the nodes, its headline over at least as many columns as they have."""
    for across, module in around.items():
        for rest, nodes in inner.items():
            if rest > across or across + rest > shelf.columns:
                continue
            for node in nodes:
                if not alike(module.size, node.left):
                    shelf.offer(Wrap(module, lines, across + rest, node))
