"""The words that are delivered with the program: commonly written wrong, or in a form that is usual no more.

The lists stand in `words/`, with their sources; each line has the word, the right one and the contexts in which the
word is none. They are read as the house's list is, once a process.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from articles.proofreading.copy import Slips, StoryCopy, slip
from articles.proofreading.wording import ListedWord, WordList

_HERE = Path(__file__).with_name("words")


def mistaken(copy: StoryCopy) -> Slips:
    """A word that is commonly written wrong (错别字)."""
    return _found(copy, "mistaken", gettext_lazy("A word that is commonly written wrong."))


def variants(copy: StoryCopy) -> Slips:
    """A form for which another is usual now (异形词)."""
    return _found(copy, "variants", gettext_lazy("Another form is usual now."))


def _found(copy: StoryCopy, name: str, sentence: Promise | str) -> Slips:
    for passage in copy.passages:
        houses = [range(match.start, match.end) for match in copy.words.matches(passage.text)]
        for start, end, listed in delivered(name).matches(passage.text):
            # Of a word that the house lists itself its own list speaks.
            if not any(start < house.stop and house.start < end for house in houses):
                yield slip(passage, start, end, str(sentence), *listed.replacements)


@cache
def delivered(name: str) -> WordList:
    """One of the lists in `words/`."""
    return WordList(listed_in(name))


def listed_in(name: str) -> Iterator[ListedWord]:
    """The entries of a list in `words/`."""
    for line in (_HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield from _entries(*line.split(" "))


def _entries(written: str, right: str, *contexts: str) -> Iterator[ListedWord]:
    """A line's entries, as many as its brackets have characters: [12]平米 is 1平米 and 2平米."""
    for word, replacement in zip(_each(written), _each(right), strict=True):
        around = tuple(each.replace("_", word) for context in contexts for each in _each(context))
        yield ListedWord(word, is_forbidden=False, replacements=(replacement,), exceptions=around)


def _each(text: str) -> list[str]:
    """`text` with each of the characters that stand in its brackets in place of the brackets."""
    before, bracket, rest = text.partition("[")
    characters, _, after = rest.partition("]")
    return [before + one + after for one in characters] if bracket else [text]
