"""One story on one page: its deck, its text through all its columns, its pictures, and how it fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from editions.geometry import Rectangle
from editions.typeset import elements
from editions.typeset.columns import Column, area_of, columns_of, rectangle_of
from editions.typeset.deck import Deck, set_deck
from editions.typeset.design import Design
from editions.typeset.elements import Element
from editions.typeset.flow import Cursor, Filled, Flow
from editions.typeset.fonts import Fonts
from editions.typeset.picture import set_picture
from editions.typeset.sheet import Sheet

# So many rows of white over the whole foot of a story are moved up to its headline, where they do no harm.
_MOST_MOVED_ROWS = 2
_MARK_SIZE = 7.5


@dataclass(frozen=True)
class Setter:
    """What every story of a page is set with."""

    sheet: Sheet
    design: Design
    fonts: Fonts


class Part(NamedTuple):
    """What of a story stands on one page, filled."""

    treatment: Mapping[str, Any]
    deck: Deck
    columns: list[Filled]
    turns: list[Element]
    goes_on: bool
    after: Cursor


def set_story(story: Mapping[str, Any], page: int, setter: Setter) -> dict[str, Any]:
    """What the page with this order draws of the story, and how the whole story fits: an entry of a layout."""
    flow = Flow(story["blocks"], setter.design, setter.sheet, setter.fonts)
    parts = _run(story, flow, setter)
    here = next((part for part in parts if part.treatment["page"] == page), None)
    pictures = [set_picture(picture, setter.sheet, setter.design, setter.fonts) for picture in story["pictures"]]
    drawn: list[Element] = []
    if here is not None:
        drawn = _draw_part(here, setter)
    for picture in pictures:
        drawn += picture.elements
    return {
        "number": story["number"],
        "headline": _one_line(here.treatment["headline"]) if here else "",
        "differs": _differences(here, story),
        "elements": drawn,
        "fit": _fit(flow, parts, over=any(p.deck.over for p in parts), picture_over=any(p.over for p in pictures)),
        "here": _here(here),
        "zones": [setter.sheet.zone(r) for r in _rectangles(here, story)],
        "holes": _holes(here) if here else [],
    }


# -- the flow over all pages --------------------------------------------------------------------------------


def _run(story: Mapping[str, Any], flow: Flow, setter: Setter) -> list[Part]:
    """Fill every page of the story in turn; where the text goes on elsewhere, a line says where (下转, 上接)."""
    cursor, parts, turned_from = Cursor(), list[Part](), ""
    treatments = story["treatments"]
    for number, treatment in enumerate(treatments):
        following = next((t["label"] for t in treatments[number + 1 :] if t["frames"]), "")
        byline = story["byline"] if number == 0 else ""
        part = _fill_part(treatment, byline, cursor, flow, setter, turned_from, following)
        parts.append(part)
        cursor = part.after
        turned_from = treatment["label"] if part.goes_on else ""
    return parts


def _fill_part(
    treatment: Mapping[str, Any],
    byline: str,
    cursor: Cursor,
    flow: Flow,
    setter: Setter,
    turn_from: str,
    following: str,
) -> Part:
    """Fill one page's columns. Where all goes on, they are balanced, and a little white goes to the headline."""
    deck, columns = _columns(treatment, byline, setter)
    turns: list[Element] = []
    if turn_from:
        columns, turns = _with_turn_from(turn_from, columns, setter)
    filled, after = flow.fill(columns, cursor)
    if not flow.is_over(after):
        if not following:
            return Part(treatment, deck, filled, turns, False, after)
        columns, turn_to = _with_turn_to(following, columns, setter)
        filled, after = flow.fill(columns, cursor)
        return Part(treatment, deck, filled, turns + turn_to, bool(turn_to), after)
    balanced = _balanced(columns, cursor, flow)
    moved = _rows_to_move(deck, columns, balanced, turn_from)
    if moved:
        deck, columns = _columns(treatment, byline, setter, more_rows=moved)
        balanced = _balanced(columns, cursor, flow)
    filled, after = flow.fill(balanced, cursor)
    # Balancing cuts columns short for the filling alone; what they could hold stays known.
    filled = [done.__class__(whole, done.used, done.elements) for done, whole in zip(filled, columns, strict=True)]
    return Part(treatment, deck, filled, turns, False, after)


