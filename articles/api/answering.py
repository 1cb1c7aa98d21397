"""What every address of the API has in common: read only, for anybody's script, as cheap to ask again as a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from articles.api.problems import Problem, to_json
from articles.public.kept import accepts_kind
from articles.public.page import public_page

JSON = "application/json"
METHODS = ("GET", "HEAD", "OPTIONS")
# How long a browser may remember that it may ask, in seconds.
_REMEMBERED = "86400"

View = Callable[..., HttpResponse]
Response = TypeVar("Response", bound=HttpResponseBase)


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

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = _preflight()
        elif request.method in METHODS:
            response = page(request, **named)
        else:
            response = Problem(405, allowed=METHODS).response()
            response["Allow"] = ", ".join(METHODS)
        return _for_scripts(response)

    return answer


def refusal(status: int) -> HttpResponse:
    """What is answered below the API's address where none of its views was asked, or one failed."""
    return _for_scripts(Problem(status).response())


def _for_scripts(response: Response) -> Response:
    """Scripts of every site may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link"
    return response


def _unacceptable() -> HttpResponse:
    """No cache names answers by what a request accepts: kept, this one would refuse everybody else."""
    response = Problem(406).response()
    response["Cache-Control"] = "no-store"
    return response


def json_answer(said: Any) -> HttpResponse:
    """What an address offers, as it is sent."""
    return HttpResponse(to_json(said), content_type=JSON)


def _preflight() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Allow": ", ".join(METHODS),
            "Access-Control-Allow-Methods": ", ".join(METHODS),
            "Access-Control-Allow-Headers": "Accept, If-None-Match",
            "Access-Control-Max-Age": _REMEMBERED,
        },
    )
