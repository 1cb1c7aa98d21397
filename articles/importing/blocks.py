"""Blocks: neighbouring lines that belong together."""

from dataclasses import dataclass
from enum import Enum, auto

from articles.importing.kinds import Kind
from articles.importing.lines import Line, joined
from articles.importing.marks import cut_closing, cut_opening

INDENT = 2.0


class Role(Enum):
    """What a block of lines is."""

    HEADLINE = auto()
    PARAGRAPH = auto()
    FURNITURE = auto()


@dataclass(frozen=True)
class Block:
    """One line of a headline or of page furniture, or a paragraph's lines; `kind` is the first line's.

    `closes` says that a story ends with the block's last words: a credit, a sign-off, names, a jump mark.
    """

    role: Role
    kind: Kind
    lines: tuple[Line, ...]
    closes: bool = False

    @property
    def text(self) -> str:
        """The block's text with a line feed where each printed line ended."""
        return joined(self.lines)

    @property
    def opens(self) -> bool:
        """Whether a story begins with the block's first words: a lead-in or a jump mark."""
        return self.kind is Kind.OPENING

    @property
    def is_byline(self) -> bool:
        """Whether the block is a line of names, which may stand before a story or after it."""
        return self.kind is Kind.BYLINE

    @property
    def indented(self) -> bool:
        """Whether a space survived before the first line, as before a text block's first line."""
        return self.lines[0].indented

    @property
    def is_bare(self) -> bool:
        """Whether the block is a paragraph that holds a mark and no words of its own."""
        if self.role is not Role.PARAGRAPH:
            return False
        text = self.text
        return any(cut is not None and not cut.rest for cut in (cut_opening(text), cut_closing(text)))

    @property
    def column(self) -> float:
        """The width of the column that the block was set in."""
        first, *others = (line.width for line in self.lines)
        return max(others) if len(others) > 2 else max([first + INDENT, *others])
