"""How addresses name an edition."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

# An edition as addresses name it: its date, and behind it which extra of that day.
EDITION_KEY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[1-9][0-9]{0,3})?"


class EditionKey(NamedTuple):
    """How addresses name an edition: its date, and which extra (号外) of that day; 0 is the regular one."""

    date: datetime.date
    extra_number: int

    @classmethod
    def parse(cls, said: str) -> EditionKey:
        """2024-03-07, or 2024-03-07-1 for the first extra of that day. Raises ValueError for what is neither."""
        if not re.fullmatch(EDITION_KEY, said):
            raise ValueError(said)
        return cls(datetime.date.fromisoformat(said[:10]), int(said[11:] or 0))
