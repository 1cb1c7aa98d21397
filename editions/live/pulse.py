"""The one thread of a process that reads the database for all its streams, while there are any."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.utils import timezone

from editions.live.news import NOTHING_UNREAD, Mark, News, Told, marks_of, news_since, position_now, told_to
from newsroom.staff.models import User

logger = logging.getLogger(__name__)

# Seconds between two readings; between two looks at who may still listen.
TICK, ACCOUNTS = 1.0, 10.0
# News that a slow connection has not taken yet; with more it is ended and comes again.
MOST_WAITING = 50


class Batch(NamedTuple):
    """What one reading found for one listener: the news of the desk, and notices where they are new."""

    news: News | None
    told: Told | None


class Listener:
    """One open stream: who listens, in which session and language; `take` gives what came."""

    def __init__(self, user: User, session: str, language: str) -> None:
        self.user, self.session, self.language = user, session, language
        self.mark: Mark | None = None
        self.ended = threading.Event()
        self._waiting: queue.Queue[Batch | None] = queue.Queue()

    def give(self, batch: Batch) -> None:
        if self._waiting.qsize() >= MOST_WAITING:
            self.end()
        elif any(batch):
            self._waiting.put(batch)

    def end(self) -> None:
        """Let the stream end; the browser decides whether it comes again."""
        self.ended.set()
        self._waiting.put(None)

    def take(self, patience: float) -> Batch | None:
        """What came next, None after `patience` seconds without anything or at the end."""
        try:
            return self._waiting.get(timeout=patience)
        except queue.Empty:
            return None


class Pulse:
    """Reads once for all listeners; its thread begins with the first of them and ends after the last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []
        self._thread: threading.Thread | None = None
        self._hurry = threading.Event()

    def has_room(self, session: str, language: str) -> bool:
        """Whether a stream for this window would be taken: a browser's new one replaces its old one."""
        with self._lock:
            return len(self._others(session, language)) < settings.LIVE_CONNECTIONS

    def join(self, listener: Listener) -> bool:
        """Let the listener hear what comes from now on; False where the process has as many as it may."""
        with self._lock:
            others = self._others(listener.session, listener.language)
            if len(others) >= settings.LIVE_CONNECTIONS:
                return False
            for replaced in set(self._listeners) - set(others):
                replaced.end()
            self._listeners = [*others, listener]
            self._hurry.clear()
            if self._thread is None:
                # Where the trail stands is read here: what comes after this listener joined is heard.
                self._thread = threading.Thread(target=self._run, args=[_Reading()], name="live", daemon=True)
                self._thread.start()
        return True

    def leave(self, listener: Listener) -> None:
        with self._lock:
            self._listeners = [other for other in self._listeners if other is not listener]

    def end_all(self) -> None:
        """End every stream, and with them the thread: before the process ends."""
        with self._lock:
            for listener in self._listeners:
                listener.end()
            self._listeners = []
            self._hurry.set()

    def wait_until_quiet(self, patience: float) -> bool:
        """Whether the thread has ended, after the last listener has left, within so many seconds."""
        thread = self._thread
        if thread is not None:
            thread.join(patience)
        return thread is None or not thread.is_alive()

    def _others(self, session: str, language: str) -> list[Listener]:
        return [one for one in self._listeners if (one.session, one.language) != (session, language)]

    def _run(self, reading: _Reading) -> None:
        try:
            while listeners := self._current():
                try:
                    found = reading.read_for(listeners)
                except DatabaseError:
                    logger.exception("The live channel could not read; it tries again.")
                    connection.close()
                else:
                    # Also to those who joined while it read: what they missed, they may have read before it.
                    for listener in self._current():
                        listener.give(found.for_listener(listener))
                self._hurry.wait(TICK)
        finally:
            connection.close()
            self._end_with_the_thread()

    def _end_with_the_thread(self) -> None:
        """Whatever ended it: who still listens comes again, and the next to join begins another thread."""
        with self._lock:
            if self._thread is threading.current_thread():
                self._thread = None
                for listener in self._listeners:
                    listener.end()
                self._listeners = []

    def _current(self) -> list[Listener]:
        """Who listens now; with nobody left the thread is as good as ended."""
        with self._lock:
            if not self._listeners:
                self._thread = None
            return list(self._listeners)


class _Reading:
    """What the thread knows between two readings."""

    def __init__(self) -> None:
        self._position = position_now()
        self._accounts_due = 0.0

    def read_for(self, listeners: list[Listener]) -> _Found:
        """Everything that is new, for all of them."""
        now = time.monotonic()
        if now >= self._accounts_due:
            self._accounts_due = now + ACCOUNTS
            end_strangers(listeners)
        news = news_since(self._position)
        self._position = news.position
        marks = marks_of({listener.user.pk for listener in listeners})
        told = {listener: told for listener in listeners if (told := _newly_told(listener, marks)) is not None}
        return _Found(news, told)


class _Found(NamedTuple):
    """What one reading found for all."""

    news: News
    told: dict[Listener, Told]

    def for_listener(self, listener: Listener) -> Batch:
        news = self.news if self.news.touches_the_desk else None
        return Batch(news, self.told.get(listener))


def end_strangers(listeners: Iterable[Listener]) -> None:
    """End the streams of those who signed out, were signed out or have no account any more; the others' rights are
    read anew. Two queries, and one a person for their roles.
    """
    listeners = list(listeners)
    sessions = Session.objects.filter(
        session_key__in=[listener.session for listener in listeners], expire_date__gt=timezone.now()
    )
    signed_in = set(sessions.values_list("session_key", flat=True))
    people = User.objects.filter(is_active=True).in_bulk({listener.user.pk for listener in listeners})
    for listener in listeners:
        person = people.get(listener.user.pk)
        if person is None or listener.session not in signed_in or not person.grants:
            listener.end()
        else:
            listener.user = person


def _newly_told(listener: Listener, marks: dict[int, Mark]) -> Told | None:
    mark = marks.get(listener.user.pk, NOTHING_UNREAD)
    if mark == listener.mark:
        return None
    listener.mark = mark
    return told_to(listener.user, mark)


PULSE = Pulse()
