"""Breaking a paragraph into lines, as Chinese is set and as English is. Pure but for the fonts' widths.

Of all ways to break a paragraph the one is taken whose lines are set least loose or tight altogether: so a
last line of one or two characters (孤字) is avoided, and a mark is pushed in or out with the least harm. The
engine then draws exactly these lines. All widths here are in em of the type size.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

import pyphen

from editions.typeset import marks
from editions.typeset.fonts import BOLD, Fonts
from editions.typeset.measuring import Setting, is_mostly_latin, measure

# A last line shorter than this many characters looks like a mistake and costs as much as many loose lines.
_SHORTEST_LAST_LINE = 3
_ORPHAN_COST, _HYPHEN_COST, _TORN_COST, _LINE_COST = 60.0, 3.0, 200.0, 0.4
# How loose a line is before it costs one, in em between two characters; how tight, of all it can give up.
_LOOSE, _TIGHT, _TIGHTEST = 0.1, 0.5, 0.8
# The engine and this model may differ by a hair; a line this near to full is full.
_HAIR = 0.02
# In English kerning adds up to more: so much is kept in hand, in em a line.
_UNSURE = 0.12
# Lines shorter than the column by more than this are looked at only where there is no other; in em.
_LOOK_BACK = 2.6
_SHORTEST_HYPHENATED = 6


class Line(NamedTuple):
    """One line of a paragraph: characters `start` to `end` of its text. `hyphen`: one is set at its end."""

    start: int
    end: int
    hyphen: bool = False


class _Break(NamedTuple):
    """Where a line can end: behind its last unit, where the next line begins, and what ending it here costs."""

    end: int
    next: int
    cost: float = 0.0
    hyphen: bool = False


@lru_cache(maxsize=4096)
def break_lines(
    text: str,
    face: str,
    width: float,
    indent: float,
    fonts: Fonts,
    *,
    latin: bool | None = None,
    bold: tuple[tuple[int, int], ...] = (),
) -> tuple[Line, ...]:
    """The lines of a paragraph set in `face`, `width` em wide, the first one indented by `indent` em; `bold`
    are its bold runs (start, end). `latin`: broken as English is; where that is not said, the text itself tells.
    """
    latin = is_mostly_latin(text) if latin is None else latin
    setting = measure(text, face, fonts, latin=latin, bold=bold)
    if not setting.count:
        return ()
    hyphen = max(fonts.width(name, "-") for name in (face, BOLD.get(face, face)))
    return _Breaker(setting, width, indent, hyphen, latin=latin).lines()


def texts_of(text: str, lines: Sequence[Line]) -> list[str]:
    """The words of each line as they are drawn, a hyphen where one is set."""
    return [text[line.start : line.end] + ("-" if line.hyphen else "") for line in lines]


def is_too_short(words: str) -> bool:
    """Whether a paragraph's last line of these words looks like a mistake: one or two characters, marks apart."""
    return sum(not marks.is_mark(character) for character in words) < _SHORTEST_LAST_LINE


