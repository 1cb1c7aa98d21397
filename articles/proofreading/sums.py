"""Percentages that do not add up, and growth that is not what the two numbers beside it give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.proofreading.copy import Passage, Slip, Slips, StoryCopy, slip

_SENTENCE = re.compile(r"[^。！？；\n]+")
_PERCENT = re.compile(r"(?<![\d.])(\d{1,9}(?:\.\d{1,9})?)[%％]")
_SHARES = re.compile(r"分别占|各占|占比|占")
# Words that make the shares a whole; without them a list that ends short of 100 may just be no whole.
_WHOLE = re.compile(r"分别占|其余|剩余|其他|余下|另外")
_NO_SHARES = re.compile(r"增长|下降|提高|同比|环比|上升|减少|涨|跌|折|可多选|比上年|较上年")
_FAR = 12.0  # a sum further from 100 than this was not meant to be 100


def shares(copy: StoryCopy) -> Slips:
    """Three shares or more in one sentence that come near 100% and miss it by more than rounding can."""
    for passage in copy.running:
        for sentence in _SENTENCE.finditer(passage.text):
            yield from _shares_of(passage, sentence)


def _shares_of(passage: Passage, sentence: re.Match[str]) -> Iterator[Slip]:
    text = sentence.group()
    found = list(_PERCENT.finditer(text))
    if len(found) < 3 or not _SHARES.search(text) or _NO_SHARES.search(text):
        return
    total = sum(float(match[1]) for match in found)
    off = abs(total - 100)
    rounding = sum(_half_a_step(match[1]) for match in found) + 1e-6
    if rounding < off <= _FAR and (total > 100 or _WHOLE.search(text)):
        start, end = sentence.start() + found[0].start(), sentence.start() + found[-1].end()
        yield slip(passage, start, end, _("These shares add up to %(sum)s%%.") % {"sum": f"{total:g}"})


def _half_a_step(number: str) -> float:
    """Half of the last decimal place: how far a rounded number may be from the true one."""
    return 0.5 * 10.0 ** -len(number.partition(".")[2])


_AMOUNT = r"(\d+(?:\.\d+)?)([万亿]?)(?!\d)([\u4e00-\u9fffA-Za-z]{0,4}?)"
_YEAR = r"(?:\d{4}年(?:底|末|初)?的?)?"
_GROWTH = re.compile(
    rf"(?:从|由){_YEAR}{_AMOUNT}(?P<way>增加|增长|提高|提升|上升|扩大|增|升|减少|下降|降低|缩短|降|减)(?:到|至|为)了?{_YEAR}{_AMOUNT}，"
    r"(?:同比)?(?P<said>增长|增幅|增加|提高|提升|上升|下降|降幅|减少|降低|缩短)(?:达到|达|为|了)?(?P<percent>\d+(?:\.\d+)?)[%％](?!点)"
)


def growth(copy: StoryCopy) -> Slips:
    """从A增加到B，增长C%: C is what A and B give, allowing for their rounding."""
    for passage in copy.running:
        for match in _GROWTH.finditer(passage.text):
            yield from _growth_of(passage, match)


def _growth_of(passage: Passage, match: re.Match[str]) -> Iterator[Slip]:
    before, before_scale, after, after_scale = match[1], match[2], match[5], match[6]
    scale = {"": 1, "万": 10**4, "亿": 10**8}
    old, new = float(before) * scale[before_scale], float(after) * scale[after_scale]
    if not old:
        return
    low = _change(old + _half_a_step(before) * scale[before_scale], new - _half_a_step(after) * scale[after_scale])
    high = _change(old - _half_a_step(before) * scale[before_scale], new + _half_a_step(after) * scale[after_scale])
    said, room = float(match["percent"]), _half_a_step(match["percent"]) + 0.05
    nearest, farthest = sorted((abs(low), abs(high)))
    if not nearest - room <= said <= farthest + room:
        right = f"{abs(_change(old, new)):.1f}"
        start, end = match.span("percent")
        message = _("%(old)s to %(new)s is %(percent)s%%.")
        yield slip(
            passage,
            start,
            end,
            message % {"old": before + before_scale, "new": after + after_scale, "percent": right},
            right,
        )


def _change(old: float, new: float) -> float:
    """From `old` to `new` in per cent of `old`."""
    return (new - old) / old * 100 if old > 0 else float("inf")
