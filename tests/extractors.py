"""What tools that take stories out of web pages (as archives, aggregators and readers' views use them) make of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import lxml.html
import readability
import trafilatura
from gne import GeneralNewsExtractor

_SPACES = re.compile(r"\s+")


class Extracted(NamedTuple):
    """What a tool says of a page: None where it has no word for it. Of several authors gne names the first."""

    title: str
    authors: list[str] | None
    date: str | None
    text: str


def squeezed(text: str) -> str:
    return _SPACES.sub("", text)


def by_trafilatura(html: str) -> Extracted:
    said = trafilatura.bare_extraction(html, include_comments=False, with_metadata=True).as_dict()
    return Extracted(said["title"], (said["author"] or "").split("; "), said["date"], said["text"])


def by_readability(html: str) -> Extracted:
    """It hands on a piece of the page: a caption in it is a caption, under its picture."""
    document = readability.Document(html)
    piece = lxml.html.fromstring(document.summary())
    for figure in piece.xpath("//figure"):
        figure.drop_tree()
    return Extracted(document.short_title(), None, None, piece.text_content())


def by_gne(html: str) -> Extracted:
    said = GeneralNewsExtractor().extract(html)
    return Extracted(said["title"], [said["author"]], said["publish_time"][:10], said["content"])


EXTRACTORS: Mapping[str, Callable[[str], Extracted]] = {
    "trafilatura": by_trafilatura,
    "readability": by_readability,
    "gne": by_gne,
}


def paragraphs_of(body: str) -> list[str]:
    """The paragraphs of a body, without the captions of its pictures."""
    return _texts(body, "//p[not(ancestor::figure)] | //h2 | //li[not(p)]")


def captions_of(body: str) -> list[str]:
    """The captions of the pictures in a body."""
    return _texts(body, "//figcaption")


def items_of(body: str) -> list[str]:
    """The items of the lists in a body."""
    return _texts(body, "//li")


def _texts(body: str, elements: str) -> list[str]:
    found = lxml.html.fromstring(f"<div>{body}</div>").xpath(elements)
    return [text for element in found if (text := squeezed(element.text_content()))]


def compared(paragraphs: Iterable[str], text: str) -> tuple[list[str], str]:
    """The paragraphs that are missing in `text`, and what stands in it beside them."""
    text, missing = squeezed(text), []
    for paragraph in paragraphs:
        if paragraph in text:
            text = text.replace(paragraph, "", 1)
        else:
            missing.append(paragraph)
    return missing, text.strip("-")
