"""In which form a request wants its answer, from which page it came, and to which it is led."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import is_valid_path
from django.utils.http import url_has_allowed_host_and_scheme


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asked: it reads JSON, not pages."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def came_from(request: HttpRequest) -> str:
    """The address of the page of this site that sent the request; empty where that is not told."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return ""
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl()


def led_to_a_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Where a page that answered a form is asked for by its address, to read it again or out of the browser's
    history, there is nothing to show: the page above it shows how things stand.
    """
    is_read = request.method in {"GET", "HEAD"} and not wants_json(request)
    if is_read and response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return HttpResponseRedirect(_nearest_above(request.path_info))
    return response


def _nearest_above(path: str) -> str:
    """The nearest address above `path` where there is anything; one that takes only what is sent leads on itself."""
    above = path.rstrip("/").rpartition("/")[0] + "/"
    return above if is_valid_path(above) else _nearest_above(above)
