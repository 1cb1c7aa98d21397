"""Questions that the public site asks about stories. It reads the reading side and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import NamedTuple, TypeVar

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left

from articles.models.published import (
    PublishedArticle,
    PublishedAuthor,
    PublishedByline,
    PublishedPhoto,
    PublishedSection,
)
from articles.models.published_collections import PublishedSpecial, PublishedTag, PublishedTagging, tags_of
from articles.public.composed import Composed, ComposedList

LIST_SIZE = 30
# Enough of a body for the first sentences, whatever markup they stand in.
OPENING_CHARACTERS = 700
ADVERTISEMENT = "advertisement"
PICTURE = "picture"
RELATED_STORIES = 4
# What lists on pages show of a story; feeds and programs are told more (`listed`).
_SHOWN = (
    *("number", "genre", "kicker", "headline", "subhead", "web_headline", "summary", "byline", "picture"),
    *("published_at", "section"),
)
# So many of a story's tags are asked, and of each so many of the newest stories.
_TAGS_ASKED = 5

NEWEST_FIRST = ("-published_at", "-number")

Link = TypeVar("Link", PublishedByline, PublishedTagging)


def listed() -> QuerySet[PublishedArticle]:
    """Stories with all that is told of them in lists: their section, and instead of the body its `opening`."""
    return (
        PublishedArticle.objects.select_related("section")
        .defer("body")
        .annotate(opening=Left("body", OPENING_CHARACTERS))
    )


def shown(opened: Q | None = None) -> QuerySet[PublishedArticle]:
    """Stories with what a list on a page shows of them and no more, for a hundred stand on some: their section, and the
    `opening` of those that nothing else sums up, or that are to be `opened` all the same.
    """
    return PublishedArticle.objects.select_related("section").only(*_SHOWN).annotate(opening=_opening_where(opened))


def _opening_where(opened: Q | None = None, of: str = "") -> Case:
    unsummed = Q(**{f"{of}summary": ""})
    beginning = Left(f"{of}body", OPENING_CHARACTERS)
    return Case(When(unsummed | opened if opened else unsummed, then=beginning), default=Value(""))


_STORY = Composed(lambda number: PublishedArticle.objects.select_related("section").filter(number=number))
_LISTED = Composed(lambda ids: listed().filter(pk__in=ids))
_SHOWN_OF = Composed(lambda ids, opened: shown(Q(pk__in=opened)).filter(pk__in=ids))
_PHOTOS = Composed(lambda article_id: PublishedPhoto.objects.filter(article_id=article_id))


def story_with_number(number: int) -> PublishedArticle | None:
    """The story as readers see it, with its section; None where there is none."""
    return _STORY.first(number)


def photos_of(article: PublishedArticle) -> list[PublishedPhoto]:
    """The pictures of a story in their order."""
    return _PHOTOS(article.id)


def photos_by_story(articles: Iterable[PublishedArticle]) -> dict[int, list[PublishedPhoto]]:
    """The pictures of these stories in their order, by the story's id: one query."""
    found: dict[int, list[PublishedPhoto]] = defaultdict(list)
    for photo in PublishedPhoto.objects.filter(article_id__in=[article.id for article in articles]).order_by("order"):
        found[photo.article_id].append(photo)
    return found


def listed_in_bulk(ids: Iterable[int]) -> dict[int, PublishedArticle]:
    """Listed stories by id, in one query."""
    return {article.id: article for article in _LISTED(list(dict.fromkeys(ids)))}


def shown_in_bulk(ids: Iterable[int], opened: Iterable[int] = ()) -> dict[int, PublishedArticle]:
    """Shown stories by id, with the opening of those that are to be `opened`, in one query."""
    wanted = list(dict.fromkeys(ids))
    # A list without members is no question: the first of them is opened then.
    return {article.id: article for article in _SHOWN_OF(wanted, list(opened) or wanted[:1])}


def links_of_author(author_id: int) -> QuerySet[PublishedByline]:
    """What stands under an author's name: bylines, each with its story as in `listed`."""
    return _with_stories(PublishedByline.objects.filter(author_id=author_id))


def links_of_tag(tag_id: int) -> QuerySet[PublishedTagging]:
    """The stories with a tag: taggings, each with its story as in `listed`."""
    return _with_stories(PublishedTagging.objects.filter(tag_id=tag_id))


def _with_stories(links: QuerySet[Link]) -> QuerySet[Link]:
    opening = Left("article__body", OPENING_CHARACTERS)
    return links.select_related("article__section").defer("article__body").annotate(opening=opening)


def _with_shown(links: QuerySet[Link]) -> QuerySet[Link]:
    of_stories = (f"article__{name}" for name in _SHOWN)
    links = links.select_related("article__section").only("published_at", "number", *of_stories)
    return links.annotate(opening=_opening_where(of="article__"))


