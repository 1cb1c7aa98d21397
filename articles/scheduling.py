"""Embargo and schedule: two different things, both obeyed.

An embargo forbids any release before its time; a schedule triggers one at its time. Where both are set, the
later one wins.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from articles import rules
from articles.errors import NotAllowed, StaleTimes
from articles.models import Article
from articles.validators import clean_only, refuse_past
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.details import in_words
from newsroom.staff.models import AuditEntry, User


def set_release_times(
    article_id: int,
    *,
    embargo_until: datetime.datetime | None,
    publish_at: datetime.datetime | None,
    acting_user: User,
    seen: str | None = None,
    knowing: Mapping[str, Any] | None = None,
) -> Article:
    """Set embargo and web schedule of a story not yet released; who may is `rules.MAY_SET_TIMES`.

    Neither is set to a time that is past; one that has passed since it was set may stay. `seen` are the times that
    were before their eyes (`Article.times_seen`), None where the caller has just read them under the lock; `knowing`
    is what was open about the story and said to them before, for the trail. Raises NotAllowed, StaleTimes,
    ValidationError.
    """
    with transaction.atomic():
        article = Article.objects.locked(article_id)
        if not rules.can_set_times(acting_user, article):
            raise NotAllowed
        if seen not in {None, article.times_seen}:
            raise _stale(article)
        refuse_past("embargo_until", embargo_until, stood=article.embargo_until)
        refuse_past("publish_at", publish_at, stood=article.publish_at)
        article.embargo_until, article.publish_at = embargo_until, publish_at
        clean_only(article, "embargo_until", "publish_at")
        article.save(update_fields=["embargo_until", "publish_at"])
        times = {"embargo": _iso(embargo_until), "schedule": _iso(publish_at)}
        audit.record(acting_user, Act.STORY_TIME, article, **times, **({"knowing": knowing} if knowing else {}))
    return article


def earliest_release(article: Article) -> datetime.datetime | None:
    """The moment before which nothing may release the story: the later of embargo and schedule."""
    times = [time for time in (article.embargo_until, article.publish_at) if time is not None]
    return max(times, default=None)


def times_in_words(data: Mapping[str, Any]) -> str:
    """Embargo and schedule as a row of the trail keeps them, in words; empty where it is about neither."""
    times = {name: data[name] for name in ("embargo", "schedule") if name in data}
    return in_words(Article._meta.label_lower, times)


def _stale(article: Article) -> StaleTimes:
    """Who set the times that stand, and which they are."""
    last = AuditEntry.objects.about(article).filter(act=Act.STORY_TIME).first()
    standing = {"embargo": _iso(article.embargo_until), "schedule": _iso(article.publish_at)}
    return StaleTimes(last.by if last else "—", times_in_words(standing))


def _iso(time: datetime.datetime | None) -> str | None:
    return time.isoformat() if time else None
