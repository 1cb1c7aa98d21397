"""Sitemaps by the protocol of sitemaps.org, with Google's extensions for pictures and for news.

A month's stories stand in a sitemap of their own, in the order in which they were published: once the month is
over it changes with a correction or a withdrawal alone, and a crawler need not fetch it again.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from django.db.models import Count, F, Max, Model, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from articles.addresses import address
from articles.keyset import Cursor, parse
from articles.models.published import PublishedArticle, PublishedAuthor, PublishedPhoto, PublishedSection
from articles.models.published_collections import PublishedSpecial, PublishedTag
from articles.public.reading import ADVERTISEMENT, NEWEST_FIRST
from articles.public.site import Site
from articles.public.wording import stamp
from articles.public.xhtml import writable
from newsroom.dates import next_month, start_of

# The protocol allows 50,000 a file; so many are written in a fraction of a second.
MOST_ADDRESSES = 10_000
# What Google takes of a news sitemap.
MOST_NEWS = 1_000
_PLAIN = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_IMAGES = f'{_PLAIN} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
_NEWS = f'{_PLAIN} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
# How a news sitemap calls the language.
_NEWS_LANGUAGE = "zh-cn"


class Entry(NamedTuple):
    """A page as a sitemap names it: its path, when it changed last, and the paths of the pictures it shows."""

    path: str
    changed_at: datetime.datetime | None = None
    pictures: tuple[str, ...] = ()


class MonthPart(NamedTuple):
    """A sitemap of stories: a month, and after which story it begins, None for the month's first."""

    first_day: datetime.date
    after: Cursor | None
    changed_at: datetime.datetime


# -- writing ----------------------------------------------------------------------------------------------


def urlset(site: Site, entries: Iterable[Entry]) -> str:
    """A sitemap of these pages."""
    return _document("urlset", _IMAGES, (_url(site, entry, _pictures(site, entry)) for entry in entries))


def news_urlset(site: Site, stories: Iterable[PublishedArticle]) -> str:
    """A news sitemap of these stories."""
    return _document(
        "urlset",
        _NEWS,
        (_url(site, Entry(story.get_absolute_url()), _news(site, story)) for story in stories),
    )


def index(site: Site, entries: Iterable[Entry]) -> str:
    """The index of these sitemaps."""
    return _document("sitemapindex", _PLAIN, (_element("sitemap", site, entry) for entry in entries))


def _document(name: str, namespaces: str, parts: Iterable[str]) -> str:
    return writable(f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} {namespaces}>\n{"".join(parts)}</{name}>\n')


def _url(site: Site, entry: Entry, more: str) -> str:
    return _element("url", site, entry, more)


def _element(name: str, site: Site, entry: Entry, more: str = "") -> str:
    changed = f"<lastmod>{stamp(entry.changed_at)}</lastmod>" if entry.changed_at else ""
    return f"<{name}><loc>{escape(site.root + entry.path)}</loc>{changed}{more}</{name}>\n"


def _pictures(site: Site, entry: Entry) -> str:
    return "".join(
        f"<image:image><image:loc>{escape(site.root + path)}</image:loc></image:image>" for path in entry.pictures
    )


def _news(site: Site, story: PublishedArticle) -> str:
    publication = f"<news:name>{escape(site.name)}</news:name><news:language>{_NEWS_LANGUAGE}</news:language>"
    return (
        f"<news:news><news:publication>{publication}</news:publication>"
        f"<news:publication_date>{stamp(story.published_at)}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news>"
    )


# -- what stands in them ----------------------------------------------------------------------------------


def month_parts() -> list[MonthPart]:
    """The sitemaps of stories, the oldest first: one query, and one more for each that begins within a month."""
    months = (
        PublishedArticle.objects.annotate(month=TruncMonth("published_at"))
        .values("month")
        .annotate(count=Count("pk"), changed_at=Max(Coalesce("changed_at", "published_at")))
        .order_by("month")
    )
    return [
        MonthPart(month["month"].date(), after, month["changed_at"])
        for month in months
        for after in _beginnings(month["month"].date(), month["count"])
    ]


