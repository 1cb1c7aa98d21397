"""Setting a headline: broken where the editor says and otherwise never inside a word, as large as it goes."""

from __future__ import annotations

from functools import lru_cache
from math import inf
from typing import NamedTuple

import rjieba

from editions.typeset import marks
from editions.typeset.fonts import Fonts
from editions.typeset.measuring import measure

# One more line is taken only where the headline would have to shrink below this part of its size without it.
_TOO_SMALL = 0.84
# More lines than its style has, for a headline that is too long for it: then it is reported.
_MOST_EXTRA_LINES = 2


class SetHeadline(NamedTuple):
    """A headline as it is drawn: its lines, its size in points, and whether it is too long for its style."""

    lines: tuple[str, ...]
    size: float
    over: bool


def set_headline(
    text: str, face: str, *, width: float, size: float, smallest: float, lines: int, fonts: Fonts
) -> SetHeadline:
    """`text` over `width` points, at most `size` points large and not below `smallest` of that, in at most
    `lines` lines. A line end in the text is the editor's, and then there are no others.
    """
    printed = [line.strip() for line in text.splitlines() if line.strip()]
    if not printed:
        return SetHeadline((), size, over=False)
    if len(printed) > 1:
        fitted = _fit(printed, face, width, size, fonts)
        return SetHeadline(tuple(printed), max(fitted, size * smallest * 0.8), over=fitted < size * smallest)
    return _fewest_lines(printed[0], face, width, size, smallest, lines, fonts)


def _fewest_lines(
    text: str, face: str, width: float, size: float, smallest: float, lines: int, fonts: Fonts
) -> SetHeadline:
    """The fewest lines in which the headline keeps most of its size; else those in which it is largest."""
    best = SetHeadline((text,), 0.0, over=False)
    for count in range(1, lines + 1):
        parted = part(text, count, face, fonts)
        fitted = _fit(parted, face, width, size, fonts)
        if fitted > best.size * 1.05:
            best = SetHeadline(tuple(parted), fitted, over=False)
        if fitted >= size * _TOO_SMALL:
            break
    if best.size >= size * smallest:
        return best
    for count in range(lines + 1, lines + _MOST_EXTRA_LINES + 1):
        parted = part(text, count, face, fonts)
        fitted = _fit(parted, face, width, size, fonts)
        if fitted > best.size:
            best = SetHeadline(tuple(parted), fitted, over=True)
    return best._replace(over=True, size=max(best.size, size * smallest * 0.5))


def _fit(lines: list[str], face: str, width: float, size: float, fonts: Fonts) -> float:
    """The largest size up to `size` at which every line goes on `width`, in quarters of a point."""
    widest = max(_em(line, face, fonts) for line in lines)
    return min(size, int(width / widest * 4) / 4) if widest else size


def _em(text: str, face: str, fonts: Fonts) -> float:
    setting = measure(text, face, fonts)
    return setting.width(0, setting.count)


@lru_cache(maxsize=1024)
def part(text: str, count: int, face: str, fonts: Fonts) -> list[str]:
    """`text` in `count` lines of widths as even as its words allow, the first the longer of two; fewer lines
    where it has fewer words.
    """
    pieces = words(text)
    widths = [_em(piece, face, fonts) for piece in pieces]
    lines: list[str] = []
    for remaining in range(count, 1, -1):
        take = _first_line(pieces, widths, sum(widths) / remaining)
        if take >= len(pieces):
            break
        lines.append("".join(pieces[:take]).strip())
        pieces, widths = pieces[take:], widths[take:]
    return [*lines, "".join(pieces).strip()]


def _first_line(pieces: list[str], widths: list[float], fair: float) -> int:
    """How many words make the line whose width is nearest to the fair share; one at least.

    A space in a Chinese headline parts two sentences: a line likes to end there.
    """
    total, best, take = 0.0, inf, 1
    for place, (piece, width) in enumerate(zip(pieces, widths, strict=True), start=1):
        total += width
        distance = abs(total - fair) * (0.4 if piece.endswith(" ") and marks.is_cjk(piece[0]) else 1.0)
        if distance < best:
            best, take = distance, place
    return take


@lru_cache(maxsize=1024)
def words(text: str) -> list[str]:
    """The words of a headline with the marks and spaces that no line may part from them."""
    found: list[str] = []
    for word in rjieba.cut(text):
        joined = found and not marks.may_part(found[-1][-1], word[0])
        if joined or (found and found[-1][-1] == " " and not word.strip()):
            found[-1] += word
        else:
            found.append(word)
    return found
