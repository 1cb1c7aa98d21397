"""Who used a photo, where and when: in which stories, on which pages of which editions, since when on the web."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Q

from articles import rules
from articles.models import Article, Photo, PublishedArticle
from newsroom.staff.rules import Person
from newsroom.wording import comma_list


class PhotoUse(NamedTuple):
    """One use. `page` is the page of the desk or the published one, None where the photo lies on none; `is_printed`
    whether that page went to press or came out; `on_web_since` when readers first saw the story.
    """

    title: str
    address: str
    who: str
    page: Any
    is_printed: bool
    on_web_since: datetime.datetime | None


def uses_of(photo: Photo, person: Person) -> list[PhotoUse]:
    """Every use that `person` may know of, the newest story first: in stories whose working copy they may read,
    and in published ones. As printed counts too: a page keeps a photo that its story has dropped since.
    """
    has_it = Q(pk__in=photo.uses.values("article")) | Q(pk__in=photo.placements.values("article"))
    stories = list(rules.visible_to(person).filter(has_it).for_lists().order_by("-pk"))
    public = {story.number: story for story in _public(photo)}
    placed = _by_story(photo.placements.select_related("page__edition").filter(article__in=stories))
    known = {story.pk for story in stories}
    return [
        *(use for story in stories for use in _of_story(story, placed[story.pk], public.get(story.pk))),
        *(use for number, story in public.items() if number not in known for use in _of_public(story, photo)),
    ]


def _public(photo: Photo) -> Iterable[PublishedArticle]:
    shown = PublishedArticle.objects.filter(photos__photo_number=photo.pk)
    return shown.prefetch_related("placements__page__edition").order_by("-number")


def _by_story(placements: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for placement in placements:
        found[placement.article_id].append(placement)
    return found


def _of_story(story: Article, placements: list[Any], public: PublishedArticle | None) -> Iterator[PhotoUse]:
    who = comma_list(str(byline.contributor) for byline in story.byline_list) or str(story.created_by or "")
    since = public.published_at if public else None
    for page in [placement.page for placement in placements] or [None]:
        is_printed = page is not None and not page.edition.is_open
        yield PhotoUse(str(story), story.get_absolute_url(), who, page, is_printed, since)


def _of_public(story: PublishedArticle, photo: Photo) -> Iterator[PhotoUse]:
    who = comma_list(credit["name"] for credit in story.byline)
    pages: list[Any] = [placement.page for placement in story.placements.all() if placement.photo_number == photo.pk]
    for page in pages or [None]:
        yield PhotoUse(str(story), story.get_absolute_url(), who, page, page is not None, story.published_at)
