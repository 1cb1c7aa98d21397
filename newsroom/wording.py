"""How the interface puts words together."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import pgettext


def comma_list(words: Iterable[str]) -> str:
    """The words one after the other, as the interface's language lists them."""
    return pgettext("between the items of a list", ", ").join(words)
