"""What a page prints about itself: the masthead (报头) of a first page, the folio line (报眉) of the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from editions.geometry import Rectangle
from editions.typeset import elements
from editions.typeset.design import Design
from editions.typeset.elements import Element
from editions.typeset.sheet import Frame, Sheet

# The folio line's base above the first row, and its type above that; in points.
_FOLIO_ABOVE, _FOLIO_HEIGHT = 9.0, 20.0
_PAGE_NAME_SIZE = 1.5


def set_furniture(furniture: Mapping[str, Any], page: int, sheet: Sheet, design: Design) -> list[Element]:
    """The masthead on page 1, the folio line elsewhere."""
    if furniture["kind"] == "masthead":
        return _masthead(furniture, sheet, design)
    return _folio(furniture, page, sheet, design)


def people_of(furniture: Mapping[str, Any]) -> str:
    """责任编辑 甲某　版式 乙某　校对 丙某: who is named, in this order."""
    named = [
        (role, furniture[key])
        for role, key in (("责任编辑", "editor"), ("版式", "designer"), ("校对", "proofreader"))
        if furniture[key]
    ]
    return "\u3000".join(f"{role} {name}" for role, name in named)


def _masthead(said: Mapping[str, Any], sheet: Sheet, design: Design) -> list[Element]:
    """The paper's name over its columns; above it the line with the date, below it what the law asks for."""
    area = sheet.frame(Rectangle(1, 1, design.masthead.columns, design.masthead.rows))
    foot = area.y + area.height - sheet.leading
    name_height = area.height - 3.6 * sheet.leading
    drawn = _line_above(
        [
            said["date"] + "\u3000" + said["weekday"],
            said["lunar"],
            f"总第{said['series']}期\u3000{said['pages_today']}",
        ],
        sheet,
        design,
    )
    drawn.append(_name(said["title"], area, name_height, design))
    drawn.append(
        elements.text(
            "furniture",
            [said["title_en"].upper()],
            x=area.x,
            y=area.y + name_height,
            width=area.width,
            face="hei",
            size=sheet.body_size * 1.1,
            leading=sheet.leading * 1.2,
            align="center",
            tracking=2.2,
        )
    )
    rule = foot - 1.1 * sheet.leading
    drawn.append(elements.rule(area.x, rule, area.x + area.width, rule, design.rules.masthead))
    drawn.append(elements.rule(area.x, rule + 2.4, area.x + area.width, rule + 2.4, design.rules.stories))
    numbers = "\u3000".join(text for text in (said["publisher"], said["cn_number"], said["extra"]) if text)
    drawn += _ends([numbers, people_of(said)], area, rule + 3.4, design.folio.face, sheet)
    return drawn


def _name(title: str, area: Frame, height: float, design: Design) -> Element:
    """The paper's name as large as its area lets it be, spread over most of the width."""
    count = max(len(title), 1)
    size = min(height * 0.86, area.width / (count + 0.4))
    tracking = min((area.width * 0.9 - count * size) / max(count - 1, 1), size * 0.45)
    return elements.text(
        "title",
        [title],
        x=area.x,
        y=area.y,
        width=area.width,
        face=design.masthead.face,
        size=size,
        leading=height,
        align="center",
        tracking=max(tracking, 0.0),
    )


def _line_above(words: list[str], sheet: Sheet, design: Design) -> list[Element]:
    """A line over the whole measure above the first row: left, middle, right, and a rule below it."""
    y = sheet.top - _FOLIO_ABOVE - _FOLIO_HEIGHT
    drawn = [
        elements.text(
            "furniture",
            [text],
            x=sheet.left,
            y=y,
            width=sheet.measure,
            face=design.folio.face,
            size=design.folio.size,
            leading=_FOLIO_HEIGHT,
            align=align,
        )
        for text, align in zip(words, ("left", "center", "right"), strict=True)
        if text
    ]
    base = y + _FOLIO_HEIGHT + 1.5
    return [*drawn, elements.rule(sheet.left, base, sheet.left + sheet.measure, base, design.rules.folio)]


def _ends(words: list[str], area: Frame, y: float, face: str, sheet: Sheet) -> list[Element]:
    return [
        elements.text(
            "furniture",
            [text],
            x=area.x,
            y=y,
            width=area.width,
            face=face,
            size=sheet.body_size - 1,
            leading=sheet.leading,
            align=align,
        )
        for text, align in zip(words, ("left", "right"), strict=True)
        if text
    ]


def _folio(said: Mapping[str, Any], page: int, sheet: Sheet, design: Design) -> list[Element]:
    """Page number and name at the outer edge, the paper and its date in the middle, the people at the inner edge."""
    outer = "left" if page % 2 == 0 else "right"
    middle = "\u3000".join((said["title"], said["date"], said["weekday"]))
    line = [people_of(said), middle, ""] if outer == "right" else ["", middle, people_of(said)]
    drawn = _line_above(line, sheet, design)
    size = design.folio.size * _PAGE_NAME_SIZE
    drawn.insert(
        0,
        elements.text(
            "page_name",
            [f"{said['label']}\u3000{said['name']}" if outer == "left" else f"{said['name']}\u3000{said['label']}"],
            x=sheet.left,
            y=sheet.top - _FOLIO_ABOVE - _FOLIO_HEIGHT,
            width=sheet.measure,
            face="hei-bold",
            size=size,
            leading=_FOLIO_HEIGHT,
            align=outer,
        ),
    )
    return drawn
