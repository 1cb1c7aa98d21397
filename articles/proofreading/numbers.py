"""Numbers and units.

Source: GB/T 15835-2011 (出版物上数字用法), the clauses named with each check; for units GB 3100-1993.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.proofreading.copy import Passage, Slips, StoryCopy, slip
from articles.proofreading.mistakes import Match, Mistake, finds

_NUMBER = r"\d+(?:\.\d+)?"
_ANY_NUMBER = rf"(?:{_NUMBER}|[一二两三四五六七八九十百千几数]+)"
# What is counted or measured after a range; 年月日时 stand in ranges of time, which take a dash.
_SPANS = "年|月|日|时"
_UNITS = (
    "%|％|‰|℃|千米|公里|厘米|毫米|平方米|立方米|米|公斤|千克|克|吨|升|毫升|亩|公顷|元|万元|亿元|万|亿|岁|个|名|人|家|户|座|条|件|天|"
    "小时|分钟|秒|周|倍|层|楼|次|辆|台|套|级|度|km|cm|mm|kg|m|g|t|L"
)
_HYPHEN_RANGE = re.compile(
    rf"(?<![\d.A-Za-z—～~/-])(?P<first>{_NUMBER})(?P<unit>%|％|℃|万|亿|{_SPANS})?(?P<hyphen>[-~－])(?P<second>{_NUMBER})"
    rf"(?P<after>{_UNITS}|{_SPANS})(?![A-Za-z])"
)


def _mark_of_range(match: Match) -> str:
    return "—" if match["after"] in _SPANS.split("|") else "～"


# 5.1.3: a range takes ～ or —, not a hyphen or a half-width tilde.
hyphen_ranges = finds(
    Mistake(
        _HYPHEN_RANGE,
        gettext_lazy("A range of numbers takes %(mark)s."),
        at="hyphen",
        instead=lambda match: [_mark_of_range(match)],
        values=lambda match: {"mark": _mark_of_range(match)},
    )
)

_SHORT_RANGE = re.compile(
    rf"(?<![\d.A-Za-z第])(?P<first>{_NUMBER})(?P<mark>[-~－～—]|至|到)(?P<second>{_NUMBER})(?P<unit>[%％‰万亿])"
)
# 5.1.3: 15%～30% and 9亿～16亿; the first % or 万 is not left out, for then it says another number.
range_units = finds(
    Mistake(
        _SHORT_RANGE,
        gettext_lazy("Both ends of a range carry %(unit)s."),
        at="first",
        instead=lambda match: [match["first"] + match["unit"]],
    )
)

_DIGIT_VALUE = {"十": 10, "百": 100, "千": 1000}
_MIXED = re.compile(
    r"(?<![\d.A-Za-z第])(\d{1,3})([百千])(?:(\d)([百十]))?(?![米克瓦伏赫帕卡焦牛欧安吨升兆分字比周货叶家姓合慕])(?=[多余]?[万亿元人名个户家亩斤次件条天年米公里辆册本张座只头棵])"
)
_SEVERAL = re.compile(r"(?<![\d.])(\d{1,2})几(?=[个名人年岁天户家亩斤万亿元次件条米公])")
_TAIL = re.compile(r"[一二三四五六七八九]?[十百千]\d{1,2}(?=[个名人岁天户家亩斤元次件条米公里辆])")
_PERCENT = re.compile(r"百分之(\d+(?:\.\d+)?)")
_TENS = {"1": "十", "10": "十"} | {f"{n}0": f"{c}十" for n, c in zip("23456789", "二三四五六七八九", strict=True)}
_IS_MIXED = gettext_lazy("Digits and characters are mixed in one number.")


def _in_digits(match: Match) -> list[str]:
    rest = int(match[3]) * _DIGIT_VALUE[match[4]] if match[3] else 0
    return [str(int(match[1]) * _DIGIT_VALUE[match[2]] + rest)]


def _several_in_characters(match: Match) -> list[str]:
    return [f"{_TENS[match[1]]}几"] if match[1] in _TENS else []


# 5.3: digits and characters are not mixed in one number, but for 万 and 亿: 4 000, not 4千; 十几, not 10几.
mixed_numbers = finds(
    Mistake(_MIXED, _IS_MIXED, _in_digits),
    Mistake(_SEVERAL, _IS_MIXED, _several_in_characters),
    Mistake(_TAIL, _IS_MIXED),
    Mistake(_PERCENT, _IS_MIXED, lambda match: [f"{match[1]}%"]),
)

_NEIGHBOURS = "|".join(f"{a}、{b}" for a, b in zip("一二三四五六七八", "二三四五六七八九", strict=True))
_APART = re.compile(
    rf"(?<![第、零〇一二三四五六七八九十百千])(?:{_NEIGHBOURS})(?=[个十百千万位天次条米公里斤岁户]|分钟|小时|年(?:时间|来|前|后))"
)
# 5.2.1: two numbers side by side that mean about as many have no 、 between them: 三四个.
split_approximations = finds(
    Mistake(
        _APART,
        gettext_lazy("Two neighbouring numbers that mean about as many have no 、 between them."),
        lambda match: [match.group().replace("、", "")],
    )
)

# 节约, 条约, 附近: what ends with the word and is another one.
_IS_WHOLE = r"(?<![节签预条合契制违失简和邀赴相婉特公隐履续缔解爽守立成毁集订换俭盟誓期纽附最远邻靠临就])"
_TAKES = r"(?:需要?|要|占|在|用|花费?|值)?"
_TWICE_ABOUT = re.compile(
    rf"{_IS_WHOLE}(?P<first>大约|约有|约为|约|大概|将近|接近|近){_TAKES}{_ANY_NUMBER}[万亿]?"
    r"[\u4e00-\u9fff%℃]{0,4}?(?P<second>左右|上下)"
)
# 近三年多 is the time up to now.
_ABOUT_MORE = re.compile(
    rf"{_IS_WHOLE}(?P<first>大约|约有|约为|约|将近|接近|近){_TAKES}{_ANY_NUMBER}[万亿]?(?P<second>[多余])(?![年天月日]|个月)"
)
_YEARS_AND_MORE = re.compile(rf"{_IS_WHOLE}(?P<first>大约|约){_ANY_NUMBER}(?P<second>[多余])(?=[年天月日]|个月)")
_MORE_ABOUT = re.compile(
    rf"(?<![\d.一二两三四五六七八九十百千几数]){_ANY_NUMBER}[万亿]?(?P<first>[多余])"
    r"[\u4e00-\u9fff%℃]{0,3}?(?P<second>左右|上下)"
)
_OVER_ABOVE = re.compile(
    rf"(?P<first>超过|逾|突破|不低于|不少于|至少|最低)[\u4e00-\u9fff]{{0,5}}{_ANY_NUMBER}[万亿]?[\u4e00-\u9fff%℃]{{0,3}}?(?P<second>以上)"
)
_ABOUT_NEARLY = re.compile(rf"(?P<first>大约|约)(?P<second>近|将近|接近)(?={_ANY_NUMBER})")
_SAID_TWICE = gettext_lazy("%(first)s and %(second)s say it twice.")


def _without_either(match: Match) -> list[str]:
    """What was said with one of its two words taken out: the second, the first."""
    whole, start = match.group(), match.start()
    spans = [(match.start(name) - start, match.end(name) - start) for name in ("second", "first")]
    return [whole[:begin] + whole[end:] for begin, end in spans]


# 约…左右, 约…多, 近…多, 超过…以上: two words for one vagueness, or two that contradict each other.
said_twice = finds(
    *(
        Mistake(pattern, _SAID_TWICE, _without_either)
        for pattern in (_TWICE_ABOUT, _ABOUT_MORE, _YEARS_AND_MORE, _MORE_ABOUT, _OVER_ABOVE)
    ),
    Mistake(_ABOUT_NEARLY, _SAID_TWICE, lambda match: [match["first"], match["second"]]),
)

_SHORT_YEAR = re.compile(
    r"(?<![\d.多近这过约共满第历经时后前的])(?:[’'‘](?P<marked>\d\d)年(?![会度鉴展])|(?P<plain>[0-4]\d)年(?=(?:1[0-2]|0?[1-9])月(?![间来份个以]))"
    r"|(?<=于)(?P<late>[0-46-9]\d)年(?=[底初末春夏秋冬，。]))"
)


def _whole_year(match: Match) -> list[str]:
    digits = match["marked"] or match["plain"] or match["late"]
    return [f"{'20' if int(digits) <= 50 else '19'}{digits}年"]


# 5.1.4: a year has its four digits.
short_years = finds(Mistake(_SHORT_YEAR, gettext_lazy("A year has four digits."), _whole_year))

_ZERO_YEAR = re.compile(r"[一二][零〇一二三四五六七八九]{3}(?=年)")
# 5.2.5: as a figure among figures zero is 〇, not 零: 二〇二六年.
zeros_in_years = finds(
    Mistake(
        _ZERO_YEAR,
        gettext_lazy("In the figures of a year zero is 〇."),
        lambda match: [match.group().replace("零", "〇")],
        is_one=lambda match: "零" in match.group(),
    )
)

_GROUPED = re.compile(r"(?<![\d.,A-Za-z])\d{1,3}(?:,\d+)+(?![\d,]|\.\d)")
_RIGHTLY_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
# What has more digits is the number of something and counts nothing; a conversion would refuse it.
_LONG = re.compile(r"(?<![\d.,A-Za-z:：第号话])\d{5,18}(?=[万亿]?[元人名个户家亩斤吨次件条米公辆册张座只头棵平立])")


def digit_groups(copy: StoryCopy) -> Slips:
    """5.1.1: digits are grouped by three or not at all, the same throughout a text."""
    grouped = list(copy.matches(_GROUPED))
    wrong = [(passage, match) for passage, match in grouped if not _RIGHTLY_GROUPED.fullmatch(match.group())]
    for passage, match in wrong:
        message = _("Digits are grouped by three.")
        yield slip(passage, match.start(), match.end(), message, match.group().replace(",", ""))
    if len(grouped) > len(wrong):
        for passage, match in copy.matches(_LONG):
            message = _("Elsewhere in this story digits are grouped by three.")
            yield slip(passage, match.start(), match.end(), message, f"{int(match.group()):,}")


_BARE = re.compile(r"(?<![\d.A-Za-z])\.(\d+)(?=[%％\u4e00-\u9fff])")
# 5.1.2: 0.46, not .46.
bare_decimals = finds(Mistake(_BARE, gettext_lazy("A zero stands before the point."), lambda match: [f"0.{match[1]}"]))

_DATED_NAME = re.compile(
    r"(?<![\d.·“])(?P<quote>“)?(?P<month>1?\d)[.．、](?P<day>[1-3]?\d)(?P<close>”)?"
    r"(?=国际消费者|消费者权益日|晚会|事变|大地震|地震|特大|事件|惨案|世界读书日|购物节|重大)"
)
# 5.1.6: month and day in the name of an event are parted by · and quoted: “3·15”.
dated_names = finds(
    Mistake(
        _DATED_NAME,
        gettext_lazy("A day that names an event is written so: “3·15”."),
        lambda match: [f"“{match['month']}·{match['day']}”"],
    )
)

_BOTH_WAYS = {
    "km": "公里|千米",
    "kg": "公斤|千克",
    "m²": "平方米",
    "㎡": "平方米",
    "m³": "立方米",
    "℃": "摄氏度",
    "cm": "厘米",
    "mm": "毫米",
    "kW": "千瓦",
    "g": "克",
    "m": "米",
    "t": "吨",
    "L": "升",
}


def mixed_units(copy: StoryCopy) -> Slips:
    """One unit written as a symbol and as a word in one story (GB/T 15835-2011 4.3: one form throughout)."""
    for symbol, names in _BOTH_WAYS.items():
        symbols = _after_numbers(copy, rf"{re.escape(symbol)}(?![A-Za-z²³/])")
        words = _after_numbers(copy, f"(?:{names})")
        if symbols and words:
            word = words[0][1].group(1)
            for passage, match in symbols:
                message = _("Elsewhere in this story the unit is written %(unit)s.") % {"unit": word}
                yield slip(passage, match.start(1), match.end(1), message, word)


def _after_numbers(copy: StoryCopy, unit: str) -> list[tuple[Passage, Match]]:
    return list(copy.matches(re.compile(rf"\d\s?({unit})")))


_CELSIUS = re.compile(rf"摄氏(零下|零上)?({_NUMBER})度")
# GB 3100: 摄氏度 is one unit and is not split by the number.
celsius = finds(
    Mistake(_CELSIUS, gettext_lazy("摄氏度 is one unit."), lambda match: [f"{match[1] or ''}{match[2]}摄氏度"])
)

_LESS = re.compile(rf"(?:减少|降低|下降|缩短|缩小|减小)(?:了|至|到)?(?:近|约)?{_ANY_NUMBER}(?:多|余)?倍")
# Nothing becomes less by a multiple of itself: a half, or 50%, is meant (the house rule of most papers).
times_less = finds(Mistake(_LESS, gettext_lazy("Nothing becomes less by a multiple of itself.")))
