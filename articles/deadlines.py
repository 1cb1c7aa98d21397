"""When in a night a step has to be signed. Pure.

A night runs from noon to noon, newsroom's time, and has the date of its evening: what is signed for half past ten
and what for half past midnight is of one night, and of one paper, that of the next day. An evening paper's steps
are due in the morning at which its night ends.

`night_of_story` is the whole rule of which night a story is of.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.utils import timezone

NOON = datetime.time(12)
# By then a morning paper is with the printer.
PRINTED = datetime.time(3)
_DAY = datetime.timedelta(days=1)


def night_of_story(
    began_at: datetime.datetime,
    times: Collection[datetime.time],
    *,
    edition_day: datetime.date | None = None,
) -> datetime.date:
    """The night in which a story whose review began at that moment is to be signed, every step of it.

    - One for an edition is of that edition's night, which ends on its day, unless that was over when it came.
    - Any other is of the night in which it came until that closes: once its paper is printed and the last of `times`,
      until when each step is due, has passed. Then it is of the coming night.
    """
    now = night_of(began_at)
    if edition_day is not None and edition_day - _DAY >= now:
        return edition_day - _DAY
    return now if began_at <= closes_at(now, times) else now + _DAY


def closes_at(night: datetime.date, times: Collection[datetime.time]) -> datetime.datetime:
    """The moment after which what is for no edition comes too late for the night."""
    return max(moment_in(night, time) for time in (PRINTED, *times))


def moment_in(night: datetime.date, time: datetime.time) -> datetime.datetime:
    """The moment at which it is that time in the night: from noon on the day of its evening, before noon the next."""
    day = night if time >= NOON else night + _DAY
    return timezone.make_aware(datetime.datetime.combine(day, time))


def lateness(due_at: datetime.datetime | None, now: datetime.datetime) -> datetime.timedelta | None:
    """How long what was due at that moment is overdue; None where it is not, and where it is never due."""
    return now - due_at if due_at is not None and now > due_at else None


def night_of(moment: datetime.datetime) -> datetime.date:
    """The newsroom's date on which the night of `moment` began: until noon it is the day before."""
    local = timezone.localtime(moment)
    return local.date() if local.time() >= NOON else local.date() - _DAY


def night_ends(moment: datetime.datetime) -> datetime.datetime:
    """The noon at which the night of `moment` ends."""
    return timezone.make_aware(datetime.datetime.combine(night_of(moment) + _DAY, NOON))
