"""Addresses of public pages: each is asked for on many pages, and composing one takes longer than drawing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address(name: str, *names: Any) -> str:
    """Where the reading view `name` answers in the language of the interface."""
    return address_in(get_language(), name, *names)


def address_in(language: str | None, name: str, *names: Any) -> str:
    """Where the reading view `name` answers in `language`, which is the interface's: whoever knows it need not ask."""
    return _address(get_script_prefix(), language, name, names)


# An address with the site before it, which one of another site has already.
Absolute = Callable[[str], str]


def absolute_on(request: HttpRequest) -> Absolute:
    """How an address is written whole on the site that was asked: as `request.build_absolute_uri` does, for addresses
    as we write them, of which a page has thirty.
    """
    try:
        site = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        # It is refused, and on the page that says so no address is written whole.
        site = ""
    return lambda address: f"{site}{address}" if address.startswith("/") else address


@lru_cache(maxsize=50_000)
def _address(_prefix: str, _language: str | None, name: str, names: tuple[Any, ...]) -> str:
    return reverse(f"reading:{name}", args=names)
