"""The desk's first page: what waits for this person tonight."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles import rules
from articles.states import State
from articles.views.desk.access import DeskRequest, desk_view
from editions.models import Edition, EditionState
from editions.publishing import problems_of

SHOWN_STORIES, SHOWN_EDITIONS = 20, 3


@desk_view
def home(request: DeskRequest) -> HttpResponse:
    """What came back, what waits for my signature, my own stories, and the editions being made."""
    user, now = request.user, timezone.now()
    mine = rules.owned_by(user).for_lists()
    open_editions = Edition.objects.filter(state=EditionState.OPEN).order_by("date", "extra_number")
    context = {
        "returned": mine.filter(state=State.RETURNED)[:SHOWN_STORIES],
        "to_sign": rules.awaiting_signature_of(user).for_lists().order_by("updated_at")[:SHOWN_STORIES],
        "mine": mine.exclude(state=State.RETURNED)[:SHOWN_STORIES],
        "editions": [(edition, problems_of(edition, now)) for edition in open_editions[:SHOWN_EDITIONS]],
        "can_file": rules.can_file(user),
    }
    return render(request, "desk/home.html", context)
