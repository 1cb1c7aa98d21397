"""Where paragraphs and headlines begin and end, told from the measure of the lines.

A paragraph's first line is two characters shorter than its column, its last line is as short as it happens to
be, and all others fill the column. Widths are compared with near neighbours only, because a column narrows
and widens beside pictures.
"""

import re
from collections.abc import Sequence

from articles.importing.blocks import INDENT, Block, Role
from articles.importing.kinds import Kind, kinds_of
from articles.importing.lines import Line, joined
from articles.importing.marks import cut_closing, cut_opening

# How much narrower than its column a line is before it counts as short, and how far the width of a full line
# may be from what its paragraph's first line lets expect: in characters, by the spread on real pages.
_SHORT = 1.25
_FULL = 1.6
_FULL_LOOSE = 3.5

_LONGEST_CLUMP = 40
_MARK_LINES = 3

_SENTENCE_END = re.compile(r"[。！？…][”’』」）》]*$")


def read_blocks(lines: Sequence[Line]) -> list[Block]:
    """The lines as blocks, in order; each line is in exactly one block."""
    layout = _Layout(lines)
    blocks: list[Block] = []
    start = 0
    while start < len(lines):
        block = layout.block_at(start, _column_above(blocks))
        blocks.append(block)
        start += len(block.lines)
    return blocks


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with a sentence's end."""
    return _SENTENCE_END.search(text[-8:]) is not None


def _column_above(blocks: Sequence[Block]) -> float:
    """The column of a story that may go on below the blocks, or 0."""
    if not blocks or blocks[-1].role is not Role.PARAGRAPH:
        return 0.0
    return 0.0 if blocks[-1].closes or blocks[-1].is_byline else blocks[-1].column


