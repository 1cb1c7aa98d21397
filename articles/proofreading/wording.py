"""The house's word list (用字用词表): words it does not print, and words it prints in one form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick


@dataclass(frozen=True)
class ListedWord:
    """One word of the list. `exceptions` are longer expressions in which it is right."""

    word: str
    is_forbidden: bool
    replacements: tuple[str, ...] = ()
    note: str = ""
    exceptions: tuple[str, ...] = ()


class Match(NamedTuple):
    """A listed word where it stands in a text."""

    start: int
    end: int
    listed: ListedWord


class WordList:
    """Finds every word of a list in one pass over the text (Aho-Corasick), whatever the length of the list."""

    def __init__(self, words: Iterable[ListedWord] = ()) -> None:
        self._automaton = ahocorasick.Automaton()
        for listed in words:
            self._automaton.add_word(listed.word, listed)
        self._automaton.make_automaton()

    def matches(self, text: str) -> Iterator[Match]:
        """The listed words in `text` from left to right, the longest where two begin together; none overlap."""
        if not len(self._automaton):
            return
        for last, listed in self._automaton.iter_long(text):
            start = last + 1 - len(listed.word)
            if not any(_covers(text, exception, start, last + 1, listed.word) for exception in listed.exceptions):
                yield Match(start, last + 1, listed)


def _covers(text: str, exception: str, start: int, end: int, word: str) -> bool:
    """Whether the word at `start` stands inside `exception` there."""
    offset = exception.find(word)
    while offset >= 0:
        if text.startswith(exception, start - offset) and start >= offset:
            return True
        offset = exception.find(word, offset + 1)
    return False
