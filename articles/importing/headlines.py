"""Which headline belongs to which story.

On a page's extracted text the headlines stand before or after their bodies, or together in a clump in another
order. A headline repeats words of its story, so they are paired one to one by the pairs of characters that
they share, rare pairs counting more, and by position where they share none. A story may have no headline.
"""

import math
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.importing.lines import squeeze

# Likeness is in logarithms of rarity, divided by the root of the headline's length. Below the first number
# (about one rare pair in a short headline) a likeness is chance. Nearness counts for about one more pair.
_LIKELY = 0.9
_NEAR = 0.6
_FADE = 0.1
# Pairs found in more bodies than this tell nothing, and cost time.
_COMMON = 20
# How many bodies above and below a headline may be its own when it shares no words with any.
_REACH = 8


@dataclass(frozen=True)
class Candidate:
    """A headline, or a line of one.

    `slot` is the number of stories that began above it. `tied` says that nothing, not even a blank line,
    stands between it and the candidate before.
    """

    text: str
    slot: int
    tied: bool


def pair(candidates: Sequence[Candidate], bodies: Sequence[str | None]) -> list[tuple[int, ...]]:
    """For each body the indices of its headline's candidates, in page order; () where it has none.

    A body that is None takes no headline. Each candidate is given to one body at most.
    """
    pairing = _Pairing(candidates)
    for _, index, body in _by_likeness(candidates, bodies):
        pairing.give(index, body)
    pairing.tie_left_over()
    free = [body for body, text in enumerate(bodies) if text is not None]
    for _, index, body in _by_distance(candidates, free, pairing.usual_place()):
        pairing.give(index, body)
    return [tuple(sorted(pairing.groups[body])) for body in range(len(bodies))]


class _Pairing:
    """The candidates given so far. A body's candidates are neighbours that are tied to each other."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = candidates
        self.groups: dict[int, list[int]] = defaultdict(list)
        self.given: dict[int, int] = {}

    def give(self, index: int, body: int) -> None:
        """Give the candidate to the body if neither is taken, or if it continues the body's headline."""
        if index in self.given:
            return
        if not self.groups[body] or body in self._tied_bodies(index):
            self.groups[body].append(index)
            self.given[index] = body

    def tie_left_over(self) -> None:
        """Give each candidate left over to a headline it is tied to, the one below before the one above.

        What shares no words with any story is most often a kicker (引题), which stands above its headline.
        """
        for index in range(len(self.candidates) - 1, -1, -1):
            for body in self._tied_bodies(index)[:1]:
                self.give(index, body)

    def usual_place(self) -> int:
        """Where a headline's body stands on this page, counted from its slot: -1 just above, 0 just below."""
        above = sum(body < self.candidates[index].slot for index, body in self.given.items())
        return -1 if 2 * above >= len(self.given) else 0

    def _tied_bodies(self, index: int) -> list[int]:
        below, above = index + 1, index - 1
        tied = []
        if below < len(self.candidates) and self.candidates[below].tied:
            tied.append(below)
        if self.candidates[index].tied:
            tied.append(above)
        return [self.given[neighbour] for neighbour in tied if neighbour in self.given]


def _by_distance(candidates: Sequence[Candidate], bodies: Sequence[int], usual: int) -> list[tuple[int, int, int]]:
    """(distance, candidate, body), nearest first, for bodies near where a candidate's own usually is."""
    rows: list[tuple[int, int, int]] = []
    for index, candidate in enumerate(candidates):
        expected = candidate.slot + usual
        middle = bisect(bodies, expected)
        nearest = bodies[max(0, middle - _REACH) : middle + _REACH]
        rows += [(abs(body - expected), index, body) for body in nearest]
    return sorted(rows)


def _by_likeness(candidates: Sequence[Candidate], bodies: Sequence[str | None]) -> list[tuple[float, int, int]]:
    """All pairs that share characters, as (likeness, candidate, body), the best first."""
    where = _places_of_pairs(bodies)
    rows: list[tuple[float, int, int]] = []
    for index, candidate in enumerate(candidates):
        for body, likeness in _likenesses(candidate, where, len(bodies)).items():
            rows.append((likeness, index, body))
    return sorted(rows, key=lambda row: (-row[0], row[1], row[2]))


def _places_of_pairs(bodies: Sequence[str | None]) -> dict[str, set[int]]:
    where: dict[str, set[int]] = defaultdict(set)
    for index, body in enumerate(bodies):
        for glyphs in _pairs(body or ""):
            where[glyphs].add(index)
    return where


def _likenesses(candidate: Candidate, where: dict[str, set[int]], total: int) -> dict[int, float]:
    """How like the candidate each body is that shares its rarer pairs, and, a little, how near."""
    found: dict[int, float] = defaultdict(float)
    pairs = set(_pairs(candidate.text))
    for bodies in (where.get(glyphs, set()) for glyphs in pairs):
        for body in bodies if len(bodies) <= _COMMON else ():
            found[body] += math.log((total + 1) / len(bodies)) / math.sqrt(len(pairs))
    likely = {body: likeness for body, likeness in found.items() if likeness > _LIKELY}
    return {body: likeness + _nearness(candidate, body) for body, likeness in likely.items()}


def _nearness(candidate: Candidate, body: int) -> float:
    """A little for the story above the candidate and for the one below, less for those farther away."""
    distance = abs(body - candidate.slot + 0.5) - 0.5
    return max(0.0, _NEAR - _FADE * distance)


def _pairs(text: str) -> Iterator[str]:
    squeezed = squeeze(text)
    return (a + b for a, b in pairwise(squeezed) if a.isalnum() and b.isalnum())
