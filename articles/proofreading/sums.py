"""Percentages that do not add up, and growth that is not what the two numbers beside it give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.proofreading.copy import Passage, Slip, Slips, StoryCopy, slip
from articles.proofreading.mistakes import Match

_SENTENCE = re.compile(r"[^。！？；\n]+")
_PERCENT = re.compile(r"(?<![\d.])(\d{1,9}(?:\.\d{1,9})?)[%％]")
_SHARES = re.compile(r"分别占|各占|占比|占")
# Words that make the shares a whole; without them a list that ends short of 100 may just be no whole.
_REST = re.compile(r"其余|剩余|余下")
_WHOLE = re.compile(rf"分别占|其他|另外|{_REST.pattern}")
_NO_SHARES = re.compile(r"增长|下降|提高|同比|环比|上升|减少|涨|跌|折|可多选|比上年|较上年|年占")
_FAR = 12.0  # a sum further from 100 than this was not meant to be 100
# 占 with its number, and of what where it says so; 各占 counts otherwise. Of two shares the bounds, and wholes of
# their own, make no sum.
_SHARE = re.compile(r"(?<!各)占比?(?:为|到|达|了|约)?(?P<whole>[^，、。；：占\d]{0,8}?)(?:\d{1,9}(?:\.\d{1,9})?)[%％]")
_BOUNDED = re.compile(r"以上|以下|超过|超|多|近|约|至少|不足|不到|[～—-]")
_EACH = re.compile(r"各占(?P<whole>[^，、。；：占\d]{0,8}?)(?P<percent>\d{1,3}(?:\.\d{1,9})?)[%％]")
# What stands before 各占 where it says one part of several wholes: 两校女生. 两校 alone are the parts themselves.
_OWN_WHOLES = re.compile(
    r"(?:[两三四五六七八九十几各每]|\d)(?:[个所家座支]\S{0,2}?)?(?:[大中小]学|[校地市县区国省州村镇乡班厂院店组队司业])的?"
    r"(?!均|都|约|大约|分别|大概|共|也|就|将|则)[^，、。：和与及或]{1,8}$"
)
_BEFORE = 30  # characters read back from 各占


def shares(copy: StoryCopy) -> Slips:
    """Shares in one sentence that come near 100% and miss it by more than rounding can."""
    for passage, sentence in copy.matches(_SENTENCE):
        if passage.is_running_text and not _NO_SHARES.search(sentence.group()):
            yield from _shares_of(passage, sentence)
            yield from _too_much_each(passage, sentence)


def _shares_of(passage: Passage, sentence: Match) -> Iterator[Slip]:
    text = sentence.group()
    found = list(_PERCENT.finditer(text))
    if not _is_one_whole(text, len(found)):
        return
    total = sum(float(match[1]) for match in found)
    off = abs(total - 100)
    rounding = sum(_half_a_step(match[1]) for match in found) + 1e-6
    if rounding < off <= _FAR and (total > 100 or _WHOLE.search(text)):
        start, end = sentence.start() + found[0].start(), sentence.start() + found[-1].end()
        yield slip(passage, start, end, _("These shares add up to %(sum)s%%.") % {"sum": f"{total:g}"})


def _is_one_whole(text: str, count: int) -> bool:
    """Whether the shares in a sentence are of one whole: three or more, or two that say so in one way."""
    if count != 2:
        return count > 2 and bool(_SHARES.search(text))
    if _REST.search(text):
        return bool(_SHARES.search(text))
    wholes = [match["whole"] for match in _SHARE.finditer(text)]
    return len(wholes) == 2 and wholes[0] == wholes[1] and not _BOUNDED.search(text)


def _too_much_each(passage: Passage, sentence: Match) -> Iterator[Slip]:
    """各占 a share of which there cannot be two, unless each is of a whole of its own."""
    text = sentence.group()
    for match in _EACH.finditer(text):
        of_own = _OWN_WHOLES.search(text[max(0, match.start() - _BEFORE) : match.start()])
        if float(match["percent"]) > 50 and not of_own:
            start, end = (sentence.start() + at for at in match.span("percent"))
            total = f"{2 * float(match['percent']):g}"
            yield slip(passage, start, end + 1, _("These shares add up to %(sum)s%%.") % {"sum": total})


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
    for passage, match in copy.matches(_GROWTH):
        if passage.is_running_text:
            yield from _growth_of(passage, match)


def _growth_of(passage: Passage, match: Match) -> Iterator[Slip]:
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
