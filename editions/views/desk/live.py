"""The live channel's two addresses: a stream for as many browsers as threads allow, asking for all others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from articles.views.desk.access import DeskRequest, desk_view
from editions.live.channel import asked, start_of, streamed
from editions.live.pulse import PULSE, Listener

# Neither kept nor held back nor compressed on its way; nginx takes the last line as its own.
_AS_IT_COMES = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}


def _for_listeners(view: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Whoever has signed out hears nothing more (204) and need not come again: there is no person here to be led to
    the sign-in.
    """

    @wraps(view)
    def heard(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request)
        return HttpResponse(status=204, headers={"Cache-Control": "private, no-store"})

    return heard


@_for_listeners
@desk_view
@require_GET
def live(request: DeskRequest) -> HttpResponseBase:
    """The stream of events (Server-Sent Events); 204 where this process holds as many streams as it may. That is no
    error: it is how an `EventSource` is told not to come again, and the browser asks for the news instead.
    """
    session, language = request.session.session_key or "", get_language() or ""
    if not PULSE.has_room(session, language):
        return HttpResponse(status=204)
    listener = Listener(request.user, session, language)
    after = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    stream = streamed(listener, start_of(after, request.GET.get("age", "")))
    return StreamingHttpResponse(stream, content_type="text/event-stream", headers=_AS_IT_COMES)


@_for_listeners
@desk_view
@require_GET
def live_news(request: DeskRequest) -> HttpResponse:
    """The same events since a position, at once; 304 where there are none."""
    position, heard = asked(request.user, start_of(request.GET.get("after", ""), request.GET.get("age", "")))
    said = {"position": str(position), "events": [{"name": event.name, "data": event.data} for event in heard]}
    answer = JsonResponse(said, headers={"Cache-Control": "no-cache"})
    answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
