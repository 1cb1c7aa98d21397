"""What can be asked of a layout: what is printed where, and the digests that a signature covers. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from editions.typeset import elements
from editions.typeset.elements import Element

Layout = Mapping[str, Any]


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


def showing(layout: Layout, shown: Collection[int]) -> dict[str, Any]:
    """The page with these stories alone: the places of all others blank, and nothing else of them in it."""
    hidden = [story for story in layout["stories"] if story["number"] not in shown]
    return {
        **layout,
        # Under what their neighbours draw.
        "furniture": [*layout["furniture"], *(_blank(zone, layout) for story in hidden for zone in story["zones"])],
        "stories": [story for story in layout["stories"] if story["number"] in shown],
        "missing": [one for one in layout["missing"] if one["story"] is None or one["story"] in shown],
    }


def _blank(zone: Sequence[float], layout: Layout) -> Element:
    left, top, width, height = (side / 100 for side in zone)
    across, down = layout["width"], layout["height"]
    return elements.blank(left * across, top * down, width * across, height * down)


def lines_of(layout: Layout, number: int) -> list[str]:
    """The lines of a story as they are drawn on this page, in reading order: the golden pages hold them."""
    story = story_of(layout, number)
    return [line for element in _texts(story) for line in element["lines"]] if story else []


def _texts(story: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (element for element in story["elements"] if element["kind"] in {"text", "paragraph"})


def report_of(layout: Layout) -> dict[str, Any]:
    """The page as data for other programs: of each story its hot zones and boxes in per cent of the paper, the
    characters shown and spilled, the lines over or left; and the characters that no font has.
    """
    return {
        "page": layout["page"],
        "width": layout["width"],
        "height": layout["height"],
        "stories": [
            {
                "number": story["number"],
                "headline": story["headline"],
                "zones": [[round(side, 3) for side in zone] for zone in story["zones"]],
                "boxes": [_box(element, layout) for element in story["elements"] if element["kind"] == "paragraph"],
                "differs": story["differs"],
                **story["fit"],
            }
            for story in layout["stories"]
        ],
        "missing": layout["missing"],
    }


def _box(paragraph: Mapping[str, Any], layout: Layout) -> list[float]:
    """Left, top, width and height in per cent of what is set of a paragraph in one column."""
    height = len(paragraph["lines"]) * paragraph["leading"]
    sides = (
        (paragraph["x"], layout["width"]),
        (paragraph["y"], layout["height"]),
        (paragraph["width"], layout["width"]),
        (height, layout["height"]),
    )
    return [round(100 * side / whole, 3) for side, whole in sides]
