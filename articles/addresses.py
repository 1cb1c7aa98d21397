"""Addresses of public pages: each is asked for on many pages, and composing one takes longer than drawing it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address(name: str, *names: Any) -> str:
    """Where the reading view `name` answers in the language of the interface."""
    return _address(get_script_prefix(), get_language(), name, names)


@lru_cache(maxsize=50_000)
def _address(_prefix: str, _language: str | None, name: str, names: tuple[Any, ...]) -> str:
    return reverse(f"reading:{name}", args=names)