class _Layout:
    """The lines of a page with their kinds, and what is asked about a place among them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.kinds = kinds_of(lines)

    def block_at(self, start: int, column: float) -> Block:
        """The block that begins at `start`; `column` is that of the paragraph above, 0 if nothing goes on."""
        if self.kinds[start] is Kind.FURNITURE:
            return Block(Role.FURNITURE, Kind.FURNITURE, (self.lines[start],))
        if self.kinds[start] is Kind.TEXT and self._is_headline(start, column):
            return Block(Role.HEADLINE, Kind.TEXT, (self.lines[start],))
        end = start
        while not self._ends_at(start, end, column):
            end += 1
        lines = tuple(self.lines[start : end + 1])
        return Block(Role.PARAGRAPH, self.kinds[start], lines, self._is_closed(start, end))

    # Headlines

    def _is_headline(self, start: int, column: float) -> bool:
        """Whether the line at `start`, where a block begins, is of a headline.

        Lines without a full stop that run up to a story's opening, to page furniture or to the page's end
        cannot be a body. Of those that run up to a full stop, the ones outside the paragraph's measure are
        headlines.
        """
        stop = self._clump_end(start)
        if self._is_words(stop):
            return not self._is_set_with(start, stop, column)
        return not self._is_broken_off(start, stop)

    def _clump_end(self, start: int) -> int:
        """The first line from `start` that is of no headline, or the number of lines."""
        reach = min(len(self.lines), start + _LONGEST_CLUMP)
        return next((place for place in range(start, reach) if self.kinds[place] is not Kind.TEXT), reach)

    def _is_set_with(self, start: int, stop: int, column: float) -> bool:
        """Whether the line at `start` and those to `stop`, the first sure line of a body, are one paragraph.

        Headlines are seldom punctuated with commas; for the rest the measure tells.
        """
        if "，" in self.lines[start].text:
            return True
        if self.lines[stop].indented:
            return False
        expected = self._width(start) + INDENT
        if start + 1 == stop and self._is_end(start, stop):
            return (not column or abs(expected - column) < _SHORT) and self._is_within(stop, expected)
        inner = range(start + 1, max(stop, start + 2))
        return self._fills(start + 1, expected) and all(self._is_within(place, expected) for place in inner)

    def _is_broken_off(self, start: int, stop: int) -> bool:
        """Whether the lines from `start` begin as a paragraph does, though it is not finished at `stop`."""
        if stop - start < 2 or not any("，" in line.text for line in self.lines[start:stop]):
            return False
        return self._fills(start + 1, self._width(start) + INDENT)

    # Paragraphs

    def _ends_at(self, start: int, place: int, column: float) -> bool:
        """Whether the paragraph that began at `start` ends with the line at `place`."""
        below = place + 1
        if below == len(self.lines) or self.kinds[below].cuts_in or self._is_closed(start, place):
            return True
        if self.kinds[place] is Kind.BYLINE and place == start:
            return True
        if not ends_sentence(self.lines[place].text):
            return self._colon_ends(start, place) or self._is_left_open(start, place)
        if not self._is_words(below) or self.lines[below].indented:
            return True
        return self._is_short(start, place, column) or self._is_fresh(start, below)

    def _is_closed(self, start: int, place: int) -> bool:
        """Whether a closing mark ends with the line at `place`; （reporter） in a lead-in is none."""
        if self.kinds[start] is Kind.OPENING and place < start + _MARK_LINES:
            opening = cut_opening(joined(self.lines[start : place + 1]))
            return opening is not None and cut_closing(opening.rest) is not None
        return cut_closing(joined(self.lines[max(start, place + 1 - _MARK_LINES) : place + 1])) is not None

    def _is_end(self, start: int, place: int) -> bool:
        return ends_sentence(self.lines[place].text) or self._is_closed(start, place)

    def _colon_ends(self, start: int, place: int) -> bool:
        """A colon ends a paragraph where a quotation with an indent follows."""
        ends = self.lines[place].text.endswith("：") and self.lines[place + 1].text.startswith("“")
        return ends and self._is_fresh(start, place + 1)

    def _is_left_open(self, start: int, place: int) -> bool:
        """Whether the body breaks off here: what follows are headlines up to another story's opening."""
        if self._is_words(self._clump_end(place + 1)) or self._is_closed(start, place + 1):
            return False
        return not self._fills(place + 1, self._column(start, place))

    def _is_short(self, start: int, place: int, column: float) -> bool:
        """Whether the line at `place` stops before its column does."""
        if self.lines[place].loose:
            return False
        if place == start:
            return self._width(place) + INDENT < max(column, self._width(place + 1)) - _SHORT
        return self._width(place) < self._column(start, place) - _SHORT

    def _is_fresh(self, start: int, below: int) -> bool:
        """Whether the line at `below` is set as no line inside the paragraph above could be."""
        line = self.lines[below]
        stop = self._clump_end(below)
        if stop > below and not self._is_words(stop):
            return True
        if line.loose or ends_sentence(line.text):
            return False
        column = self._column(start, below - 1)
        wider = max(column, self._width(below + 1)) if self._is_words(below + 1) else column
        return line.width < wider - _SHORT or line.width > column + _SHORT

    # Measures

    def _is_words(self, place: int) -> bool:
        return place < len(self.lines) and self.kinds[place].is_words

    def _width(self, place: int) -> float:
        return self.lines[place].width if place < len(self.lines) else 0.0

    def _fills(self, place: int, expected: float) -> bool:
        slack = _FULL_LOOSE if self.lines[place].loose else _FULL
        return abs(self._width(place) - expected) < slack

    def _is_within(self, place: int, expected: float) -> bool:
        return self._width(place) < expected + _FULL

    def _column(self, start: int, place: int) -> float:
        """The width of the column at `place`, by the last four lines of its paragraph."""
        first = max(start, place - 3)
        indent = INDENT if first == start else 0.0
        return max(self._width(first) + indent, *(self._width(i) for i in range(first + 1, place + 1)), 0.0)
