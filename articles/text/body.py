"""The body of a story: one small fixed vocabulary, from which the editor and the sanitiser are both made.

Paragraph, subhead (小标题), bold, quotation, list, link, picture with caption: nothing else is ever stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

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
    # Links are put in on purpose alone; with "autolink" what is typed after one would belong to it too.
    "Link": {"enableTarget": False, "protocols": list(LINK_SCHEMES), "autolink": False},
    "Figure": True,
    "Caption": True,
    "Image": True,
    "History": True,
    "NoSpellCheck": True,
}
MAX_BODY_CHARACTERS = 200_000

# A picture in a body is one of the house's own photos, named by the address of its preview on the desk.
PHOTO_SRC = "/desk/photos/{id}/preview"
_PHOTO_SRC = re.compile(r"/desk/photos/[0-9]{1,18}/preview")
_SAFE_HREF = re.compile(r"(https?://|mailto:|/(?![/\\]))", re.I)
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
# In a clean body every < and > of a text or an attribute is written as an entity.
_OUTER_TAG = re.compile(r"<(/?)(?:p|h2|blockquote|ul|ol|li|figure|figcaption)\b[^>]*>")
_BREAK = re.compile(r"<br\b[^>]*>", re.I)
_DEEPEST_QUOTATION = 5  # quotations and lists within one another; what lies deeper moves up
_DEEPEST_TAG = 60


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute as it may be stored, None where the attribute goes."""
    if tag == "img" and name == "src":
        return value if _PHOTO_SRC.fullmatch(value) else None
    if tag == "a" and name == "href":
        return value.strip() if _SAFE_HREF.match(value.strip()) else None
    return value


def _cleaner() -> nh3.Cleaner:
    allowed = allowlist_from_extensions(EXTENSIONS)
    allowed |= {"attributes": {"a": {"href"}, "img": {"src", "alt"}}, "link_rel": None}
    return nh3.Cleaner(**allowed, attribute_filter=_attribute)


_CLEANER = _cleaner()


def strip_unseen(text: str) -> str:
    """`text` without NUL, control and zero-width characters: nobody types them and databases refuse them."""
    return _UNSEEN.sub("", text)


def clean_body(html: str) -> str:
    """`html` reduced to the vocabulary, whatever came in, each thing in the place that the editor gives it.

    Cleaned once or twice, the result is the same. Text outside any block becomes paragraphs, a line each; an
    image outside a figure gets its own; a figure without one of the house's photos goes.
    """
    reader = _TreeReader()
    reader.feed(_CLEANER.clean(_BREAK.sub("\n", strip_unseen(html))))
    reader.close()
    return "".join(_blocks(reader.root, depth=0))


class _Node(NamedTuple):
    """An element of the cleaned HTML; children are nodes and plain strings. The root's tag is empty."""

    tag: str
    attributes: dict[str, str]
    children: list[_Node | str]


class _Run(NamedTuple):
    """A piece of text with what it is marked as."""

    text: str
    bold: bool
    href: str


