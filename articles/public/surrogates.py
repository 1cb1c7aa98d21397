"""By which names a CDN knows what a page shows, and so what it forgets when one of them changes. Pure.

A page is named by what it is (`section-city`) and by every story it leads to (`story-12`), which is read from
its links: so no page that shows a headline can be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

ALL, HOME, ARCHIVE, PAPER, SEARCH = "all", "home", "archive", "paper", "search"
# Shows more stories than a header has room for: forgotten with every one.
MANY = "many-stories"
MOST_STORIES = 150

_STORY = re.compile(r'href="(?:/en|/zh-hant)?/stories/([0-9]+)/"')
_KINDS = {
    "stories": "story",
    "sections": "section",
    "authors": "author",
    "tags": "tag",
    "specials": "special",
    "paper": "edition",
}
_SINGLE = {"": HOME, "archive": ARCHIVE, "search": SEARCH}


def story(number: int | str) -> str:
    return f"story-{number}"


def section(slug: str) -> str:
    return f"section-{slug}"


def author(slug: str) -> str:
    return f"author-{slug}"


def tag(slug: str) -> str:
    return f"tag-{quote(slug)}"


def keys_of(path: str, page: str) -> list[str]:
    """The keys of the page at `path` (without its language), each once, `all` first."""
    shown = set(_STORY.findall(page))
    stories = [MANY] if len(shown) > MOST_STORIES else sorted(map(story, shown))
    return list(dict.fromkeys([ALL, *_own(path.strip("/").split("/")), *stories]))


def keys_of_change(number: int, sections: Iterable[str], authors: Iterable[str], tags: Iterable[str]) -> list[str]:
    """What shows a story or newly has to: where it stood, where it stands now, the lists of the newest, and every
    search, for nobody knows which one finds it.
    """
    lists = [*map(section, sections), *map(author, authors), *map(tag, tags)]
    return list(dict.fromkeys([story(number), HOME, ARCHIVE, SEARCH, MANY, *lists]))


def _own(parts: list[str]) -> list[str]:
    kind = parts[0]
    if kind in _KINDS and len(parts) > 1:
        return [f"{_KINDS[kind]}-{quote(parts[1])}", *([PAPER] if kind == "paper" else [])]
    return [_SINGLE[kind]] if kind in _SINGLE else []
