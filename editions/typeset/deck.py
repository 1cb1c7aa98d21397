"""A story's headline deck on a page: kicker, headline, subhead and the line that names its authors."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from editions.typeset import elements
from editions.typeset.columns import Area
from editions.typeset.design import DeckStyle, Design
from editions.typeset.elements import Element
from editions.typeset.fonts import Fonts
from editions.typeset.headline import SetHeadline, set_headline
from editions.typeset.lines import break_lines, texts_of
from editions.typeset.sheet import Sheet

# Heights as parts of the type size; white above and below the deck as parts of a row.
_HEADLINE_LEADING, _DECK_LEADING, _GAP = 1.16, 1.3, 0.22
_ABOVE, _BELOW = 0.45, 0.4
_SMALLEST_DECK, _LARGEST_DECK = 8.5, 26.0
_NO_DECK: SetHeadline = SetHeadline((), 0.0, over=False)


class Deck(NamedTuple):
    """A deck as it is set over `width` points: its elements at the top of its area, the rows it takes,
    whether something in it is too long or all of it too high, and how high the type is in points.
    """

    elements: list[Element]
    rows: int
    over: bool
    height: float
    width: float


def set_deck(
    treatment: Mapping[str, Any],
    byline: str,
    area: Area,
    design: Design,
    sheet: Sheet,
    fonts: Fonts,
    *,
    columns: int,
    more_rows: int = 0,
) -> Deck:
    """Set the deck of one story over the area's first columns; `more_rows` gives it that much more white.

    A deck without a word takes no row.
    """
    style = design.headline(treatment["style"])
    width = area.width if not columns else min(sheet.span(columns), area.width)
    size, spanned = style.size_for(columns or _columns_in(area.width, sheet)), columns or _columns_in(area.width, sheet)
    main = set_headline(
        treatment["headline"],
        style.face,
        width=width,
        size=size,
        smallest=style.smallest,
        # One column is narrow: there a headline may have a line more.
        lines=style.lines + (1 if spanned == 1 else 0),
        fonts=fonts,
    )
    base = main.size or size
    kicker = _set_small(treatment["kicker"], style.kicker, base, width, fonts)
    subhead = _set_small(treatment["subhead"], style.subhead, base, width, fonts)
    stack = _Stack(area, width, sheet, style.align)
    stack.add("kicker", kicker, style.kicker.face, _DECK_LEADING)
    stack.add("headline", main, style.face, _HEADLINE_LEADING)
    stack.add("subhead", subhead, style.subhead.face, _DECK_LEADING)
    over = any(part.over for part in (main, kicker, subhead))
    words = break_lines(byline, design.byline.face, round(width / design.byline.size, 4), 0.0, fonts)
    return stack.deck(texts_of(byline, words), design, over=over, more_rows=more_rows)


def _columns_in(width: float, sheet: Sheet) -> int:
    return max(round((width + sheet.gutter) / (sheet.column_width + sheet.gutter)), 1)


def _set_small(text: str, style: DeckStyle, base: float, width: float, fonts: Fonts) -> SetHeadline:
    if not text.strip():
        return _NO_DECK
    size = min(max(base * style.ratio, _SMALLEST_DECK), _LARGEST_DECK)
    return set_headline(text, style.face, width=width, size=size, smallest=0.7, lines=2, fonts=fonts)


class _Stack:
    """The lines of a deck, one under the other."""

    def __init__(self, area: Area, width: float, sheet: Sheet, align: str) -> None:
        self.area, self.width, self.sheet, self.align = area, width, sheet, align
        self.elements: list[Element] = []
        self.height = 0.0

    def add(self, role: str, part: SetHeadline, face: str, leading: float) -> None:
        """Add a kicker, a headline or a subhead below what is there."""
        if not part.lines:
            return
        if self.elements:
            self.height += _GAP * part.size
        height = part.size * leading
        self.elements.append(
            elements.text(
                role,
                part.lines,
                x=self.area.x,
                y=self.area.y + self.height,
                width=self.width,
                face=face,
                size=part.size,
                leading=height,
                align=self.align,
            )
        )
        self.height += height * len(part.lines)

    def deck(self, byline: Sequence[str], design: Design, *, over: bool, more_rows: int) -> Deck:
        """The deck in whole rows, its lines in the middle of them, the byline on the rows above the text."""
        if not self.elements and not byline:
            return Deck([], 0, over, 0.0, self.width)
        leading = self.sheet.leading
        rows = math.ceil((self.height / leading) + _ABOVE + _BELOW) + more_rows if self.elements else 0
        shift = (rows * leading - self.height) * _ABOVE / (_ABOVE + _BELOW)
        for element in self.elements:
            element["y"] = round(element["y"] + shift, 2)
        if byline:
            self.elements.append(
                elements.text(
                    "byline",
                    byline,
                    x=self.area.x,
                    y=self.area.y + rows * leading,
                    width=self.width,
                    face=design.byline.face,
                    size=design.byline.size,
                    leading=leading,
                    align=self.align,
                )
            )
        rows += len(byline)
        return Deck(self.elements, rows, over or rows > self.area.rows, self.height, self.width)
