"""The first to see a request: a public page that was made already is answered here, before Django is asked.

One look at the serial of the reading side says whether what is kept is right. Whatever is no kept page goes on
to the application, untouched; a public page that comes back from there is packed and kept.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import Error, connections
from django.http import HttpResponse
from django.http.request import split_domain_port
from django.utils import timezone

from articles.models.published import PublicFrame, Serial
from articles.public.kept import Headers, KeptPage, Shelf, accepts_kind
from newsroom.dates import start_of

# Of each process: some two thousand stories.
KEPT_BYTES = 64 * 1024 * 1024
SHELF = Shelf(KEPT_BYTES)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
# Of which serial a public page was made: `public_page` notes it at its response.
MADE_OF = "made_of_serial"
FOR_CDNS = "CDN-Cache-Control"
# What is kept of what was said beside a page. Whatever else there is may have been meant for one reader, or for this
# moment alone.
_KEPT_HEADERS = frozenset(
    {
        "access-control-allow-origin",
        "access-control-expose-headers",
        "cache-control",
        "content-disposition",
        "content-language",
        "content-security-policy",
        "content-type",
        "cross-origin-opener-policy",
        "last-modified",
        "link",
        "referrer-policy",
        "strict-transport-security",
        "surrogate-key",
        "x-content-type-options",
        "x-frame-options",
        "x-robots-tag",
    }
)
# What tells caches on the way how long they may keep an answer.
_CACHING = frozenset({"cache-control", FOR_CDNS.lower()})


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
        day = self._today()
        page = self._shelf.get((serial, day), key) if serial else None
        if page and not accepts_kind(environ.get("HTTP_ACCEPT", ""), page.kind):
            # Whether it is sent all the same, the view says.
            page = None
        return _send(page, day, environ, start_response) if page else self._make(day, environ, start_response, key)

    def _make(self, day: datetime.date, environ: Environ, start_response: StartResponse, key: Any) -> Iterable[bytes]:
        said: list[Any] = []
        response = self._application(environ, lambda *what: said.extend(what[:2]))
        status, headers = said
        serial = getattr(response, MADE_OF, None)
        if _names(headers, "set-cookie"):
            serial, headers = None, _for_one_reader(headers)
        if serial is None or not isinstance(response, HttpResponse) or not status.startswith("200"):
            start_response(status, headers)
            return response
        # The address says the language, and no session is asked: a page is the same for everybody.
        page = KeptPage(response.content, [*_kept(headers), ("Vary", "Accept-Encoding")])
        # Ends the request for Django, which else whoever sent the answer would do.
        response.close()
        if key:
            self._shelf.put((serial, day), key, page)
        return _send(page, day, environ, start_response)


class Today:
    """The newsroom's calendar day, reckoned once a day."""

    def __init__(self) -> None:
        self._day = datetime.date.min
        self._begins = self._ends = 0.0

    def __call__(self) -> datetime.date:
        if not self._begins <= time.time() < self._ends:
            self._day = timezone.localdate()
            self._begins, self._ends = start_of(self._day).timestamp(), _end_of(self._day)
        return self._day


@lru_cache(maxsize=2)
def _end_of(day: datetime.date) -> float:
    return start_of(day + datetime.timedelta(days=1)).timestamp()


def for_cdns(day: datetime.date) -> Headers:
    """What is said to a CDN that is told what to forget, of a page made on `day`, at the moment of the answer: it may
    keep the page until midnight, after which it may be another one though nothing was published.
    """
    if not settings.CDN_PURGE_URL:
        return []
    left = max(0, int(_end_of(day) - time.time()))
    return [(FOR_CDNS, f"public, max-age={left}, stale-while-revalidate=1, stale-if-error=86400")]


def _key(environ: Environ) -> tuple[str, ...] | None:
    """Names a page: where it was asked for, however the host was written. What Django would refuse was never kept."""
    host, _port = split_domain_port(environ.get("HTTP_HOST", ""))
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


def _send(page: KeptPage, day: datetime.date, environ: Environ, start_response: StartResponse) -> list[bytes]:
    status, headers, content = page.answer(
        environ.get("HTTP_ACCEPT_ENCODING", ""),
        environ.get("HTTP_IF_NONE_MATCH", ""),
        body=environ["REQUEST_METHOD"] == "GET",
    )
    start_response(status, [*headers, *for_cdns(day)])
    return [content]


def _kept(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() in _KEPT_HEADERS]


def _names(headers: Headers, wanted: str) -> bool:
    return any(name.lower() == wanted for name, _value in headers)


def _for_one_reader(headers: Headers) -> Headers:
    """With a cookie beside it no answer is for everybody, so no cache on the way may keep it either."""
    return [
        (name, "private, no-store" if name.lower() in _CACHING and value.startswith("public") else value)
        for name, value in headers
    ]
