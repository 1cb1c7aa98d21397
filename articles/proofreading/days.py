"""Dates that cannot be, weekdays that do not fit them, ranges that run backwards, years that are missing."""

from __future__ import annotations

import calendar
import contextlib
import datetime
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.proofreading.copy import Passage, Slip, Slips, StoryCopy, slip
from articles.proofreading.mistakes import Match, Mistake, finds

WEEKDAYS = "一二三四五六日"
# How far from the story's day a date without a year is meant for certain, and how far it can be meant at all.
_CLOSE, _FAR = datetime.timedelta(days=60), datetime.timedelta(days=330)
_RELATIVE = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_DATE = r"(?:(?P<year>\d{4})年|(?P<relative>前年|去年|今年|明年))?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
_PLAIN_DATE = re.compile(rf"(?<!\d)(?<!农历)(?<!腊月){_DATE}")
_TIME = re.compile(r"(?<![\d.])(\d{1,2})时(\d{1,2})分")
_TO = r"\s*(?:至|到|—|－|-|～|~)\s*"
_DAY_RANGE = re.compile(
    rf"(?<!\d)(\d{{1,2}})月(\d{{1,2}})日?{_TO}(?:(今年|明年|次年|翌年|\d{{4}}年))?(?:(\d{{1,2}})月)?(\d{{1,2}})日"
)
_YEAR_RANGE = re.compile(rf"(?<!\d)(\d{{4}})(?:年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?)?{_TO}(\d{{4}})年")
_DATE_WITH_WEEKDAY = re.compile(
    rf"(?<!\d){_DATE}(?:是|[（(，、]?)(?P<word>星期|周|礼拜)(?P<weekday>[一二三四五六日天])"
)
_WEEKDAY_WITH_DATE = re.compile(rf"(?P<word>星期|周|礼拜)(?P<weekday>[一二三四五六日天])[（(]{_DATE}[）)]")


def impossible(copy: StoryCopy) -> Slips:
    """A day that its month does not have, a thirteenth month, a sixty-first minute."""
    for passage, match in copy.matches(_PLAIN_DATE):
        if not _is_possible(match, copy.day):
            yield _is_not(passage, match.span(), match.group())
    for passage, match in copy.matches(_DAY_RANGE):
        if not match[4] and not _has_day(int(match[1]), int(match[5])):
            yield _is_not(passage, (match.start(5), match.end()), f"{match[1]}月{match[5]}日")
    for passage, match in copy.matches(_TIME):
        if int(match[1]) > 24 or int(match[2]) > 59:
            yield _is_not(passage, match.span(), match.group())


def _is_not(passage: Passage, span: tuple[int, int], date: str) -> Slip:
    return slip(passage, *span, _("There is no %(date)s.") % {"date": date})


def _is_possible(match: Match, today: datetime.date) -> bool:
    return _has_day(int(match["month"]), int(match["day"]), _named_year(match, today))


def _has_day(month: int, day: int, year: int | None = None) -> bool:
    """Whether a month has a day; without its year 2月29日 may be right."""
    year = 2000 if year is None else year
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]


def _named_year(match: Match, today: datetime.date) -> int | None:
    if match["year"]:
        return int(match["year"])
    return today.year + _RELATIVE[match["relative"]] if match["relative"] else None


def weekdays(copy: StoryCopy) -> Slips:
    """A weekday beside a date that it does not fit. Without a year it has to fit none of those that may be meant."""
    for passage, match in copy.matches(_DATE_WITH_WEEKDAY, _WEEKDAY_WITH_DATE):
        right = [WEEKDAYS[date.weekday()] for date in _dates_meant(match, copy.day)]
        if right and match["weekday"].replace("天", "日") not in right:
            values = {"date": f"{match['month']}月{match['day']}日", "weekday": f"星期{right[0]}"}
            message = _("%(date)s is a %(weekday)s.") % values
            yield slip(passage, *match.span("weekday"), message, right[0])


def _dates_meant(match: Match, today: datetime.date) -> list[datetime.date]:
    """The dates that may be meant, the nearest first: of a date close by that one alone."""
    named = _named_year(match, today)
    dates = []
    for year in [named] if named else [today.year - 1, today.year, today.year + 1]:
        with contextlib.suppress(ValueError):
            dates.append(datetime.date(year, int(match["month"]), int(match["day"])))
    dates.sort(key=lambda date: abs(date - today))
    is_close = not dates or named or abs(dates[0] - today) <= _CLOSE
    return dates[:1] if is_close else [date for date in dates if abs(date - today) <= _FAR]


