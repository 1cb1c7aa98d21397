"""Passages marked in a clean body, each with the numbers of the remarks on it. Pure.

Every block is wrapped so that a script can say where in the text somebody pointed: `data-block` counts as
`body.blocks` does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

from articles.text.anchoring import Place

_KINDS = ("p", "h2", "figcaption", "li", "blockquote")


class Mark(NamedTuple):
    """A remark's number in its row, and where its words are."""

    number: int
    place: Place


def mark_body(body: str, marks: Sequence[Mark], label: Callable[[int], str]) -> str:
    """`body` with its passages marked; after each stands its number, a link to `#remark-<number>`, called
    `label(number)` for those who listen.
    """
    marker = _Marker(marks, label)
    marker.feed(body)
    marker.close()
    return "".join(marker.out)


@dataclass
class _Leaf:
    """The tags and texts of one block, as they come."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece for piece, is_text in self.pieces if is_text)


class _Marker(HTMLParser):
    """Copies a clean body; a block is what `body.blocks` makes one of: text between two tags that hold blocks."""

    def __init__(self, marks: Sequence[Mark], label: Callable[[int], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._marks, self._label = marks, label
        self._block = 0
        self._leaf = _Leaf()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag, self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._tag(tag, f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._leaf.pieces.append((data, True))

    def close(self) -> None:
        super().close()
        self._flush()

    def _tag(self, tag: str, written: str) -> None:
        if tag in {"strong", "a"}:
            self._leaf.pieces.append((written, False))
        else:
            self._flush()
            self.out.append(written)

    def _flush(self) -> None:
        leaf, self._leaf = self._leaf, _Leaf()
        if not leaf.text.strip():
            self.out += [_escaped(piece) if is_text else piece for piece, is_text in leaf.pieces]
            return
        marks = [mark for mark in self._marks if mark.place.block == self._block]
        self.out.append(f'<span data-block="{self._block}">{self._marked(leaf, marks)}</span>')
        self._block += 1

    def _marked(self, leaf: _Leaf, marks: Sequence[Mark]) -> str:
        """The block's text cut at the edges of its passages, each piece with the marks that cover it."""
        stripped = len(leaf.text) - len(leaf.text.lstrip())
        edges = sorted({stripped + at for mark in marks for at in (mark.place.start, mark.place.end)})
        out, at, in_link = [], 0, False
        waiting: list[str] = []  # A link holds no other link: a number waits until it ends.
        for piece, is_text in leaf.pieces:
            if not is_text:
                in_link = piece.startswith("<a") or (in_link and piece != "</a>")
                out.append(piece)
                continue
            cuts = [at, *(edge for edge in edges if at < edge < at + len(piece)), at + len(piece)]
            for start, end in pairwise(cuts):
                covering = [m for m in marks if m.place.start <= start - stripped and end - stripped <= m.place.end]
                out.append(_wrapped(piece[start - at : end - at], covering))
                waiting += [self._number(m) for m in marks if start < stripped + max(m.place.end, 1) <= end]
                if not in_link:
                    out += waiting
                    waiting = []
            at += len(piece)
        return "".join(out + waiting)

    def _number(self, mark: Mark) -> str:
        css = "remark-at gone" if mark.place.gone else "remark-at"
        name = escape(self._label(mark.number))
        return (
            f'<a class="{css}" id="remark-at-{mark.number}" href="#remark-{mark.number}" aria-label="{name}">'
            f"{mark.number}</a>"
        )


def _wrapped(text: str, marks: Sequence[Mark]) -> str:
    if not marks or not text:
        return _escaped(text)
    numbers = " ".join(str(mark.number) for mark in marks)
    return f'<mark class="remarked" data-remarks="{numbers}">{_escaped(text)}</mark>'


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\xa0", "&nbsp;")