class _TreeReader(HTMLParser):
    """Reads what nh3 gives, which is well-formed, into a tree of limited depth."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("", {}, [])
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: strip_unseen(value or "") for name, value in attrs}, [])
        if tag == "img":
            self._open[-1].children.append(node)
        elif len(self._open) < _DEEPEST_TAG:
            self._open[-1].children.append(node)
            self._open.append(node)
        else:
            self._open.append(self._open[-1])

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(strip_unseen(data))


_Piece: TypeAlias = "_Run | _Node"


def _pieces(node: _Node, *, bold: bool = False, href: str = "") -> Iterator[_Piece]:
    """The texts and blocks of `node` in order; bold and link become marks of the text."""
    for child in node.children:
        if isinstance(child, str):
            yield _Run(child, bold, href)
        elif child.tag in {"strong", "a", "figcaption"}:
            yield from _pieces(child, bold=bold or child.tag == "strong", href=href or child.attributes.get("href", ""))
        else:
            yield child


def _grouped(node: _Node) -> Iterator[tuple[list[_Run], _Node | None]]:
    """The pieces of `node` as groups: runs of text that stand together, or one block."""
    for is_text, group in groupby(_pieces(node), key=lambda piece: isinstance(piece, _Run)):
        pieces = list(group)
        if is_text:
            yield [piece for piece in pieces if isinstance(piece, _Run)], None
        else:
            yield from (([], piece) for piece in pieces if isinstance(piece, _Node))


def _blocks(node: _Node, depth: int) -> Iterator[str]:
    """The blocks within `node`, the root or what holds blocks; loose text becomes paragraphs, a line each."""
    for runs, block in _grouped(node):
        if block is not None:
            yield from _block(block, depth)
        else:
            yield from (_leaf("p", line) for line in _lines(runs))


def _block(node: _Node, depth: int) -> Iterator[str]:
    if node.tag in {"p", "h2"}:
        for runs, block in _grouped(node):
            yield from _block(block, depth) if block is not None else [_leaf(node.tag, runs)]
    elif node.tag in {"blockquote", "ul", "ol"} and depth < _DEEPEST_QUOTATION:
        within = _items(node, depth + 1) if node.tag != "blockquote" else _blocks(node, depth + 1)
        yield _element(node.tag, "".join(within))
    elif node.tag in {"figure", "img"}:
        yield from _figures(node)
    else:
        yield from _blocks(node, depth)


def _items(node: _Node, depth: int) -> Iterator[str]:
    """The items of a list; what stands in it outside any item becomes one."""
    for runs, block in _grouped(node):
        if block is None:
            yield from (_element("li", _leaf("p", line)) for line in _lines(runs))
        elif block.tag == "li":
            yield _element("li", "".join(_blocks(block, depth)))
        else:
            yield _element("li", "".join(_block(block, depth)))


def _figures(node: _Node) -> Iterator[str]:
    """Each of the house's photos within `node` as a figure, the first with all of the text as its caption."""
    images, runs = _images_and_runs(node)
    caption = _leaf("figcaption", runs)
    for image in images:
        yield f"<figure>{image}{caption}</figure>"
        caption = ""


def _images_and_runs(node: _Node) -> tuple[list[str], list[_Run]]:
    if node.tag == "img":
        source, alt = node.attributes.get("src"), escape(node.attributes.get("alt", ""))
        return ([f'<img src="{source}"' + (f' alt="{alt}">' if alt else ">")] if source else []), []
    images, runs = [], []
    for piece in _pieces(node):
        if isinstance(piece, _Run):
            runs.append(piece)
        else:
            more_images, more_runs = _images_and_runs(piece)
            images += more_images
            runs += more_runs
    return images, runs


