"""What machines are told of editions and of their pages: feeds, sitemaps, where a story was printed."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from django.db.models import Max
from django.db.models.functions import TruncYear
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from articles.models.published import PublishedArticle, PublishedSection
from articles.models.published_collections import PublishedSpecial
from articles.public import sitemaps
from articles.public.feeds import FeedSource, editorial
from articles.public.sitemaps import Entry
from articles.public.structured import InPrint
from editions.models.published import PublishedEdition, PublishedPage
from editions.reading.issues import months_with_editions
from editions.reading.pages import pages_of_the_day, read_pages
from editions.reading.printed import Printed

# How many editions back the feed of a page goes.
EDITIONS_OF_A_FEED = 7
# How many specials the page of all feeds names, the newest.
SPECIALS_OFFERED = 30


# -- feeds ------------------------------------------------------------------------------------------------


def feed_of_edition(pages: list[PublishedPage]) -> FeedSource:
    """The stories of an edition in the order of its pages; `pages` are all it has."""
    edition = pages[0].edition
    return FeedSource(f"editions/{edition.key}", str(edition), edition.get_absolute_url(), _stories_on(pages))


def feed_of_page(order: int) -> FeedSource | None:
    """What stood on the page with this number in the newest editions, the newest first; None where none has one."""
    pages = list(
        PublishedPage.objects.select_related("edition")
        .filter(order=order, edition__extra_number=0)
        .order_by("-edition__date")[:EDITIONS_OF_A_FEED]
    )
    if not pages:
        return None
    return FeedSource(f"pages/{order}", str(pages[0]), pages[0].get_absolute_url(), _stories_on(pages))


def _stories_on(pages: list[PublishedPage]) -> list[PublishedArticle]:
    """The stories on `pages`, each once, in their order: two queries."""
    stories = [piece.article for laid in read_pages(pages) for piece in laid.pieces]
    return editorial({story.pk: story for story in stories}.values())


class FeedsOf(NamedTuple):
    """Feeds of one kind: `kind` is what readers call it; of each feed its name in addresses and what it is of, which
    may be said in Chinese whatever the page is read in.
    """

    kind: str
    feeds: list[tuple[str, str]]
    in_chinese: bool = False


def feeds_of_the_site(paper: str, today: datetime.date) -> list[FeedsOf]:
    """The feeds that somebody can choose between, without those of authors, keywords and single editions: three
    queries. `paper` is its name.
    """
    pages = [page for page in pages_of_the_day(today) if page.edition.extra_number == 0]
    specials = PublishedSpecial.objects.order_by("-updated_at")[:SPECIALS_OFFERED]
    found = [
        FeedsOf(_("Everything"), [("all", paper)], in_chinese=True),
        FeedsOf(_("Sections"), [(f"sections/{one.slug}", str(one)) for one in PublishedSection.objects.all()]),
        FeedsOf(_("Pages of the paper"), [(f"pages/{page.order}", str(page)) for page in pages]),
        FeedsOf(_("Specials"), [(f"specials/{special.slug}", special.name) for special in specials], in_chinese=True),
    ]
    return [of for of in found if of.feeds]


# -- sitemaps ---------------------------------------------------------------------------------------------


def sitemap_index() -> list[Entry]:
    """Every sitemap there is, none of them empty."""
    years = (
        PublishedEdition.objects.annotate(year=TruncYear("date"))
        .values("year")
        .annotate(changed_at=Max("published_at"))
        .order_by("year")
    )
    return [
        *([Entry(reverse("discovery:news_sitemap"))] if sitemaps.has_news() else []),
        Entry(reverse("discovery:site_sitemap")),
        *(_part("author_sitemap", part) for part in sitemaps.parts_of_authors()),
        *(_part("tag_sitemap", part) for part in sitemaps.parts_of_tags()),
        *(_year(year["year"], year["changed_at"]) for year in years),
        *(_month(part) for part in sitemaps.month_parts()),
    ]


def _part(name: str, part: int) -> Entry:
    return Entry(reverse(f"discovery:{name}", args=[part]))


def _year(first_day: datetime.date, changed_at: datetime.datetime) -> Entry:
    return Entry(reverse("discovery:edition_sitemap", args=[first_day.year]), changed_at)


def _month(part: sitemaps.MonthPart) -> Entry:
    month = [part.first_day.year, part.first_day.month]
    if part.after is None:
        return Entry(reverse("discovery:story_sitemap", args=month), part.changed_at)
    return Entry(reverse("discovery:story_sitemap_from", args=[*month, part.after]), part.changed_at)


def site_pages() -> list[Entry]:
    """The front page, the sections, the specials, the calendar, the feeds and what there is for programs."""
    months = [month for _year, found in months_with_editions() for month in found]
    return [
        Entry(reverse("reading:home")),
        *sitemaps.sections(),
        Entry(reverse("reading:archive")),
        Entry(reverse("reading:subscribe")),
        Entry(reverse("reading:api")),
        *(Entry(reverse("reading:archive_month", args=[month.year, month.month])) for month in months),
    ]


def editions_of(year: int) -> list[Entry]:
    """The editions of a year and their pages, each page with its picture: one query."""
    pages = PublishedPage.objects.select_related("edition").filter(
        edition__date__gte=datetime.date(year, 1, 1), edition__date__lte=datetime.date(year, 12, 31)
    )
    entries: list[Entry] = []
    for page in pages.order_by("edition__date", "edition__extra_number", "order"):
        if page.order == 1:
            entries.append(Entry(page.edition.get_absolute_url(), page.edition.published_at))
        pictures = (page.image,) if page.image else ()
        entries.append(Entry(page.get_absolute_url(), page.edition.published_at, pictures))
    return entries


# -- structured data --------------------------------------------------------------------------------------


def in_print(printed: Printed | None) -> InPrint | None:
    """Where a story was printed, as the paper itself says it: in Chinese, whatever the page is read in."""
    if printed is None:
        return None
    page = printed.first.page
    with translation.override("zh-hans"):
        return InPrint(str(page.edition), page.edition.date, page.label, page.name)
