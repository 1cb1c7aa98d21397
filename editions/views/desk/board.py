"""The chief's board, and what of it is fetched again when something has changed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from articles.forms.parsing import whole_number
from articles.views.desk.access import DeskRequest, desk_view
from editions import rules
from editions.board import board_for
from editions.board_filter import Narrowing
from editions.forms import BoardFilterForm
from editions.live.news import position_now
from editions.rules import EditionVerb


@desk_view
def board(request: DeskRequest) -> HttpResponseBase:
    """Every story of tonight by page and by state, for those who make, sign and read pages."""
    # The tag first: what happens while the board is read is news the next time.
    return render(request, "desk/board.html", {"tag": _tag(request)} | _narrowed(request))


@desk_view
@require_safe
@condition(etag_func=lambda request: _tag(request))
def board_live(request: DeskRequest) -> HttpResponseBase:
    """The board alone, for the page that shows it; 304 where nothing has happened since."""
    return render(request, "desk/_board.html", _narrowed(request))


def _narrowed(request: DeskRequest) -> dict[str, Any]:
    """The whole board, of which the sums are, and what of it is asked for."""
    if not rules.can(request.user, EditionVerb.READ):
        raise Http404
    board = board_for(request.user, whole_number(request.GET.get("edition", "")))
    form = BoardFilterForm(request.GET, pages=[row.page for row in board.pages])
    narrowing = form.narrowing
    return {"board": board, "shown": narrowing.takes(board), "form": form, "is_narrowed": narrowing != Narrowing()}


def _tag(request: HttpRequest) -> str:
    """Changes with every act on the desk, each of which leaves an audit row, also with one whose row has a lower number
    than others that were seen before it; and with every minute: what is late grows later by itself.
    """
    return f'"{position_now()}-{int(timezone.now().timestamp()) // 60}-{request.user.pk}"'
