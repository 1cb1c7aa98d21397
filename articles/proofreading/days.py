"""Dates that cannot be, weekdays that do not fit them, ranges that run backwards, years that are missing."""

from __future__ import annotations

import calendar
import contextlib
import datetime
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.proofreading.copy import Passage, Slip, Slips, StoryCopy, slip

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
    for passage in copy.passages:
        for match in _PLAIN_DATE.finditer(passage.text):
            if not _is_possible(match, copy.day):
                message = _("There is no %(date)s.") % {"date": match.group()}
                yield slip(passage, match.start(), match.end(), message)
        for match in _DAY_RANGE.finditer(passage.text):
            if not match[4] and not _has_day(int(match[1]), int(match[5])):
                date = f"{match[1]}月{match[5]}日"
                yield slip(passage, match.start(5), match.end(), _("There is no %(date)s.") % {"date": date})
        for match in _TIME.finditer(passage.text):
            if int(match[1]) > 24 or int(match[2]) > 59:
                message = _("There is no %(date)s.") % {"date": match.group()}
                yield slip(passage, match.start(), match.end(), message)


def _is_possible(match: re.Match[str], today: datetime.date) -> bool:
    return _has_day(int(match["month"]), int(match["day"]), _named_year(match, today))


def _has_day(month: int, day: int, year: int | None = None) -> bool:
    """Whether a month has a day; without its year 2月29日 may be right."""
    year = 2000 if year is None else year
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]


def _named_year(match: re.Match[str], today: datetime.date) -> int | None:
    if match["year"]:
        return int(match["year"])
    return today.year + _RELATIVE[match["relative"]] if match["relative"] else None


def weekdays(copy: StoryCopy) -> Slips:
    """A weekday beside a date that it does not fit. Without a year it has to fit none of those that may be meant."""
    for passage in copy.passages:
        for pattern in (_DATE_WITH_WEEKDAY, _WEEKDAY_WITH_DATE):
            for match in pattern.finditer(passage.text):
                right = [WEEKDAYS[date.weekday()] for date in _dates_meant(match, copy.day)]
                if right and match["weekday"].replace("天", "日") not in right:
                    start, end = match.span("weekday")
                    values = {"date": f"{match['month']}月{match['day']}日", "weekday": f"星期{right[0]}"}
                    yield slip(passage, start, end, _("%(date)s is a %(weekday)s.") % values, right[0])


def _dates_meant(match: re.Match[str], today: datetime.date) -> list[datetime.date]:
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


def backward_ranges(copy: StoryCopy) -> Slips:
    """A range of days or years that ends before it begins."""
    for passage in copy.passages:
        for match in _DAY_RANGE.finditer(passage.text):
            if _runs_backward(match) and not _crosses_years(match):
                yield _backward(passage, match)
        for match in _YEAR_RANGE.finditer(passage.text):
            if int(match[2]) < int(match[1]):
                yield _backward(passage, match)


def _backward(passage: Passage, match: re.Match[str]) -> Slip:
    return slip(passage, match.start(), match.end(), _("This range ends before it begins."))


def _runs_backward(match: re.Match[str]) -> bool:
    """Whether a range that names no other year for its end ends earlier than it begins."""
    begins = (int(match[1]), int(match[2]))
    return not match[3] and (int(match[4] or match[1]), int(match[5])) < begins


def _crosses_years(match: re.Match[str]) -> bool:
    return bool(match[4]) and int(match[1]) >= _LATE and int(match[4]) <= _EARLY


def missing_years(copy: StoryCopy) -> Slips:
    """A range of days over the new year of which neither end names a year."""
    for passage in copy.passages:
        for match in _DAY_RANGE.finditer(passage.text):
            if _runs_backward(match) and _crosses_years(match):
                at = match.start(4)
                yield slip(
                    passage,
                    match.start(),
                    match.end(),
                    _("The range runs over the new year; a year is missing."),
                    passage.text[match.start() : at] + "次年" + passage.text[at : match.end()],
                )


_RELATIVE_YEAR = re.compile(r"(前年|去年|今年|明年|后年)(?:[（(，]?即|，也就是|[（(])?(\d{4})年")


def relative_years(copy: StoryCopy) -> Slips:
    """今年, 去年 or 明年 beside a year that it is not."""
    for passage in copy.passages:
        yield from _relative(passage, copy.day)


def _relative(passage: Passage, today: datetime.date) -> Iterator[Slip]:
    for match in _RELATIVE_YEAR.finditer(passage.text):
        right = today.year + _RELATIVE[match[1]]
        if int(match[2]) != right:
            message = _("%(word)s is %(year)s.") % {"word": match[1], "year": right}
            yield slip(passage, match.start(2), match.end(2), message, str(right))
