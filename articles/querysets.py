"""Reading stories off the desk: the one way to lock a story, and the lists the desk begins with."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

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
        """With what a row of a list shows: section, bylines and how many remarks are open, in a constant number of
        queries. That something is still to be said of a story is no secret to those who make pages of it.
        """
        remarks = self.model._meta.get_field("remarks").related_model._default_manager  # type: ignore[union-attr]
        still_open = remarks.filter(article=OuterRef("pk"), settled_at__isnull=True).order_by().values("article")
        counted = Subquery(still_open.annotate(count=Count("pk")).values("count"))
        return (
            self.annotate(open_remark_count=Coalesce(counted, 0))
            .select_related("section", "created_by")
            .prefetch_related("bylines__contributor")
        )

    def due(self, now: datetime.datetime) -> ArticleQuerySet:
        """Signed off, with a schedule that has come and no embargo that is still live."""
        free = Q(embargo_until__isnull=True) | Q(embargo_until__lte=now)
        return self.filter(free, state=State.SIGNED_OFF, publish_at__lte=now)
