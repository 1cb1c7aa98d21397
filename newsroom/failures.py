"""The pages for requests that Django refuses before any view of ours is asked, and for what goes wrong in one: on the
desk in the desk's frame, elsewhere in the paper's; to programs as a problem in JSON.
"""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views import defaults

from articles.api.answering import refusal
from articles.public.moved import answer_of
from articles.public.open_to_scripts import for_scripts
from articles.public.page import CACHE_CONTROL, in_traditional
from newsroom.answering import came_from, wants_json


class Pages(NamedTuple):
    """The templates of one side. The first and the last are drawn without the database, which may be at fault."""

    malformed: str
    not_allowed: str
    not_found: str
    went_wrong: str


# Everything below is asked by programs; this address itself is a page for people.
API = "/api/"
# What scripts of every site may read; they may also where nothing is there.
FEEDS = "/feeds/"
_CODES = (400, 403, 404, 500)
PAPER, DESK = (Pages(*(f"{side}/{code}.html" for code in _CODES)) for side in ("reading", "desk"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before somebody signed in anew: nothing is saved, and the way back leads to a fresh form."""
    if wants_json(request):
        return JsonResponse({"kind": "csrf", "sentence": _("This page is older than your sign-in.")}, status=403)
    # The browser's own way back would show the stale form again.
    return render(request, "403_csrf.html", {"back": came_from(request) or reverse("desk:home")}, status=403)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request itself cannot be read."""
    if _is_of_the_api(request):
        return refusal(400)
    return _of_its_side(request, defaults.bad_request(request, exception, _pages_for(request).malformed))


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Whoever asks may not."""
    return _of_its_side(request, defaults.permission_denied(request, exception, _pages_for(request).not_allowed))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Where the address leads that something had before; else there is no such page, or none for whoever asks: the two
    are answered alike.
    """
    if _is_of_the_house(request):
        return _of_its_side(request, defaults.page_not_found(request, exception, DESK.not_found))
    moved = answer_of(request)
    if _is_of_the_api(request):
        answer = moved or refusal(404)
    else:
        answer = moved or defaults.page_not_found(request, exception, PAPER.not_found)
    # Unasked, caches may keep it as long as they like; something may be there in a minute.
    answer.setdefault("Cache-Control", CACHE_CONTROL)
    return _of_its_side(request, answer)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """The fault is ours."""
    if _is_of_the_api(request):
        return refusal(500)
    return _of_its_side(request, defaults.server_error(request, _pages_for(request).went_wrong))


def _pages_for(request: HttpRequest) -> Pages:
    return DESK if _is_of_the_house(request) else PAPER


def _of_its_side(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For the house alone, since the frame names who is signed in; for readers in the characters of their address, and
    for scripts what is offered to them.
    """
    if _is_of_the_house(request):
        patch_cache_control(response, private=True)
    else:
        in_traditional(response)
        if request.path.startswith(FEEDS):
            for_scripts(response)
    return response


def _is_of_the_house(request: HttpRequest) -> bool:
    return request.path.startswith((reverse("desk:home"), reverse("admin:index")))


def _is_of_the_api(request: HttpRequest) -> bool:
    return request.path.startswith(API) and request.path != API
