"""A story's words as the pages of an edition print them, read from the pages' frozen descriptions. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from editions.typeset.picture import caption_of

Description = dict[str, Any]


class PrintedWords(NamedTuple):
    """The deck as the page prints it where the story begins, and all its paragraphs; captions come last, each
    with its credit.
    """

    kicker: str
    headline: str
    subhead: str
    paragraphs: list[str]


def stories_on(descriptions: Iterable[Description]) -> list[int]:
    """The numbers of the stories on these pages, in the order in which they are met, each once."""
    return list(dict.fromkeys(story["number"] for page in descriptions for story in page["stories"]))


def begins_on(descriptions: Iterable[Description], number: int) -> int:
    """The order of the page on which the story begins."""
    order: int = _copies(descriptions, number)[0]["treatments"][0]["page"]
    return order


def words_of(descriptions: Iterable[Description], number: int) -> PrintedWords:
    """The words of the story with this number, from all pages on which something of it lies."""
    copies = _copies(descriptions, number)
    first = copies[0]
    treatment = first["treatments"][0]
    captions = [caption_of(picture) for copy in copies for picture in copy["pictures"]]
    return PrintedWords(
        kicker=treatment["kicker"],
        headline=treatment["headline"],
        subhead=treatment["subhead"],
        paragraphs=[block["text"] for block in first["blocks"]] + [caption for caption in captions if caption],
    )


def photos_of(descriptions: Iterable[Description], number: int) -> list[int]:
    """The numbers of the photos that the pages print with the story, in their order."""
    return [picture["photo"] for copy in _copies(descriptions, number) for picture in copy["pictures"]]


def _copies(descriptions: Iterable[Description], number: int) -> list[dict[str, Any]]:
    return list(_find(descriptions, number))


def _find(descriptions: Iterable[Description], number: int) -> Iterator[dict[str, Any]]:
    for page in descriptions:
        yield from (story for story in page["stories"] if story["number"] == number)
