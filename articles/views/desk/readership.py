"""What was read, for everybody on the desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.readership import numbers
from articles.readership.numbers import Period
from articles.views.desk.access import DeskRequest, desk_view

STORIES, PAGES = 30, 12


@desk_view
def readership(request: DeskRequest) -> HttpResponse:
    """How much was read by day and hour, and what of it most in the period asked for, today where none is."""
    asked = request.GET.get("period", "")
    period = Period(asked) if asked in Period.__members__.values() else Period.TODAY
    context = {
        "period": period,
        "periods": list(Period),
        "by_hour": numbers.reads_by_hour(timezone.localdate()),
        "by_day": numbers.reads_by_day(),
        "stories": numbers.most_read_stories(period.first_day, STORIES),
        "pages": numbers.most_read_pages(period.first_day, PAGES),
    }
    return render(request, "desk/readership.html", context)