def _columns(
    treatment: Mapping[str, Any], byline: str, setter: Setter, *, more_rows: int = 0
) -> tuple[Deck, list[Column]]:
    rectangles = [rectangle_of(frame) for frame in treatment["frames"]]
    sheet, boxed = setter.sheet, treatment["boxed"]
    if not rectangles:
        return Deck([], 0, False, 0.0, 0.0), []
    area = area_of(rectangles[0], sheet, boxed=boxed)
    over_columns = treatment["headline_columns"]
    columns = over_columns if 0 < over_columns < rectangles[0].width else 0
    deck = set_deck(treatment, byline, area, setter.design, sheet, setter.fonts, columns=columns, more_rows=more_rows)
    found = columns_of(
        rectangles,
        sheet,
        text_columns=treatment["text_columns"],
        boxed=boxed,
        headline_width=deck.width,
        headline_rows=deck.rows,
    )
    return deck, found


def _with_turn_from(label: str, columns: list[Column], setter: Setter) -> tuple[list[Column], list[Element]]:
    """The line 上接 on the first row there is, and the columns without it; no line where there is no row."""
    place = next((number for number, column in enumerate(columns) if column.rows), None)
    if place is None:
        return columns, []
    first, leading = columns[place], setter.sheet.leading
    rest = first._replace(y=first.y + leading, rows=first.rows - 1)
    words = f"（上接第{label}版）"
    return [*columns[:place], rest, *columns[place + 1 :]], [_turn_line(words, "left", first, first.y, setter)]


def _with_turn_to(label: str, columns: list[Column], setter: Setter) -> tuple[list[Column], list[Element]]:
    """The line 下转 on the last row there is, and the columns without it; no line where there is no row."""
    place = next((number for number, column in reversed(list(enumerate(columns))) if column.rows), None)
    if place is None:
        return columns, []
    last = columns[place]._replace(rows=columns[place].rows - 1)
    y = last.y + last.rows * setter.sheet.leading
    words = f"（下转第{label}版）"
    return [*columns[:place], last, *columns[place + 1 :]], [_turn_line(words, "right", last, y, setter)]


def _balanced(columns: list[Column], cursor: Cursor, flow: Flow) -> list[Column]:
    """The columns of the last rectangle that the text reaches, cut at the lowest foot at which all still goes
    on; and then a row shorter from the last one back: so they end side by side, the first ones longer by a row.
    """
    filled, _after = flow.fill(columns, cursor)
    reached = [done.column.rectangle for done in filled if done.used]
    if not reached:
        return columns
    last = max(reached)
    low, high = 0, max(column.rows for column in columns if column.rectangle == last)
    foot = {number: column.y for number, column in enumerate(columns)}
    lowest = max(foot[n] + c.rows * flow.sheet.leading for n, c in enumerate(columns) if c.rectangle == last)
    while low < high:
        middle = (low + high + 1) // 2
        _done, after = flow.fill(_cut(columns, last, lowest, middle, flow.sheet.leading), cursor)
        low, high = (middle, high) if flow.is_over(after) else (low, middle - 1)
    found = _cut(columns, last, lowest, low, flow.sheet.leading)
    for number, column in reversed(list(enumerate(found))):
        if column.rectangle == last and column.rows:
            shorter = [*found[:number], column._replace(rows=column.rows - 1), *found[number + 1 :]]
            found = shorter if flow.is_over(flow.fill(shorter, cursor)[1]) else found
    return found


def _cut(columns: list[Column], rectangle: int, lowest: float, rows: int, leading: float) -> list[Column]:
    """The columns up to this rectangle, without what lies in its last `rows` rows; those behind it hold nothing:
    what is cut off would only run into them.
    """
    limit = lowest - rows * leading
    return [
        column
        if column.rectangle < rectangle
        else column._replace(rows=max(min(column.rows, round((limit - column.y) / leading)), 0))
        if column.rectangle == rectangle
        else column._replace(rows=0)
        for column in columns
    ]


def _rows_to_move(deck: Deck, columns: list[Column], balanced: list[Column], turn_from: str) -> int:
    """The rows of white that lie below every column of a story in one rectangle, under a deck over all of them."""
    if not deck.elements or turn_from or any(column.rectangle for column in columns):
        return 0
    if any(column.y != columns[0].y for column in columns):
        return 0
    free = min(whole.rows - cut.rows for whole, cut in zip(columns, balanced, strict=True))
    return free if free <= _MOST_MOVED_ROWS else 0


