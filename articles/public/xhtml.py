"""A published body as XHTML: the same elements, written as XML wants them. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser

# What an element becomes: its attributes anew, or None where its content is to stand without it.
Change = Callable[[str, Mapping[str, str]], Mapping[str, str] | None]

_VOID = {"area", "br", "col", "hr", "img", "source", "track", "wbr"}
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xhtml(html: str, change: Change = lambda _name, attributes: attributes) -> str:
    """`html` as a well-formed fragment of XHTML, each element as `change` wants it by its name and attributes."""
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
        self._open: list[tuple[str, bool]] = []

    def written(self) -> str:
        self._close_down_to(0)
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        changed = self._change(tag, {name: value or "" for name, value in attrs})
        said = "".join(f' {name}="{escape(writable(value))}"' for name, value in (changed or {}).items())
        if tag in _VOID:
            self._parts.append("" if changed is None else f"<{tag}{said} />")
            return
        self._parts.append("" if changed is None else f"<{tag}{said}>")
        self._open.append((tag, changed is not None))

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, (name, _written) in enumerate(self._open) if name == tag]
        if places:
            self._close_down_to(places[-1])

    def handle_data(self, data: str) -> None:
        self._parts.append(escape(writable(data), quote=False))

    def _close_down_to(self, depth: int) -> None:
        while len(self._open) > depth:
            name, is_written = self._open.pop()
            self._parts.append(f"</{name}>" if is_written else "")
