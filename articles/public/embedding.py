"""What another site is given to show one of our stories: oEmbed 1.0, a quotation with a link and no script."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit

from django.utils import timezone

from articles.addresses import NUMBER, absolute, address, without_language
from articles.models.published import PublicFrame, PublishedArticle
from articles.public.wording import standfirst, title_elsewhere
from articles.public.xhtml import writable
from newsroom.dates import day

WIDTH, HEIGHT = 600, 260
# How long whoever shows it may keep it, in seconds: no longer than caches on the way give out a page of ours, so that a
# withdrawn story is gone from there too before long.
CACHE_AGE = 600
QUOTED_CHARACTERS = 140
_STORY = re.compile(f"/stories/({NUMBER})/?")

Said = dict[str, str | int]


def number_of(said: str, hosts: set[str]) -> int | None:
    """The number of the story that an address leads to; None where it is none of ours, or of no story."""
    try:
        parts = urlsplit(said)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() not in hosts:
        return None
    found = _STORY.fullmatch(without_language(parts.path))
    return int(found[1]) if found else None


def quotation(article: PublishedArticle, frame: PublicFrame, size: tuple[int, int]) -> Said:
    """The story as a `rich` answer of at most this width and height."""
    link = absolute(article.get_absolute_url())
    names = "、".join(person["name"] for person in article.byline)
    date = day(timezone.localdate(article.published_at))
    said: Said = {
        "version": "1.0",
        "type": "rich",
        "title": title_elsewhere(article),
        "author_name": names,
        "author_url": absolute(address("author", article.byline[0]["slug"])) if len(article.byline) == 1 else "",
        "provider_name": frame.name,
        "provider_url": absolute("/"),
        "cache_age": CACHE_AGE,
        "html": (
            f'<blockquote cite="{escape(link)}" lang="zh-Hans"><p><strong><a href="{escape(link)}">'
            f"{escape(title_elsewhere(article))}</a></strong></p>"
            f"<p>{escape(standfirst(article, QUOTED_CHARACTERS))}</p>"
            f"<footer>{escape(' '.join(part for part in (frame.name, date) if part))}</footer></blockquote>"
        ),
        "width": min(WIDTH, size[0]),
        "height": min(HEIGHT, size[1]),
    }
    return {name: value for name, value in said.items() if value != ""} | _thumbnail(article, size)


def as_xml(said: Said) -> str:
    """The same answer as the standard writes it in XML."""
    elements = "".join(f"<{name}>{escape(str(value), quote=False)}</{name}>" for name, value in said.items())
    return writable(f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{elements}</oembed>\n')


def _thumbnail(article: PublishedArticle, size: tuple[int, int]) -> Said:
    """The story's picture, where it is no larger than what was asked for: the standard wants all three or none."""
    picture = article.picture
    if not picture or picture["width"] > size[0] or picture["height"] > size[1]:
        return {}
    return {
        "thumbnail_url": absolute(picture["src"]),
        "thumbnail_width": picture["width"],
        "thumbnail_height": picture["height"],
    }
