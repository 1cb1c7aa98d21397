"""Stories that may be there already: fingerprints kept with every save, near-duplicates found among them."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db.models import Count
from django.utils import timezone

from articles import rules
from articles.models import Article, Fingerprint
from articles.text import body
from articles.text.fingerprints import Likeness, fingerprint, likeness, shingles
from newsroom.staff.models import User

LOOKED_BACK = datetime.timedelta(days=365)
# Below this the common part is turns of phrase.
_ALIKE = 0.15
_FEWEST_SHINGLES = 20
_CANDIDATES, _COMPARED, _SHOWN = 200, 20, 5


class Similar(NamedTuple):
    """A story on the desk that shares text with another, and how much."""

    article: Article
    likeness: Likeness

    @property
    def percent(self) -> int:
        """How much of the shorter text stands in the other, in per cent."""
        return round(self.likeness.contained * 100)


def remember_text(article: Article) -> None:
    """Keep the fingerprint of the story's text as it is now, inside the transaction of its save.

    Writes only the keys that changed: of a story saved a sentence later that is one or two.
    """
    wanted = fingerprint(shingles(body.plain_text(article.body)))
    kept = set(Fingerprint.objects.filter(article=article).values_list("key", flat=True))
    if kept - wanted:
        Fingerprint.objects.filter(article=article, key__in=kept - wanted).delete()
    Fingerprint.objects.bulk_create(Fingerprint(article=article, key=key) for key in wanted - kept)


def find_similar(text: str, *, besides: int | None = None, acting_user: User) -> list[Similar]:
    """Stories of the last year that share a good part of `text`, the most alike first, at most five.

    Only such as `acting_user` may read; `besides` is the story that the text is of. Three queries.
    """
    wanted = shingles(text)
    if len(wanted) < _FEWEST_SHINGLES:
        return []
    sharing = Fingerprint.objects.filter(key__in=fingerprint(wanted)).exclude(article=besides).order_by()
    ranked = sharing.values("article").annotate(shared=Count("article")).order_by("-shared", "-article")[:_CANDIDATES]
    ids = [row["article"] for row in ranked]
    recent = rules.visible_to(acting_user).filter(pk__in=ids, created_at__gte=timezone.now() - LOOKED_BACK)
    readable = set(recent.order_by().values_list("pk", flat=True)) if ids else set()
    compared = Article.objects.in_bulk([number for number in ids if number in readable][:_COMPARED])
    similar = [Similar(story, likeness(wanted, shingles(body.plain_text(story.body)))) for story in compared.values()]
    alike = [found for found in similar if found.likeness.contained >= _ALIKE]
    return sorted(alike, key=lambda found: (-found.likeness.contained, -found.article.pk))[:_SHOWN]
