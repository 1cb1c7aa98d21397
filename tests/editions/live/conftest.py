"""A running site whose live channel looks every moment instead of every second, and streams to listen to."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from editions.live import channel, pulse
from tests.browsing import signed_in

PATIENCE = 20  # seconds after which something that never comes fails the test


class Stream:
    """One open stream, read as a browser does."""

    def __init__(self, address: str, session: str, query: str = "", last: str = "", language: str = "en") -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
        prefix = "" if language == "zh-hans" else f"/{language}"
        headers = {"Cookie": f"sessionid={session}", **({"Last-Event-ID": last} if last else {})}
        self._connection.request("GET", f"{prefix}/desk/live/{query}", headers=headers)
        self.answer = self._connection.getresponse()
        self.position = last

    def events(self) -> Iterator[tuple[str, Any]]:
        """(name, data) of each event until the stream ends; fails where that takes too long."""
        name = data = number = ""
        until = time.monotonic() + PATIENCE
        for raw in self.answer:
            # Between two events it goes on saying that it is there.
            assert time.monotonic() < until, f"the stream is still open after {PATIENCE} seconds"
            line = raw.decode().rstrip("\n")
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                data = line.removeprefix("data: ")
            elif line.startswith("id: "):
                number = line.removeprefix("id: ")
            elif not line and name:
                self.position = number or self.position
                yield name, json.loads(data)
                name = data = number = ""

    def until(self, wanted: str, fits=lambda data: True) -> list[tuple[str, Any]]:
        """Every event up to the first one of this name that fits; fails where the stream ends before."""
        heard = []
        for name, data in self.events():
            heard.append((name, data))
            if name == wanted and fits(data):
                return heard
        raise AssertionError(f"the stream ended without {wanted}: {heard}")

    def close(self) -> None:
        self.answer.close()
        self._connection.close()


@pytest.fixture
def listen(live_server, monkeypatch):
    """Open streams as somebody who signs in for each: `listen(user, query="?age=30")`."""
    monkeypatch.setattr(pulse, "TICK", 0.02)
    monkeypatch.setattr(pulse, "ACCOUNTS", 0.05)
    monkeypatch.setattr(channel, "HEARTBEAT", 0.1)
    streams = []

    def open_one(user, session: str | None = None, **how) -> Stream:
        session = session or signed_in(user).cookies["sessionid"].value
        streams.append(Stream(live_server.url, session, **how))
        return streams[-1]

    yield open_one
    pulse.PULSE.end_all()
    is_quiet = pulse.PULSE.wait_until_quiet(PATIENCE)
    for stream in streams:
        stream.close()
    assert is_quiet
