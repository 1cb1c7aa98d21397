"""What scripts of every site may read: said in one way by all that is offered to them (CORS). Pure."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

METHODS = ("GET", "HEAD", "OPTIONS")
# How long a browser may remember that it may ask, in seconds.
_REMEMBERED = "86400"

View = Callable[..., HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)


def open_to_scripts(view: View) -> View:
    """Let scripts of every site read what `view` answers and ask again with a validator: `view` itself answers GET
    and HEAD, and refuses every other method with 405.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponseBase:
        response = _preflight() if request.method == "OPTIONS" else view(request, **named)
        if response.status_code == 405:
            response["Allow"] = ", ".join(METHODS)
        return for_scripts(response)

    return answer


def for_scripts(response: Response) -> Response:
    """Say that scripts of every site may read this."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link"
    return response


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
