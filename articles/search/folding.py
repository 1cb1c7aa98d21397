"""Texts made alike for searching: one form a character, however it is written. Pure.

A character is folded by itself (NFKC, small letters, the simplified form of a traditional character), so every
character of the folded text comes from a known place of the original, and what is found can be marked there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

_SPACES = re.compile(" {2,}")
# What nobody sees: format characters, lone surrogates.
_UNSEEN = {"Cf", "Cs"}
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_JAMO = range(0x1160, 0x1200)
# Nothing is folded to a control character.
_UNEVEN = "\x1f"


class Folded(NamedTuple):
    """A folded text; its character `i` stands for `original[starts[i]:ends[i]]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold(text: str) -> str:
    """`text` in the form in which it is looked for; a run of spaces is one space."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_TABLE))


def fold_with_places(text: str) -> Folded:
    """What `fold` makes of `text`, with the place of every character in it."""
    even = text.translate(_EVEN)
    if _UNEVEN not in even and "  " not in even and unicodedata.is_normalized("NFC", text):
        return Folded(even, range(len(text)), range(1, len(text) + 1))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, cluster in _clusters(text):
        folded = _SPACES.sub(" ", cluster.translate(_TABLE))
        if folded.startswith(" ") and pieces and pieces[-1].endswith(" "):
            folded = folded[1:]
        if folded:
            pieces.append(folded)
            starts += [start] * len(folded)
            ends += [end] * len(folded)
    return Folded("".join(pieces), starts, ends)


def _clusters(text: str) -> list[tuple[int, int, str]]:
    """`text` in the parts that are composed as one: a character with the marks that belong to it."""
    if unicodedata.is_normalized("NFC", text):
        return [(place, place + 1, character) for place, character in enumerate(text)]
    edges = [place for place, character in enumerate(text) if place == 0 or not _is_joined(character)]
    return [
        (start, end, unicodedata.normalize("NFC", text[start:end]))
        for start, end in zip(edges, [*edges[1:], len(text)], strict=True)
    ]


def _is_joined(character: str) -> bool:
    return unicodedata.combining(character) != 0 or ord(character) in _JAMO


class _Table(dict[int, str]):
    """What each character is folded to; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


class _EvenTable(dict[int, str]):
    """The same of the characters that become one, as nearly all do; `_UNEVEN` for any other."""

    def __missing__(self, code: int) -> str:
        self[code] = _TABLE[code] if len(_TABLE[code]) == 1 else _UNEVEN
        return self[code]


def _folded(character: str) -> str:
    if character.isspace() or unicodedata.category(character) == "Cc":
        return " "
    if unicodedata.category(character) in _UNSEEN or any(ord(character) in some for some in _VARIATION_SELECTORS):
        return ""
    small = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    return "".join(_simplified().get(one, one) for one in small)


@cache
def _simplified() -> dict[str, str]:
    lines = Path(__file__).with_name("simplified.txt").read_text(encoding="utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


_TABLE = _Table()
_EVEN = _EvenTable()
