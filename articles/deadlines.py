"""When in the night a step has to be signed. Pure.

The night of a morning paper runs from noon to noon: what arrives at eleven at night and what arrives at one
belong to one night, though two dates. A step's time of day is that time in the night in which the story came
to await the step.
"""

from __future__ import annotations

import datetime

from django.utils import timezone

NOON = datetime.time(12)


def due_moment(came_at: datetime.datetime, due: datetime.time) -> datetime.datetime:
    """The moment `due`, the newsroom's time, in the night of `came_at`; it can have passed already then."""
    evening = night_of(came_at)
    day = evening if due >= NOON else evening + datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day, due))


def night_of(moment: datetime.datetime) -> datetime.date:
    """The newsroom's date on which the night of `moment` began: until noon it is the day before."""
    local = timezone.localtime(moment)
    return local.date() if local.time() >= NOON else local.date() - datetime.timedelta(days=1)


def night_ends(moment: datetime.datetime) -> datetime.datetime:
    """The noon at which the night of `moment` ends."""
    return timezone.make_aware(datetime.datetime.combine(night_of(moment) + datetime.timedelta(days=1), NOON))
