"""How gunicorn stops: the desk's streams are ended first, or it would wait for each of them."""

import signal
from typing import Any

# One socket in the home of its user, which the second of several gunicorns would find taken; signals do all we need.
control_socket_disable = True


def post_worker_init(_worker: Any) -> None:
    """Before the worker does what it does on these signals, end its streams; browsers come again by themselves."""
    from editions.live.pulse import PULSE

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        stop = signal.getsignal(number)

        def end_streams(signum: int, frame: Any, stop: Any = stop) -> None:
            PULSE.end_all()
            stop(signum, frame)

        signal.signal(number, end_streams)