# -- what is drawn ------------------------------------------------------------------------------------------


def _draw_part(part: Part, setter: Setter) -> list[Element]:
    drawn = list(part.deck.elements)
    body = [element for filled in part.columns for element in filled.elements]
    # What is read first is drawn first.
    before = [turn for turn in part.turns if turn["align"] == "left"]
    after = [turn for turn in part.turns if turn["align"] == "right"]
    drawn += [*before, *body, *after]
    return [*_box_and_mark(part.treatment, setter), *drawn]


def _turn_line(words: str, align: str, column: Column, y: float, setter: Setter) -> Element:
    return elements.text(
        "turn",
        [words],
        x=column.x,
        y=y,
        width=column.width,
        face="kai",
        size=setter.sheet.body_size,
        leading=setter.sheet.leading,
        align=align,
    )


def _box_and_mark(treatment: Mapping[str, Any], setter: Setter) -> list[Element]:
    """The box around a story (加框), and the label printed with it (广告) in the corner of its first rectangle."""
    drawn: list[Element] = []
    frames = [setter.sheet.frame(rectangle_of(frame)) for frame in treatment["frames"]]
    if treatment["boxed"]:
        weight = setter.design.rules.box
        drawn += [elements.box(f.x, f.y + 2, f.width, f.height - 4, weight) for f in frames]
    if treatment["mark"] and frames:
        first, width = frames[0], (len(treatment["mark"]) + 0.8) * _MARK_SIZE
        x, y = first.x + first.width - width - 3, first.y + 4
        drawn.append(elements.box(x, y, width, _MARK_SIZE * 1.4, 0.4))
        drawn.append(
            elements.text(
                "mark",
                [treatment["mark"]],
                x=x,
                y=y,
                width=width,
                face="hei",
                size=_MARK_SIZE,
                leading=_MARK_SIZE * 1.4,
                align="center",
            )
        )
    return drawn


# -- how it fits --------------------------------------------------------------------------------------------


def _fit(flow: Flow, parts: Sequence[Part], *, over: bool, picture_over: bool) -> dict[str, Any]:
    """Lines and characters over or left, of the whole story on all its pages."""
    columns = [filled for part in parts for filled in part.columns]
    cursor = parts[-1].after if parts else Cursor()
    width = columns[-1].column.width if columns else flow.sheet.column_width
    used, room = sum(filled.used for filled in columns), sum(filled.column.rows for filled in columns)
    spilled_text = flow.text_left(cursor) if columns else ""
    spilled = flow.characters_left(cursor) if columns else 0
    lines_over = flow.rows_left(cursor, width) if columns else 0
    left = 0 if lines_over else sum(filled.column.rows - filled.used for filled in columns)
    return {
        "needed": used + lines_over,
        "room": room,
        "over": lines_over,
        "left": left,
        "characters_over": spilled,
        "characters_left": round(left * width / flow.sheet.body_size),
        "shown": flow.characters_left(Cursor()) - spilled if columns else 0,
        "spilled": spilled,
        "spilled_text": spilled_text,
        "headline_over": over,
        "picture_over": picture_over,
    }


def _here(part: Part | None) -> dict[str, int]:
    columns = part.columns if part else []
    return {
        "room": sum(filled.column.rows for filled in columns),
        "lines": sum(filled.used for filled in columns),
    }


def _holes(part: Part) -> list[int]:
    """The rows of white at the foot of each column that is not full; text goes on elsewhere fills all."""
    if part.goes_on:
        return []
    return [filled.column.rows - filled.used for filled in part.columns if filled.column.rows > filled.used]


def _rectangles(part: Part | None, story: Mapping[str, Any]) -> list[Rectangle]:
    frames = part.treatment["frames"] if part else []
    return [rectangle_of(frame) for frame in [*frames, *story["pictures"]]]


def _differences(part: Part | None, story: Mapping[str, Any]) -> list[str]:
    differs = list(part.treatment["differs"]) if part else []
    return differs + [f"caption:{picture['photo']}" for picture in story["pictures"] if picture["differs"]]


def _one_line(headline: str) -> str:
    return " ".join(headline.split())
