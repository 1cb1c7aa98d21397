"""Where in a text the words looked for stand, and the piece of it that shows them best. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from articles.search.asking import Term
from articles.search.folding import Folded, fold_with_places
from articles.search.tokens import LATIN_WORD, stem

SNIPPET_CHARACTERS = 110
_BEFORE = 20
_STOPS = "。！？；!?;\n"


class Piece(NamedTuple):
    """Some characters of a text as they stand in it, and whether they are what was looked for."""

    text: str
    is_match: bool


def mark(text: str, terms: Sequence[Term]) -> list[Piece]:
    """The whole of `text` in pieces."""
    return _pieces(text, _spans(fold_with_places(text), terms), 0, len(text))


def snippet(paragraphs: Iterable[str], terms: Sequence[Term]) -> list[Piece]:
    """The part of a text with the most different terms in it, of about `SNIPPET_CHARACTERS`; its beginning if none.
    Nothing is read beyond a part that has all of them.
    """
    unread = iter(paragraphs)
    first = next(unread, "")
    best, most, unread = _cut(first, [], 0), 0, chain([first], unread)
    while most < len(terms) and (text := next(unread, None)) is not None:
        folded = fold_with_places(text)
        of_terms = [spans for term in terms if (spans := _spans(folded, [term]))]
        if len(of_terms) <= most:
            continue
        spans = _merged(sorted(span for found in of_terms for span in found))
        for start in _openings(text, spans):
            end = start + SNIPPET_CHARACTERS
            count = sum(any(start <= opens and closes <= end for opens, closes in found) for found in of_terms)
            if count > most:
                best, most = _cut(text, spans, start), count
    return best


def _openings(text: str, spans: list[tuple[int, int]]) -> Iterator[int]:
    """Where a snippet may begin to show a match: after the last stop before it, or a little ahead of it."""
    shown_to = -1
    for start, _end in spans:
        if start < shown_to:
            continue
        stop = max(text.rfind(mark, max(0, start - 2 * _BEFORE), start) for mark in _STOPS)
        opening = stop + 1 if stop >= 0 else 0 if start <= 2 * _BEFORE else start - _BEFORE
        shown_to = opening + SNIPPET_CHARACTERS
        yield opening


def _cut(text: str, spans: list[tuple[int, int]], start: int) -> list[Piece]:
    end = min(len(text), start + SNIPPET_CHARACTERS)
    pieces = _pieces(text, spans, start, end)
    before = [Piece("…", False)] if start > 0 else []
    after = [Piece("…", False)] if end < len(text) else []
    return [*before, *pieces, *after]


def _pieces(text: str, spans: list[tuple[int, int]], start: int, end: int) -> list[Piece]:
    pieces, place = [], start
    for opens, closes in spans:
        opens, closes = max(opens, start), min(closes, end)
        if opens >= closes:
            continue
        if opens > place:
            pieces.append(Piece(text[place:opens], False))
        pieces.append(Piece(text[opens:closes], True))
        place = closes
    if place < end:
        pieces.append(Piece(text[place:end], False))
    return pieces


def _spans(folded: Folded, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """The places of the original at which one of the terms stands, in order, those that touch made one."""
    return _merged(
        sorted(
            (folded.starts[start], folded.ends[end - 1]) for term in terms for start, end in _found(folded.text, term)
        )
    )


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _found(text: str, term: Term) -> Iterator[tuple[int, int]]:
    if term.by_stem:
        wanted = stem(term.text)
        yield from (word.span() for word in LATIN_WORD.finditer(text) if stem(word[0]) == wanted)
        return
    start = text.find(term.text)
    while start >= 0:
        yield start, start + len(term.text)
        start = text.find(term.text, start + 1)
