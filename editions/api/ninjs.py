"""Editions and their pages as items of ninjs 2.1: each a composite of what stands on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.api.ninjs import (
    RENDITION,
    STANDARD,
    STORY,
    ToldStory,
    rendition,
    usage_terms,
)
from articles.api.properties import (
    ADDRESS,
    MOMENT,
    TEXT,
    Property,
    Thing,
    one_of,
    record,
    reference,
    several,
    told,
)
from articles.models.published import PublishedArticle
from articles.public.reading import photos_by_story
from articles.public.site import LANGUAGE, Site, tag_uri
from articles.public.wording import stamp
from editions.models.published import PublishedEdition, PublishedPage, PublishedPlacement
from editions.reading.pages import PaperPage
from newsroom.dates import start_of


@dataclass(frozen=True)
class ToldPage:
    """A page, with the stories that stand on it as items, in reading order."""

    page: PublishedPage
    site: Site
    stories: Sequence[Thing] = ()


@dataclass(frozen=True)
class ToldEdition:
    """An edition, with its pages as items where it is told whole."""

    edition: PublishedEdition
    site: Site
    pages: Sequence[Thing] = ()


def _name_of(edition: PublishedEdition) -> str:
    return tag_uri(edition.date, f"paper/{edition.key}")


def _files_of_page(said: ToldPage) -> list[Thing]:
    page, root = said.page, said.site.root
    large = (page.image_width, page.image_height)
    files = [
        ("webp", page.image, "image/webp", large),
        ("png", page.image_png, "image/png", large),
        ("middle-webp", page.image_middle, "image/webp", (0, 0)),
        ("thumbnail-webp", page.thumbnail, "image/webp", (0, 0)),
        ("thumbnail-png", page.thumbnail_png, "image/png", (0, 0)),
        ("pdf", page.pdf, "application/pdf", (0, 0)),
    ]
    web = rendition("web", root + page.get_absolute_url(), "text/html")
    return [web, *(rendition(name, root + href, kind, *size) for name, href, kind, size in files if href)]


def _files_of_edition(said: ToldEdition) -> list[Thing]:
    edition, root = said.edition, said.site.root
    pdf = [rendition("pdf", root + edition.pdf, "application/pdf")] if edition.pdf else []
    return [
        rendition("web", root + edition.get_absolute_url(), "text/html"),
        rendition("ninjs", root + reverse("api:edition", args=[edition.key]), "application/json"),
        *pdf,
    ]


def _numbers_of(edition: PublishedEdition) -> list[Thing]:
    said = [("number", edition.key), ("series", str(edition.series_number)), ("cn", edition.cn_number)]
    return [{"role": role, "value": value} for role, value in said if value]


_PAGE_NAMES = (
    Property("name", TEXT, _("Which page it is."), lambda one: f"page-{one.page.order}", always=True),
    Property(
        "uri",
        ADDRESS,
        _("The page's name."),
        lambda one: f"{_name_of(one.page.edition)}/{one.page.order}",
        always=True,
    ),
    Property("type", one_of("composite"), _("What it is."), lambda _one: "composite", always=True),
    Property("title", TEXT, _("Its number and what it is called."), lambda one: str(one.page), always=True),
)

# Where a story stands, as an association of the story.
PRINTED_ON = (
    *_PAGE_NAMES,
    Property(
        "contentcreated",
        MOMENT,
        _("The day of the edition."),
        lambda one: stamp(start_of(one.page.edition.date)),
        always=True,
    ),
    Property(
        "renditions",
        several(RENDITION),
        _("Where the page can be read."),
        lambda one: _files_of_page(one)[:1],
        always=True,
    ),
)

PAGE = (
    *_PAGE_NAMES,
    Property(
        "renditions", several(RENDITION), _("Where it can be read, its pictures and its PDF."), _files_of_page, True
    ),
    Property("by", TEXT, _("The editor responsible for the page."), lambda one: one.page.responsible_editor),
    Property(
        "associations",
        several(reference("Story")),
        _("The stories that stand on it, in reading order; one that goes on on another page stands on both."),
        lambda one: one.stories,
        always=True,
    ),
)

EDITION = (
    Property(
        "uri", ADDRESS, _("The edition's name, the same for ever."), lambda one: _name_of(one.edition), always=True
    ),
    Property(
        "altids",
        several(record("role", "value")),
        _("Its key, by which it is asked for (number), its number in the series, the newspaper's CN number."),
        lambda one: _numbers_of(one.edition),
        always=True,
    ),
    Property(
        "standard", record("name", "version", "schema"), _("The standard it keeps to."), lambda _one: STANDARD, True
    ),
    Property("type", one_of("composite"), _("What it is."), lambda _one: "composite", always=True),
    Property(
        "representationtype",
        one_of("full", "partial"),
        _("Whether its pages are told; lists leave them out."),
        lambda one: "full" if one.pages else "partial",
        always=True,
    ),
    Property(
        "firstcreated", MOMENT, _("When it was published."), lambda one: stamp(one.edition.published_at), always=True
    ),
    Property("pubstatus", one_of("usable"), _("It may be shown."), lambda _one: "usable", always=True),
    Property("language", one_of(LANGUAGE), _("Of the paper."), lambda _one: LANGUAGE, always=True),
    Property("copyrightholder", TEXT, _("The publisher."), lambda one: one.edition.publisher or one.edition.title_name),
    Property("usageterms", TEXT, _("What may be done with it."), lambda one: usage_terms(one.site), always=True),
    Property(
        "title",
        TEXT,
        _("The paper and the date."),
        lambda one: f"{one.edition.title_name} {one.edition}",
        always=True,
    ),
    Property("renditions", several(RENDITION), _("Where it can be read, whole too."), _files_of_edition, always=True),
    Property("associations", several(reference("Page")), _("Its pages in their order."), lambda one: one.pages),
)


def stories_in_short(articles: Sequence[PublishedArticle], site: Site) -> list[Thing]:
    """Listed stories as items without their text: two queries."""
    photos, printed = photos_by_story(articles), printed_on(articles, site)
    return [told(STORY, ToldStory(one, site, photos[one.pk], printed[one.pk])) for one in articles]


def story_whole(article: PublishedArticle, site: Site) -> Thing:
    """A story as an item with its text: two queries."""
    photos, printed = photos_by_story([article]), printed_on([article], site)
    return told(STORY, ToldStory(article, site, photos[article.pk], printed[article.pk], whole=True))


def printed_on(articles: Iterable[PublishedArticle], site: Site) -> dict[int, list[Thing]]:
    """The pages on which these stories stand, as items, by the story's id: one query."""
    placements = (
        PublishedPlacement.objects.filter(article_id__in=[article.pk for article in articles])
        .select_related("page__edition")
        .order_by("page__edition__date", "page__edition__extra_number", "page__order")
    )
    pages: dict[int, dict[int, PublishedPage]] = defaultdict(dict)
    for placement in placements:
        pages[placement.article_id][placement.page_id] = placement.page
    found = {pk: [told(PRINTED_ON, ToldPage(page, site)) for page in own.values()] for pk, own in pages.items()}
    return defaultdict(list, found)


def edition_whole(pages: Sequence[PaperPage], site: Site) -> Thing:
    """An edition with its pages and what stands on them: one query."""
    photos = photos_by_story({piece.article.pk: piece.article for page in pages for piece in page.pieces}.values())

    def on_page(page: PaperPage) -> list[Thing]:
        return [
            told(STORY, ToldStory(piece.article, site, photos[piece.article.pk], name=f"story-{place}"))
            for place, piece in enumerate(page.pieces, start=1)
        ]

    items = [told(PAGE, ToldPage(page.page, site, on_page(page))) for page in pages]
    return told(EDITION, ToldEdition(pages[0].page.edition, site, items))
