"""Where a passage is after the text around it has changed: paragraphs first, then characters inside them. Pure.

A place is a block's index among the blocks of a text and a range in that block, in characters (code points).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from articles.text.matching import match, shared_beginning

# Pairs of characters compared in one paragraph: beyond it what differs counts as replaced as a whole.
BUDGET = 4_000_000
# So many characters or more are looked for wherever they went; fewer only where they stand once.
_TELLING = 4

Opcode = tuple[str, int, int, int, int]


class Place(NamedTuple):
    """A range in a block; `gone` where the words that stood there do not stand in the text any more."""

    block: int
    start: int
    end: int
    gone: bool = False


def follow(places: Sequence[Place], old: Sequence[str], new: Sequence[str]) -> list[Place]:
    """Where `places` in the blocks `old` are in the blocks `new`, in the same order.

    A paragraph that moved is followed, and so are words that went into another paragraph. What is wholly gone
    keeps the nearest place and is said to be gone; what was gone stays so.
    """
    if not new:
        return [Place(0, 0, 0, gone=True) for _place in places]
    pairs = {was: now for now, was in enumerate(match(old, new)) if was is not None}
    return [_followed(place, old, new, pairs) for place in places]


def find(words: str, blocks: Sequence[str], near: int = 0) -> Place | None:
    """Where `words` stand in `blocks`, nearest to the block `near`; None where they do not, and where they are
    too few to tell one place from another.
    """
    found = list(_occurrences(words, blocks)) if words else []
    if not found or (len(found) > 1 and len(words) < _TELLING):
        return None
    return min(found, key=lambda place: abs(place.block - near))


def _occurrences(words: str, blocks: Sequence[str]) -> Iterator[Place]:
    for number, text in enumerate(blocks):
        start = text.find(words)
        while start >= 0:
            yield Place(number, start, start + len(words))
            start = text.find(words, start + 1)


def _followed(place: Place, old: Sequence[str], new: Sequence[str], pairs: dict[int, int]) -> Place:
    if place.block in pairs:
        number = pairs[place.block]
        moved = _within(place, old[place.block], new[number])._replace(block=number)
    else:
        moved = _beside(place.block, new, pairs)
    if moved.gone and not place.gone:
        return find(old[place.block][place.start : place.end], new, moved.block) or moved
    return moved


def _beside(block: int, new: Sequence[str], pairs: dict[int, int]) -> Place:
    """Where a paragraph that is gone stood: at the end of the one before it, else at the beginning."""
    before = max((number for number in pairs if number < block), default=None)
    if before is None:
        return Place(0, 0, 0, gone=True)
    end = len(new[pairs[before]])
    return Place(pairs[before], end, end, gone=True)


# -- characters


def _within(place: Place, old: str, new: str) -> Place:
    """The range of `place` in what its paragraph became; the block is left to the caller."""
    codes = list(_opcodes(old, new))
    start, end = _edge(codes, place.start, left=True), _edge(codes, place.end, left=False)
    kept = any(tag == "equal" and max(i1, place.start) < min(i2, place.end) for tag, i1, i2, _j1, _j2 in codes)
    return Place(place.block, start, max(start, end), gone=place.gone or not kept)


def _edge(codes: Sequence[Opcode], at: int, *, left: bool) -> int:
    """Where the left or right edge of a range goes; what came in beside the range does not belong to it."""
    for tag, i1, i2, j1, j2 in codes:
        if (i1 <= at < i2) if left else (i1 < at <= i2):
            if tag == "equal":
                return j1 + at - i1
            if left:
                return j1 if i1 >= at else j2
            return j2 if i2 <= at else j1
    return codes[-1][4] if left and codes else 0


def _opcodes(old: str, new: str) -> Iterator[Opcode]:
    """What became of `old`, in runs; what both have in common at their ends is not compared."""
    start = shared_beginning(old, new)
    end = shared_beginning(old[start:][::-1], new[start:][::-1])
    if start:
        yield "equal", 0, start, 0, start
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    if len(inner_old) * len(inner_new) > BUDGET:
        yield "replace", start, start + len(inner_old), start, start + len(inner_new)
    elif inner_old or inner_new:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, inner_old, inner_new, autojunk=False).get_opcodes():
            yield tag, i1 + start, i2 + start, j1 + start, j2 + start
    if end:
        yield "equal", len(old) - end, len(old), len(new) - end, len(new)
