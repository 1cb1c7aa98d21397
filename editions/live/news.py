"""What changed since a position, read once for everybody; who hears which of it is `events.py`."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Max, Prefetch, Q
from django.utils import timezone

from articles.models import Article
from articles.presence import here_now
from editions.live.position import MOST_GAPS, Position
from editions.whereabouts import Thing, readable_of, thing_of
from newsroom.staff.models import AuditEntry, Notice, User

# A transaction that takes longer than this to end is not waited for.
PATIENCE = datetime.timedelta(minutes=10)
# More acts than this at once are not told one by one: everything is fetched anew.
MOST_ENTRIES = 200
SHOWN_NOTICES = 5
# People and settings are no business of the desk's windows.
_NOT_OF_THE_DESK = ("staff.",)


@dataclass(frozen=True)
class News:
    """What happened up to `position`, and the stories it happened to as they stand; `has_more` where it was too much
    to tell.
    """

    position: Position
    entries: Sequence[AuditEntry] = ()
    stories: Sequence[Article] = ()
    has_more: bool = False

    @property
    def touches_the_desk(self) -> bool:
        """Whether lists and boards show something else now."""
        return self.has_more or bool(self.entries)


class Told(NamedTuple):
    """What a person has been told: how many notices they have not read, the newest ones, and which of the
    things named there they may read.
    """

    unread: int
    newest: Sequence[Notice]
    readable: frozenset[Thing]


class Mark(NamedTuple):
    """Whether something is new for a person: the number of unread notices and the newest of them."""

    unread: int
    newest: int


NOTHING_UNREAD = Mark(0, 0)


def position_now(since: datetime.datetime | None = None) -> Position:
    """Where the trail ends; with `since`, where it ended at that moment. One query.

    Numbers missing just below are waited for: they may belong to somebody who is not done yet.
    """
    rows = list(AuditEntry.objects.order_by("-pk").values_list("pk", "at")[: MOST_GAPS + 1])
    if not rows:
        return Position(0)
    before = Position(rows[-1][0] - 1)
    return before.advanced(number for number, at in rows if since is None or at < since)


def news_since(position: Position) -> News:
    """What happened after `position`. One query; one more while a number is missing; four where stories changed."""
    rows = AuditEntry.objects.filter(Q(pk__gt=position.high) | Q(pk__in=position.gaps)).defer("data").order_by("pk")
    entries = list(rows[: MOST_ENTRIES + 1])
    if len(entries) > MOST_ENTRIES:
        return News(position_now(), has_more=True)
    moved = _patient(position.advanced(entry.pk for entry in entries))
    of_the_desk = [entry for entry in entries if not entry.target_type.startswith(_NOT_OF_THE_DESK)]
    return News(moved, of_the_desk, _stories_of(of_the_desk))


def marks_of(people: Collection[int]) -> dict[int, Mark]:
    """What is unread, by person; who has nothing unread is not in it. One query."""
    unread = Notice.objects.unread().filter(recipient__in=people).order_by()
    counted = unread.values_list("recipient").annotate(Count("pk"), Max("pk"))
    return {person: Mark(count, newest) for person, count, newest in counted}


def told_to(user: User, mark: Mark) -> Told:
    """The notices of `user` that come first, the unread ones before the others. Two queries at most, and one for
    every kind of thing named in them.
    """
    shown = Notice.objects.shown_to(user)
    newest = list(shown.unread()[:SHOWN_NOTICES])
    if len(newest) < SHOWN_NOTICES:
        newest += shown.filter(read_at__isnull=False)[: SHOWN_NOTICES - len(newest)]
    return Told(mark.unread, newest, readable_of(user, map(thing_of, newest)))


def _patient(position: Position) -> Position:
    """The position without the gaps that something long past stands above: those numbers were rolled back."""
    if not position.gaps:
        return position
    lowest = min(position.gaps)
    past = AuditEntry.objects.filter(pk__gt=lowest, pk__lte=position.high, at__lt=timezone.now() - PATIENCE)
    highest = past.aggregate(highest=Max("pk"))["highest"]
    return position if highest is None else position.without_gaps_below(highest)


def _stories_of(entries: Sequence[AuditEntry]) -> list[Article]:
    numbers = {entry.target_id for entry in entries if entry.target_type == Article._meta.label_lower}
    if not numbers:
        return []
    stories = Article.objects.filter(pk__in=numbers).without_texts()
    here = Prefetch("presences", here_now())
    return list(stories.prefetch_related("bylines__contributor", here).order_by("pk"))
