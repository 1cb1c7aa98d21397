"""Who has a story open to edit it, and where in it, so that two writers know of each other before they meet."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from articles import rules
from articles.errors import NotAllowed
from articles.models import Article, StoryPresence
from articles.text.body import strip_unseen
from newsroom.staff.models import User

# An open form is heard of every ten seconds or so; one that missed three times is closed.
HEARD_OF_WITHIN = datetime.timedelta(seconds=30)
_LONGEST_PLACE = 40


def note_presence(article: Article, *, place: str = "", acting_user: User) -> None:
    """Note that this person has the story open now, at `place`. Whoever may read its past, for who else writes
    at it is part of that; raises NotAllowed.

    It is written without locks and leaves no audit row: nothing depends on it. Whoever was not heard of is
    forgotten in passing.
    """
    if not rules.can_see_history(acting_user, article):
        raise NotAllowed
    now = timezone.now()
    StoryPresence.objects.filter(article=article, seen_at__lt=now - HEARD_OF_WITHIN).delete()
    here = StoryPresence(article=article, user=acting_user, place=_short(place), came_at=now, seen_at=now)
    StoryPresence.objects.bulk_create(
        [here], update_conflicts=True, update_fields=["place", "seen_at"], unique_fields=["article", "user"]
    )


def forget_presence(article_id: int, *, acting_user: User) -> None:
    """Note that this person has closed the story."""
    StoryPresence.objects.filter(article_id=article_id, user=acting_user).delete()


def present_on(article: Article, *, apart_from: User) -> list[StoryPresence]:
    """Who else has the story open, in the order of their names. One query."""
    present = here_now().filter(article=article).exclude(user=apart_from)
    return list(present.select_related("user").order_by("user__name", "user_id"))


def here_now() -> QuerySet[StoryPresence]:
    """Whoever has whatever story open now."""
    return StoryPresence.objects.filter(seen_at__gte=timezone.now() - HEARD_OF_WITHIN)


def _short(place: str) -> str:
    return strip_unseen(place)[:_LONGEST_PLACE]