def _beginnings(first_day: datetime.date, count: int) -> Iterator[Cursor | None]:
    after = None
    yield after
    for _part in range(1, -(-count // MOST_ADDRESSES)):
        part = _stories(first_day, after).only("published_at", "number")
        last = part[MOST_ADDRESSES - 1 : MOST_ADDRESSES].first()
        if last is None:
            # So many have been withdrawn since they were counted.
            return
        after = Cursor(last.published_at, last.number)
        yield after


def stories_of(first_day: datetime.date, after: str = "") -> list[Entry]:
    """The stories of a month behind a cursor, with their pictures: two queries. Raises BrokenCursor."""
    found = _stories(first_day, parse(after) if after else None)[:MOST_ADDRESSES]
    stories = list(found.only("number", "published_at", "changed_at"))
    if not stories:
        return []
    pictures: dict[int, list[str]] = defaultdict(list)
    first, last = stories[0].published_at, stories[-1].published_at
    photos = PublishedPhoto.objects.filter(article__published_at__gte=first, article__published_at__lte=last)
    for article_id, large in photos.order_by("article_id", "order").values_list("article_id", "large"):
        pictures[article_id].append(large)
    return [
        Entry(story.get_absolute_url(), story.modified_at, tuple(dict.fromkeys(pictures[story.pk])))
        for story in stories
    ]


def _stories(first_day: datetime.date, after: Cursor | None) -> QuerySet[PublishedArticle]:
    end = start_of(next_month(first_day))
    found = PublishedArticle.objects.filter(published_at__gte=start_of(first_day), published_at__lt=end)
    if after is not None:
        found = found.filter(published_at__gte=after.at).filter(
            Q(published_at__gt=after.at) | Q(number__gt=after.number)
        )
    return found.order_by("published_at", "number")


def news() -> list[PublishedArticle]:
    """The news of yesterday and today, the newest first."""
    needed = ("number", "published_at", "web_headline", "headline")
    return list(_news_of_two_days().only(*needed).order_by(*NEWEST_FIRST)[:MOST_NEWS])


def has_news() -> bool:
    """Whether there is any, without reading it."""
    return _news_of_two_days().exists()


def _news_of_two_days() -> QuerySet[PublishedArticle]:
    """Those of yesterday and today by the newsroom's calendar, which is never more than two days, without what is
    paid for.
    """
    since = start_of(timezone.localdate() - datetime.timedelta(days=1))
    return PublishedArticle.objects.filter(published_at__gte=since).exclude(genre=ADVERTISEMENT)


def sections() -> list[Entry]:
    """The pages of sections and specials, and their list where there are specials."""
    specials = list(PublishedSpecial.objects.order_by("pk")[:MOST_ADDRESSES])
    return [
        *(Entry(section.get_absolute_url()) for section in PublishedSection.objects.all()),
        *([Entry(address("specials"))] if specials else []),
        *(Entry(special.get_absolute_url(), special.updated_at) for special in specials),
    ]


def parts_of_authors() -> list[int]:
    return _parts(PublishedAuthor)


def parts_of_tags() -> list[int]:
    return _parts(PublishedTag)


def authors(part: int) -> list[Entry]:
    """The authors' pages of a part, which are those of a stretch of ids: it keeps its rows whatever comes later."""
    return [Entry(row.get_absolute_url()) for row in _part(PublishedAuthor.objects.only("slug"), part)]


def tags(part: int) -> list[Entry]:
    """The tags' pages of a part, as `authors`."""
    return [Entry(row.get_absolute_url()) for row in _part(PublishedTag.objects.only("slug"), part)]


def _parts(model: type[Model]) -> list[int]:
    """The parts that have rows, from 1: one query."""
    rows = model._default_manager.annotate(part=(F("pk") - 1) / MOST_ADDRESSES + 1)
    return list(rows.order_by("part").values_list("part", flat=True).distinct())


def _part(rows: QuerySet, part: int) -> QuerySet:  # type: ignore[type-arg]
    return rows.filter(pk__gt=(part - 1) * MOST_ADDRESSES, pk__lte=part * MOST_ADDRESSES).order_by("pk")
