"""When in the night a step has to be signed. Pure.

A step's time of day is passed each day, and a story can come after it: shortly after, it is late; long after,
it is of the next night. What comes at half past midnight for half past ten is two hours late, what a reporter
files the next morning is early. A duty, too, is of a night: that of a morning paper runs from noon to noon.
"""

from __future__ import annotations

import datetime

from django.utils import timezone

NOON = datetime.time(12)
# By then a page that waited for the story has gone to press, of a morning paper as of an evening one.
LATE_FOR = datetime.timedelta(hours=6)


def due_moment(came_at: datetime.datetime, due: datetime.time) -> datetime.datetime:
    """The first moment at which it is `due`, the newsroom's time, that had not passed `LATE_FOR` before `came_at`."""
    day = timezone.localtime(came_at - LATE_FOR)
    if day.time() > due:
        day += datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day.date(), due))


def night_of(moment: datetime.datetime) -> datetime.date:
    """The newsroom's date on which the night of `moment` began: until noon it is the day before."""
    local = timezone.localtime(moment)
    return local.date() if local.time() >= NOON else local.date() - datetime.timedelta(days=1)


def night_ends(moment: datetime.datetime) -> datetime.datetime:
    """The noon at which the night of `moment` ends."""
    return timezone.make_aware(datetime.datetime.combine(night_of(moment) + datetime.timedelta(days=1), NOON))
