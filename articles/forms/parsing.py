"""Small readings of what browsers send."""

from __future__ import annotations

import contextlib
import datetime
from uuid import UUID

from django.utils.dateparse import parse_date


def one_line_end(text: str) -> str:
    """`text` with \\n at the end of its lines, whatever stood there."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def whole_number(text: str) -> int:
    """The number that `text` is, 0 where it is none, or none that a row can have."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def day_or_none(text: str) -> datetime.date | None:
    """The day that `text` is, None where it is none."""
    with contextlib.suppress(ValueError):
        return parse_date(text)
    return None


def token(text: str) -> UUID | None:
    """The token that `text` is, None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
