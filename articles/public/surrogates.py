"""By which names a CDN knows what a page shows, and so what it forgets when one of them changes. Pure.

A page is named by what it is (`section-city`) and by every story it shows (`story-12`). Those are read from the
page itself: its links, and `data-story` where something of a story is shown without one. What is no page of links
says its stories beside itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

ALL, HOME, ARCHIVE, PAPER, SEARCH = "all", "home", "archive", "paper", "search"
SPECIALS, AUTHORS, MOST_READ = "specials", "authors", "most-read"
# Shows more stories than a header has room for: forgotten with every one.
MANY = "many-stories"
MOST_STORIES = 150

# As pages link to a story and as feeds and sitemaps name it; what is shown without a link.
# Two patterns that begin with words are looked for many times as fast as one that chooses.
_LINKED = re.compile(r'/stories/([0-9]+)/(?=["<])')
_DRAWN = re.compile(r'data-story="([0-9]+)"')
_KINDS = {
    "stories": "story",
    "sections": "section",
    "authors": "author",
    "tags": "tag",
    "specials": "special",
    "paper": "edition",
}
# Of the API's lists: what every list of stories is forgotten with, what every list of editions is.
_LISTS = {
    "stories": HOME,
    "withdrawals": HOME,
    "sections": HOME,
    "authors": HOME,
    "tags": HOME,
    "editions": PAPER,
    "search": SEARCH,
}
_API = ["api", "v1"]
_BOOK = ".epub"
_SINGLE = {
    "archive": ARCHIVE,
    "search": SEARCH,
    "specials": SPECIALS,
    "subscribe": PAPER,
    "sitemap.xml": ARCHIVE,
    "sitemaps": ARCHIVE,
}
# Feeds that show what such a page shows, by the folder in which they lie.
_FEEDS = {
    "sections": "section",
    "authors": "author",
    "tags": "tag",
    "specials": "special",
    "editions": "edition",
    "pages": "page",
}


def story(number: int | str) -> str:
    return f"story-{number}"


def section(slug: str) -> str:
    return f"section-{slug}"


def author(slug: str) -> str:
    return f"author-{slug}"


def tag(slug: str) -> str:
    return f"tag-{quote(slug)}"


def special(slug: str) -> str:
    return f"special-{slug}"


def edition(key: str) -> str:
    return f"edition-{key}"


def page(order: int) -> str:
    """What stands on the page with this number, edition after edition."""
    return f"page-{order}"


def feed_of(key: str) -> str | None:
    """The feed that shows what a key names, as `articles.public.feeds` calls it; None where none does."""
    if key == HOME:
        return "all"
    kind, _hyphen, name = key.partition("-")
    folder = next((folder for folder, named in _FEEDS.items() if named == kind), None)
    return f"{folder}/{unquote(name)}" if folder and name else None


def keys_of(path: str, page: str, said: str = "") -> list[str]:
    """The keys of the page at `path` (without its language), each once, `all` first; with those that its view has
    `said`, parted by spaces.
    """
    shown = {*_LINKED.findall(page), *_DRAWN.findall(page)}
    stories = [MANY] if len(shown) > MOST_STORIES else sorted(map(story, shown))
    return list(dict.fromkeys([ALL, *_own(path.strip("/").split("/")), *said.split(), *stories]))


def keys_of_change(number: int, sections: Iterable[str], authors: Iterable[str], tags: Iterable[str]) -> list[str]:
    """What shows a story or newly has to: where it stood, where it stands now, the lists of the newest, and every
    search, for nobody knows which one finds it.
    """
    lists = [*map(section, sections), *map(author, authors), *map(tag, tags)]
    return list(dict.fromkeys([story(number), HOME, ARCHIVE, SEARCH, MANY, *lists]))


def _own(parts: list[str]) -> list[str]:
    kind = parts[0]
    if not kind:
        return [HOME, MOST_READ]
    if parts[:2] == _API and len(parts) > 2:
        return _own_of_api(parts[2:])
    if kind == "paper" and parts[-1].endswith(_BOOK):
        # Its stories cannot be read from it as they are from a page.
        return [edition(_stem(parts[1])), PAPER, MANY]
    if kind in _KINDS and len(parts) > 1:
        return [f"{_KINDS[kind]}-{quote(parts[1])}", *([PAPER] if kind == "paper" else [])]
    if kind == "feeds" and len(parts) > 1:
        return _own_of_feed(parts[1:])
    if kind == "cards" and len(parts) > 1:
        return [story(_stem(parts[1]))]
    return [_SINGLE[kind]] if kind in _SINGLE else []


def _own_of_api(parts: list[str]) -> list[str]:
    if len(parts) > 1:
        return _own(["paper" if parts[0] == "editions" else parts[0], *parts[1:]])
    return [_LISTS[parts[0]], *([AUTHORS] if parts[0] == "authors" else [])] if parts[0] in _LISTS else []


def _own_of_feed(parts: list[str]) -> list[str]:
    folder, name = parts[0], _stem(parts[-1])
    if folder in _FEEDS and len(parts) > 1:
        return [f"{_FEEDS[folder]}-{quote(name)}"]
    return [_SINGLE.get(name, HOME)]


def _stem(name: str) -> str:
    return name.rpartition(".")[0]
