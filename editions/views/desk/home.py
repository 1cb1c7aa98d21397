"""The desk's first page: what waits for this person tonight."""

from __future__ import annotations

from django.db.models import Case, Value, When
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles import rules
from articles.states import AWAITING_REVIEW, State
from articles.views.desk.access import DeskRequest, desk_view
from articles.views.desk.plan import plan_of
from editions.models import Edition, EditionState
from editions.publishing import problems_of
from newsroom.staff import handovers

SHOWN_STORIES, SHOWN_EDITIONS = 20, 3
# What is still in its author's hands comes first, then what others are reading, then what is done.
_WHOSE_TURN = Case(
    When(state=State.DRAFT, then=Value(0)),
    When(state__in=sorted(AWAITING_REVIEW), then=Value(1)),
    default=Value(2),
)


@desk_view
def home(request: DeskRequest) -> HttpResponse:
    """What came back, what waits of the plan and for my signature, my own stories, and the editions being made."""
    user, now = request.user, timezone.now()
    mine = rules.owned_by(user).for_lists()
    unpublished = Edition.objects.exclude(state=EditionState.PUBLISHED).order_by("date", "extra_number")
    context = {
        "returned": mine.filter(state=State.RETURNED)[:SHOWN_STORIES],
        "to_sign": rules.queue_of(user).for_lists()[:SHOWN_STORIES],
        "signs": rules.can_review(user),
        "mine": mine.exclude(state=State.RETURNED).order_by(_WHOSE_TURN, "-updated_at", "-id")[:SHOWN_STORIES],
        "editions": [(edition, problems_of(edition, now)) for edition in unpublished[:SHOWN_EDITIONS]],
        "stand_ins": handovers.concerning(user, now),
        "can_file": rules.can_file(user),
        **plan_of(user),
    }
    return render(request, "desk/home.html", context)
