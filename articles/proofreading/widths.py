"""Half-width marks in Chinese, and spaces left over from a layout.

Source: GB/T 15834-2011 5.1 (marks take a full place beside Chinese); Chinese is set without spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.proofreading.copy import CJK, Passage, Slip, Slips, StoryCopy, slip
from articles.proofreading.mistakes import Mistake, finds

FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_CHINESE = rf"{CJK}，。、；：？！“”‘’《》（）【】…"
# Addresses keep their own marks.
_ADDRESS = re.compile(r"https?://[!-~]+|www\.[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.A)
_MARK = re.compile(rf"(?<=[{_CHINESE}])[,;:?!]|[,;?!](?=[{_CHINESE}])")
_POINT = re.compile(rf"(?<=[{CJK}”）])\.(?=[{_CHINESE}]|$)")
_BRACKETS = re.compile(r"\(([^()（）]*)\)")
_STRAIGHT = re.compile(r"[\"＂]")
_SINGLE = re.compile(rf"(?<=[{_CHINESE}])'|'(?=[{_CHINESE}])")
_HAS_CJK = re.compile(f"[{CJK}]")


def half_width_marks(copy: StoryCopy) -> Slips:
    """A mark of half a place beside Chinese, outside of numbers, addresses and Latin text."""
    for passage in copy.passages:
        if passage.text.isascii():
            continue
        text = _ADDRESS.sub(lambda match: "x" * len(match.group()), passage.text)
        for start, full in sorted([*_marks(text), *_points(text), *_bracket_halves(text)]):
            message = _("“%(mark)s” is a half-width mark in Chinese.") % {"mark": passage.text[start]}
            yield slip(passage, start, start + 1, message, *full)


Found = Iterator[tuple[int, tuple[str, ...]]]


def _marks(text: str) -> Found:
    for match in _MARK.finditer(text):
        yield match.start(), (FULL[match.group()],)


def _points(text: str) -> Found:
    for match in _POINT.finditer(text):
        ends = match.end() == len(text)
        yield match.start(), ("。",) if ends else ("。", "·")


def _bracket_halves(text: str) -> Found:
    """Both halves of a pair with Chinese in it or right beside it, and a half whose other half is full."""
    paired: set[int] = set()
    for match in _BRACKETS.finditer(text):
        paired |= {match.start(), match.end() - 1}
        around = text[max(0, match.start() - 1) : match.start()]
        if _HAS_CJK.search(match.group() + around):
            yield match.start(), ("（",)
            yield match.end() - 1, ("）",)
    first, last = text.find("（"), text.rfind("）")
    for half in re.finditer(r"[()]", text):
        has_other = half.start() < last if half.group() == "(" else 0 <= first < half.start()
        if has_other and half.start() not in paired:
            yield half.start(), (FULL[half.group()],)


_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]+(?:．[０-９]+)?％?")
# Digits and Latin letters that take a full place, as old typesetting systems wrote them.
wide_digits = finds(
    Mistake(
        _WIDE,
        gettext_lazy("Digits and Latin letters take half a place."),
        lambda match: [unicodedata.normalize("NFKC", match.group())],
    )
)


def straight_quotes(copy: StoryCopy) -> Slips:
    """Straight quotation marks in Chinese: one closes where a quotation is open, whatever opened it, else it opens."""
    for passage in copy.passages:
        if _HAS_CJK.search(passage.text):
            yield from _straight(passage, _STRAIGHT, ("“", "”"))
            yield from _straight(passage, _SINGLE, ("‘", "’"))


def _straight(passage: Passage, marks: re.Pattern[str], pair: tuple[str, str]) -> Iterator[Slip]:
    opening, closing = pair
    last = 0
    is_open = False
    for match in marks.finditer(passage.text):
        curved = [mark for mark in passage.text[last : match.start()] if mark in pair]
        is_open = curved[-1] == opening if curved else is_open
        message = _("A straight quotation mark in Chinese.")
        yield slip(passage, match.start(), match.end(), message, closing if is_open else opening)
        is_open, last = not is_open, match.end()


# Not the full-width space: it is typed on purpose, between the items of a line.
_SPACE = r"[ \u00a0\u2002-\u200a\t]+"
_LAYOUT_SPACE = re.compile(rf"(?<=[{_CHINESE}]){_SPACE}(?=[{_CHINESE}])")
_DIGIT_SPACE = re.compile(rf"(?<=[{_CHINESE}]){_SPACE}(?=[0-9])|(?<=[0-9%]){_SPACE}(?=[{_CHINESE}])")
# 本报记者 张三 通讯员 李四 and 张三 李四 摄: spaces part names.
_NAMES = re.compile(
    rf"(?:记者|通讯员|编辑|作者|特约|实习)[^（）()，。；！？]*|[{CJK}]{{2,4}}(?:\s+[{CJK}]{{2,4}}){{0,12}}\s+(?:摄|文|图|绘|供图|报道)(?=[\s）。]|$)"
    rf"|（[{CJK}]{{2,4}}(?:\s+[{CJK}]{{2,4}}){{0,12}}）"
)


def layout_spaces(copy: StoryCopy) -> Slips:
    """A space between Chinese characters in running text, other than between names."""
    for passage in copy.running:
        yield from _spaces(
            passage, _LAYOUT_SPACE, _("A space in a sentence: left from a layout, or a character is missing.")
        )


def digit_spaces(copy: StoryCopy) -> Slips:
    """A space between Chinese and a number in running text."""
    for passage in copy.running:
        yield from _spaces(passage, _DIGIT_SPACE, _("A space between Chinese and a number."))


def _spaces(passage: Passage, spaces: re.Pattern[str], message: str) -> Iterator[Slip]:
    text = _NAMES.sub(lambda match: "x" * len(match.group()), passage.text)
    for match in spaces.finditer(text):
        yield slip(passage, match.start(), match.end(), message, "")
