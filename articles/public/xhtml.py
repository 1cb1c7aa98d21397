"""A published body as XHTML: the same elements, written as XML wants them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple


class Element(NamedTuple):
    """An element without its content."""

    name: str
    attributes: Mapping[str, str]


# What an element becomes; None where its content is to stand without it.
Change = Callable[[Element], Element | None]

_VOID = {"area", "br", "col", "hr", "img", "source", "track", "wbr"}
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xhtml(html: str, change: Change = lambda element: element) -> str:
    """`html` as a well-formed fragment of XHTML, each element as `change` wants it."""
    writer = _Writer(change)
    writer.feed(html)
    writer.close()
    return writer.written()


def writable(words: str) -> str:
    """`words` without what XML has no way to write."""
    return _UNWRITABLE.sub("", words)


class _Writer(HTMLParser):
    def __init__(self, change: Change) -> None:
        super().__init__(convert_charrefs=True)
        self._change = change
        self._parts: list[str] = []
        # The names of what is open, as they were read and as they are written; "" for what is left out.
        self._open: list[tuple[str, str]] = []

    def written(self) -> str:
        self._close_down_to(0)
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        changed = self._change(Element(tag, {name: value or "" for name, value in attrs}))
        is_void = tag in _VOID
        if changed is not None:
            said = "".join(f' {name}="{escape(writable(value))}"' for name, value in changed.attributes.items())
            self._parts.append(f"<{changed.name}{said}{' /' if is_void else ''}>")
        if not is_void:
            self._open.append((tag, changed.name if changed else ""))

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, (name, _written) in enumerate(self._open) if name == tag]
        if places:
            self._close_down_to(places[-1])

    def handle_data(self, data: str) -> None:
        self._parts.append(escape(writable(data), quote=False))

    def _close_down_to(self, depth: int) -> None:
        while len(self._open) > depth:
            _name, written = self._open.pop()
            self._parts.append(f"</{written}>" if written else "")
