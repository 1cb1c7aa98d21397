"""Servers started, and what they answer measured with wrk."""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

CONNECTIONS = 16
# Each thread of wrk has its own process.
SHARED_OUT = """
local ports, number = {%s}, 0
function setup(thread)
  number = number + 1
  thread.addr = wrk.lookup("127.0.0.1", tostring(ports[number]))[1]
end
"""


class Target(NamedTuple):
    """What is fetched, over how many connections, and what share of the yardstick it should reach; 0 for none.

    A script fetches many of a kind, of which the address is one. Where several processes answer, each at a port of its
    own, the connections are shared out among these `ports`.
    """

    name: str
    address: str
    aim: float = 0
    connections: int = CONNECTIONS
    script: str = ""
    ports: tuple[int, ...] = ()

    @classmethod
    def at(cls, ports: tuple[int, ...], name: str, path: str, aim: float = 0, **more: Any) -> Target:
        """What `gunicorns` answer at a path."""
        return cls(name, f"http://127.0.0.1:{ports[0]}{path}", aim, ports=ports, **more)


class Figures(NamedTuple):
    """Requests a second, and the milliseconds within which half and 99 % were answered."""

    rate: float
    p50: float
    p99: float


def need(*tools: str) -> None:
    """Stop where one of these programs is missing."""
    for tool in tools:
        if shutil.which(tool) is None and not Path(f"/usr/sbin/{tool}").exists():
            sys.exit(f"{tool} is missing: apt-get install wrk nginx-light postgresql-client")


def say_load(when: str) -> None:
    sys.stdout.write(f"load of the machine {when}: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")


@contextmanager
def serving(
    command: Sequence[str], address: str, *, folder: Path, environment: Mapping[str, str] = os.environ
) -> Iterator[None]:
    """The server that this command starts in this folder, from when it answers at the address."""
    server = subprocess.Popen(command, cwd=folder, env=dict(environment))
    try:
        _wait_for(address)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


@contextmanager
def gunicorns(
    command: Sequence[str], ports: Sequence[int], *, folder: Path, environment: Mapping[str, str] = os.environ
) -> Iterator[None]:
    """A process of gunicorn of twelve threads at each port. Those of one gunicorn would share a port and take
    connections as it happens: one of two may get them all.
    """
    with ExitStack() as started:
        for port in ports:
            own = [*command, f"--bind=127.0.0.1:{port}", "--threads=12", "--log-level=error", "--no-control-socket"]
            address = f"http://127.0.0.1:{port}/"
            started.enter_context(serving(own, address, folder=folder, environment=environment))
        yield


def _wait_for(address: str) -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(address)  # noqa: S310 (our own server)
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"{address} does not answer")


def measure(targets: Sequence[Target], rounds: int, seconds: int) -> dict[str, Figures]:
    """By the names of the targets; the rounds go over all of them in turn, and each figure is their median."""
    figures: dict[str, list[Figures]] = defaultdict(list)
    for target in targets:
        _wrk(target, 1)
    for round_number in range(rounds):
        for target in targets:
            figures[target.name].append(_wrk(target, seconds))
        sys.stdout.write(f"round {round_number + 1} of {rounds}\n")
        sys.stdout.flush()
    return {name: Figures(*map(statistics.median, zip(*found, strict=True))) for name, found in figures.items()}


def _wrk(target: Target, seconds: int) -> Figures:
    command = ["wrk", f"-t{len(target.ports) or 1}", f"-c{target.connections}", f"-d{seconds}s", "--timeout=10s"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write((SHARED_OUT % ", ".join(map(str, target.ports)) if target.ports else "") + target.script)
        script.flush()
        command += ["--latency", "-s", script.name, target.address]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    _wait_until_idle(target)
    if "Non-2xx" in out:
        sys.exit(f"{target.address} was not answered with 200:\n{out}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    if rate is None:
        sys.exit(f"wrk said nothing of {target.address}:\n{out}")
    return Figures(float(rate[1]), _latency(out, "50%"), _latency(out, "99%"))


def _wait_until_idle(target: Target) -> None:
    """What wrk asked for and did not wait for is still worked at, and would be taken from what is measured next.
    Another of its kind is answered when that is done.
    """
    place = urllib.parse.urlsplit(target.address)
    for port in target.ports or (place.port,):
        urllib.request.urlopen(place._replace(netloc=f"{place.hostname}:{port}").geturl()).read()  # noqa: S310 (our own)


def _latency(out: str, share: str) -> float:
    """In milliseconds."""
    match = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", out)
    return float(match[1]) * {"us": 0.001, "ms": 1, "s": 1000}[match[2]] if match else float("nan")
