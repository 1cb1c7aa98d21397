"""The pages for requests that Django refuses before any view of ours is asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import defaults

from articles.public.moved import answer_of
from articles.public.page import in_traditional
from newsroom.answering import wants_json


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before somebody signed in anew: nothing is saved, and the way back leads to a fresh form."""
    if wants_json(request):
        return JsonResponse({"kind": "csrf", "sentence": _("This page is older than your sign-in.")}, status=403)
    return render(request, "403_csrf.html", {"back": _where_from(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Where the address leads that something had before; else there is no such page, in the characters that its
    address would have been read in.
    """
    response = answer_of(request) or defaults.page_not_found(request, exception)
    in_traditional(response)
    return response


def went_wrong(request: HttpRequest) -> HttpResponse:
    """The fault is ours; said without the database, in the characters that the address is read in."""
    response = defaults.server_error(request)
    in_traditional(response)
    return response


def _where_from(request: HttpRequest) -> str:
    """The page that sent the form; the browser's own way back would show the stale form again."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return came_from
    return reverse("desk:home")
