"""Calendar dates as a Chinese paper prints them. Pure; every date is the newsroom's own."""

from __future__ import annotations

import datetime
from functools import lru_cache

from lunar_python import Solar

_WEEKDAYS = "一二三四五六日"


def weekday(day: datetime.date) -> str:
    """The day of the week, for example 星期四."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


@lru_cache(maxsize=512)
def lunar_date(day: datetime.date) -> str:
    """The date in the lunar calendar, for example 农历甲辰年正月廿七; a leap month is 闰二月."""
    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return f"农历{lunar.getYearInGanZhi()}年{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"


def printed_date(day: datetime.date) -> str:
    """The date line of a front page: 2024年3月7日 星期四 农历甲辰年正月廿七."""
    return f"{day.year}年{day.month}月{day.day}日 {weekday(day)} {lunar_date(day)}"
