"""What every address of the API has in common: read only, for anybody's script, as cheap to ask again as a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from articles.api.problems import Problem, to_json
from articles.public.kept import accepts_kind
from articles.public.open_to_scripts import METHODS, for_scripts, open_to_scripts
from articles.public.page import public_page

JSON = "application/json"

View = Callable[..., HttpResponse]


def answers(view: View) -> Callable[..., HttpResponseBase]:
    """Let `view` answer GET and HEAD as public pages do, and say as JSON what it refuses; scripts of every site may
    ask, and nobody is asked who they are.
    """

    @public_page
    def page(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            if not accepts_kind(request.headers.get("Accept", ""), JSON):
                return _unacceptable()
            return view(request, **named)
        except Problem as problem:
            return problem.response()
        except Http404:
            return Problem(404).response()

    @open_to_scripts
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponseBase:
        if request.method in METHODS:
            return page(request, **named)
        return Problem(405, allowed=METHODS).response()

    return answer


def refusal(status: int) -> HttpResponse:
    """What is answered below the API's address where none of its views was asked, or one failed."""
    return for_scripts(Problem(status).response())


def _unacceptable() -> HttpResponse:
    """No cache names answers by what a request accepts: kept, this one would refuse everybody else."""
    response = Problem(406).response()
    response["Cache-Control"] = "no-store"
    return response


def json_answer(said: Any) -> HttpResponse:
    """What an address offers, as it is sent."""
    return HttpResponse(to_json(said), content_type=JSON)
