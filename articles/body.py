"""The body of a story: one small fixed vocabulary, from which the editor and the sanitiser are both made.

Paragraph, subhead (小标题), bold, quotation, list, link, picture with caption: nothing else is ever stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import Any

import nh3
from django_prose_editor.config import allowlist_from_extensions

LINK_SCHEMES = ("http", "https", "mailto")
EXTENSIONS: dict[str, Any] = {
    "Paragraph": True,
    "Heading": {"levels": [2]},
    "Bold": True,
    "Blockquote": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Link": {"enableTarget": False, "protocols": list(LINK_SCHEMES)},
    "Figure": True,
    "Caption": True,
    "Image": True,
    "History": True,
    "NoSpellCheck": True,
}
MAX_BODY_CHARACTERS = 200_000

# A picture in a body is one of the house's own photos, named by the address of its preview on the desk.
PHOTO_SRC = "/desk/photos/{id}/preview"
_PHOTO_SRC = re.compile(r"^/desk/photos/(\d{1,18})/preview$")
_FIGURE = re.compile(r"<figure>(.*?)</figure>", re.S)
_IMAGE = re.compile(r"<img\b[^>]*>")
_SAFE_HREF = re.compile(r"^(https?://|mailto:|/(?![/\\]))", re.I)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ufffe\uffff]")
_BREAK = re.compile(r"<br\b[^>]*>", re.I)
_DEAD_LINK = re.compile(r'<a rel="noopener">(.*?)</a>', re.S)
_EMPTY_BLOCK = re.compile(r"<(p|h2|blockquote|li|ul|ol|strong)>(?:\s|&nbsp;|<br>)*</\1>")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute as it may be stored, None where the attribute goes."""
    if tag == "img" and name == "src":
        return value if _PHOTO_SRC.match(value) else None
    if tag == "a" and name == "href":
        return value if _SAFE_HREF.match(value.strip()) else None
    return value


def _cleaner() -> nh3.Cleaner:
    allowed = allowlist_from_extensions(EXTENSIONS)
    allowed |= {"attributes": {"a": {"href"}, "img": {"src", "alt"}}, "link_rel": "noopener"}
    return nh3.Cleaner(**allowed, attribute_filter=_attribute)


_CLEANER = _cleaner()


def strip_unseen(text: str) -> str:
    """`text` without NUL, control and zero-width characters: nobody types them and databases refuse them."""
    return _UNSEEN.sub("", text)


def clean_body(html: str) -> str:
    """`html` reduced to the vocabulary, whatever came in; text outside any block becomes paragraphs."""
    html = _CLEANER.clean(_BREAK.sub("\n", strip_unseen(html)))
    html = _DEAD_LINK.sub(r"\1", _FIGURE.sub(_whole_figure, html))
    previous = None
    while previous != html:
        previous, html = html, _EMPTY_BLOCK.sub("", html)
    return _wrap_loose_text(html).strip()


def _whole_figure(match: re.Match[str]) -> str:
    return match.group(0) if "src=" in match.group(1) else ""


def _wrap_loose_text(html: str) -> str:
    """Put text that stands outside every block into paragraphs, a line each; a loose image goes."""
    parts, position = [], 0
    for start, end in _top_level_blocks(html):
        parts += [_paragraphs_of(html[position:start]), html[start:end]]
        position = end
    parts.append(_paragraphs_of(html[position:]))
    return "".join(parts)


_BLOCK_TAG = re.compile(r"<(/?)(p|h2|blockquote|ul|ol|figure)>")


def _top_level_blocks(html: str) -> list[tuple[int, int]]:
    """(start, end) of every outermost block; nh3 has already closed what was open."""
    spans, depth, start = [], 0, 0
    for tag in _BLOCK_TAG.finditer(html):
        if not tag.group(1):
            start = tag.start() if depth == 0 else start
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                spans.append((start, tag.end()))
    return spans


def _paragraphs_of(loose: str) -> str:
    lines = (line.strip() for line in _IMAGE.sub("", loose).splitlines())
    return "".join(f"<p>{line}</p>" for line in lines if line)


def from_paragraphs(paragraphs: list[str]) -> str:
    """A body of plain paragraphs from plain text."""
    return "".join(f"<p>{escape(strip_unseen(text), quote=False)}</p>" for text in paragraphs if text.strip())


def photo_ids(body: str) -> list[int]:
    """The ids of the photos that stand in the text, in order, each once."""
    found = re.findall(r'<img\b[^>]*?src="/desk/photos/(\d+)/preview"', body)
    return list(dict.fromkeys(int(number) for number in found))


@dataclass(frozen=True)
class Block:
    """One block of a body: `kind` is p, h2, blockquote, li or figcaption; `text` is plain."""

    kind: str
    text: str


class _BlockReader(HTMLParser):
    KINDS = ("p", "h2", "figcaption", "li", "blockquote")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: list[str] = []
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.KINDS:
            self._flush()
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.KINDS and self._open:
            self._flush()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def close(self) -> None:
        super().close()
        self._flush()

    def _flush(self) -> None:
        text = "".join(self._text).strip()
        self._text = []
        if text:
            # A paragraph inside a quotation or a list item is that quotation or item.
            self.blocks.append(Block(self._open[0] if self._open else "p", text))


def blocks(body: str) -> list[Block]:
    """The blocks of a clean body in reading order, captions of pictures among them."""
    reader = _BlockReader()
    reader.feed(body)
    reader.close()
    return reader.blocks


def plain_text(body: str) -> str:
    """The words of a clean body, a line a block, without captions."""
    return "\n".join(block.text for block in blocks(body) if block.kind != "figcaption")
