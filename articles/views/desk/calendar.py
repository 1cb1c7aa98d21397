"""The calendar's pages as values: days with what stands on them, and where its buttons lead."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import calendar_days
from articles.calendar_days import View
from articles.coverage_states import Outcome
from articles.forms.parsing import day_or_none
from articles.models import Topic
from articles.plan.coverage import topic_outcome
from newsroom import dates

# More than this a day is read on the page of the day.
SHOWN_A_DAY = {View.MONTH: 5, View.WEEK: 20}


class Entry(NamedTuple):
    """A topic and what came of it; None while nothing is expected of it."""

    topic: Topic
    outcome: Outcome | None


class Day(NamedTuple):
    """A day of the calendar; `is_outside` in a month's first and last week. `more` stand on its own page, and
    `behind` of those are late or did not come.
    """

    day: datetime.date
    is_today: bool
    is_outside: bool
    entries: list[Entry]
    more: int
    behind: int


def asked_view(text: str) -> View:
    """The view asked for; a week where nothing was asked, or nothing that there is."""
    return View(text) if text in {view.value for view in View} else View.WEEK


def asked_day(text: str) -> datetime.date:
    """The day asked for; today, the newsroom's, where nothing was asked, or nothing that is a day."""
    return calendar_days.held(day_or_none(text) or timezone.localdate())


def entries_of(topics: Iterable[Topic], now: datetime.datetime) -> list[Entry]:
    return [Entry(topic, topic_outcome(topic, now)) for topic in topics]


def weeks_of(view: View, on: datetime.date, entries: list[Entry]) -> list[list[Day]]:
    """The page's weeks, each day with its entries in their order."""
    return [
        [_day(view, on, day, entries) for day in week] for week in calendar_days.weeks(calendar_days.days_of(view, on))
    ]


def _day(view: View, on: datetime.date, day: datetime.date, entries: list[Entry]) -> Day:
    standing = [entry for entry in entries if entry.topic.covers(day)]
    shown, rest = standing[: SHOWN_A_DAY[view]], standing[SHOWN_A_DAY[view] :]
    behind = sum(entry.outcome in {Outcome.LATE, Outcome.MISSING} for entry in rest)
    is_outside = view == View.MONTH and day.month != on.month
    return Day(day, day == timezone.localdate(), is_outside, shown, len(rest), behind)


def heading(view: View, on: datetime.date) -> str:
    """What the page is called: a day with its weekday, a week by its ends, a month."""
    if view == View.MONTH:
        return dates.month(on)
    if view == View.DAY:
        return dates.day_and_weekday(on)
    days = calendar_days.days_of(view, on)
    return _("%(first)s to %(last)s") % {"first": dates.day(days[0]), "last": dates.day(days[-1])}


def views() -> list[tuple[View, str]]:
    """The views to choose, with their names."""
    return [(View.DAY, _("Day")), (View.WEEK, _("Week")), (View.MONTH, _("Month"))]


def address_of_plan(question: str) -> str:
    """The page of the calendar that somebody came from, as they had narrowed it; `question` comes from a form."""
    asked, kept = QueryDict(question[:800]), QueryDict(mutable=True)
    for name in ("view", "on", "section", "person"):
        if asked.get(name):
            kept[name] = asked[name]
    return f"{reverse('desk:plan')}?{kept.urlencode()}"


def turning(view: View, on: datetime.date) -> dict[str, Any]:
    """The views to choose, and the days that the buttons lead to."""
    return {
        "view": view,
        "on": on,
        "heading": heading(view, on),
        "views": views(),
        "before": calendar_days.before(view, on),
        "after": calendar_days.after(view, on),
        "today": timezone.localdate(),
    }
