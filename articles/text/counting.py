"""How a Chinese paper counts characters (字数)."""

from __future__ import annotations

import math
import re

# Latin letters and digits, accented ones included, and the marks that hold a number or a word together.
HALF_WIDTH_RUN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+(?:[.,'’:/%+-][0-9A-Za-z\u00c0-\u024f]+)*")
_SPACE = re.compile(r"\s+")


def count_characters(text: str) -> int:
    """The length of `text` by the paper's rule: a CJK character or a mark is one, a Latin letter or a digit
    half a one, a space nothing; the sum is rounded up.

    Source: the practice of Chinese dailies' copy fees, by which copy is counted as it fills a line.
    """
    halves = sum(len(run.group()) for run in HALF_WIDTH_RUN.finditer(text))
    whole = len(_SPACE.sub("", HALF_WIDTH_RUN.sub("", text)))
    return whole + math.ceil(halves / 2)


def lines_for(characters: int, characters_a_line: int) -> int:
    """How many lines so many characters take, where none ends before it is full."""
    return -(-characters // characters_a_line)
