"""The first to see a request: a public page that was made already is answered here, before Django is asked.

One look at the serial of the reading side says whether what is kept is right. Whatever is no kept page goes on
to the application, untouched; a public page that comes back from there is packed and kept.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import Error, connections
from django.http import HttpResponse
from django.utils import timezone

from articles.models.published import PublicFrame, Serial
from articles.public.kept import Headers, KeptPage, Shelf, accepts_kind

# Of each process: some two thousand stories.
KEPT_BYTES = 64 * 1024 * 1024
SHELF = Shelf(KEPT_BYTES)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
# Of which serial a public page was made: `public_page` notes it at its response.
MADE_OF = "made_of_serial"


class Front:
    """A WSGI application around the newsroom's own."""

    def __init__(self, application: Application, shelf: Shelf = SHELF) -> None:
        self._application = application
        self._shelf = shelf
        self._today = Today()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        # The pages that everybody opens: keeping what a stranger writes behind a question mark would push
        # them out.
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        key = None if environ.get("QUERY_STRING") else _key(environ)
        serial = key and _serial()
        page = self._shelf.get((serial, self._today()), key) if serial else None
        if page and not accepts_kind(environ.get("HTTP_ACCEPT", ""), page.kind):
            # Whether it is sent all the same, the view says.
            page = None
        return _send(page, environ, start_response) if page else self._make(environ, start_response, key)

    def _make(self, environ: Environ, start_response: StartResponse, key: Any) -> Iterable[bytes]:
        day = self._today()
        said: list[Any] = []
        response = self._application(environ, lambda *what: said.extend(what[:2]))
        status, headers = said
        serial = getattr(response, MADE_OF, None)
        if serial is None or not isinstance(response, HttpResponse) or not status.startswith("200"):
            start_response(status, headers)
            return response
        page = KeptPage(response.content, [*_without_vary(headers), ("Vary", "Accept-Encoding")])
        # Ends the request for Django, which else whoever sent the answer would do.
        response.close()
        if key:
            self._shelf.put((serial, day), key, page)
        return _send(page, environ, start_response)


class Today:
    """The newsroom's calendar day, reckoned once a day."""

    def __init__(self) -> None:
        self._day = datetime.date.min
        self._begins = self._ends = 0.0

    def __call__(self) -> datetime.date:
        if not self._begins <= time.time() < self._ends:
            self._day = timezone.localdate()
            midnight = datetime.datetime.combine(self._day, datetime.time.min)
            self._begins = timezone.make_aware(midnight).timestamp()
            self._ends = timezone.make_aware(midnight + datetime.timedelta(days=1)).timestamp()
        return self._day


def _key(environ: Environ) -> tuple[str, ...] | None:
    """Names a page: where it was asked for. What Django would refuse was never kept."""
    host = environ.get("HTTP_HOST")
    if not host:
        return None
    forwarded = environ.get("HTTP_X_FORWARDED_PROTO", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return environ["wsgi.url_scheme"], forwarded, host, environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", "")


def _serial() -> Serial | None:
    """The serial as it stands now; None where the database does not answer, which the application then says."""
    try:
        return PublicFrame.serial()
    except Error:
        connections["default"].close()
        return None


def _send(page: KeptPage, environ: Environ, start_response: StartResponse) -> list[bytes]:
    status, headers, content = page.answer(
        environ.get("HTTP_ACCEPT_ENCODING", ""),
        environ.get("HTTP_IF_NONE_MATCH", ""),
        body=environ["REQUEST_METHOD"] == "GET",
    )
    start_response(status, list(headers))
    return [content]


def _without_vary(headers: Headers) -> Headers:
    """The address says the language, and no session is asked: a page is the same for everybody."""
    return [(name, value) for name, value in headers if name.lower() != "vary"]
