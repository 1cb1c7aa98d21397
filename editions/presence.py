"""Who has a page open, so that two designers know of each other before they collide."""

from __future__ import annotations

import datetime

from django.utils import timezone

from articles.errors import NotAllowed
from editions import rules
from editions.models import PagePresence
from editions.rules import EditionVerb
from newsroom.staff.models import User

# An open page is heard of every ten seconds or so; one that missed three times is closed.
HEARD_OF_WITHIN = datetime.timedelta(seconds=30)


def note_presence(page_id: int, *, acting_user: User) -> None:
    """Note that this person has the page open now. Whoever may see pages; raises NotAllowed.

    It is written without locks and leaves no audit row: nothing depends on it.
    """
    if not rules.can(acting_user, EditionVerb.VIEW):
        raise NotAllowed
    PagePresence.objects.bulk_create(
        [PagePresence(page_id=page_id, user=acting_user, seen_at=timezone.now())],
        update_conflicts=True,
        update_fields=["seen_at"],
        unique_fields=["page", "user"],
    )


def present_on(page_id: int, *, apart_from: User) -> list[User]:
    """Who else has the page open, in the order of their names. One query."""
    since = timezone.now() - HEARD_OF_WITHIN
    present = PagePresence.objects.filter(page_id=page_id, seen_at__gte=since).exclude(user=apart_from)
    return [presence.user for presence in present.select_related("user").order_by("user__name", "user_id")]
