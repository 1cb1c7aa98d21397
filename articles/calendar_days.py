"""Which days a page of the calendar shows: dates alone. Weeks begin on Monday."""

from __future__ import annotations

import datetime
from enum import StrEnum

from newsroom.dates import next_month

DAYS_A_WEEK = 7
# The years that the archive's addresses know. Far beyond them a moment leaves the calendar in another zone.
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)


class View(StrEnum):
    """How much one page of the calendar shows."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def monday_of(day: datetime.date) -> datetime.date:
    """The Monday of the week of `day`."""
    return day - datetime.timedelta(days=day.weekday())


def days_of(view: str, on: datetime.date) -> list[datetime.date]:
    """The days of the page that shows `on`: one, a week, or the whole weeks that a month touches."""
    if view == View.DAY:
        return [on]
    if view == View.WEEK:
        return _days(monday_of(on), DAYS_A_WEEK)
    first = monday_of(on.replace(day=1))
    end = next_month(on)
    weeks = -(-(end - first).days // DAYS_A_WEEK)
    return _days(first, weeks * DAYS_A_WEEK)


def weeks(days: list[datetime.date]) -> list[list[datetime.date]]:
    """Whole weeks of `days`, which begin on a Monday."""
    return [days[start : start + DAYS_A_WEEK] for start in range(0, len(days), DAYS_A_WEEK)]


def before(view: str, on: datetime.date) -> datetime.date:
    """A day of the page before the one that shows `on`; of a month, its first."""
    if view == View.MONTH:
        return held((on.replace(day=1) - datetime.timedelta(days=1)).replace(day=1))
    return held(on - datetime.timedelta(days=DAYS_A_WEEK if view == View.WEEK else 1))


def after(view: str, on: datetime.date) -> datetime.date:
    """A day of the page after the one that shows `on`; of a month, its first."""
    if view == View.MONTH:
        return held(next_month(on))
    return held(on + datetime.timedelta(days=DAYS_A_WEEK if view == View.WEEK else 1))


def held(day: datetime.date) -> datetime.date:
    """`day`, or the first or last one that the calendar has."""
    return min(max(day, FIRST_DAY), LAST_DAY)


def _days(first: datetime.date, count: int) -> list[datetime.date]:
    return [first + datetime.timedelta(days=number) for number in range(count)]