class _Breaker:
    """One paragraph being broken: the cheapest way from its first unit through breaks to its last."""

    def __init__(self, setting: Setting, width: float, indent: float, hyphen: float, *, latin: bool) -> None:
        self.setting, self.full, self.indent, self.hyphen = setting, width, indent, hyphen
        self.unsure = _UNSURE if latin else -_HAIR
        self.breaks = _breaks(setting, width - indent, latin=latin)
        self.ends = [setting.sums[found.end] for found in self.breaks]

    def lines(self) -> tuple[Line, ...]:
        # `reached[n]` is the cheapest way to begin a line behind break n - 1: (its cost, where its last line began).
        reached: list[tuple[float, int]] = [(0.0, 0)] + [(inf, 0)] * len(self.breaks)
        for place in range(len(self.breaks)):
            so_far = reached[place][0]
            if so_far < inf:
                for behind, cost in self._ways_on(place):
                    if so_far + cost < reached[behind][0]:
                        reached[behind] = (so_far + cost, place)
        return tuple(reversed(list(self._back(reached))))

    def _back(self, reached: list[tuple[float, int]]) -> Iterator[Line]:
        place = len(self.breaks)
        while place:
            found, before = self.breaks[place - 1], reached[place][1]
            yield Line(self._offset(self._begin(before)), self._offset(found.end), found.hyphen)
            place = before

    def _begin(self, place: int) -> int:
        return self.breaks[place - 1].next if place else 0

    def _offset(self, unit: int) -> int:
        starts = self.setting.starts
        return starts[unit] if unit < len(starts) else len(self.setting.text)

    def _ways_on(self, place: int) -> list[tuple[int, float]]:
        """Where a line that begins behind break `place` - 1 can end, each with its cost; never none."""
        start = self._begin(place)
        room = self.full - (self.indent if start == 0 else 0.0)
        origin = self.setting.sums[start]
        # Nothing much beyond a full line can be squeezed into it, and nothing much short of it looks well.
        low = max(bisect_left(self.ends, origin + room - _LOOK_BACK), place)
        high = bisect_right(self.ends, origin + room + 4)
        ways = [(number + 1, self._cost(start, self.breaks[number], room)) for number in range(low, high)]
        possible = [way for way in ways if way[1] < inf]
        return possible or self._loose_way(place, low, start, room)

    def _loose_way(self, place: int, low: int, start: int, room: float) -> list[tuple[int, float]]:
        """The longest line short of the column; where even the first is too long, that one all the same."""
        number = max(low - 1, place)
        cost = self._cost(start, self.breaks[number], room)
        return [(number + 1, cost if cost < inf else _TORN_COST)]

    def _cost(self, start: int, found: _Break, room: float) -> float:
        setting = self.setting
        slack = room - setting.width(start, found.end) - (self.hyphen if found.hyphen else 0.0)
        if found.next == setting.count:
            alone = start > 0 and is_too_short("".join(setting.characters[start : found.end]))
            return inf if slack < -_HAIR / 2 else _LINE_COST + (_ORPHAN_COST if alone else 0.0)
        if slack >= self.unsure:
            loose = max(slack, 0.0) / max(setting.stretch(start, found.end), 1.0) / _LOOSE
            return _LINE_COST + found.cost + loose * loose
        give = setting.give(start, found.end)
        tight = (max(self.unsure, 0.0) - slack) / give if give else inf
        return _LINE_COST + found.cost + (tight / _TIGHT) ** 2 if tight <= _TIGHTEST else inf


def _breaks(setting: Setting, narrowest: float, *, latin: bool) -> list[_Break]:
    """Every place at which a line can end, in order, the end of the paragraph last.

    A word wider than the `narrowest` line can be torn anywhere: it has to go somewhere.
    """
    found: list[_Break] = []
    before = 0
    for proper in _proper_breaks(setting, latin=latin):
        if setting.sums[proper.end] - setting.sums[before] > narrowest:
            found += [_Break(unit, unit, _TORN_COST) for unit in range(before + 1, proper.end)]
        found.append(proper)
        before = proper.next
    return found


def _proper_breaks(setting: Setting, *, latin: bool) -> Iterator[_Break]:
    # In Chinese text words stay whole.
    hyphens = _hyphens(setting) if latin else set()
    characters = setting.characters
    end = 1
    for place in range(1, setting.count):
        before, after = characters[place - 1], characters[place]
        # The spaces at a line's end drop out; `end` is behind the last that is none.
        end = end if before == " " else place
        if marks.may_part(before, after, behind_space=characters[end - 1]):
            yield _Break(end, place)
        elif place in hyphens:
            yield _Break(place, place, _HYPHEN_COST, hyphen=True)
    yield _Break(setting.count, setting.count)


def _hyphens(setting: Setting) -> set[int]:
    """Where an English word can be parted with a hyphen."""
    found: set[int] = set()
    place = 0
    while place < setting.count:
        end = place
        while end < setting.count and setting.characters[end].isalpha() and setting.characters[end].isascii():
            end += 1
        if end - place >= _SHORTEST_HYPHENATED:
            word = "".join(setting.characters[place:end])
            found |= {place + position for position in _english().positions(word)}
        place = max(end, place + 1)
    return found


@lru_cache(maxsize=1)
def _english() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=3, right=3)
