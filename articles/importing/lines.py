"""The lines of a page's extracted text: cleaned, measured, and nothing more."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】—…·")

_TIGHT_PAIR = re.compile(rf"{HAN}(?={HAN})")
_SPACED_PAIR = re.compile(rf"{HAN} (?={HAN})")
_WIDE_GAP = re.compile(rf"(?<={HAN}) {{2,}}(?={HAN})")
_LAYOUT_SPACE = re.compile(rf"(?<!{HAN}|[A-Za-z]) | (?!{HAN}|[A-Za-z])|(?<={HAN}) (?=[A-Za-z])|(?<=[A-Za-z]) (?={HAN})")


@dataclass(frozen=True)
class Line:
    """One printed line.

    `text` has single spaces only, and none between the glyphs of a line that was set loose.
    `width` is in full-width characters. `indented` says that one leading space survived, which is what
    extractors leave of the indent of a text block's first line. `gap` says that a blank line stood above.
    """

    text: str
    width: float
    loose: bool
    indented: bool
    gap: bool


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that hold any glyph, in order. Control characters are dropped."""
    lines: list[Line] = []
    gap = False
    for raw in text.splitlines():
        printable = _without_controls(raw)
        if printable.strip():
            lines.append(_line(printable, gap))
        gap = not printable.strip()
    return lines


def measure(text: str) -> float:
    """The width of `text` in full-width characters.

    Justified setting squeezes punctuation, so a mark counts seven tenths of a character; a space counts
    nothing.
    """
    return sum(_glyph_width(glyph) for glyph in text)


def joined(lines: Sequence[Line]) -> str:
    """The text of the lines with a line feed where each ended: what names and lead-ins are read from."""
    return "\n".join(line.text for line in lines)


def tidy(text: str) -> str:
    """Running text without its layout: only spaces inside Latin text and in place of lost glyphs stay."""
    return _LAYOUT_SPACE.sub("", text.replace("\n", ""))


def squeeze(text: str) -> str:
    """`text` without any white space."""
    return "".join(text.split())


def _without_controls(raw: str) -> str:
    """`raw` with plain spaces only, without control characters and byte order marks."""
    plain = "".join(" " if glyph.isspace() else glyph for glyph in raw)
    return "".join(glyph for glyph in plain if unicodedata.category(glyph) != "Cc" and glyph != "\ufeff")


def _line(printable: str, gap: bool) -> Line:
    stripped = printable.strip()
    loose = _is_loose(stripped)
    text = _closed(stripped) if loose else re.sub(" +", " ", stripped)
    indented = printable.startswith(" ") and not printable.startswith("  ")
    return Line(text, measure(text), loose, indented, gap)


def _is_loose(text: str) -> bool:
    """Whether the line was stretched to its column, which shows as a space between most of its glyphs."""
    spaced = len(_SPACED_PAIR.findall(text))
    return spaced >= 3 and spaced > len(_TIGHT_PAIR.findall(text))


def _closed(text: str) -> str:
    """A loose line with its spaces closed up. A wider gap is where a glyph was lost, and stays."""
    return _WIDE_GAP.sub("\n", text).replace(" ", "").replace("\n", " ")


def _glyph_width(glyph: str) -> float:
    if glyph == " ":
        return 0.0
    if glyph in PUNCTUATION:
        return 0.7
    return 1.0 if unicodedata.east_asian_width(glyph) in "WFA" else 0.5
