"""The button that takes something back, shown once beside the message that says what was done."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest

_KEY = "undo"


class Undo(NamedTuple):
    """Where the button posts, and the fields that it sends."""

    address: str
    fields: list[tuple[str, str]]


def offer(request: HttpRequest, undo: Undo) -> None:
    """Show the button on the next page this person sees."""
    request.session[_KEY] = list(undo)


def offered(request: HttpRequest) -> Undo | None:
    """The button to show now, if there is one; shown once."""
    kept = request.session.pop(_KEY, None)
    return Undo(kept[0], [(name, value) for name, value in kept[1]]) if kept else None