# A range from the last months to the first ones runs over the new year.
_LATE, _EARLY = 9, 4


# A range of days or years that ends before it begins.
_BACKWARD = gettext_lazy("This range ends before it begins.")
backward_ranges = finds(
    Mistake(_DAY_RANGE, _BACKWARD, is_one=lambda match: _runs_backward(match) and not _crosses_years(match)),
    Mistake(_YEAR_RANGE, _BACKWARD, is_one=lambda match: int(match[2]) < int(match[1])),
)


def _runs_backward(match: Match) -> bool:
    """Whether a range that names no other year for its end ends earlier than it begins."""
    begins = (int(match[1]), int(match[2]))
    return not match[3] and (int(match[4] or match[1]), int(match[5])) < begins


def _crosses_years(match: Match) -> bool:
    return bool(match[4]) and int(match[1]) >= _LATE and int(match[4]) <= _EARLY


def _with_next_year(match: Match) -> list[str]:
    at = match.start(4) - match.start()
    return [f"{match.group()[:at]}次年{match.group()[at:]}"]


# A range of days over the new year of which neither end names a year.
missing_years = finds(
    Mistake(
        _DAY_RANGE,
        gettext_lazy("The range runs over the new year; a year is missing."),
        _with_next_year,
        is_one=lambda match: _runs_backward(match) and _crosses_years(match),
    )
)

_RELATIVE_YEAR = re.compile(r"(前年|去年|今年|明年|后年)(?:[（(，]?即|，也就是|[（(])?(\d{4})年")


def relative_years(copy: StoryCopy) -> Slips:
    """今年, 去年 or 明年 beside a year that it is not."""
    for passage, match in copy.matches(_RELATIVE_YEAR):
        right = copy.day.year + _RELATIVE[match[1]]
        if int(match[2]) != right:
            message = _("%(word)s is %(year)s.") % {"word": match[1], "year": right}
            yield slip(passage, *match.span(2), message, str(right))


_CHARACTERS = "一二三四五六七八九十"
_MIXED_DATES = (
    # 五月1日, 二〇二六年5月, 2026年五月三日; a day of the farmers' calendar (初三) carries no 日.
    re.compile(rf"[{_CHARACTERS}]{{1,2}}月\d{{1,2}}[日号]"),
    re.compile(rf"\d{{1,2}}月[{_CHARACTERS}]{{1,3}}日(?![三千夜游])"),
    re.compile(rf"[一二][〇零{_CHARACTERS[:-1]}]{{3}}年\d{{1,2}}月(?:\d{{1,2}}日)?"),
    re.compile(rf"(?<!\d)\d{{4}}年[{_CHARACTERS}]{{1,2}}月[{_CHARACTERS}]{{1,3}}日"),
    # 9点十分 may be no time: 十分 is also "very".
    re.compile(rf"(?<!\d)\d{{1,2}}[时点](?!十分)[{_CHARACTERS}]{{1,3}}分(?!之)"),
    re.compile(rf"[{_CHARACTERS}]{{1,3}}时\d{{1,2}}分(?!之)"),
)
_IN_CHARACTERS = re.compile(rf"[〇零{_CHARACTERS}]+")


def _all_digits(match: Match) -> list[str]:
    return [_IN_CHARACTERS.sub(lambda number: _value(number.group()), match.group())]


def _value(number: str) -> str:
    """A number below a hundred, or the figures of a year, in digits."""
    tens, ten, ones = number.partition("十")
    if not ten:
        return "".join(str("〇一二三四五六七八九".index(figure.replace("零", "〇"))) for figure in number)
    return str((_figure(tens) or 1) * 10 + _figure(ones))


def _figure(character: str) -> int:
    return _CHARACTERS.index(character) + 1 if character else 0


# GB/T 15835-2011 4.3: one form throughout, above all in one date or time.
mixed_dates = finds(
    *(
        Mistake(pattern, gettext_lazy("Digits and characters are mixed in one date or time."), _all_digits)
        for pattern in _MIXED_DATES
    )
)
