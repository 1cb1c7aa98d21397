"""What a story said in print and says otherwise now, blocks first, then characters. Pure.

The words are compared without their spaces: a line broken by hand in a headline, or the space after a lead-in, is
the page's affair and no difference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from django.utils.html import strip_tags

from articles.text.diffing import Difference, compare

_FIGURE = re.compile(r"<figure>.*?</figure>", re.S)
_END_OF_BLOCK = re.compile(r"</(?:p|h2|li|blockquote)>")
_SPACES = re.compile(r"\s+")


class Words(NamedTuple):
    """A story's words: its deck, and its blocks in order."""

    kicker: str
    headline: str
    subhead: str
    paragraphs: Sequence[str]


def paragraphs_of(html: str) -> list[str]:
    """The blocks of a public body as plain text, pictures and their captions left out."""
    blocks = _END_OF_BLOCK.split(_FIGURE.sub("", html))
    return [text for block in blocks if (text := _plain(unescape(strip_tags(block))))]


def differences(printed: Words, now: Words, captions: Sequence[str]) -> list[Difference]:
    """The fields in which `now` differs from what was `printed`; none where it says the same.

    `captions` are those of the pictures that the paper printed with it, as they read now and each with its credit;
    in print they stand at the end of the paragraphs.
    """
    said, new_captions = _part_captions(printed.paragraphs, captions)
    blocks = [_plain(text) for text in (*now.paragraphs, *new_captions)]
    known = {_bare(text): text for text in blocks}
    return compare(
        {**_deck(printed, now), "paragraphs": [known.get(_bare(text), _plain(text)) for text in said]},
        {**_deck(now, now), "paragraphs": blocks},
    )


def _deck(words: Words, now: Words) -> dict[str, list[str]]:
    """The deck line by line of fields, in the form of `now` where only spaces differ."""
    pairs = zip(Words._fields[:3], words[:3], now[:3], strict=True)
    return {field: [_plain(new if _bare(old) == _bare(new) else old)] for field, old, new in pairs}


def _part_captions(paragraphs: Sequence[str], captions: Sequence[str]) -> tuple[list[str], list[str]]:
    """The printed blocks without the captions that read the same now, and the captions that were not printed so."""
    end = max(len(paragraphs) - len(captions), 0)
    same = {_bare(text) for text in paragraphs[end:]} & {_bare(text) for text in captions}
    rest = [text for text in paragraphs[end:] if _bare(text) not in same]
    return [*paragraphs[:end], *rest], [text for text in captions if _bare(text) and _bare(text) not in same]


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _bare(text: str) -> str:
    return _SPACES.sub("", text)
