"""Reading stories off the desk: the one way to lock a story, and the lists the desk begins with."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from articles.states import State

if TYPE_CHECKING:
    from articles.models import Article


class ArticleQuerySet(models.QuerySet["Article"]):
    """Stories on the desk."""

    def locked(self, pk: int) -> Article:
        """The story, re-read under a lock that the surrounding transaction holds to its end.

        On SQLite the transaction itself holds the one write lock. Raises Article.DoesNotExist.
        """
        return self.select_for_update().get(pk=pk)

    def for_lists(self) -> ArticleQuerySet:
        """With what a row of a list shows: section, topic and bylines, in a constant number of queries."""
        return self.select_related("section", "created_by", "assignment__topic").prefetch_related(
            "bylines__contributor"
        )

    def without_texts(self) -> ArticleQuerySet:
        """Without the long texts that no row of a list shows."""
        return self.defer("body", "summary", "correction_note", "desk_note", "import_doubts")

    def due(self, now: datetime.datetime) -> ArticleQuerySet:
        """Signed off, with a schedule that has come and no embargo that is still live."""
        free = Q(embargo_until__isnull=True) | Q(embargo_until__lte=now)
        return self.filter(free, state=State.SIGNED_OFF, publish_at__lte=now)
