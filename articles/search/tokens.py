"""The tokens under which a story stands in the index. Pure.

Every character of the folded text and every two in a row are tokens, spaces and marks among them: so a story that
has a passage has all of its pairs, whatever script it is in, and no list of words is needed. All other tokens
begin with their kind and a colon and are three characters at least, so that none is ever taken for a pair.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import snowballstemmer

# The form of the index: raised when any rule here, in `folding` or in `words` changes; `rebuild_search` then
# writes every story anew.
FORM = 2

# Parts the tokens of a row; no folded text has it.
PARTED = "\x1f"
MOST_CHARACTERS = 100_000
LONGEST_TOKEN = 64
LONGEST_NAME = 12
_LATIN = "a-zß-öø-ɏḁ-ỿ"
LATIN_WORD = re.compile(f"[{_LATIN}]+")

_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the forms of a Latin word have in common: runs, running and run are one. `word` is folded."""
    return str(_stemmer.stemWord(word[:LONGEST_TOKEN]))


def pairs(text: str) -> list[str]:
    """Every two characters in a row of a folded text, in their order; of a text of one character that one."""
    return [text[place : place + 2] for place in range(len(text) - 1)] or list(text)


def of_text(text: str) -> set[str]:
    """The tokens of a folded text: its characters and their pairs."""
    return {*pairs(text), *text}


def stems(text: str) -> set[str]:
    """The tokens of the Latin words in a folded text."""
    return {word_token(word) for word in LATIN_WORD.findall(text)}


def word_token(word: str) -> str:
    return f"w:{stem(word)}"


def in_headline(token: str) -> str:
    """The token that says that `token` stands in the headline."""
    return f"h:{token}"


def section_token(section_id: int) -> str:
    return f"s:{section_id}"


def genre_token(genre: str) -> str:
    return f"g:{genre}"


def author_token(author_id: int) -> str:
    return f"a:{author_id}"


def year_token(year: int) -> str:
    return f"y:{year:04d}"


def month_token(year: int, month: int) -> str:
    return f"m:{year:04d}{month:02d}"


def name_token(part: str) -> str:
    """The token of a part of a name in the byline; of a long one its beginning."""
    return f"b:{part[:LONGEST_NAME]}"


def name_tokens(name: str) -> Iterator[str]:
    """The tokens of a folded name: each of its parts, for people are looked for by half a name as well."""
    for start in range(len(name)):
        yield from (name_token(name[start:end]) for end in range(start + 1, min(start + LONGEST_NAME, len(name)) + 1))


def page_token(day: datetime.date, label: str = "") -> str:
    """The token of what was printed on that day, on the page of this label where one is given."""
    label = label.lstrip("0")
    return f"p:{day.isoformat()}" + (f"/{label}" if label else "")


def joined(tokens: Iterable[str]) -> str:
    """Tokens as a row keeps them."""
    return PARTED.join(sorted(set(tokens)))
