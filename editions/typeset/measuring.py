"""How wide text is: unit by unit, with what marks give up and what is set between Chinese and Latin. In em."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from editions.typeset import marks
from editions.typeset.fonts import BOLD, Fonts

_MOSTLY_LATIN = 0.5
# What quotation marks are to a line where they fill no square: no more than any other sign of Latin text.
_NARROW = {"“": '"', "”": '"', "‘": "'", "’": "'"}
_QUOTES = re.compile("[“”‘’]")

Runs = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Setting:
    """Text as it is measured: every unit (a character with what clings to it), its width, and the gap after it.

    `starts` are the units' places in `text`; `characters` the first character of each. `gaps` are positive
    between Chinese and Latin and negative where two marks share the space of one.
    """

    text: str
    starts: tuple[int, ...]
    characters: tuple[str, ...]
    widths: tuple[float, ...]
    gaps: tuple[float, ...]

    @property
    def count(self) -> int:
        return len(self.widths)

    @cached_property
    def sums(self) -> list[float]:
        """Where each unit begins, were the text one line; the end of the last one stands last."""
        return _sums(width + gap for width, gap in zip(self.widths, self.gaps, strict=True))

    @cached_property
    def gives(self) -> list[float]:
        """What the units before each can give up when a line is set tight: half a mark, a third of a space,
        half the space beside Latin.
        """
        own = (_give(c, w) + g for c, w, g in zip(self.characters, self.widths, self._gap_gives, strict=True))
        return _sums(own)

    @cached_property
    def stretches(self) -> list[float]:
        """Behind how many of the units before each space can be added when a line is set loose."""
        return _sums(map(_stretches, self.characters))

    @cached_property
    def _gap_gives(self) -> tuple[float, ...]:
        return tuple(gap / 2 if gap > 0 else gap for gap in self.gaps)

    @cached_property
    def trims_first(self) -> tuple[float, ...]:
        """What each unit loses as the first of a line."""
        return tuple(0.5 if character in marks.OPENING else 0.0 for character in self.characters)

    @cached_property
    def trims_last(self) -> tuple[float, ...]:
        """What each unit loses as the last of a line."""
        return tuple(0.5 if character in marks.CLOSING else 0.0 for character in self.characters)

    def width(self, start: int, end: int) -> float:
        """The natural width of a line of the units from `start` up to `end`."""
        if end <= start:
            return 0.0
        inner = self.sums[end] - self.sums[start] - self.gaps[end - 1]
        return inner - self.trims_first[start] - self.trims_last[end - 1]

    def give(self, start: int, end: int) -> float:
        """What a line of these units can give up at most."""
        inner = self.gives[end] - self.gives[start] - self._gap_gives[end - 1]
        return max(inner - self.trims_first[start] - self.trims_last[end - 1], 0.0)

    def stretch(self, start: int, end: int) -> float:
        """Between how many of these units space can be added: not behind the last."""
        return self.stretches[end - 1] - self.stretches[start]


def measure(text: str, face: str, fonts: Fonts, *, latin: bool | None = None, bold: Runs = ()) -> Setting:
    """The text as it is set in `face`, with bold runs (start, end) in it. `latin`: set as English is; where
    that is not said, the text itself tells.
    """
    latin = is_mostly_latin(text) if latin is None else latin
    narrow = set(narrow_quotes(text, latin=latin))
    faces = _faces(face, bold)
    starts = tuple(place for place, character in enumerate(text) if not place or not marks.clings(character))
    characters = tuple(_NARROW[text[place]] if place in narrow else text[place] for place in starts)
    widths = tuple(_width(text[place], faces(place), fonts, latin, place in narrow) for place in starts)
    gaps = tuple(marks.space_between(a, b) - marks.squeeze(a, b) for a, b in pairwise(characters))
    return Setting(text, starts, characters, widths, (*gaps, 0.0) if starts else ())


def is_mostly_latin(text: str) -> bool:
    """Whether the text is English rather than Chinese with English in it."""
    letters = sum(map(marks.is_letter, text))
    return letters > _MOSTLY_LATIN * max(len(text.replace(" ", "")), 1)


def narrow_quotes(text: str, *, latin: bool) -> Iterator[int]:
    """Where quotation marks stand that fill no square: all in English; in Chinese the apostrophe of a Latin word."""
    for match in _QUOTES.finditer(text):
        place = match.start()
        around = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
        if latin or (match[0] == "’" and all(letter and marks.is_letter(letter) for letter in around)):
            yield place


def _faces(face: str, bold: Runs) -> Callable[[int], str]:
    """The face of the character at a place."""
    stressed = BOLD.get(face, face)
    return lambda place: stressed if any(start <= place < end for start, end in bold) else face


def _width(character: str, face: str, fonts: Fonts, latin: bool, narrow: bool) -> float:
    if narrow:
        return fonts.narrow_width(face, character)
    # Among Chinese a dash fills its square, in English it is as wide as the font has it.
    return 1.0 if character == "—" and not latin else fonts.width(face, character)


def _sums(values: Iterable[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))


def _give(character: str, width: float) -> float:
    if character == " ":
        return width / 3
    return 0.5 if character in marks.CLOSING or character in marks.OPENING else 0.0


def _stretches(character: str) -> float:
    stretches = character == " " or marks.is_cjk(character) or character in marks.CLOSING or character in marks.OPENING
    return 1.0 if stretches else 0.0
