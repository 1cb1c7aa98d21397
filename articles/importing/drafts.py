"""Which blocks of a page make up which piece: the step between the layout and the stories."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from articles.importing.blocks import Block, Role
from articles.importing.layout import ends_sentence
from articles.importing.parting import part, resumption

_SUBHEAD_WIDTH = 12.0
# How many pieces may stand between the two parts of a body that was broken off.
_MEMORY = 3


@dataclass
class Draft:
    """The blocks of one piece: paragraphs, bare marks, and subheads among them.

    `resumed` is the index of the block at which a body goes on that was broken off in mid-sentence.
    """

    blocks: list[Block]
    resumed: int | None = None

    @property
    def is_finished(self) -> bool:
        """Whether the piece ends at a sentence's end or with a mark."""
        last = self.blocks[-1]
        return last.closes or last.is_bare or ends_sentence(last.text) or last.text.endswith("：")


@dataclass
class Gathered:
    """A page's blocks, each in one place. A headline comes with the number of drafts begun above it."""

    drafts: list[Draft] = field(default_factory=list)
    headlines: list[tuple[Block, int]] = field(default_factory=list)
    furniture: list[Block] = field(default_factory=list)


def gather(blocks: Sequence[Block]) -> Gathered:
    """The blocks as pieces, headlines that belong to none yet, and page furniture."""
    gatherer = _Gatherer()
    for block, below in zip_longest(blocks, blocks[1:]):
        gatherer.take(block, below)
    gatherer.close()
    return gatherer.page


class _Gatherer:
    """Takes the blocks in order.

    `current` are those of the piece that is not closed yet; `worded` says whether any is more than a mark.
    """

    def __init__(self) -> None:
        self.page = Gathered()
        self.current: list[Block] = []
        self.worded = False

    def take(self, block: Block, below: Block | None) -> None:
        """Put the block in its place; `below` is the block after it."""
        if block.role is Role.PARAGRAPH:
            self._take_paragraph(block, below)
        elif block.role is Role.HEADLINE and self._is_subhead(block, below):
            self.current.append(block)
        else:
            self.close()
            self._set_apart(block)

    def close(self) -> None:
        """End the current piece, and part it where another was found to begin inside."""
        pieces = part(self.current)
        self.current, self.worded = [], False
        for piece in pieces:
            blocks = self._resume(piece)
            words = len(blocks) - sum(1 for _ in _trailing_headlines(blocks))
            if words:
                self.page.drafts.append(Draft(blocks[:words]))
            for block in blocks[words:]:
                self._set_apart(block)

    def _set_apart(self, block: Block) -> None:
        if block.role is Role.FURNITURE:
            self.page.furniture.append(block)
        else:
            self.page.headlines.append((block, len(self.page.drafts)))

    def _take_paragraph(self, block: Block, below: Block | None) -> None:
        if not self.current and self.page.drafts and block.closes and block.is_bare:
            self.page.drafts[-1].blocks.append(block)
            return
        if self._opens(block, below):
            self.close()
        self.current.append(block)
        signs = block.is_byline and self.worded
        self.worded = self.worded or not block.is_bare
        if block.closes or signs:
            self.close()

    def _opens(self, block: Block, below: Block | None) -> bool:
        """Whether a new piece begins with the block. Names end a piece if no plain text follows them."""
        if not self.worded:
            return False
        if block.is_byline:
            return below is not None and below.role is Role.PARAGRAPH and not below.opens
        return block.opens or block.indented

    def _is_subhead(self, block: Block, below: Block | None) -> bool:
        """Whether a headline stands inside the current piece: short, between two unmarked paragraphs."""
        if not self.current or below is None or below.role is not Role.PARAGRAPH:
            return False
        marked = below.opens or below.is_byline or below.indented or below.closes
        return block.column < _SUBHEAD_WIDTH and ends_sentence(self.current[-1].text) and not marked

    def _resume(self, blocks: list[Block]) -> list[Block]:
        """Give to a body broken off in mid-sentence the blocks set in its column; the others are returned."""
        recent = reversed(self.page.drafts[-_MEMORY:])
        broken = next((draft for draft in recent if not draft.is_finished), None)
        if broken is None:
            return blocks
        start = resumption(blocks, broken.blocks[-1].column)
        if start < len(blocks):
            broken.resumed = len(broken.blocks)
            broken.blocks += blocks[start:]
        return blocks[:start]


def _trailing_headlines(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in reversed(blocks):
        if block.role is not Role.HEADLINE:
            return
        yield block
