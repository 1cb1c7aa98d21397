"""How the public site writes what it knows: dates, bylines, excerpts, addresses in the other language."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, TypedDict
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest

from articles.models.published import PublishedArticle, PublishedPhoto
from articles.models.published_collections import PublishedTag, tag_slug
from articles.public.reading import ADVERTISEMENT
from articles.public.wording import opening, stamp, standfirst
from newsroom.dates import day, moment, month, short_moment

register = template.Library()

# 张三 李四 摄: these roles stand after the names, every other one before them.
ROLES_AFTER_NAMES = {"photographer", "photo_report", "compiler"}


for _written in (day, month, moment, short_moment, stamp, standfirst, opening):
    register.filter(_written)


@register.filter
def from_iso(value: str) -> datetime.datetime:
    """The moment that published rows keep as text."""
    return datetime.datetime.fromisoformat(value)


@register.filter
def focus_class(picture: Mapping[str, Any]) -> str:
    """The classes by which a frame of another shape keeps a picture's focal point; none where none was set."""
    point = picture.get("focus")
    return f"focus-x{round(point[0] / 10)} focus-y{round(point[1] / 10)}" if point else ""


@register.filter
def is_advertisement(article: PublishedArticle) -> bool:
    """Whether readers must be told that somebody paid for it."""
    return article.genre == ADVERTISEMENT


class Credits(TypedDict):
    """People who share a role, in the order of the byline."""

    role: str
    people: list[Mapping[str, str]]
    role_follows: bool


@register.filter
def credits(byline: Sequence[Mapping[str, str]]) -> list[Credits]:
    """A byline as it is printed: every role said once, 摄 and the like after the names."""
    groups = [(role, list(people)) for role, people in groupby(byline, key=lambda person: person["role"])]
    return [
        {"role": role, "people": people, "role_follows": people[0]["code"] in ROLES_AFTER_NAMES}
        for role, people in groups
    ]


@register.filter
def tags(article: PublishedArticle) -> list[PublishedTag]:
    """The tags of a story without asking for them: their addresses follow from the keywords."""
    return [PublishedTag(slug=slug, name=word) for word in article.keywords if (slug := tag_slug(word))]


@register.filter
def outside_body(photos: Sequence[PublishedPhoto]) -> list[PublishedPhoto]:
    """The pictures that stand before the text because nothing in the text shows them."""
    return [photo for photo in photos if not photo.in_body]


@register.simple_tag(takes_context=True)
def address(context: template.Context, language: str = "") -> str:
    """The absolute address of this page, in `language` or its own; only what names a page of a list is kept
    of the query string.
    """
    request: HttpRequest = context["request"]
    place = urlencode([(name, request.GET[name]) for name in ("before", "after") if name in request.GET][:1])
    path = in_language(request.path, language) if language else request.path
    return request.build_absolute_uri(path) + (f"?{place}" if place else "")


@register.simple_tag(takes_context=True)
def absolute(context: template.Context, address: str) -> str:
    """An address of ours with scheme and host."""
    return str(context["request"].build_absolute_uri(address))


def in_language(path: str, language: str) -> str:
    """The same address under another interface language; every address exists in both, so no look-up."""
    bare = path.removeprefix("/en") if path.startswith("/en/") else path
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"
