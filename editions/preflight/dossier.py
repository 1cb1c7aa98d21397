"""An edition as the preflight reads it: what its pages print, and what the desk knows beside that. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from editions.geometry import Grid, Rectangle

Copy = Mapping[str, Any]
_SPACE = re.compile(r"\s+")


class Signed(NamedTuple):
    """How one signature under a page stands: as what it is given, whether it holds, what voided it; in words."""

    kind: str
    holds: bool
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageFacts:
    """A page: its number on the desk, what it prints, its signatures, the marks that are still open, and whether
    its last proof is of the last round and prints what the page prints now (None: the title has no rounds).
    """

    number: int
    description: Mapping[str, Any]
    layout: Mapping[str, Any]
    signatures: tuple[Signed, ...] = ()
    open_marks: int = 0
    is_proofed: bool | None = None

    @property
    def label(self) -> str:
        label: str = self.description["page"]["label"]
        return label

    @property
    def order(self) -> int:
        order: int = self.description["page"]["order"]
        return order

    @property
    def furniture(self) -> Mapping[str, Any]:
        furniture: Mapping[str, Any] = self.description["furniture"]
        return furniture

    @property
    def grid(self) -> Grid:
        sheet = self.description["sheet"]
        return Grid(sheet["columns"], sheet["rows"])

    def taken(self) -> Iterator[Rectangle]:
        """Where something lies: the masthead, the text and the pictures of every story."""
        if self.order == 1:
            masthead = self.description["design"]["masthead"]
            yield Rectangle(1, 1, masthead["columns"], masthead["rows"])
        for story in self.description["stories"]:
            here = [part for part in story["treatments"] if part["page"] == self.order]
            for placed in [*(frame for part in here for frame in part["frames"]), *story["pictures"]]:
                yield Rectangle(*(placed[name] for name in Rectangle._fields))

    def described(self, number: int) -> Copy | None:
        """The story as this page has it."""
        return next((story for story in self.description["stories"] if story["number"] == number), None)

    def drawn(self, number: int) -> Copy | None:
        """The story as this page draws it."""
        return next((story for story in self.layout["stories"] if story["number"] == number), None)


@dataclass(frozen=True)
class StoryFacts:
    """What the desk knows of a story. `signed_version` is the version signed off, None where it is not;
    `is_credited`: it names an author or a source; `open_remarks` is how many remarks nobody ticked off.
    """

    title: str
    signed_version: int | None
    embargo_until: datetime.datetime | None = None
    is_credited: bool = True
    open_remarks: int = 0


@dataclass(frozen=True)
class Dossier:
    """An edition with everything the checks ask.

    `earlier` is the number in the series of the edition before it, None for the first; `at` is the moment at
    which the paper reaches its first reader; `rights_end` the last day of a photo's rights, by its number.
    """

    date: datetime.date
    series: int
    earlier: int | None
    at: datetime.datetime
    pages: list[PageFacts]
    stories: Mapping[int, StoryFacts]
    rights_end: Mapping[int, datetime.date] = field(default_factory=dict)

    def title(self, number: int) -> str:
        return self.stories[number].title

    def copies(self) -> Iterator[tuple[PageFacts, Copy]]:
        """Every story with every page on which something of it lies, in the order of the pages."""
        for page in self.pages:
            for story in page.description["stories"]:
                yield page, story

    def once(self) -> dict[int, tuple[PageFacts, Copy]]:
        """Every story with the first page on which something of it lies."""
        found: dict[int, tuple[PageFacts, Copy]] = {}
        for page, story in self.copies():
            found.setdefault(story["number"], (page, story))
        return found

    def pictures(self) -> Iterator[tuple[PageFacts, int, Mapping[str, Any]]]:
        """Every picture with its page and its story's number."""
        for page, story in self.copies():
            for picture in story["pictures"]:
                yield page, story["number"], picture


def plain(text: str) -> str:
    """The text without any white, which lines and typesetting put where they like."""
    return _SPACE.sub("", text)
