"""Telling those who hold a story up that it is late: once a story and step, by the clock."""

from __future__ import annotations

import datetime

from django.db import transaction

from articles import audience
from articles.models import Article


def tell_of_late_stories(now: datetime.datetime) -> list[Article]:
    """Tell whoever may sign the step that a story awaits, where that was due before `now` and nobody was told.

    Each in its own transaction; a story that another process is moving or telling of at this moment is left to
    it. Returns the stories that this process told of.
    """
    late = Article.objects.filter(due_at__lt=now, late_told_at__isnull=True)
    told = []
    for pk in list(late.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            article = late.select_for_update(skip_locked=True).filter(pk=pk).first()
            if article is not None:
                audience.tell_late(article)
                Article.objects.filter(pk=pk).update(late_told_at=now)
                told.append(article)
    return told
