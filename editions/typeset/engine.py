"""The desk's end of the typesetting workers: starts them, hands them jobs, ends those that take too long."""

from __future__ import annotations

import atexit
import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.utils.translation import gettext as _

from articles.errors import Refusal
from editions.typeset.fonts import FontsMissing, check_fonts
from editions.typeset.messages import receive, send

WORKERS = min(os.cpu_count() or 1, 2)
# No page takes as long; an edition of dozens of pages is several jobs.
TIME_LIMIT = 60.0
# One arena that gives back what is free: pictures come and go, and the worker stays as small as one page.
_MEMORY = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "1000000", "MALLOC_MMAP_THRESHOLD_": "1000000"}
_HOUSE = Path(__file__).resolve().parents[2]


class TypesettingFailed(Refusal):
    """A page could not be set; the sentence says why. Nothing else is touched by it."""


class Engine:
    """A few workers, each started when it is first needed and replaced when it breaks."""

    def __init__(self, fonts: Path, *, workers: int = WORKERS, time_limit: float = TIME_LIMIT) -> None:
        self.fonts, self.time_limit = fonts, time_limit
        # None stands for a worker that is not running (yet, or any more).
        self._idle: queue.LifoQueue[subprocess.Popen[bytes] | None] = queue.LifoQueue()
        for _number in range(workers):
            self._idle.put(None)

    def do(self, job: Mapping[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """Let a worker do the job; waits while all are busy, and for so long as one job may take. Raises
        TypesettingFailed.
        """
        try:
            worker = self._idle.get(timeout=self.time_limit)
        except queue.Empty as busy:
            raise TypesettingFailed(_("All typesetters are busy. Try again in a minute.")) from busy
        try:
            if worker is None or worker.poll() is not None:
                worker = self._start()
            header, pieces = self._ask(worker, job)
        except BaseException:
            # What it was at is not known any more.
            _end(worker)
            worker = None
            raise
        finally:
            self._idle.put(worker)
        if "failed" in header:
            raise TypesettingFailed(_("The page could not be set: %(why)s") % {"why": header["failed"]})
        return header, pieces

    def process_ids(self) -> list[int]:
        """The processes of the workers that are running and idle: what an operator watches."""
        return [worker.pid for worker in list(self._idle.queue) if worker is not None]

    def close(self) -> None:
        """End the workers that are idle."""
        # All are taken out first: what is put back is what comes out next.
        for worker in [self._idle.get() for _number in range(self._idle.qsize())]:
            _end(worker)
            self._idle.put(None)

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            check_fonts(self.fonts)
        except FontsMissing as missing:
            raise TypesettingFailed(str(missing)) from missing
        return subprocess.Popen(  # noqa: S603 (our own module)
            [sys.executable, "-m", "editions.typeset.worker", str(self.fonts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_HOUSE,
            # Nothing of the desk's secrets: neither database nor keys.
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", **_MEMORY},
        )

    def _ask(self, worker: subprocess.Popen[bytes], job: Mapping[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        late = threading.Event()

        def give_up() -> None:
            late.set()
            worker.kill()

        timer = threading.Timer(self.time_limit, give_up)
        timer.start()
        try:
            send(cast(BinaryIO, worker.stdin), job)
            return receive(cast(BinaryIO, worker.stdout))
        except (EOFError, BrokenPipeError) as gone:
            raise TypesettingFailed(_said(late=late.is_set(), limit=self.time_limit)) from gone
        finally:
            timer.cancel()


def _said(*, late: bool, limit: float) -> str:
    if late:
        return _("Setting the page took longer than %(seconds)s seconds and was given up.") % {"seconds": round(limit)}
    return _("The page broke the typesetter: it may have needed too much memory. Nothing else is affected.")


def _end(worker: subprocess.Popen[bytes] | None) -> None:
    if worker is None:
        return
    worker.kill()
    worker.wait()
    for stream in (worker.stdin, worker.stdout):
        if stream is not None:
            # What a worker that died was not sent any more is still waiting there.
            with contextlib.suppress(BrokenPipeError):
                stream.close()


@cache
def engine() -> Engine:
    """This process's engine."""
    made = Engine(settings.FONTS)
    atexit.register(made.close)
    return made
