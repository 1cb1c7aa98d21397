"""A published page as a small drawing: boxes, headlines and columns of grey, in millimetres. Pure.

The drawing is SVG with attributes alone, so that it needs no style of its own and can be cached by anybody.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from editions.geometry import Grid, Rectangle, percentages

MARGIN = 14.0
GUTTER = 5.0
# A CJK character is as wide as it is high, a Latin letter about half of that.
_LATIN_WIDTH = 0.55
_LEADING = 1.22
# Sizes of a headline in millimetres.
_SMALLEST, _LARGEST = 8.0, 30.0


@dataclass(frozen=True)
class Sheet:
    """The paper a page is drawn on: its grid and its size in millimetres."""

    grid: Grid
    width: int
    height: int


@dataclass(frozen=True)
class Box:
    """One rectangle of the drawing; `lines` are (text, baseline) of the headline set in `size`.

    From `text_top` to the foot of the box is text; `picture` is the address of an image that fills it instead.
    """

    x: float
    y: float
    width: float
    height: float
    size: float = 0
    lines: tuple[tuple[str, float], ...] = ()
    text_top: float | None = None
    picture: str = ""

    @property
    def foot(self) -> float:
        return self.y + self.height

    @property
    def folio(self) -> float:
        """The baseline of a folio line that stands at the foot of the box."""
        return self.foot - 3

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def text_height(self) -> float:
        return 0 if self.text_top is None else max(self.foot - self.text_top, 0)


def column_width(sheet: Sheet) -> float:
    """A column with the gutter beside it."""
    return (sheet.width - 2 * MARGIN) / sheet.grid.columns


@lru_cache(maxsize=4096)
def text_box(rectangle: Rectangle, sheet: Sheet, headline: str) -> Box:
    """The box of a piece of text; its headline is set as large as the box is important."""
    x, y, width, height = _frame(rectangle, sheet)
    size, lines = _set_headline(headline, width, height)
    baselines = tuple((line, y + size * (0.92 + _LEADING * row)) for row, line in enumerate(lines))
    text_top = y + size * _LEADING * len(lines) + (3 if lines else 0)
    return Box(x, y, width, height, size, baselines, text_top)


def picture_box(rectangle: Rectangle, sheet: Sheet, address: str) -> Box:
    """The box of a picture."""
    return Box(*_frame(rectangle, sheet), picture=address)


def zone_box(zone: Sequence[float], width: int, height: int) -> Box:
    """A hot zone, given in per cent, on a picture of `width` × `height` pixels."""
    left, top, across, down = zone
    return Box(left * width / 100, top * height / 100, across * width / 100, down * height / 100)


def cutting(boxes: Sequence[Box], margin: float, width: int, height: int) -> Box:
    """The least box around all of `boxes`, with a margin where the sheet of `width` × `height` has room for it."""
    x, y = (max(min(edges) - margin, 0) for edges in ([box.x for box in boxes], [box.y for box in boxes]))
    right = min(max(box.right for box in boxes) + margin, width)
    foot = min(max(box.foot for box in boxes) + margin, height)
    return Box(x, y, right - x, foot - y)


def set_name(name: str, head: Box) -> Box:
    """`head` with the paper's name set in it, as large as it goes, in the middle of its height."""
    size = min(head.height * 0.62, head.width / max(len(name), 1))
    return replace(head, size=size, lines=((name, head.y + head.height / 2 + size * 0.36),))


def free_box(rectangles: Sequence[Rectangle], sheet: Sheet) -> Box | None:
    """The free area at the top left of a page: the masthead's (报头) on a first page, elsewhere the folio line's.

    None where something stands at the very top.
    """
    free = [
        min((r.row for r in rectangles if r.column <= column < r.right), default=sheet.grid.rows) - 1
        for column in range(1, sheet.grid.columns + 1)
    ]
    if not free[0]:
        return None
    width = next((place for place, rows in enumerate(free) if rows < free[0]), sheet.grid.columns)
    return Box(*_frame(Rectangle(1, 1, width, free[0]), sheet))


def wrap(text: str, ems: float) -> list[str]:
    """`text` in lines at most `ems` wide; anywhere between two characters, as Chinese is set."""
    lines, width = [""], 0.0
    for character in text:
        step = _LATIN_WIDTH if character.isascii() else 1.0
        if width + step > ems and lines[-1]:
            lines.append("")
            width = 0.0
        lines[-1] += character
        width += step
    return [line.strip() for line in lines if line.strip()]


def _set_headline(headline: str, width: float, height: float) -> tuple[float, list[str]]:
    """The largest size, by the area of the box, in which the headline takes two fifths of its height at most.

    Where the headline was printed in two lines, it is here as well.
    """
    size = min(max(math.sqrt(width * height) / 7, _SMALLEST), _LARGEST)
    lines = _lines(headline, width / size)
    while size > _SMALLEST and len(lines) * size * _LEADING > 0.4 * height:
        size -= 1
        lines = _lines(headline, width / size)
    room = max(int(height / (size * _LEADING)), 1)
    if len(lines) > room:
        lines = [*lines[: room - 1], lines[room - 1][:-1] + "…"]
    return size, lines


def _lines(headline: str, ems: float) -> list[str]:
    return [line for printed in headline.splitlines() for line in _balanced(printed, ems)]


def _balanced(text: str, ems: float) -> list[str]:
    """`text` in as few lines as it needs, none of them much shorter than the others."""
    lines = wrap(text, ems)
    if len(lines) < 2:
        return lines
    even = wrap(text, _width(text) / len(lines) + 1)
    return even if len(even) == len(lines) else lines


def _width(text: str) -> float:
    return sum(_LATIN_WIDTH if character.isascii() else 1.0 for character in text)


def _frame(rectangle: Rectangle, sheet: Sheet) -> tuple[float, float, float, float]:
    """The rectangle on the sheet, without the gutter to its right and below."""
    left, top, width, height = percentages(rectangle, sheet.grid)
    across, down = sheet.width - 2 * MARGIN, sheet.height - 2 * MARGIN
    return (
        MARGIN + left * across / 100,
        MARGIN + top * down / 100,
        max(width * across / 100 - GUTTER, 1),
        max(height * down / 100 - GUTTER, 1),
    )
