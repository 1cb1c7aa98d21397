"""Everything the API offers, in the order in which it is described."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from articles.api import names
from articles.api.filters import ListFilter, WithdrawalFilter
from articles.api.lists import Cut, by_address, cut_by, last_withdrawn_first, newest_first, wrong_cursor
from articles.api.names import ToldName, ToldWithdrawal
from articles.api.ninjs import PICTURE, STORY
from articles.api.problems import Problem
from articles.api.properties import Property, Schema, Thing, schema_of, told
from articles.api.resources import Listing, Resource, Single, Tell
from articles.api.searching import SearchFilter, as_found
from articles.models.published import PublishedArticle, PublishedAuthor, PublishedSection, WithdrawnArticle
from articles.models.published_collections import PublishedTag
from articles.public.reading import listed, story_with_number
from articles.public.site import Site
from editions.api.filters import EditionFilter, StoryFilter
from editions.api.ninjs import EDITION, PAGE, PRINTED_ON, ToldEdition, edition_whole, stories_in_short, story_whole
from editions.models.published import PublishedEdition
from editions.reading.keys import EDITION_KEY, EditionKey
from editions.reading.pages import pages_of, read_pages

SCHEMAS: Mapping[str, Schema] = {
    "Story": schema_of(STORY, _("A story, an item of ninjs 2.1.")),
    "Picture": schema_of(PICTURE, _("A picture of a story.")),
    "PrintedOn": schema_of(PRINTED_ON, _("A page on which a story was printed.")),
    "Edition": schema_of(EDITION, _("An edition, an item of ninjs 2.1.")),
    "Page": schema_of(PAGE, _("A page of an edition.")),
    "Section": schema_of(names.SECTION, _("A section of the paper.")),
    "Author": schema_of(names.AUTHOR, _("Somebody whose name stands under something published.")),
    "Tag": schema_of(names.TAG, _("A keyword.")),
    "Withdrawal": schema_of(names.WITHDRAWAL, _("A story that is not to be shown any more.")),
}


def _story(number: int, site: Site) -> Thing:
    """Raises a Problem for a story that was withdrawn, Http404 for what never was one."""
    article = story_with_number(number)
    if article is not None:
        return story_whole(article, site)
    if WithdrawnArticle.objects.filter(number=number).exists():
        raise Problem(410)
    raise Http404


def _edition(key: EditionKey, site: Site) -> Thing:
    """Raises Http404 where there is no such edition."""
    pages = pages_of(key)
    if not pages:
        raise Http404
    return edition_whole(read_pages(pages), site)


def newest_editions_first(asked: EditionFilter) -> Cut:
    """By date, the extras of a day before its regular edition; a cursor is the last one's key. Raises a Problem."""
    rows = asked.qs.order_by("-date", "-extra_number")
    if asked.place:
        try:
            key = EditionKey.parse(asked.place)
        except ValueError as no_key:
            raise wrong_cursor() from no_key
        rows = rows.filter(Q(date__lt=key.date) | Q(date=key.date, extra_number__lt=key.extra_number))
    return cut_by(rows, asked.size, lambda edition: edition.key)


def _editions_in_short(editions: Sequence[PublishedEdition], site: Site) -> list[Thing]:
    return [told(EDITION, ToldEdition(edition, site)) for edition in editions]


def _named(properties: Sequence[Property]) -> Tell:
    return lambda rows, site: [told(properties, ToldName(row, site)) for row in rows]


def _withdrawals(rows: Sequence[WithdrawnArticle], site: Site) -> list[Thing]:
    return [told(names.WITHDRAWAL, ToldWithdrawal(row, site)) for row in rows]


_NUMBER: Schema = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
_KEY: Schema = {"type": "string", "pattern": f"^{EDITION_KEY}$"}

RESOURCES: tuple[Resource, ...] = (
    Listing(
        "stories",
        "stories/",
        _("Stories, the newest first, without their text"),
        "Story",
        listed,
        StoryFilter,
        newest_first,
        stories_in_short,
    ),
    Single(
        "story",
        "stories/<number:number>/",
        _("A story whole"),
        "Story",
        "number",
        _("The story's number, as in the address of its page."),
        _NUMBER,
        _story,
        may_be_gone=True,
    ),
    Listing(
        "search",
        "search/",
        _("Stories found by their words, without their text"),
        "Story",
        PublishedArticle.objects.none,
        SearchFilter,
        as_found,
        stories_in_short,
    ),
    Listing(
        "editions",
        "editions/",
        _("Editions, the newest first"),
        "Edition",
        PublishedEdition.objects.all,
        EditionFilter,
        newest_editions_first,
        _editions_in_short,
    ),
    Single(
        "edition",
        "editions/<edition:key>/",
        _("An edition with its pages and what stands on them"),
        "Edition",
        "key",
        _("The date as 2024-03-07, of an extra as 2024-03-07-1."),
        _KEY,
        _edition,
    ),
    *(
        Listing(name, f"{name}/", summary, schema, rows, ListFilter, by_address, _named(properties))
        for name, summary, schema, rows, properties in (
            ("sections", _("Sections, by their addresses"), "Section", PublishedSection.objects.all, names.SECTION),
            ("authors", _("Authors, by their addresses"), "Author", PublishedAuthor.objects.all, names.AUTHOR),
            ("tags", _("Keywords, by their addresses"), "Tag", PublishedTag.objects.all, names.TAG),
        )
    ),
    Listing(
        "withdrawals",
        "withdrawals/",
        _("Stories that were withdrawn, the last first"),
        "Withdrawal",
        WithdrawnArticle.objects.all,
        WithdrawalFilter,
        last_withdrawn_first,
        _withdrawals,
    ),
)
