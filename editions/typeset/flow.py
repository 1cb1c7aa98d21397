"""Running a story's text through its columns: on exactly where it stopped, on the common grid. Pure but for fonts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from editions.typeset import elements, marks
from editions.typeset.columns import Column
from editions.typeset.design import Design
from editions.typeset.elements import Element
from editions.typeset.fonts import BOLD, Fonts
from editions.typeset.lines import Line, break_lines, is_too_short, texts_of
from editions.typeset.measuring import is_mostly_latin
from editions.typeset.sheet import Sheet

# A paragraph begins two characters in.
INDENT = 2.0
# A subhead is never the last thing in a column: so many rows of text follow it there.
_ROWS_AFTER_SUBHEAD = 2


class Cursor(NamedTuple):
    """How far a text has run: the block, and the character in it."""

    block: int = 0
    offset: int = 0


class Style(NamedTuple):
    """How a block is set: face, size in points, first indent in em, the rows of a line, and whether runs of it
    can be bold.
    """

    face: str
    size: float
    indent: float
    rows: int
    bears_bold: bool


@dataclass
class Filled:
    """A column as it was filled."""

    column: Column
    used: int = 0
    elements: list[Element] = field(default_factory=list)


@dataclass(frozen=True)
class Flow:
    """A text, and how it is set."""

    blocks: Sequence[Mapping[str, Any]]
    design: Design
    sheet: Sheet
    fonts: Fonts
    # Lines by cursor and width: a paragraph is broken once, and goes on in the next column with the same lines.
    _broken: dict[tuple[Cursor, float], tuple[Line, ...]] = field(default_factory=dict)

    def is_over(self, cursor: Cursor) -> bool:
        """Whether nothing is left to set."""
        return cursor.block >= len(self.blocks)

    def style(self, block: Mapping[str, Any]) -> Style:
        """How this block is set."""
        size = self.sheet.body_size
        if block["kind"] == "h2":
            heading = self.design.subheading
            return Style(heading.face, heading.size, 0.0, self.design.subheading_rows, bears_bold=False)
        face = self.design.quotation_face if block["kind"] == "blockquote" else "song"
        return Style(face, size, INDENT, 1, bears_bold=face in BOLD)

    def lines_left(self, cursor: Cursor, width: float) -> tuple[Style, tuple[Line, ...]]:
        """The lines of the block at the cursor, from there on, in a column `width` points wide."""
        style = self.style(self.blocks[cursor.block])
        if (cursor, width) not in self._broken:
            self._broken[cursor, width] = self._break(cursor, width, style)
        return style, self._broken[cursor, width]

    def _break(self, cursor: Cursor, width: float, style: Style) -> tuple[Line, ...]:
        block = self.blocks[cursor.block]
        return break_lines(
            block["text"][cursor.offset :],
            style.face,
            round(width / style.size, 4),
            style.indent if cursor.offset == 0 else 0.0,
            self.fonts,
            latin=is_mostly_latin(block["text"]),
            bold=tuple(_behind(block["bold"], cursor.offset)) if style.bears_bold else (),
        )

    def rows_left(self, cursor: Cursor, width: float) -> int:
        """How many rows the rest would take in one column of this width."""
        rows = 0
        while not self.is_over(cursor):
            style, lines = self.lines_left(cursor, width)
            rows += len(lines) * style.rows
            cursor = Cursor(cursor.block + 1)
        return rows

    def characters_left(self, cursor: Cursor) -> int:
        """How many characters stand behind the cursor; what clings to one is part of it."""
        return len(_units(self.text_left(cursor)))

    def text_left(self, cursor: Cursor) -> str:
        """The text behind the cursor, a line a block."""
        if self.is_over(cursor):
            return ""
        first = self.blocks[cursor.block]["text"][cursor.offset :]
        return "\n".join([first, *(block["text"] for block in self.blocks[cursor.block + 1 :])])

    def fill(self, columns: Sequence[Column], cursor: Cursor) -> tuple[list[Filled], Cursor]:
        """Fill the columns in order, from the cursor on; returns them and how far the text has run."""
        filled = []
        for column in columns:
            done = Filled(column)
            cursor = self._fill_column(done, cursor)
            filled.append(done)
        return filled, cursor

    def _fill_column(self, filled: Filled, cursor: Cursor) -> Cursor:
        while not self.is_over(cursor):
            style, lines = self.lines_left(cursor, filled.column.width)
            if not lines:
                # Nothing is written there.
                cursor = Cursor(cursor.block + 1)
                continue
            taken = self._how_many(filled, cursor, style, lines)
            if not taken:
                break
            self._draw(filled, cursor, style, lines[:taken], ends=taken == len(lines))
            filled.used += taken * style.rows
            cursor = self._behind_lines(cursor, filled.column.width, lines, taken)
        return cursor

    def _behind_lines(self, cursor: Cursor, width: float, lines: tuple[Line, ...], taken: int) -> Cursor:
        """The cursor behind the first `taken` of the lines at `cursor`; the others stay as they are."""
        if taken == len(lines):
            return Cursor(cursor.block + 1)
        start = lines[taken].start
        behind = Cursor(cursor.block, cursor.offset + start)
        if (behind, width) not in self._broken:
            others = lines[taken:]
            self._broken[behind, width] = tuple(Line(n.start - start, n.end - start, n.hyphen) for n in others)
        return behind

    def _how_many(self, filled: Filled, cursor: Cursor, style: Style, lines: tuple[Line, ...]) -> int:
        """How many of the lines stand in this column; what is left of a paragraph is never a last line of one
        or two characters, and a subhead goes with the text below it.
        """
        free = filled.column.rows - filled.used
        taken = min(len(lines), free // style.rows)
        if self.blocks[cursor.block]["kind"] == "h2":
            enough = len(lines) * style.rows + self._rows_below(cursor, filled.column.width)
            return len(lines) if free >= enough else 0
        if len(lines) > 1 and len(lines) - taken == 1 and self._is_short(cursor, lines[-1]):
            return max(taken - 1, 0)
        return taken

    def _is_short(self, cursor: Cursor, line: Line) -> bool:
        return is_too_short(self.blocks[cursor.block]["text"][cursor.offset :][line.start : line.end])

    def _rows_below(self, subhead: Cursor, width: float) -> int:
        """How many rows stand below a subhead in its column at least: none below the last words of a story."""
        following = Cursor(subhead.block + 1)
        if self.is_over(following):
            return 0
        style, lines = self.lines_left(following, width)
        rows = len(lines) * style.rows
        if self.blocks[following.block]["kind"] == "h2":
            return rows + self._rows_below(following, width)
        return min(rows, _ROWS_AFTER_SUBHEAD)

    def _draw(self, filled: Filled, cursor: Cursor, style: Style, lines: Sequence[Line], *, ends: bool) -> None:
        block, column, leading = self.blocks[cursor.block], filled.column, self.sheet.leading
        rest = block["text"][cursor.offset :]
        y = column.y + filled.used * leading
        if block["kind"] == "h2":
            # In two rows and more the subhead stands nearer to what it heads.
            height = style.rows * leading
            drawn = elements.text(
                "h2",
                texts_of(rest, lines),
                x=column.x,
                y=y + (0.12 * height if style.rows > 1 else 0),
                width=column.width,
                face=style.face,
                size=style.size,
                leading=height,
                align="center",
            )
        else:
            drawn = elements.paragraph(
                block["kind"],
                texts_of(rest, lines),
                x=column.x,
                y=y,
                width=column.width,
                face=style.face,
                size=style.size,
                leading=leading,
                indent=style.indent if cursor.offset == 0 else 0.0,
                ends=ends,
                latin=is_mostly_latin(block["text"]),
                bold=list(_bold_runs(block["bold"], lines, cursor.offset)) if style.bears_bold else (),
            )
        filled.elements.append(drawn)


def _behind(bold: Sequence[Sequence[int]], offset: int) -> Iterator[tuple[int, int]]:
    """The bold runs of a text from `offset` on, as places there."""
    for start, end in bold:
        if end > offset:
            yield max(start - offset, 0), end - offset


def _bold_runs(bold: Sequence[Sequence[int]], lines: Sequence[Line], offset: int) -> Iterator[tuple[int, int, int]]:
    """The bold runs of a block as (line, start, end) within the lines drawn."""
    for number, line in enumerate(lines):
        for start, end in bold:
            first, last = max(start - offset, line.start), min(end - offset, line.end)
            if first < last:
                yield number, first - line.start, last - line.start


def _units(text: str) -> list[str]:
    return [character for character in text if character != "\n" and not marks.clings(character)]
