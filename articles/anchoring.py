"""Where a passage is after the text around it has changed: paragraphs first, then characters inside them. Pure.

A place is a block's index among the blocks of a text and a range in that block, in characters (code points).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# Pairs of characters compared in one paragraph: beyond it what differs counts as replaced as a whole.
BUDGET = 4_000_000
# Two paragraphs that share fewer of their characters are one taken out and another put in.
ALIKE = 0.5
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
    pairs = _pairs(old, new, {place.block for place in places})
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


# -- paragraphs


def _pairs(old: Sequence[str], new: Sequence[str], asked: set[int]) -> dict[int, int]:
    """Which block of `new` each block of `old` became: in their order, then wherever it moved, then, of those
    that are `asked` for, changed: likeness costs a comparison with every block that is left.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    pairs = {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}
    taken = set(pairs.values())
    free = {number: text for number, text in enumerate(new) if number not in taken}
    by_text = {text: number for number, text in reversed(free.items())}
    for number, text in enumerate(old):
        if number not in pairs and text in by_text:
            pairs[number] = by_text.pop(text)
            del free[pairs[number]]
    for number in sorted(asked - pairs.keys()):
        alike = [n for n, text in free.items() if _are_alike(old[number], text)]
        if alike:
            pairs[number] = _most_alike(old[number], new, alike)
            del free[pairs[number]]
    return pairs


def _are_alike(old: str, new: str) -> bool:
    enough = ALIKE * (len(old) + len(new)) / 2
    return min(len(old), len(new)) >= enough and (Counter(old) & Counter(new)).total() >= enough


def _most_alike(old: str, new: Sequence[str], candidates: Sequence[int]) -> int:
    """The candidate that differs from `old` in the fewest characters."""
    return min(candidates, key=lambda n: len(new[n]) - 2 * (Counter(old) & Counter(new[n])).total())


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
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
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


def _shared(one: str, other: str) -> int:
    """How many characters the two have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
