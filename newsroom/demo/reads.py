"""How often the demo's stories and pages were read: made up, the same at every loading."""

from __future__ import annotations

import datetime

from django.utils import timezone

from articles.models import PublishedArticle, PublishedSection
from articles.models.readership import HOURS
from articles.readership.counting import Subject, add_reads
from editions.models import PublishedPage

# When a city reads, by the hour.
_DAY = (1, 0, 0, 0, 1, 3, 8, 14, 12, 9, 7, 8, 12, 10, 7, 6, 6, 8, 10, 12, 14, 12, 7, 3)
# Some are read more than others; as many as are no divisor of what a page or an edition holds.
_WEIGHTS = (3, 1, 9, 2, 5, 2, 1, 7, 2, 4, 1)


def make_up_reads(now: datetime.datetime) -> None:
    """Counts for everything that is public, from the day it appeared until `now`: fewer with every day."""
    here = timezone.localtime(now)
    appeared = [
        *(("story", str(story.number), story.published_at) for story in PublishedArticle.objects.order_by("number")),
        *(
            ("page", f"{page.edition.key}/{page.order}", page.edition.published_at)
            for page in PublishedPage.objects.select_related("edition").order_by("edition", "order")
        ),
        *(("section", section.slug, now - datetime.timedelta(days=29)) for section in PublishedSection.objects.all()),
        ("home", "", now - datetime.timedelta(days=29)),
    ]
    read: dict[Subject, list[int]] = {}
    for place, (kind, key, at) in enumerate(appeared):
        since = timezone.localtime(at)
        weight = _WEIGHTS[place % len(_WEIGHTS)]
        for age in range(min((here.date() - since.date()).days, 29) + 1):
            day = since.date() + datetime.timedelta(days=age)
            first = since.hour if age == 0 else 0
            last = here.hour if day == here.date() else HOURS - 1
            fading = 1 if kind in ("home", "section") else 4**age
            hours = [weight * busy // fading if first <= hour <= last else 0 for hour, busy in enumerate(_DAY)]
            if any(hours):
                read[Subject(kind, key, day)] = hours
    add_reads(read)
