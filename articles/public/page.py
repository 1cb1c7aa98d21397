"""What every public page has in common: read only, the same for everybody, cheap to ask for again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.models.published import PublicFrame
from articles.public import traditional

MAX_AGE_SECONDS = 60

View = Callable[..., HttpResponse]


def public_page(view: View) -> Callable[..., HttpResponseBase]:
    """Let `view` answer GET and HEAD alone, caches keep the page for a minute, and 304 where it is unchanged.

    A page that was made in this generation of the reading side is not made again: one query finds out. This
    needs pages that are the same for everybody: no nonce, no token, nothing of a session.
    """

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        frame = request.public_frame = PublicFrame.current()  # type: ignore[attr-defined]
        # The pages that everybody opens: keeping what a stranger writes behind a question mark would push
        # them out.
        if request.GET:
            return _unless_known(request, _made(view(request, *args, **kwargs)))
        key = _key(request, frame)
        response = caches["pages"].get(key)
        if response is None:
            response = _made(view(request, *args, **kwargs))
            if response.status_code == 200:
                caches["pages"].set(key, response)
        return _unless_known(request, response)

    return answer


def _key(request: HttpRequest, frame: PublicFrame) -> str:
    """Names a page for as long as it is right: the address (and so the language), the reading side's
    generation, the newsroom's day, and the style it links to.
    """
    parts = (request.path, frame.generation, timezone.localdate(), static("reading/reading.css"))
    return hashlib.sha256(repr((request.scheme, request.get_host(), *parts)).encode()).hexdigest()


def _made(response: HttpResponse) -> HttpResponse:
    """The page with its validator: a hash of the page itself, not of one row's time, for a page also shows its
    neighbours' headlines, section names and the site's own style, and must be new when any of them is.
    """
    in_traditional(response)
    patch_cache_control(response, public=True, max_age=MAX_AGE_SECONDS)
    if response.status_code == 200:
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return response


def in_traditional(response: HttpResponse) -> None:
    """Convert a finished page, where the address asks for traditional characters."""
    if get_language() == traditional.LANGUAGE and response.get("Content-Type", "").startswith("text/html"):
        response.content = traditional.page(response.text)


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """304 where the reader has this very page. A `Last-Modified` that a view sets informs and decides nothing:
    it cannot say that the headline of a withdrawn neighbour has left the page.
    """
    if response.status_code != 200:
        return response
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
