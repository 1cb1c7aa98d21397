"""The two ways to hear: a stream of events, or the same events asked for."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from editions.live import events
from editions.live.events import Event
from editions.live.news import NOTHING_UNREAD, marks_of, news_since, position_now, told_to
from editions.live.position import Position, parse
from editions.live.pulse import PULSE, Batch, Listener
from newsroom.staff.models import User

# Seconds: a stream says something this often, ends after this long; a browser waits this long to come again.
HEARTBEAT, LIFE, RETRY = 10.0, 300.0, 3
# What began before a page was asked for may have ended after it was answered.
MARGIN = datetime.timedelta(seconds=5)
OLDEST_PAGE = 600.0


class Start(NamedTuple):
    """From where somebody listens: after a position; or, without one, since their page was asked for."""

    after: Position | None
    age: float

    def position(self) -> Position:
        """At most one query."""
        if self.after is not None:
            return self.after
        return position_now(timezone.now() - datetime.timedelta(seconds=self.age) - MARGIN)


def start_of(after: str, age: str) -> Start:
    """What a browser asked for; what cannot be read counts as a page asked for just now."""
    try:
        seconds = float(age)
    except ValueError:
        seconds = 0.0
    return Start(parse(after), min(max(seconds, 0.0), OLDEST_PAGE) if seconds == seconds else 0.0)


def asked(user: User, start: Start) -> tuple[Position, list[Event]]:
    """Where the trail stands and what `user` has to hear of since `start`, in the language that is active."""
    news = news_since(start.position())
    mark = marks_of([user.pk]).get(user.pk, NOTHING_UNREAD)
    told = told_to(user, mark)
    return news.position, [*events.of_news(user, news), events.of_notices(told)]


def streamed(listener: Listener, start: Start) -> Iterator[bytes]:
    """The events of one stream as they come, in the listener's language, until it ends.

    It holds a thread and no database connection: what it says was read by the pulse. It joins before it reads what
    was missed, so that nothing falls between the two; what both bring is said twice and does no harm.
    """
    if not PULSE.join(listener):
        yield events.written(Event("full", {}))
        return
    try:
        yield f"retry: {RETRY * 1000}\n\n".encode()
        yield from _missed(listener, start)
        until = time.monotonic() + LIFE
        while not listener.ended.is_set() and time.monotonic() < until:
            batch = listener.take(HEARTBEAT)
            yield from [b": still here\n\n"] if batch is None else _said(listener, batch)
    finally:
        PULSE.leave(listener)


def _missed(listener: Listener, start: Start) -> list[bytes]:
    with override(listener.language):
        position, heard = asked(listener.user, start)
        hello = events.written(Event("hello", {"position": str(position)}), position)
        said = [*(events.written(event) for event in heard), hello]
    # Inside a transaction the connection is somebody else's to close.
    if not connection.in_atomic_block:
        connection.close()
    return said


def _said(listener: Listener, batch: Batch) -> list[bytes]:
    with override(listener.language):
        heard: list[Event] = []
        if batch.news:
            heard += events.of_news(listener.user, batch.news)
        if batch.told:
            heard.append(events.of_notices(batch.told))
        if not heard:
            return []
        *first, last = heard
        position = batch.news.position if batch.news else None
        return [*map(events.written, first), events.written(last, position)]
