"""How far somebody has heard the audit trail, as one word to be sent back: pure.

Rows are numbered when they are written and seen when their transaction ends, so a lower number can come after a
higher one. A position therefore names the numbers below its own that were not there yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# How many missing numbers are waited for at once, the newest ones.
MOST_GAPS = 60
# How far below the highest number one may be missing: as many acts as end while one of them goes on.
REACH = 1000
_FORM = re.compile(rf"\d{{1,18}}(?:\.\d{{1,18}}){{0,{MOST_GAPS}}}", re.ASCII)


@dataclass(frozen=True)
class Position:
    """Everything up to `high` was heard, but for `gaps`."""

    high: int
    gaps: frozenset[int] = frozenset()

    def __str__(self) -> str:
        return ".".join(map(str, [self.high, *sorted(self.gaps)]))

    def advanced(self, numbers: Iterable[int]) -> Position:
        """The position after these numbers were heard too."""
        heard = set(numbers)
        high = max(heard | {self.high})
        skipped = set(range(max(self.high, high - REACH) + 1, high))
        missing = sorted((self.gaps | skipped) - heard)
        return Position(high, frozenset(missing[-MOST_GAPS:]))

    def without_gaps_below(self, number: int) -> Position:
        """The position that waits no more for what is missing below `number`: it was rolled back."""
        return Position(self.high, frozenset(gap for gap in self.gaps if gap >= number))


def parse(text: str) -> Position | None:
    """The position that `text` stands for; None where nobody here wrote it."""
    if not _FORM.fullmatch(text):
        return None
    high, *gaps = map(int, text.split("."))
    return Position(high, frozenset(gap for gap in gaps if gap < high))
