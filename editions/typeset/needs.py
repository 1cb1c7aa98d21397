"""What a story needs on a page before it has a place there: its headline, text and picture at every width."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from editions.typeset.columns import Area, Column
from editions.typeset.deck import set_deck
from editions.typeset.design import read_design
from editions.typeset.flow import Cursor, Flow
from editions.typeset.fonts import Fonts
from editions.typeset.picture import set_picture
from editions.typeset.sheet import Sheet
from editions.typeset.story import Setter

# A picture loses no more than this part of its height or its width to a crop.
_CROP = 0.22
# Below this a picture looks coarse in print.
_DPI = 200


def needs_of(description: Mapping[str, Any], styles: Mapping[str, Sequence[str]], fonts: Fonts) -> dict[str, Any]:
    """The needs of every story in `styles`, by its number as text.

    For each, with one entry for every number of columns: `headlines`, by style the rows and the size in points,
    or None where it is too long; `text`, side by side, the rows it takes and how many of them stay white in the
    shortest column; `picture` (None without one), the rows least, whole and most, and whether it is coarse. And
    `lines`: all rows of its text together.
    """
    sheet, design = Sheet(**description["sheet"]), read_design(description["design"])
    setter = Setter(sheet, design, fonts)
    return {
        str(story["number"]): _needs(story, styles[str(story["number"])], setter)
        for story in description["stories"]
        if str(story["number"]) in styles
    }


def _needs(story: Mapping[str, Any], styles: Sequence[str], setter: Setter) -> dict[str, Any]:
    sheet = setter.sheet
    flow = Flow(story["blocks"], setter.design, sheet, setter.fonts)
    lines = flow.rows_left(Cursor(), sheet.column_width)
    widths = range(1, sheet.columns + 1)
    return {
        "headlines": {style: [_headline(story, style, columns, setter) for columns in widths] for style in styles},
        "text": [_text(flow, lines, columns) for columns in widths],
        "lines": lines,
        "picture": [_picture(story["pictures"][0], columns, setter) for columns in widths]
        if story["pictures"]
        else None,
    }


def _headline(story: Mapping[str, Any], style: str, columns: int, setter: Setter) -> list[float] | None:
    treatment = {**story["treatments"][0], "style": style}
    area = Area(0.0, 0.0, setter.sheet.span(columns), setter.sheet.rows)
    deck = set_deck(treatment, story["byline"], area, setter.design, setter.sheet, setter.fonts, columns=0)
    size = next((element["size"] for element in deck.elements if element["role"] == "headline"), 0.0)
    return None if deck.over else [deck.rows, size]


def _text(flow: Flow, lines: int, columns: int) -> tuple[int, int]:
    """The fewest rows at which the whole text goes into so many columns side by side, and the most of them white."""
    rows = max(-(-lines // columns), 1)
    while True:
        places = [Column(0.0, 0.0, flow.sheet.column_width, rows, 0)] * columns
        filled, after = flow.fill(places, Cursor())
        if flow.is_over(after) or rows > lines:
            return rows, rows - min(column.used for column in filled)
        rows += 1


def _picture(picture: Mapping[str, Any], columns: int, setter: Setter) -> list[Any]:
    sheet, (across, down) = setter.sheet, picture["pixels"]
    width = sheet.span(columns)
    whole_column = {**picture, "column": 1, "row": 1, "width": columns, "height": sheet.rows}
    drawn = set_picture(whole_column, sheet, setter.design, setter.fonts).elements[0]
    around = sheet.rows * sheet.leading - drawn["height"]
    rows = [
        math.ceil((width * down / across * part + around) / sheet.leading) for part in (1 - _CROP, 1.0, 1 / (1 - _CROP))
    ]
    return [*rows, across / (width / 72) < _DPI]