SECTIONS = Composed(lambda slug: PublishedSection.objects.filter(slug=slug))
AUTHORS = Composed(lambda slug: PublishedAuthor.objects.filter(slug=slug))
TAGS = Composed(lambda slug: PublishedTag.objects.filter(slug=slug))
OF_SECTION = ComposedList(lambda section_id: shown().filter(section_id=section_id), LIST_SIZE)
OF_AUTHOR = ComposedList(lambda pk: _with_shown(PublishedByline.objects.filter(author_id=pk)), LIST_SIZE)
OF_TAG = ComposedList(lambda pk: _with_shown(PublishedTagging.objects.filter(tag_id=pk)), LIST_SIZE)


def groups_of_special(special: PublishedSpecial) -> list[tuple[str, list[PublishedArticle]]]:
    """The stories of a special under their subheadings, in the order in which they were put."""
    places = {place.article_id: place.group for place in special.stories.all()}
    stories = listed_in_bulk(places)
    # What is withdrawn between the two questions is left out.
    there = [pk for pk in places if pk in stories]
    return [(group, [stories[pk] for pk in pks]) for group, pks in groupby(there, key=places.__getitem__)]


def stories_of(links: Iterable[PublishedByline | PublishedTagging]) -> list[PublishedArticle]:
    """The stories behind an author's bylines or a tag's taggings, each with its `opening`."""
    stories = []
    for link in links:
        link.article.opening = link.opening  # type: ignore[union-attr, attr-defined]
        stories.append(link.article)
    return stories


def newest_of_sections(count: int) -> list[tuple[PublishedSection, list[int]]]:
    """Every section with the ids of its `count` newest stories: one query, as many index look-ups."""
    places = [f"newest_{place}" for place in range(count)]
    return [
        (section, [pk for place in places if (pk := getattr(section, place)) is not None])
        for section in _sections_with_newest(count)()
    ]


@cache
def _sections_with_newest(count: int) -> Composed[PublishedSection]:
    newest = PublishedArticle.objects.filter(section=OuterRef("pk")).order_by(*NEWEST_FIRST).values("pk")
    places = {f"newest_{place}": Subquery(newest[place : place + 1]) for place in range(count)}
    return Composed(lambda: PublishedSection.objects.annotate(**places))


# One of the two halves of what is related; each ends in an index of its own, so no archive is too large for it.
_OF_TAG = """SELECT article_id FROM (
    SELECT article_id FROM articles_publishedtagging
    WHERE tag_id = (SELECT id FROM articles_publishedtag WHERE slug = %s)
    ORDER BY published_at DESC, number DESC LIMIT %s) AS tagged"""
_IN_SECTION = """SELECT id FROM (
    SELECT id FROM articles_publishedarticle WHERE section_id = %s
    ORDER BY published_at DESC, number DESC LIMIT %s) AS neighbours"""
# The story itself and advertisements are among those that are asked.
_ASKED = 2 * RELATED_STORIES


def _beside(*asked: str | int) -> QuerySet[PublishedArticle]:
    """The newest stories of these tags, by their slugs, and of the section that is named last. Raw, for the two
    databases agree on no other way to take some of each.
    """
    parts = [*([_OF_TAG] * (len(asked) - 1)), _IN_SECTION]
    values = [value for key in asked for value in (key, _ASKED)]
    return PublishedArticle.objects.only(
        *("number", "genre", "headline", "web_headline", "keywords", "picture", "published_at"), "summary"
    ).filter(pk__in=RawSQL(" UNION ALL ".join(parts), values))  # noqa: S611 (the values are parameters)


_BESIDE = Composed(_beside)


def related_to(article: PublishedArticle) -> list[PublishedArticle]:
    """What else a reader of the story may want: those that share most of its tags, then the newest of its section.

    One query; of each tag and of the section it reads a few rows from an index.
    """
    own = tags_of(article.keywords)
    found = _BESIDE(*list(own)[:_TAGS_ASKED], article.section_id)
    others = [story for story in found if story.id != article.id and story.genre != ADVERTISEMENT]
    shared = {story.id: len(own.keys() & tags_of(story.keywords).keys()) for story in others}
    others.sort(key=lambda story: (shared[story.id], story.published_at, story.number), reverse=True)
    return others[:RELATED_STORIES]


def newest_ids(count: int) -> list[int]:
    """The ids of the newest stories of all sections."""
    return [article.id for article in _newest(count)()]


@cache
def _newest(count: int) -> Composed[PublishedArticle]:
    return Composed(lambda: PublishedArticle.objects.only("id").order_by(*NEWEST_FIRST)[:count])


class SetApart(NamedTuple):
    """Of some stories the ids of those that are paid for, and of those in pictures, the newest first."""

    paid_for: set[int]
    in_pictures: list[int]


def set_apart(ids: Iterable[int]) -> SetApart:
    """Which of these stories are no common ones: few, so that little is read to tell of many."""
    found = _APART(list(ids))
    return SetApart(
        {article.id for article in found if article.genre == ADVERTISEMENT},
        [article.id for article in found if article.genre == PICTURE],
    )


_APART = Composed(
    lambda ids: (
        PublishedArticle.objects.only("id", "genre")
        .filter(Q(genre=ADVERTISEMENT) | Q(genre=PICTURE, picture__isnull=False), pk__in=ids)
        .order_by(*NEWEST_FIRST)
    )
)
