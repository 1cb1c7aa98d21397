"""Addresses of public pages, and what all of them have in common. No models."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

# The number of a row, as addresses write it: in one way alone, so that nothing has two addresses, and never with more
# digits than a database's integers have.
NUMBER = "0|[1-9][0-9]{0,17}"


def address(name: str, *names: Any) -> str:
    """Where the reading view `name` answers in the language of the interface."""
    return address_in(get_language(), name, *names)


def address_in(language: str | None, name: str, *names: Any) -> str:
    """Where the reading view `name` answers in `language`, which is the interface's: whoever knows it need not ask."""
    return _address(get_script_prefix(), language, f"reading:{name}", names)


def path_of(name: str, *names: Any) -> str:
    """Where a view answers that is no page of the reading site, by its whole name: the same in all languages."""
    return _address(get_script_prefix(), None, name, names)


# Each is asked for on many pages, and composing one takes longer than drawing it.
@lru_cache(maxsize=50_000)
def _address(_prefix: str, _language: str | None, name: str, names: tuple[Any, ...]) -> str:
    return reverse(name, args=names)


def absolute(path: str) -> str:
    """`path` under the site's own name, under whatever name somebody came: a page has one address, and what is kept of
    it is right for everybody. An address on another site is whole already.
    """
    return f"{settings.SITE_ADDRESS}{path}" if path.startswith("/") else path


def without_language(path: str) -> str:
    """`path` as all languages have it in common."""
    return _language_prefix().sub("", path)


def in_language(path: str, language: str) -> str:
    """The same address under another language; every public address exists in all of them, so no look-up. What begins
    with two slashes would be another site's.
    """
    bare = "/" + without_language(path).lstrip("/")
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"


# Not before it is asked for: gunicorn's logger is there before the settings are.
@cache
def _language_prefix() -> re.Pattern[str]:
    others = "|".join(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
    return re.compile(f"^/(?:{others})(?=/)")
