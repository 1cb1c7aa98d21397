"""What somebody looks for, as a value. Pure.

Words parted by spaces are all required; what stands in quotation marks (" " “ ” 「 」 『 』) is a passage to be found
exactly as it is written. A word of Latin letters finds its other forms; anything else is found wherever it stands.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from articles.search import tokens
from articles.search.folding import fold

MOST_WORDS = 12
MOST_CHARACTERS = 200
_SAID = re.compile(r'"([^"]*)"?|“([^”]*)”?|「([^」]*)」?|『([^』]*)』?|＂([^＂]*)＂?|([^\s"“「『＂”」』]+)')


class Order(StrEnum):
    """In which order stories are shown."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True)
class Term:
    """One thing that must stand in a story: `text` is folded.

    `said` is how it was written, marks and all; `by_stem` where every form of the word is meant.
    """

    text: str
    said: str
    by_stem: bool = False

    @property
    def tokens(self) -> frozenset[str]:
        """What a story must have in the index to have this."""
        return frozenset({tokens.word_token(self.text)} if self.by_stem else tokens.pairs(self.text))

    @property
    def is_settled_by_tokens(self) -> bool:
        """Whether whatever has the tokens has the term: longer passages must be looked for in the text."""
        return self.by_stem or len(self.text) <= 2


@dataclass(frozen=True)
class PrintedOn:
    """Where in the paper: everything of that day, or the page of this label."""

    day: datetime.date
    label: str = ""


@dataclass(frozen=True)
class Query:
    """What is looked for; what is empty or None asks for nothing.

    `section` and `author` are addresses (slugs), `byline` a part of a printed name; `since` and `until` are days of
    the newsroom, both included.
    """

    terms: tuple[Term, ...] = ()
    in_headline: bool = False
    byline: str = ""
    section: str = ""
    author: str = ""
    genre: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    printed_on: PrintedOn | None = None
    order: Order = Order.BEST

    @property
    def asks_for_something(self) -> bool:
        return replace(self, order=Order.BEST, in_headline=False) != Query()

    def without(self, term: Term) -> Query:
        """The same with one word less."""
        return replace(self, terms=tuple(other for other in self.terms if other != term))


def terms_of(said: str) -> tuple[Term, ...]:
    """What `said` asks for, each once, in its order. A word of marks alone asks for nothing; a passage of them does."""
    terms: dict[tuple[str, bool], Term] = {}
    for found in _SAID.finditer(said):
        word = found[6]
        text = fold(word or next((passage for passage in found.groups()[:5] if passage), "")).strip()
        if text and (word is None or any(character.isalnum() for character in text)):
            by_stem = word is not None and tokens.LATIN_WORD.fullmatch(text) is not None
            terms.setdefault((text, by_stem), Term(text, found[0], by_stem))
    return tuple(terms.values())
