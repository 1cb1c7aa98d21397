"""Races that always happen: threads meet at a point of the code and go on together, no sleep, no luck."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from django.db import connection, connections
from django.db.models import QuerySet

PATIENCE = 30  # seconds after which a meeting that never takes place fails the test


def race(*runners: Callable[[], Any]) -> list[Any]:
    """Run all at once, each in a thread with a connection of its own; what each gave or raised, in order."""
    start, results = threading.Barrier(len(runners)), [None] * len(runners)

    def run(number: int) -> None:
        try:
            start.wait(PATIENCE)
            results[number] = runners[number]()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    finish([threading.Thread(target=run, args=(number,), daemon=True) for number in range(len(runners))])
    return results


def finish(threads: Sequence[threading.Thread]) -> None:
    """Run all of them to their end; fails where one never comes to it."""
    for thread in threads:
        thread.start()
    for thread in threads:
        # Somebody who waits at a meeting for another is given up there first.
        thread.join(2 * PATIENCE)
    assert not any(thread.is_alive() for thread in threads), f"still running after {2 * PATIENCE} seconds"


def refusals(results: Sequence[Any]) -> list[type[Exception]]:
    return [type(result) for result in results if isinstance(result, Exception)]


class Meeting:
    """Where `parties` threads wait for one another; a thread that comes again goes straight through."""

    def __init__(self, parties: int) -> None:
        self._barrier = threading.Barrier(parties)
        self._been_here = threading.local()

    def wait(self) -> None:
        if not getattr(self._been_here, "once", False):
            self._been_here.once = True
            self._barrier.wait(PATIENCE)


def meet_before_locking(monkeypatch, parties: int) -> None:
    """All threads come to their first lock before any of them takes it."""
    meeting, lock = Meeting(parties), QuerySet.select_for_update

    def select_for_update(self, *args, **kwargs):
        meeting.wait()
        return lock(self, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", select_for_update)


def take_the_locks_out(monkeypatch) -> None:
    """Every locked read becomes a plain one."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *args, **kwargs: self.all())


def meet_at(monkeypatch, parties: int, *places: str) -> None:
    """All threads come to one of the functions, `package.module.function`, before any of them runs it."""
    meeting = Meeting(parties)
    for place in places:
        module, _dot, name = place.rpartition(".")
        function = getattr(import_module(module), name)

        def meet(*args, _function=function, **kwargs):
            meeting.wait()
            return _function(*args, **kwargs)

        monkeypatch.setattr(place, meet)


def until_somebody_waits(ended: threading.Event) -> None:
    """Come back when another connection waits for a lock of this one, or when `ended` says that none will."""
    with connection.cursor() as cursor:
        while not ended.is_set():
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.fetchone()[0]:
                return


def race_from(monkeypatch, place: str, first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """Run `second` as soon as `first` comes to the function `place`, `package.module.function`; `first` goes on once
    the other one waits for it, or is through. What each gave or raised.
    """
    there, through = threading.Event(), threading.Event()
    module, _dot, name = place.rpartition(".")
    function = getattr(import_module(module), name)

    def hold(*args, **kwargs):
        if not there.is_set():
            there.set()
            until_somebody_waits(through)
        return function(*args, **kwargs)

    def follow():
        assert there.wait(PATIENCE)
        try:
            return second()
        finally:
            through.set()

    monkeypatch.setattr(place, hold)
    return race(first, follow)
