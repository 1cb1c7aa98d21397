"""What can be asked of a layout: what is printed where, and the digests that a signature covers. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

Layout = Mapping[str, Any]
# Roles of text that stands beside a story's own words: who wrote it, where it goes on.
_NOT_BODY = frozenset({"turn", "mark"})


def digests(layout: Layout) -> dict[str, str]:
    """SHA-256 of everything the page prints, by what it belongs to: `furniture`, `story:<number>` for its words
    and their places, `picture:<number>:<photo>` for each of its pictures.
    """
    found = {"furniture": _digest([layout["width"], layout["height"], layout["page"], layout["furniture"]])}
    for story in layout["stories"]:
        pictures = [element for element in story["elements"] if element["kind"] == "picture"]
        words = [element for element in story["elements"] if element["kind"] != "picture"]
        found[f"story:{story['number']}"] = _digest(words)
        for picture in pictures:
            found[f"picture:{story['number']}:{picture['photo']}"] = _digest(picture)
    return found


def _digest(value: Any) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def story_of(layout: Layout, number: int) -> Mapping[str, Any] | None:
    """The entry of the story with this number, None where the page does not print it."""
    return next((story for story in layout["stories"] if story["number"] == number), None)


def lines_of(layout: Layout, number: int) -> list[str]:
    """The lines of a story as they are drawn on this page, in reading order: the golden pages hold them."""
    story = story_of(layout, number)
    return [line for element in _texts(story) for line in element["lines"]] if story else []


def text_of(layout: Layout, number: int) -> str:
    """The words of a story's body as this page prints them, a line a paragraph or what stands of one here."""
    story = story_of(layout, number)
    body = [e for e in _texts(story) if e["role"] not in _NOT_BODY] if story else []
    return "\n".join(
        "".join(element["lines"]) for element in body if element["kind"] == "paragraph" or element["role"] == "h2"
    )


def _texts(story: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (element for element in story["elements"] if element["kind"] in {"text", "paragraph"})
