"""The whole origin as a web server calls it: the kept pages before the application."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from articles.public.front import Front
from articles.public.kept import Shelf


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.sent) if packed else self.sent).decode()


@contextmanager
def connection_left_open() -> Iterator[None]:
    """The test's transaction lives in the connection that a request would look after."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Origin:
    """A process of the origin with nothing kept yet."""

    def __init__(self, limit: int = 1_000_000) -> None:
        self._front = Front(WSGIHandler(), Shelf(limit))

    def get(self, address: str, method: str = "GET", **headers: str) -> Answer:
        path, _question, query = address.partition("?")
        environ = RequestFactory()._base_environ(
            PATH_INFO=path,
            QUERY_STRING=query,
            REQUEST_METHOD=method,
            HTTP_HOST=headers.pop("host", "testserver"),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        )
        said: list = []
        with connection_left_open():
            content = self._asked(environ, said)
        return Answer(int(said[0][:3]), dict(said[1]), content)

    def _asked(self, environ, said) -> bytes:
        body = self._front(environ, lambda status, sent: said.extend((status, sent)))
        content = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        return content
