"""Proposals for a page: what was chosen, laid out in several ways to choose from."""

from __future__ import annotations

import base64
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.errors import Refusal
from articles.views.desk.access import DeskRequest, desk_view
from editions.arrangement import BadArrangement, Fields
from editions.models import Page
from editions.proposals import MOST_WISHES, Proposal, Wish, propose_layouts
from editions.proposing.items import Weight
from editions.views.desk.canvas import body_of, refuse


@desk_view
@require_POST
def page_propose(request: DeskRequest, number: int) -> HttpResponse:
    """Propose the page with the chosen stories on what is free of it; changes nothing."""
    page = get_object_or_404(Page, pk=number)
    try:
        wishes = [_wish(entry) for entry in body_of(request).entries("stories", MOST_WISHES)]
        proposals = propose_layouts(page.pk, wishes, acting_user=request.user)
    except Refusal as refused:
        return refuse(refused)
    return JsonResponse({"proposals": [_as_data(proposal) for proposal in proposals]})


def _wish(entry: Fields) -> Wish:
    weight = entry.text("weight")
    if weight not in set(Weight):
        raise BadArrangement(_("A story's weight is one of these: %(known)s.") % {"known": ", ".join(sorted(Weight))})
    return Wish(entry.row_number("article"), Weight(weight))


def _as_data(proposal: Proposal) -> dict[str, Any]:
    picture = base64.b64encode(proposal.picture).decode()
    return {
        "score": proposal.score,
        "arrangement": proposal.arrangement,
        "picture": f"data:image/png;base64,{picture}",
        "notes": proposal.notes,
    }
