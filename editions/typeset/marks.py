"""What a character is to a line: which marks may not begin or end it, and which give up half their width. Pure.

Source: GB/T 15834 (标点符号用法), and the W3C's Requirements for Chinese Text Layout (clreq), sections 3.1.5
(marks at line start and end, 避头尾) and 3.1.6 (compression of marks). Widths agree with what the engine
draws: see `tests/editions/typeset/test_engine_agrees.py`.
"""

from __future__ import annotations

import re
import unicodedata

# Marks whose ink stands at the left of their square: they can give up its right half.
CLOSING = frozenset("，。．、：；？！”’》）』」】〗〕〉］｝")
# Marks whose ink stands at the right of their square.
OPENING = frozenset("“‘《（『「【〖〔〈［｛")
MIDDLE = frozenset("·・")
# No line begins with these …
_NOT_FIRST = CLOSING | MIDDLE | frozenset("…—～–-,.;:?!)]}%‰％℃°′″々")
# … and none ends with these.
_NOT_LAST = OPENING | frozenset("([{￥$€£#＃№")
# Two of these are one mark (…… ——) and are never parted.
_PAIRS = frozenset("…—")
_CJK = re.compile(
    "[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_LETTER = re.compile("[0-9A-Za-z#$%&\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u0370-\u052f\u1e00-\u1fff]")
# Signs with no place of their own: accents, variation selectors, enclosing marks, and the joiner.
_CLINGING = frozenset({"Mn", "Me"})
_JOINER = "\u200d"
# Where a space stands before them, these may well begin a line.
_FIRST_BEHIND_SPACE = frozenset("-–—…～·・%°")


def is_cjk(character: str) -> bool:
    """Whether it is a Han character or kana; marks are not."""
    return bool(_CJK.match(character))


def is_letter(character: str) -> bool:
    """Whether it is a Latin, Greek or Cyrillic letter, a digit, or a sign that is set close to them."""
    return bool(_LETTER.match(character))


def clings(character: str) -> bool:
    """Whether it has no place of its own and stands on the character before it."""
    return character == _JOINER or unicodedata.category(character) in _CLINGING


def is_mark(character: str) -> bool:
    """Whether it is a mark, a space, or clings to another character: nothing that would be read alone."""
    return clings(character) or unicodedata.category(character)[0] in "PZ"


def may_part(before: str, after: str, *, behind_space: str = "") -> bool:
    """Whether a line may end between the two: 避头尾, numbers and words whole, …… and —— whole.

    `behind_space` is what stands before the space where `before` is one: it would end the line.
    """
    if after == " ":
        return False
    if before == " ":
        return behind_space not in _NOT_LAST and (after not in _NOT_FIRST or after in _FIRST_BEHIND_SPACE)
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before in _PAIRS and before == after:
        return False
    if before in "-/" and after.isalpha() and is_letter(after):
        return True
    return _is_square(before) or _is_square(after)


def _is_square(character: str) -> bool:
    """Whether it fills a square as Chinese does: a line may end on either side of it, marks apart."""
    return unicodedata.east_asian_width(character) in {"W", "F"} or character in "…—·“”‘’"


def squeeze(before: str, after: str) -> float:
    """How much of an em two marks that stand together give up: one half, where they have it between them."""
    if before in CLOSING:
        return 0.5 if after in CLOSING or after in OPENING else 0.0
    return 0.5 if before in OPENING and after in OPENING else 0.0


def space_between(before: str, after: str) -> float:
    """The space in em set between Chinese and Latin, a quarter: nobody types it."""
    if is_cjk(before):
        return 0.25 if is_letter(after) else 0.0
    return 0.25 if is_cjk(after) and is_letter(before) else 0.0
