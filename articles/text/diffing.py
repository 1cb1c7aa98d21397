"""What changed between two texts, as a reader of copy wants it: paragraphs first, moved ones among them, then
clauses, then characters inside the clauses that changed. Pure.

A comparison of two paragraphs costs the product of their lengths, so it goes into what differs only, and only
while a budget lasts; beyond it the rest counts as replaced as a whole. A story of 20,000 characters takes
milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum, auto
from itertools import groupby, pairwise

from articles.text.matching import match, moved, shared_beginning

# Pairs of items compared in one call of `compare`: about a second at the very worst.
BUDGET = 8_000_000
# An unchanged stretch so long is folded between the first and the last line of it.
LONG_STRETCH = 5
_CLAUSE = re.compile(r"[^。！？；，、：,.!?;:\s]*[。！？；，、：,.!?;:\s]*")

Lines = Mapping[str, Sequence[str]]
Run = tuple[bool, Sequence[str], Sequence[str]]


class Kind(StrEnum):
    """What became of a piece or a line; only a line is CHANGED or MOVED."""

    SAME = auto()
    ADDED = auto()
    REMOVED = auto()
    CHANGED = auto()
    MOVED = auto()


@dataclass(frozen=True)
class Piece:
    """A run of characters inside a line."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Line:
    """A paragraph, or the one line of a short field, in its pieces; of a moved one, which it was, from 1."""

    kind: Kind
    pieces: tuple[Piece, ...]
    moved_from: int = 0


@dataclass(frozen=True)
class Stretch:
    """Lines that are shown together, or unchanged ones that are folded away."""

    lines: tuple[Line, ...]
    is_folded: bool


@dataclass(frozen=True)
class Difference:
    """A field that changed, with all its lines in order, unchanged ones among them."""

    field: str
    lines: tuple[Line, ...]

    @property
    def stretches(self) -> list[Stretch]:
        """The lines with long unchanged stretches apart, but for a line of them beside each change."""
        found: list[Stretch] = []
        for same, group in groupby(self.lines, key=lambda line: line.kind == Kind.SAME):
            lines = tuple(group)
            if same and len(lines) >= LONG_STRETCH:
                first = 1 if found else 0
                last = len(lines) if lines[-1] is self.lines[-1] else len(lines) - 1
                found += [Stretch(lines[:first], is_folded=False), Stretch(lines[first:last], is_folded=True)]
                lines = lines[last:]
            found.append(Stretch(lines, is_folded=False))
        return [stretch for stretch in found if stretch.lines]


def compare(old: Lines, new: Lines) -> list[Difference]:
    """The fields in which `new` differs from `old`, in the order of `new`, then those that `new` lacks."""
    comparison = _Comparison()
    fields = dict.fromkeys([*new, *old])
    return [
        Difference(field, tuple(comparison.lines(old.get(field, ()), new.get(field, ()))))
        for field in fields
        if list(old.get(field, ())) != list(new.get(field, ()))
    ]


class _Comparison:
    """One call of `compare`, with what is left of its budget."""

    def __init__(self) -> None:
        self._budget = BUDGET

    def lines(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
        """The lines of `new` in order, each change in its place, and what went where it stood."""
        places = match(old, new)
        away = moved(places)
        in_order = [(place, here) for here, place in enumerate(places) if place is not None and here not in away]
        gone = set(range(len(old))) - set(places)
        for (place, here), (next_place, next_here) in pairwise([(-1, -1), *in_order, (len(old), len(new))]):
            if place >= 0:
                yield self._line(old[place], new[here])
            yield from (_whole(Kind.REMOVED, old[p]) for p in range(place + 1, next_place) if p in gone)
            yield from (self._came(old, new[n], places[n]) for n in range(here + 1, next_here))

    def _came(self, old: Sequence[str], text: str, place: int | None) -> Line:
        """A line that was not here before: new, or moved from elsewhere."""
        if place is None:
            return _whole(Kind.ADDED, text)
        return Line(Kind.MOVED, self._line(old[place], text).pieces, moved_from=place + 1)

    def _line(self, old: str, new: str) -> Line:
        if old == new:
            return _whole(Kind.SAME, new)
        return Line(Kind.CHANGED, _joined(self._clauses(old, new)))

    def _clauses(self, old: str, new: str) -> Iterator[Piece]:
        for same, before, after in self._runs(_split(old), _split(new)):
            if same:
                yield Piece(Kind.SAME, "".join(after))
            else:
                yield from self._characters("".join(before), "".join(after))

    def _characters(self, old: str, new: str) -> Iterator[Piece]:
        for same, before, after in self._runs(old, new):
            if same:
                yield Piece(Kind.SAME, "".join(after))
            else:
                yield from (Piece(Kind.REMOVED, "".join(before)), Piece(Kind.ADDED, "".join(after)))

    def _runs(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
        """`old` and `new` cut into runs that are the same and runs that are not, in order."""
        start = shared_beginning(old, new)
        end = shared_beginning(old[start:][::-1], new[start:][::-1])
        yield True, old[:start], new[:start]
        yield from self._middle(old[start : len(old) - end], new[start : len(new) - end])
        yield True, old[len(old) - end :], new[len(new) - end :]

    def _middle(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
        cost = len(old) * len(new)
        if cost > self._budget:
            yield False, old, new
            return
        self._budget -= cost
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield tag == "equal", old[i1:i2], new[j1:j2]


def _whole(kind: Kind, text: str) -> Line:
    return Line(kind, (Piece(kind, text),))


def _split(text: str) -> list[str]:
    """The clauses of a paragraph, each with the marks that end it."""
    return [clause for clause in _CLAUSE.findall(text) if clause]


def _joined(pieces: Iterator[Piece]) -> tuple[Piece, ...]:
    """The pieces without empty ones, neighbours of one kind made one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)
