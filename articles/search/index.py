"""Written by the door, in the transaction that publishes, corrects, prints or withdraws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from articles.models.published import PublicFrame, PublishedArticle, PublishedByline
from articles.models.published_search import PublishedSearch, PublishedSearchChange
from articles.search import tokens
from articles.search.choosing import the_database
from articles.search.words import searched

BATCH = 200


def write(articles: Iterable[PublishedArticle], printed: Mapping[int, Iterable[str]] | None = None) -> None:
    """Let the index say of these stories what readers see of them now.

    `printed` are the tokens of the pages by the story's id; what it does not name stays as it was.
    """
    articles = list(articles)
    before = PublishedSearch.objects.in_bulk([article.pk for article in articles])
    authors = _authors_of(articles)
    rows = [_row(article, authors[article.pk], _pages(article, before, printed or {})) for article in articles]
    the_database().drop(list(before.values()))
    PublishedSearch.objects.filter(pk__in=before).delete()
    PublishedSearch.objects.bulk_create(rows)
    the_database().put(rows)
    _tell(rows)


def remove(numbers: Sequence[int]) -> None:
    """Forget the stories of these numbers; before their public rows go."""
    rows = list(PublishedSearch.objects.filter(number__in=numbers))
    the_database().drop(rows)
    PublishedSearch.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _tell(rows)


def behind(*, all_of_them: bool = False, below: int | None = None) -> QuerySet[PublishedArticle]:
    """The published stories of which the index says nothing, or not what they are now; newest first.

    All stories if `all_of_them`; only those with a number below `below` if that is given.
    """
    stale = Q(search=None) | ~Q(search__form=tokens.FORM) | ~Q(search__updated_at=F("updated_at"))
    numbered = Q() if below is None else Q(number__lt=below)
    return PublishedArticle.objects.filter(numbered, Q() if all_of_them else stale).order_by("-number")


def write_batch(
    articles: Sequence[PublishedArticle], printed: Callable[[list[int]], Mapping[int, Iterable[str]]]
) -> None:
    """`write` of stories that the door may correct, print or withdraw meanwhile: it waits, and what is gone by now is
    left out. `printed` gives the tokens of the pages of stories with these ids, as they are then.
    """
    with transaction.atomic():
        PublicFrame.lock()
        there = PublishedArticle.objects.filter(pk__in=[article.pk for article in articles])
        current = list(there.order_by("pk").prefetch_related("photos"))
        write(current, printed([article.pk for article in current]))


def _authors_of(articles: Iterable[PublishedArticle]) -> dict[int, list[int]]:
    """The ids of their authors by their own, as the bylines have them: one query."""
    found: dict[int, list[int]] = defaultdict(list)
    links = PublishedByline.objects.filter(article_id__in=[article.pk for article in articles]).order_by("pk")
    for article_id, author_id in links.values_list("article_id", "author_id"):
        found[article_id].append(author_id)
    return found


def _pages(
    article: PublishedArticle, before: Mapping[int, PublishedSearch], printed: Mapping[int, Iterable[str]]
) -> list[str]:
    if article.pk in printed:
        return sorted(set(printed[article.pk]))
    return before[article.pk].printed if article.pk in before else []


def _row(article: PublishedArticle, authors: list[int], printed: list[str]) -> PublishedSearch:
    photos: Any = article.photos.all()
    return PublishedSearch(
        article=article,
        number=article.number,
        published_at=article.published_at,
        updated_at=article.updated_at,
        form=tokens.FORM,
        printed=printed,
        **searched(article, authors, photos, printed)._asdict(),
    )


def _tell(rows: Sequence[PublishedSearch]) -> None:
    """Note what a search server has to be told, for the clock."""
    if not settings.SEARCH_URL:
        return
    now = timezone.now()
    changes = [PublishedSearchChange(number=row.number, article_id=row.pk, changed_at=now) for row in rows]
    PublishedSearchChange.objects.bulk_create(
        changes, update_conflicts=True, unique_fields=["number"], update_fields=["changed_at", "article_id"]
    )
