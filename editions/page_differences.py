"""What changed on a page from one proof to the next: story by story in words, and where on the picture. Pure."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, NamedTuple

from PIL import Image, ImageChops

from articles.text.diffing import Difference, Lines, compare
from editions.printed_parts import Change, What, changes, parts_of, titles_in
from editions.typeset.columns import rectangle_of
from editions.typeset.picture import caption_of
from editions.typeset.sheet import Sheet

# A pixel whose grey differs by less is the same to the eye.
_SAME_GREY = 24
_GONE, _NEW, _FADED = (176, 32, 32), (20, 96, 160), 0.35

Area = tuple[float, float, float, float]


class Printed(NamedTuple):
    """A page as it was set: its frozen description and its layout."""

    description: Mapping[str, Any]
    layout: Mapping[str, Any]


class StoryDifference(NamedTuple):
    """What became of one story: the changes, its words where they differ, and the areas in which it changed, in
    per cent of the paper.
    """

    number: int
    title: str
    changes: list[Change]
    words: list[Difference]
    areas: list[Area]


class PageDifference(NamedTuple):
    """What became of a page: of its masthead or folio line, and of every story that changed."""

    page: list[Change]
    furniture: list[Difference]
    stories: list[StoryDifference]

    @property
    def areas(self) -> list[Area]:
        """Every area of the picture in which something changed, in per cent of the paper, each once."""
        return list(dict.fromkeys(area for story in self.stories for area in story.areas))


def compare_pages(before: Printed, after: Printed) -> PageDifference:
    """What `after` prints otherwise than `before`."""
    found = changes(parts_of(*before), parts_of(*after))
    stories = dict.fromkeys(change.story for change in found if change.story is not None)
    return PageDifference(
        page=[change for change in found if change.story is None],
        furniture=compare(_furniture_lines(before), _furniture_lines(after)),
        stories=[_story(before, after, number, [c for c in found if c.story == number]) for number in stories],
    )


def difference_picture(before: bytes, after: bytes) -> bytes:
    """Both pictures in one, as PNG: what stayed is faded, what went is red, what came is blue."""
    old, new = _grey(before), _grey(after)
    if old.size != new.size:
        old = old.resize(new.size)
    base = Image.blend(Image.new("L", new.size, 255), ImageChops.lighter(old, new), _FADED)
    picture = Image.merge("RGB", (base, base, base))
    # Where the old page has more ink than the new one something went, and the reverse.
    for colour, less, more in ((_GONE, old, new), (_NEW, new, old)):
        ink = ImageChops.subtract(more, less)
        mask = ink.point([0 if grey < _SAME_GREY else min(255, grey * 2) for grey in range(256)])
        picture.paste(colour, mask=mask)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _grey(picture: bytes) -> Image.Image:
    with Image.open(io.BytesIO(picture)) as opened:
        return opened.convert("L")


def _story(before: Printed, after: Printed, number: int, found: list[Change]) -> StoryDifference:
    return StoryDifference(
        number=number,
        title=titles_in(before.description, after.description)[number],
        changes=found,
        words=compare(_story_lines(before, number), _story_lines(after, number)),
        areas=list(dict.fromkeys([*_areas(before, number, found), *_areas(after, number, found)])),
    )


def _areas(page: Printed, number: int, found: list[Change]) -> list[Area]:
    """Where on the page the changes are: the story's rectangles, and those of the photos that changed."""
    story = _described(page, number)
    if story is None:
        return []
    photos = {change.photo for change in found}
    whole = any(change.what in (What.ADDED, What.REMOVED) for change in found)
    here = [treatment for treatment in story["treatments"] if treatment["page"] == page.layout["page"]["order"]]
    frames = [frame for treatment in here for frame in treatment["frames"]] if None in photos else []
    pictures = [picture for picture in story["pictures"] if whole or picture["photo"] in photos]
    sheet = Sheet(**page.description["sheet"])
    return [sheet.zone(rectangle_of(placed)) for placed in [*frames, *pictures]]


def _described(page: Printed, number: int) -> Mapping[str, Any] | None:
    return next((story for story in page.description["stories"] if story["number"] == number), None)


def _furniture_lines(page: Printed) -> Lines:
    drawn = [element for element in page.layout["furniture"] if "lines" in element]
    return {"page": [" ".join(element["lines"]) for element in drawn]}


def _story_lines(page: Printed, number: int) -> Lines:
    """The story as this page has it, by the names of its own fields; empty where it does not lie."""
    story = _described(page, number)
    if story is None:
        return {}
    order = page.layout["page"]["order"]
    here = next((treatment for treatment in story["treatments"] if treatment["page"] == order), None)
    deck = {name: here[name].splitlines() for name in ("kicker", "headline", "subhead")} if here else {}
    lines = {
        **deck,
        "bylines": [story["byline"]],
        "body": [block["text"] for block in story["blocks"]],
        "pictures": [caption_of(picture) for picture in story["pictures"]],
    }
    return {name: kept for name, text in lines.items() if (kept := [line for line in text if line])}
