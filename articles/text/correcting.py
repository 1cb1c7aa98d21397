"""Which paragraphs a correction touched, and its marks at those places in the text. Pure.

A paragraph is known by a hash of its words, so that a mark stays with it when a later correction moves it, and goes
when it is written anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from articles.text.diffing import Kind, compare

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.S)
_FIGURE = re.compile(r"<figure>.*?</figure>", re.S)
_SPACES = re.compile(r"\s+")
_LETTERS = 16


def touched(before: str, now: str) -> list[str]:
    """The paragraphs of the public body `now` that stand otherwise in `before`, or not at all, by their hashes."""
    changes = compare({"text": _paragraphs(before)}, {"text": _paragraphs(now)})
    lines = [line for difference in changes for line in difference.lines]
    return [
        _hash("".join(piece.text for piece in line.pieces if piece.kind != Kind.REMOVED))
        for line in lines
        if line.kind in {Kind.CHANGED, Kind.ADDED} or (line.kind == Kind.MOVED and len(line.pieces) > 1)
    ]


def marked(body: str, corrections: Sequence[Mapping[str, Any]], label: Callable[[int], str]) -> str:
    """The public body with a mark at every paragraph that a correction touched, leading to its note.

    Corrections count from 1, the oldest first; where two touched a paragraph the later one marks it. `label` says
    in words what the mark is. The first place of each carries the id that its note leads to.
    """
    numbers = {key: number for number, said in enumerate(corrections, 1) for key in said.get("paragraphs", ())}
    if not numbers:
        return body
    seen: set[int] = set()

    def mark(found: re.Match[str]) -> str:
        number = numbers.get(_hash(_plain(found[1])))
        if number is None:
            return found[0]
        name = "" if number in seen else f' id="corrected-{number}"'
        seen.add(number)
        link = f'<a class="mark" href="#correction-{number}" aria-label="{label(number)}"></a>'
        return f'<p{name} class="touched">{found[1]}{link}</p>'

    return _PARAGRAPH.sub(mark, body)


def stands(body: str, correction: Mapping[str, Any]) -> bool:
    """Whether a paragraph that the correction touched still reads as it left it."""
    return not set(correction.get("paragraphs", ())).isdisjoint(map(_hash, _paragraphs(body)))


def _paragraphs(html: str) -> list[str]:
    return [_plain(inner) for inner in _PARAGRAPH.findall(_FIGURE.sub("", html))]


def _plain(html: str) -> str:
    return _SPACES.sub(" ", unescape(strip_tags(html))).strip()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_LETTERS]
