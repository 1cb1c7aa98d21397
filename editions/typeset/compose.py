"""From a page's frozen description to its layout: every line and picture in its place, and how all of it fits.

Pure but for the fonts' widths: the same description gives the same layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from editions.typeset.columns import rectangle_of
from editions.typeset.design import read_design
from editions.typeset.fonts import Fonts
from editions.typeset.furniture import set_furniture
from editions.typeset.picture import caption_of
from editions.typeset.ruling import Owned, lines_between
from editions.typeset.sheet import Sheet
from editions.typeset.story import Setter, set_story

FORMAT = 1
# Characters that print nothing and need no glyph: white, and what chooses between forms of the one before it.
_UNPRINTED = re.compile("[\n\u00ad\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef\u3000 ]")

Description = Mapping[str, Any]
Layout = dict[str, Any]


def compose(description: Description, fonts: Fonts) -> Layout:
    """The layout of a page: see the module `layout` for what can be asked of it."""
    sheet, design = Sheet(**description["sheet"]), read_design(description["design"])
    page = description["page"]["order"]
    setter = Setter(sheet, design, fonts)
    stories = [set_story(story, page, setter) for story in description["stories"]]
    between = lines_between(_owned(description), sheet, design.rules.stories)
    return {
        "format": FORMAT,
        "page": dict(description["page"]),
        "title": _title(description),
        "author": description["furniture"]["title"],
        "day": description["furniture"]["day"],
        "width": round(sheet.width, 2),
        "height": round(sheet.height, 2),
        "furniture": [*set_furniture(description["furniture"], page, sheet, design), *between],
        "stories": stories,
        "missing": list(_missing(description, fonts)),
    }


def _title(description: Description) -> str:
    """What a file of the page is called: 云川日报 2024年3月7日 第2版 综合."""
    said = description["furniture"]
    return f"{said['title']} {said['date']} 第{said['label']}版 {said['name']}"


def _owned(description: Description) -> Iterator[Owned]:
    page = description["page"]["order"]
    for story in description["stories"]:
        boxed = any(t["boxed"] for t in story["treatments"] if t["page"] == page)
        frames = [frame for t in story["treatments"] if t["page"] == page for frame in t["frames"]]
        for frame in frames:
            yield Owned(story["number"], rectangle_of(frame), boxed)
        for picture in story["pictures"]:
            yield Owned(story["number"], rectangle_of(picture), False)


def _missing(description: Description, fonts: Fonts) -> Iterator[dict[str, Any]]:
    """Every character that no font has, with where it stands; in a body counted through all its paragraphs."""
    for story, where, face, text in _texts(description):
        for position, character in enumerate(text):
            if not _UNPRINTED.match(character) and not fonts.has(face, character):
                yield {
                    "character": character,
                    "code": f"U+{ord(character):04X}",
                    "story": story,
                    "where": where,
                    "position": position,
                }


def _texts(description: Description) -> Iterator[tuple[int | None, str, str, str]]:
    """All text of the page: (story or None, where in it, face, text)."""
    for key, value in description["furniture"].items():
        if isinstance(value, str):
            yield None, key, "hei", value
    for story in description["stories"]:
        for treatment in story["treatments"]:
            if treatment["page"] == description["page"]["order"]:
                for part in ("kicker", "headline", "subhead", "mark"):
                    yield story["number"], part, "song-heavy", treatment[part]
        yield story["number"], "byline", "kai", story["byline"]
        yield story["number"], "body", "song", "\n".join(block["text"] for block in story["blocks"])
        for picture in story["pictures"]:
            yield story["number"], "caption", "kai", caption_of(picture)
