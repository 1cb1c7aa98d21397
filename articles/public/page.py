"""What every public page has in common: read only, the same for everybody, cheap to ask for again."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.addresses import without_language
from articles.keyset import BrokenCursor
from articles.models.published import PublicFrame, Serial
from articles.public import traditional
from articles.public.front import FOR_CDNS, MADE_OF, for_cdns
from articles.public.kept import holds_words
from articles.public.surrogates import keys_of
from newsroom.dates import start_of

# Readers ask each time and mostly hear 304. Caches on the way keep a page for a second, give it out for one more
# while they fetch the next, and for ten minutes where nothing answers: no longer, for they cannot know what was
# withdrawn meanwhile.
CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=600"
KEYS = "Surrogate-Key"

View = Callable[..., HttpResponse]

# Python runs one thread at a time, and hands over at every row that SQLite reads: of several pages made at once each
# takes longer than all of them one after the other. Only a courtesy: nobody waits longer than this many seconds for a
# page that takes its time.
_MAKING = Lock()
PATIENCE = 0.25

_last_frame: tuple[Serial, PublicFrame] | None = None


def public_page(view: View) -> Callable[..., HttpResponseBase]:
    """Let `view` answer GET and HEAD alone, say to caches how long they may keep the page and what it shows, and
    304 where it is unchanged; 404 for a place in a list that no page of ours links to. What is not there is answered
    here too, so that caches hear what will be there one day. `Front` keeps what was made, by the serial that was read
    before.

    This needs pages that are the same for everybody: no nonce, no token, nothing of a session.
    """

    # Nothing is sent to a page: whoever tries hears 405, not that a token is missing.
    @csrf_exempt
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        serial, day = PublicFrame.serial(), timezone.localdate()
        frame = request.public_frame = _frame_of(serial)  # type: ignore[attr-defined]
        request.public_serial = serial  # type: ignore[attr-defined]
        try:
            made = _asked(view, request, *args, **kwargs)
            in_traditional(made)
        except Http404 as missing:
            # The site's own page for it, finished, or where the address leads now.
            made = response_for_exception(request, missing)
        response = _made(made, request, frame, day)
        if response.status_code != 200:
            return response
        # `If-Modified-Since` decides nothing: two states of one second cannot be told apart by it.
        answered = get_conditional_response(request, etag=response["ETag"], response=response) or response
        if answered is response:
            setattr(response, MADE_OF, serial)
        else:
            _say_again(response, answered)
        return answered

    return answer


def _asked(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """What the view answers. Raises Http404."""
    if "\x00" in request.path:
        # No name of ours has it, and PostgreSQL would not even be asked.
        raise Http404
    try:
        with _one_by_one():
            return view(request, *args, **kwargs)
    except BrokenCursor as broken:
        raise Http404 from broken


@contextmanager
def _one_by_one() -> Iterator[None]:
    is_ours = _MAKING.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if is_ours:
            _MAKING.release()


def _frame_of(serial: Serial) -> PublicFrame:
    """The frame as it is since `serial`, read once."""
    global _last_frame
    known = _last_frame
    if known is None or known[0] != serial:
        # What is given back is what was read here: another thread, with a serial from before, may write it meanwhile.
        known = _last_frame = serial, PublicFrame.current()
    return known[1]


def _made(response: HttpResponse, request: HttpRequest, frame: PublicFrame, day: datetime.date) -> HttpResponse:
    """The page, made on `day`, with its validator: a hash of the page itself, not of one row's time, for a page also
    shows its neighbours' headlines, section names and the site's own style, and must be new when any of them is.
    """
    if "Cache-Control" not in response:
        response["Cache-Control"] = CACHE_CONTROL
        for name, value in for_cdns(day):
            response[name] = value
    _name_for_cdns(response, request)
    if response.status_code == 200:
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["Last-Modified"] = http_date(_last_change(frame, day))
    return response


def _name_for_cdns(response: HttpResponse, request: HttpRequest) -> None:
    """Say by which keys a CDN forgets the page. Where none is told what to forget nobody reads them, and they may be
    longer than all that is said besides.
    """
    said = response.get(KEYS, "")
    del response[KEYS]
    if settings.CDN_PURGE_URL:
        path = without_language(request.path)
        words = response.text if holds_words(response["Content-Type"]) else ""
        response[KEYS] = " ".join(keys_of(path, words, said))


def _say_again(response: HttpResponse, unchanged: HttpResponseBase) -> None:
    """What a CDN has to hear anew of a page that it has already; Django says the rest."""
    for name in (KEYS, FOR_CDNS):
        if name in response:
            unchanged[name] = response[name]


def _last_change(frame: PublicFrame, day: datetime.date) -> float:
    """No page has changed since then: the reading side has not, and the day of the newsroom's calendar neither."""
    midnight = start_of(day)
    return max(midnight, frame.changed_at or midnight).timestamp()


def in_traditional(response: HttpResponse) -> None:
    """Convert a finished page, where the address asks for traditional characters."""
    if get_language() == traditional.LANGUAGE and response.get("Content-Type", "").startswith("text/html"):
        response.content = traditional.page(response.text)
