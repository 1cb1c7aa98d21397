"""Versions as a person remembers them: one sitting at a story, not each save in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from articles.models import Revision

# Whoever saves again within this time has not stood up in between.
PAUSE = datetime.timedelta(minutes=10)


@dataclass(frozen=True)
class Sitting:
    """What one person saved without a pause: the version it came to, and those on the way, newest first."""

    last: Revision
    others: tuple[Revision, ...]


def sittings_of(revisions: Iterable[Revision]) -> list[Sitting]:
    """The sittings that `revisions` of one story, newest first, fall into, newest first."""
    sittings: list[list[Revision]] = []
    for revision in revisions:
        if sittings and _goes_on(revision, sittings[-1][-1]):
            sittings[-1].append(revision)
        else:
            sittings.append([revision])
    return [Sitting(sitting[0], tuple(sitting[1:])) for sitting in sittings]


def _goes_on(earlier: Revision, later: Revision) -> bool:
    same = (earlier.author_id, earlier.author_label) == (later.author_id, later.author_label)
    return same and later.saved_at - earlier.saved_at < PAUSE