def _lines(runs: list[_Run]) -> Iterator[list[_Run]]:
    """The runs of loose text line by line, without the space around a line."""
    line: list[_Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(run._replace(text=first))
        for text in others:
            yield _trimmed(line)
            line = [run._replace(text=text)]
    yield _trimmed(line)


def _trimmed(line: list[_Run]) -> list[_Run]:
    full = [number for number, run in enumerate(line) if run.text.strip()]
    if not full:
        return []
    line = line[full[0] : full[-1] + 1]
    line[0] = line[0]._replace(text=line[0].text.lstrip())
    line[-1] = line[-1]._replace(text=line[-1].text.rstrip())
    return line


def _leaf(tag: str, runs: list[_Run]) -> str:
    """A block of text alone; nothing where the text is only space. Marks on nothing but space go."""
    if not any(run.text.strip() for run in runs):
        return ""
    joined = [
        _Run("".join(run.text for run in group), bold, href)
        # A mark on nothing at all would part the two texts beside it.
        for (bold, href), group in groupby(filter(attrgetter("text"), runs), key=lambda run: (run.bold, run.href))
    ]
    joined = [run if run.text.strip() else _Run(run.text, False, "") for run in joined]
    parts = []
    for href, group in groupby(joined, key=lambda run: run.href):
        text = "".join(f"<strong>{_escaped(run.text)}</strong>" if run.bold else _escaped(run.text) for run in group)
        parts.append(f'<a href="{escape(href)}" rel="noopener">{text}</a>' if href else text)
    return _element(tag, "".join(parts))


def _element(tag: str, within: str) -> str:
    return f"<{tag}>{within}</{tag}>" if within else ""


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\xa0", "&nbsp;")


def elements(body: str) -> list[str]:
    """The outermost blocks of a clean body, each whole: paragraphs, subheads, quotations, lists, pictures."""
    found, depth, start = [], 0, 0
    for tag in _OUTER_TAG.finditer(body):
        depth += -1 if tag[1] else 1
        if depth == 0:
            found.append(body[start : tag.end()])
            start = tag.end()
    return found


def from_paragraphs(paragraphs: list[str]) -> str:
    """A body of plain paragraphs from plain text."""
    return "".join(f"<p>{escape(strip_unseen(text), quote=False)}</p>" for text in paragraphs if text.strip())


def photo_ids(body: str) -> list[int]:
    """The ids of the photos that stand in the text, in order, each once."""
    found = re.findall(r'<img\b[^>]*?src="/desk/photos/(\d+)/preview"', body)
    return list(dict.fromkeys(int(number) for number in found))


@dataclass(frozen=True)
class Block:
    """One block of a body: `kind` is p, h2, blockquote, li or figcaption; `text` is plain, and `bold` says from
    where to where in it letters are bold.
    """

    kind: str
    text: str
    bold: tuple[tuple[int, int], ...] = ()


class _BlockReader(HTMLParser):
    KINDS = ("p", "h2", "figcaption", "li", "blockquote")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: list[str] = []
        self._text: list[tuple[str, bool]] = []
        self._bold = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.KINDS:
            self._flush()
            self._open.append(tag)
        elif tag == "strong":
            self._bold = True

    def handle_endtag(self, tag: str) -> None:
        if tag in self.KINDS and self._open:
            self._flush()
            self._open.pop()
        elif tag == "strong":
            self._bold = False

    def handle_data(self, data: str) -> None:
        self._text.append((data, self._bold))

    def close(self) -> None:
        super().close()
        self._flush()

    def _flush(self) -> None:
        whole = "".join(text for text, _bold in self._text)
        text = whole.strip()
        if text:
            bold = tuple(self._bold_runs(len(whole) - len(whole.lstrip()), len(text)))
            # A paragraph inside a quotation or a list item is that quotation or item.
            self.blocks.append(Block(self._open[0] if self._open else "p", text, bold))
        self._text = []

    def _bold_runs(self, stripped: int, length: int) -> Iterator[tuple[int, int]]:
        """Where in the stripped text letters are bold."""
        place = -stripped
        for text, bold in self._text:
            start, place = max(place, 0), place + len(text)
            if bold and start < min(place, length):
                yield start, min(place, length)


_EDGE_OF_BLOCK = re.compile(rf"</?(?:{'|'.join(_BlockReader.KINDS)})\b[^>]*>")
_CAPTION = re.compile(r"<figcaption>.*?</figcaption>", re.S)
_TAG = re.compile(r"<[^>]*>")


def blocks(body: str) -> list[Block]:
    """The blocks of a clean body in reading order, captions of pictures among them."""
    reader = _BlockReader()
    reader.feed(body)
    reader.close()
    return reader.blocks


def plain_text(body: str) -> str:
    """The words of a clean body, a line a block, without captions: what its `blocks` say, read faster."""
    parts = _EDGE_OF_BLOCK.split(_CAPTION.sub("</figcaption>", body))
    texts = (unescape(_TAG.sub("", part)).strip() for part in parts)
    return "\n".join(text for text in texts if text)
