"""The live channel's two addresses: a stream for as many browsers as threads allow, asking for all others."""

from __future__ import annotations

import hashlib

from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from articles.views.desk.access import DeskRequest, desk_view
from editions.live.channel import asked, start_of, streamed
from editions.live.pulse import PULSE, Listener

# Seconds after which a browser that found no room for a stream asks for one again.
TRY_AGAIN = 60
# Neither kept nor held back nor compressed on its way; nginx takes the last line as its own.
_AS_IT_COMES = {"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}


@desk_view
@require_GET
def live(request: DeskRequest) -> HttpResponseBase:
    """The stream of events (Server-Sent Events); 503 where this process holds as many streams as it may."""
    session, language = request.session.session_key or "", get_language() or ""
    if not PULSE.has_room(session, language):
        return _full()
    listener = Listener(request.user, session, language)
    after = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    stream = streamed(listener, start_of(after, request.GET.get("age", "")))
    return StreamingHttpResponse(stream, content_type="text/event-stream", headers=_AS_IT_COMES)


@desk_view
@require_GET
def live_news(request: DeskRequest) -> HttpResponse:
    """The same events since a position, at once; 304 where there are none."""
    position, heard = asked(request.user, start_of(request.GET.get("after", ""), request.GET.get("age", "")))
    said = {"position": str(position), "events": [{"name": event.name, "data": event.data} for event in heard]}
    answer = JsonResponse(said, headers={"Cache-Control": "no-cache"})
    answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


def _full() -> HttpResponse:
    answer = HttpResponse(status=503, headers={"Retry-After": str(TRY_AGAIN)})
    # Nothing went wrong, so it is not for the log of what did.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer
