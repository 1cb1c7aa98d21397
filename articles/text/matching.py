"""Which item of one sequence is which of another: unchanged, changed, or moved. Pure.

What two sequences have in common is found by equality first, then by likeness between the same neighbours, last
by likeness anywhere. Nothing here compares every item with every other: the cost grows with the length of the
texts, so that a story of a thousand paragraphs is matched in milliseconds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

# Two paragraphs less alike than this are one taken out and another put in, not one changed.
ALIKE = 0.5
# How many items further on, between the same neighbours, a changed one is looked for.
_REACH = 6
# What is compared of a paragraph that may have moved: every run of so many characters.
_SHINGLE = 4
# A run of characters that so many paragraphs share says nothing about any of them.
_COMMON = 8

Places = list[int | None]


def match(old: Sequence[str], new: Sequence[str]) -> Places:
    """For each item of `new` the place in `old` of the item that it is; None for one that came.

    Each item of `old` is matched once at the most.
    """
    matching = _Matching(old, new, str)
    matching.match_equal()
    matching.match_changed()
    matching.match_changed_and_moved()
    return matching.places


def match_or_replace(old: Sequence[str], new: Sequence[str], said: Callable[[str], str]) -> Places:
    """As `match`, and what stands instead of something between the same neighbours is that, rewritten.

    `said` gives the words by which two items that are not equal are found alike.
    """
    matching = _Matching(old, new, said)
    matching.match_equal()
    matching.match_changed()
    matching.match_changed_and_moved()
    matching.match_replaced()
    return matching.places


def moved(places: Sequence[int | None]) -> set[int]:
    """Which of the matched items of the new sequence changed their order: all but the longest run in order."""
    # Of the runs of each length the one that ends lowest: its last place, where that is, what went before.
    ends: list[int] = []
    kept: list[int] = []
    before: dict[int, int | None] = {}
    for here, place in enumerate(places):
        if place is None:
            continue
        at = bisect_left(ends, place)
        ends[at : at + 1], kept[at : at + 1] = [place], [here]
        before[here] = kept[at - 1] if at else None
    in_order = set(_chain(kept[-1], before)) if kept else set()
    return {here for here, place in enumerate(places) if place is not None and here not in in_order}


def shared_beginning(old: Sequence[str], new: Sequence[str]) -> int:
    """How many items, or characters of two texts, the two have in common at their beginning."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _chain(last: int | None, before: dict[int, int | None]) -> Iterator[int]:
    while last is not None:
        yield last
        last = before[last]


class _Matching:
    """One call of `match`: what is matched so far, and what is not."""

    def __init__(self, old: Sequence[str], new: Sequence[str], said: Callable[[str], str]) -> None:
        self.old, self.new, self._said = old, new, said
        self.places: Places = [None] * len(new)
        self._taken = [False] * len(old)

    def match_equal(self) -> None:
        """What stands once in each, and whatever equal stands beside it; then equals in their order."""
        self._extend(-1, -1, 1)
        self._extend(len(self.old), len(self.new), -1)
        for place, here in self._once_in_each():
            if self._take(place, here):
                self._extend(place, here, 1)
                self._extend(place, here, -1)
        waiting: dict[str, deque[int]] = defaultdict(deque)
        for place in self._left_of_old():
            waiting[self.old[place]].append(place)
        for here in self._left_of_new():
            if waiting[self.new[here]]:
                self._take(waiting[self.new[here]].popleft(), here)

    def match_changed(self) -> None:
        """Between neighbours that stand: each old item with the next new one that is like it."""
        for (place, here), (next_place, next_here) in pairwise(self._in_order()):
            at = here + 1
            for candidate in (p for p in range(place + 1, next_place) if not self._taken[p]):
                free = [n for n in range(at, min(at + _REACH, next_here)) if self.places[n] is None]
                words = self._said(self.old[candidate])
                found = next((n for n in free if _alike(words, self._said(self.new[n]))), None)
                if found is not None:
                    self._take(candidate, found)
                    at = found + 1

    def match_changed_and_moved(self) -> None:
        """Anywhere: what shares half of its runs of characters with one that went."""
        went = {place: _shingles(self._said(self.old[place])) for place in self._left_of_old()}
        where: dict[str, list[int]] = defaultdict(list)
        for place, shingles in went.items():
            for shingle in shingles:
                where[shingle].append(place)
        for here in self._left_of_new():
            shingles = _shingles(self._said(self.new[here]))
            shared = Counter(place for s in shingles if len(where.get(s, ())) <= _COMMON for place in where.get(s, ()))
            for place, count in shared.most_common(_REACH):
                if count >= ALIKE * max(len(shingles), len(went[place])) and self._take(place, here):
                    break

    def match_replaced(self) -> None:
        """Between neighbours that stand, one for one, where as many went as came."""
        for (place, here), (next_place, next_here) in pairwise(self._in_order()):
            went = [p for p in range(place + 1, next_place) if not self._taken[p]]
            came = [n for n in range(here + 1, next_here) if self.places[n] is None]
            if len(went) == len(came):
                for pair in zip(went, came, strict=True):
                    self._take(*pair)

    def _take(self, place: int, here: int) -> bool:
        if self._taken[place] or self.places[here] is not None:
            return False
        self.places[here], self._taken[place] = place, True
        return True

    def _extend(self, place: int, here: int, step: int) -> None:
        """Go on from a pair as long as what stands beside it is equal too."""
        place, here = place + step, here + step
        while 0 <= place < len(self.old) and 0 <= here < len(self.new) and self.old[place] == self.new[here]:
            if not self._take(place, here):
                return
            place, here = place + step, here + step

    def _once_in_each(self) -> Iterator[tuple[int, int]]:
        left_of_new = list(self._left_of_new())
        in_old, in_new = (
            Counter(self.old[place] for place in self._left_of_old()),
            Counter(self.new[here] for here in left_of_new),
        )
        place_of = {self.old[place]: place for place in self._left_of_old()}
        for here in left_of_new:
            text = self.new[here]
            if in_new[text] == 1 and in_old[text] == 1:
                yield place_of[text], here

    def _in_order(self) -> list[tuple[int, int]]:
        """The pairs that stand in order, with one before the beginning and one after the end."""
        away = moved(self.places)
        pairs = [(place, here) for here, place in enumerate(self.places) if place is not None and here not in away]
        return [(-1, -1), *pairs, (len(self.old), len(self.new))]

    def _left_of_old(self) -> Iterator[int]:
        return (place for place, taken in enumerate(self._taken) if not taken)

    def _left_of_new(self) -> Iterator[int]:
        return (here for here, place in enumerate(self.places) if place is None)


def _alike(old: str, new: str) -> bool:
    """Whether one is the other, changed: by the characters they share, which costs their length alone."""
    enough = ALIKE * (len(old) + len(new)) / 2
    return min(len(old), len(new)) >= enough and (Counter(old) & Counter(new)).total() >= enough


def _shingles(text: str) -> set[str]:
    return {text[start : start + _SHINGLE] for start in range(len(text) - _SHINGLE + 1)}
