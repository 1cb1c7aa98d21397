"""Pieces that begin without a mark inside another's blocks: captions, signed briefs, bodies that go on."""

import re
from collections.abc import Sequence

from articles.importing.blocks import Block, Role
from articles.importing.marks import cut_closing, cut_opening

# Columns are measured by their widest lines, which tells columns two characters apart.
_SAME_COLUMN = 1.5
_OTHER_COLUMN = 1.0
_CAPTION_BLOCKS = 3

_OCCASION = re.compile(r"近日|日前|连日来|\d{1,2}月\s*\d{1,2}日|.{2,3}时节")


def part(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks of one piece, or of two where it ends with a caption or a brief that has no opening mark."""
    if not blocks:
        return []
    closing = cut_closing(blocks[-1].text)
    if closing and closing.marks.credit:
        start = _caption_start(blocks)
    else:
        start = len(blocks) - 1 if closing and closing.marks.bylines and _is_signed(blocks[0]) else 0
    return [list(piece) for piece in (blocks[:start], blocks[start:]) if piece]


def resumption(blocks: Sequence[Block], column: float) -> int:
    """The index of the first of the last blocks that are set in `column` rather than in the piece's own.

    That of the first block, 0, if the piece has no opening mark and no other column; the number of blocks if
    none is.
    """
    own = next((block.column for block in blocks if not block.is_bare), 0.0)
    if not (blocks[0].opens or blocks[0].is_byline) and abs(own - column) < _SAME_COLUMN:
        return 0
    if abs(own - column) < _OTHER_COLUMN:
        return len(blocks)
    return _turn(blocks, own, column)


def _turn(blocks: Sequence[Block], own: float, column: float) -> int:
    """Where the last blocks nearer to `column` than to `own` begin; subheads and bare marks tell nothing."""
    start = len(blocks)
    for place in range(len(blocks) - 1, 0, -1):
        if blocks[place].role is Role.HEADLINE or blocks[place].is_bare:
            continue
        width = blocks[place].column
        if abs(width - column) >= abs(width - own):
            break
        start = place
    return start


def _is_signed(block: Block) -> bool:
    opening = cut_opening(block.text)
    return opening is not None and bool(opening.marks.bylines)


def _caption_start(blocks: Sequence[Block]) -> int:
    """Where the caption that the blocks end with begins.

    A caption has up to three paragraphs of one column, and begins with its occasion (近日, a date, a season)
    or, failing that, in another column than the body above.
    """
    last = len(blocks) - 1
    if last and blocks[last].is_bare:
        last -= 1
    first = last
    while first and last - first < _CAPTION_BLOCKS - 1 and _may_precede(blocks[first - 1], blocks[last]):
        first -= 1
    for place in range(first, last + 1):
        if _OCCASION.match(blocks[place].text):
            return place
    return last if first and _may_precede(blocks[first - 1], blocks[first]) else first


def _may_precede(above: Block, below: Block) -> bool:
    """Whether `above` may be of the caption that `below` is of."""
    same = abs(above.column - below.column) < _SAME_COLUMN or len(below.lines) == 1
    return same and above.role is Role.PARAGRAPH and not above.opens
