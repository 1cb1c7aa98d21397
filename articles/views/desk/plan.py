"""The plan: a calendar of topics, a day's plan against what came, and the list of all topics."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles import calendar_days, rules
from articles.calendar_days import View
from articles.coverage_states import PLANNED_STATES, Outcome, TopicState
from articles.plan import coverage, coverage_rules
from articles.plan.filters import PlanFilter, TopicFilter
from articles.views.desk.access import DeskRequest, desk_view
from articles.views.desk.calendar import Entry, asked_day, asked_view, entries_of, turning, views, weeks_of
from articles.views.desk.paging import page_of
from newsroom.staff.models import User

# A page of the calendar with more on it says so: somebody narrows it.
SHOWN_TOPICS, SHOWN_UNPLANNED, SHOWN_AT_HOME = 2000, 100, 20


@desk_view
def plan(request: DeskRequest) -> HttpResponse:
    """The calendar: what is proposed and approved for the days of a day, a week or a month."""
    view, on = asked_view(request.GET.get("view", "")), asked_day(request.GET.get("on", ""))
    days = calendar_days.days_of(view, on)
    planned = coverage_rules.visible_to(request.user).filter(state__in=PLANNED_STATES)
    narrowed = PlanFilter(request.GET, queryset=coverage.on_days(planned, days[0], days[-1]))
    topics = list(coverage.with_going(narrowed.qs)[: SHOWN_TOPICS + 1])
    entries = entries_of(topics[:SHOWN_TOPICS], timezone.now())
    context = turning(view, on) | {
        "filter": narrowed,
        "is_cut": len(topics) > SHOWN_TOPICS,
        "is_empty": not topics,
        "can_propose": coverage_rules.can_propose(request.user),
    }
    if view == View.DAY:
        return render(request, "desk/plan_day.html", context | _against_what_came(request.user, on, entries))
    return render(request, "desk/plan.html", context | {"weeks": weeks_of(view, on, entries)})


def _against_what_came(user: User, day: datetime.date, entries: list[Entry]) -> dict[str, Any]:
    """A day's plan, what did not come first, and what came without having been planned."""
    worst_first = [Outcome.MISSING, Outcome.LATE, Outcome.NOBODY, Outcome.AWAITED, Outcome.DELIVERED, None]
    counts = Counter(entry.outcome for entry in entries if entry.outcome)
    unplanned = list(coverage.unplanned(rules.history_visible_to(user).for_lists(), day)[: SHOWN_UNPLANNED + 1])
    return {
        "entries": sorted(entries, key=lambda entry: worst_first.index(entry.outcome)),
        "counts": [(outcome, counts[outcome]) for outcome in worst_first if outcome and counts[outcome]],
        "unplanned": unplanned[:SHOWN_UNPLANNED],
        "is_unplanned_cut": len(unplanned) > SHOWN_UNPLANNED,
    }


@desk_view
def topic_list(request: DeskRequest) -> HttpResponse:
    """The topics this person may read, what comes next first, narrowed by the filters."""
    narrowed = TopicFilter(request.GET, queryset=coverage_rules.visible_to(request.user))
    page = page_of(
        coverage.with_going(narrowed.qs),
        request.GET.get("older", ""),
        by=("day", "id"),
        is_soonest_first=narrowed.is_soonest_first,
    )
    context = {
        "filter": narrowed,
        "page": page,
        "entries": entries_of(page.items, timezone.now()),
        "views": views(),
        "on": timezone.localdate(),
        "can_propose": coverage_rules.can_propose(request.user),
    }
    return render(request, "desk/topics.html", context)


def plan_of(user: User) -> dict[str, Any]:
    """What of the plan waits for `user` on the desk's first page: assignments of theirs, proposals to decide on
    and, in their sections, what is late or did not come.
    """
    led, now = coverage_rules.led_topics(user), timezone.now()
    proposals = led.filter(state=TopicState.PROPOSED).select_related("section", "proposed_by")
    overdue = coverage.with_going(coverage.lately_behind(led, now))
    return {
        "assignments": coverage.my_assignments(user, now)[:SHOWN_AT_HOME],
        "proposals": proposals[:SHOWN_AT_HOME],
        "behind": entries_of(overdue[:SHOWN_AT_HOME], now),
        "now": now,
    }
