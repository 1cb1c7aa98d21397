"""The public rows of specials, as the door writes them under the lock of the public frame."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from articles.models.published import PublishedArticle
from articles.models.published_collections import PublishedSpecial, PublishedSpecialStory


class Place(NamedTuple):
    """The place of the story with this number."""

    number: int
    order: int
    group: str


def write(
    slug: str, *, name: str, introduction: str, on_home: bool, places: Sequence[Place], at: datetime.datetime
) -> list[int]:
    """Write the special with those of its stories that are public; the numbers of all stories whose pages name it
    now or did before.
    """
    numbers = {place.number for place in places} | set(_numbers_in(slug))
    stories = {story.number: story for story in PublishedArticle.objects.filter(number__in=numbers).only("number")}
    special, _created = PublishedSpecial.objects.update_or_create(
        slug=slug, defaults={"name": name, "introduction": introduction, "on_home": on_home, "updated_at": at}
    )
    special.stories.all().delete()
    PublishedSpecialStory.objects.bulk_create(
        PublishedSpecialStory(special=special, article=stories[number], order=order, group=group)
        for number, order, group in places
        if number in stories
    )
    _name_on(list(stories.values()))
    return sorted(stories)


def take_away(slug: str) -> list[int]:
    """Remove the special; the numbers of the stories whose pages named it."""
    stories = list(PublishedArticle.objects.filter(number__in=_numbers_in(slug)).only("number").order_by("number"))
    PublishedSpecial.objects.filter(slug=slug).delete()
    _name_on(stories)
    return [story.number for story in stories]


def join(published: PublishedArticle, places: Sequence[tuple[str, int, str]]) -> list[str]:
    """Put a story that has just become public into its places (address of the special, order, subheading) in those
    specials that readers see; their addresses.
    """
    wanted = {slug: (order, group) for slug, order, group in places}
    specials = PublishedSpecial.objects.filter(slug__in=wanted).order_by("slug")
    joined = []
    for special in specials:
        order, group = wanted[special.slug]
        PublishedSpecialStory.objects.update_or_create(
            special=special, article=published, defaults={"order": order, "group": group}
        )
        joined.append(special.slug)
    _name_on([published])
    return joined


def on_home(most: int) -> list[dict[str, str]]:
    """The specials that the home page names, the newest first."""
    found = PublishedSpecial.objects.filter(on_home=True).order_by("-updated_at", "-pk")
    return [{"slug": slug, "name": name} for slug, name in found.values_list("slug", "name")[:most]]


def _numbers_in(slug: str) -> list[int]:
    return list(PublishedSpecialStory.objects.filter(special__slug=slug).values_list("article__number", flat=True))


def _name_on(stories: Sequence[PublishedArticle]) -> None:
    """Let each story name the specials in which it stands."""
    named: dict[int, list[dict[str, str]]] = {story.pk: [] for story in stories}
    rows = PublishedSpecialStory.objects.filter(article__in=named).order_by("special__slug")
    for article_id, slug, name in rows.values_list("article_id", "special__slug", "special__name"):
        named[article_id].append({"slug": slug, "name": name})
    for story in stories:
        story.specials = named[story.pk]
    PublishedArticle.objects.bulk_update(stories, ["specials"])
