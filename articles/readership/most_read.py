"""What the home page shows as read most, renewed by the clock."""

from __future__ import annotations

import datetime

from django.db import transaction

from articles.generations import show_most_read
from articles.models import CountedReads, Title
from articles.readership.numbers import most_read_lately

# Every change makes all kept pages anew.
RENEWED_EVERY = datetime.timedelta(minutes=10)


def renew_most_read(now: datetime.datetime) -> None:
    """Let readers see what is read most now, if that was `RENEWED_EVERY` ago; as many stories as the title says."""
    with transaction.atomic():
        due = CountedReads.objects.exclude(most_read_at__gt=now - RENEWED_EVERY)
        if due.filter(pk=CountedReads.THE_ONE).update(most_read_at=now):
            most = Title.objects.values_list("most_read_shown", flat=True).first() or 0
            show_most_read(most_read_lately(now, most) if most else [])
