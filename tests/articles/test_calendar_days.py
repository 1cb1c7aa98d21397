"""Which days a page of the calendar shows: weeks from Monday, months of whole weeks, across the ends of years."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import calendar_days as calendar

D = datetime.date
DAYS = st.dates(min_value=calendar.FIRST_DAY, max_value=calendar.LAST_DAY)


@pytest.mark.parametrize(
    ("view", "on", "first", "last"),
    [
        ("day", D(2026, 11, 25), D(2026, 11, 25), D(2026, 11, 25)),
        ("week", D(2026, 11, 25), D(2026, 11, 23), D(2026, 11, 29)),
        ("week", D(2026, 11, 29), D(2026, 11, 23), D(2026, 11, 29)),  # a Sunday ends its week
        ("week", D(2027, 1, 1), D(2026, 12, 28), D(2027, 1, 3)),
        ("month", D(2026, 11, 25), D(2026, 10, 26), D(2026, 12, 6)),
        ("month", D(2026, 12, 31), D(2026, 11, 30), D(2027, 1, 3)),
        ("month", D(2027, 2, 10), D(2027, 2, 1), D(2027, 2, 28)),  # a month of four whole weeks
        ("month", D(2028, 2, 29), D(2028, 1, 31), D(2028, 3, 5)),
    ],
)
def test_which_days_a_page_shows(view, on, first, last):
    days = calendar.days_of(view, on)
    assert (days[0], days[-1]) == (first, last)


@pytest.mark.parametrize(
    ("view", "on", "before", "after"),
    [
        ("day", D(2027, 1, 1), D(2026, 12, 31), D(2027, 1, 2)),
        ("week", D(2026, 12, 30), D(2026, 12, 23), D(2027, 1, 6)),
        ("month", D(2026, 12, 31), D(2026, 11, 1), D(2027, 1, 1)),
        ("month", D(2026, 3, 31), D(2026, 2, 1), D(2026, 4, 1)),
        ("month", D(1900, 1, 5), D(1900, 1, 1), D(1900, 2, 1)),
        ("day", D(2099, 12, 31), D(2099, 12, 30), D(2099, 12, 31)),  # there the calendar ends
    ],
)
def test_where_the_buttons_lead(view, on, before, after):
    assert (calendar.before(view, on), calendar.after(view, on)) == (before, after)


@given(DAYS, st.sampled_from(calendar.View))
def test_a_page_shows_its_day_in_a_row_of_days_and_weeks_from_monday(on, view):
    days = calendar.days_of(view, on)
    assert on in days
    assert all(later - earlier == datetime.timedelta(days=1) for earlier, later in pairwise(days))
    if view != calendar.View.DAY:
        weeks = calendar.weeks(days)
        assert all(len(week) == 7 and week[0].weekday() == 0 for week in weeks)
    if view == calendar.View.MONTH:
        outside = [day for day in days if day.month != on.month]
        assert len(days) - len(outside) in {28, 29, 30, 31}
        assert all(len([day for day in week if day.month != on.month]) < 7 for week in calendar.weeks(days))


@given(st.dates(min_value=D(1900, 2, 1), max_value=D(2099, 11, 30)), st.sampled_from(calendar.View))
def test_turning_on_and_back_comes_to_the_same_page(on, view):
    there = calendar.after(view, on)
    assert calendar.days_of(view, calendar.before(view, there)) == calendar.days_of(view, on)
