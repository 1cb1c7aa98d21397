"""Taking away old versions that nobody made: what saved itself on the way to a version that stays."""

from __future__ import annotations

import datetime

from django.db import transaction

from articles.models import Article, Revision
from articles.versions.sittings import sittings_of
from newsroom.staff.models import AuditEntry

# What an audit row can say of a version: that it is the one, that it was restored, that a merge began with it.
_NAMING = ("version", "restored", "merged")


def thin_versions(before: datetime.datetime) -> int:
    """Take away the versions that saved themselves before that moment and that nothing refers to.

    Stays whatever a person saved, the last of each sitting, what is signed, released or current, and what the
    audit trail names. Returns how many went. One short transaction a story.
    """
    old = Revision.objects.filter(autosaved=True, saved_at__lt=before)
    return sum(_thin(number, before) for number in sorted(set(old.values_list("article_id", flat=True))))


def _thin(article_id: int, before: datetime.datetime) -> int:
    with transaction.atomic():
        article = Article.objects.locked(article_id)
        revisions = article.revisions.defer("content").order_by("-number")
        on_the_way = [revision for sitting in sittings_of(revisions) for revision in sitting.others]
        kept = _referred_to(article)
        gone = [r.pk for r in on_the_way if r.autosaved and r.saved_at < before and r.number not in kept]
        Revision.objects.filter(pk__in=gone).delete()
    return len(gone)


def _referred_to(article: Article) -> set[int | None]:
    """The numbers of the versions that something else speaks of."""
    signed = article.signatures.values_list("revision__number", flat=True)
    entries = AuditEntry.objects.about(article).values_list("data", flat=True)
    named = {data.get(name) for data in entries if not data.get("autosaved") for name in _NAMING}
    return {article.version, article.released_version, *signed, *named}
