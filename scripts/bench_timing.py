"""One thing timed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple


class Timing(NamedTuple):
    """Seconds by the clock, and those of them in which this process worked: the rest is the database and others."""

    clock: float
    worked: float


def timed(act: Callable[[], object]) -> Timing:
    """How long it takes."""
    clock, worked = time.perf_counter(), time.process_time()
    act()
    return Timing(time.perf_counter() - clock, time.process_time() - worked)
