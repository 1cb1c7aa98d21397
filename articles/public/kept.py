"""Finished public pages, kept as they are sent. Pure: bytes and headers, nothing of Django or the database."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from functools import cached_property, lru_cache
from threading import Lock
from typing import NamedTuple

Headers = list[tuple[str, str]]

# Below this a page is sent as it is: packed it would not be shorter by a packet.
WORTH_PACKING = 600
# The largest that is kept: a book of several megabytes would take the room of hundreds of pages.
LARGEST = 1024 * 1024
# What a page costs beside its bytes: headers, the key, the entry.
_OVERHEAD = 4096
# What is said of a page that a reader has already (RFC 9110, 15.4.5).
_OF_UNCHANGED = frozenset({"access-control-allow-origin", "cache-control", "last-modified", "surrogate-key", "vary"})
_OF_CONTENT = frozenset({"content-length", "content-encoding", "etag"})
_WORDS = re.compile(r"text/|application/(?:[a-z]+\+)?(?:json|xml)\b")
_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_NEVER = re.compile(r"\s*q\s*=\s*0(?:\.0{0,3})?\s*", re.ASCII)


class _Form(NamedTuple):
    """A page in one packing: its bytes, what is said beside them, and what to whoever has it already."""

    content: bytes
    headers: Headers
    unchanged: Headers


class KeptPage:
    """A page as it is sent, plain and packed (gzip), each with a validator of its own, and what is sent of it to
    whoever has it already. It is packed when it is first sent so or kept.
    """

    def __init__(self, content: bytes, headers: Iterable[tuple[str, str]]) -> None:
        self._said = [(name, value) for name, value in headers if name.lower() not in _OF_CONTENT]
        self.kind = next((value for name, value in self._said if name.lower() == "content-type"), "")
        self._digest = hashlib.sha256(content).hexdigest()[:32]
        self._plain = self._form(content, self._digest)

    @cached_property
    def _packed(self) -> _Form:
        content = self._plain.content
        is_worth_packing = len(content) >= WORTH_PACKING and holds_words(self.kind)
        packed = gzip.compress(content, 6, mtime=0) if is_worth_packing else content
        if len(packed) >= len(content):
            return self._plain
        return self._form(packed, f"{self._digest}-gzip", ("Content-Encoding", "gzip"))

    def _form(self, content: bytes, tag: str, *how: tuple[str, str]) -> _Form:
        own = ("ETag", f'"{tag}"')
        known = [(name, value) for name, value in self._said if name.lower() in _OF_UNCHANGED]
        return _Form(content, [*self._said, own, *how, ("Content-Length", str(len(content)))], [*known, own])

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        packed = len(self._packed.content) if self._packed is not self._plain else 0
        return len(self._plain.content) + packed + _OVERHEAD

    def answer(self, accepts: str, known: str, *, body: bool = True) -> tuple[str, Headers, bytes]:
        """Status, headers and content for a reader who `accepts` these encodings and knows the validators
        `known` (`If-None-Match`); without `body` the content stays out, as HEAD wants it.
        """
        form = self._packed if accepts_gzip(accepts) else self._plain
        if known and self._is_among(known):
            return "304 Not Modified", form.unchanged, b""
        return "200 OK", form.headers, form.content if body else b""

    def _is_among(self, known: str) -> bool:
        return known.strip() == "*" or any(tag.removesuffix("-gzip") == self._digest for tag in _TAG.findall(known))


def holds_words(kind: str) -> bool:
    """Whether an answer of this `Content-Type` can be read as text; pictures and books are packed already."""
    return _WORDS.match(kind) is not None


@lru_cache(maxsize=256)
def accepts_gzip(accepts: str) -> bool:
    """Whether an `Accept-Encoding` allows gzip; one that says nothing of it does not."""
    said = _choices(accepts)
    return said.get("gzip", said.get("*", False))


@lru_cache(maxsize=1024)
def accepts_kind(accepts: str, kind: str) -> bool:
    """Whether an `Accept` allows this `Content-Type`; one that says nothing allows every kind."""
    media_type = kind.partition(";")[0].strip().lower()
    said = _choices(accepts)
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    return not accepts.strip() or next((said[one] for one in ranges if one in said), False)


def _choices(accepts: str) -> dict[str, bool]:
    """What a header of choices names, and whether it may be sent."""
    said = {}
    for choice in accepts.lower().split(","):
        name, *parameters = choice.split(";")
        said[name.strip()] = not any(_NEVER.fullmatch(parameter) for parameter in parameters)
    return said


class Shelf:
    """Pages of one serial of the reading side, at most so many bytes; what was asked for longest ago makes room.

    Whoever asks says which serial holds, and pages of another are thrown away. So a page that took long and is of a
    serial from before comes too late, and takes no other's place.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = Lock()
        self._serial: Hashable = None
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._size = 0

    def get(self, serial: Hashable, key: Hashable) -> KeptPage | None:
        with self._lock:
            if serial != self._serial:
                self._empty(serial)
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
        return page

    def put(self, serial: Hashable, key: Hashable, page: KeptPage) -> None:
        """Keep a page of the serial that holds, unless it is too large."""
        if page.size > LARGEST:
            return
        with self._lock:
            if serial != self._serial:
                return
            before = self._pages.pop(key, None)
            self._pages[key] = page
            self._size += page.size - (before.size if before else 0)
            while self._size > self._limit:
                _key, oldest = self._pages.popitem(last=False)
                self._size -= oldest.size

    def clear(self) -> None:
        with self._lock:
            self._empty(None)

    def _empty(self, serial: Hashable) -> None:
        self._pages.clear()
        self._serial, self._size = serial, 0
