"""What goes onto a page and what comes out: items with their weights, what they need, plans. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from editions.geometry import Rectangle


class Weight(StrEnum):
    """How much a story counts on its page: 头条, 二条 and others, 简讯, 图片新闻."""

    LEAD = "lead"
    SECOND = "second"
    BRIEF = "brief"
    PICTURE = "picture"


@dataclass(frozen=True)
class Item:
    """A story to be laid out: its number, its weight, and the number of the picture it takes along, if any.

    `styles` are the headline styles that suit it, the one to begin with first.
    """

    key: int
    weight: Weight
    styles: tuple[str, ...]
    picture: int | None = None


class Headline(NamedTuple):
    """A headline as it is set: the rows it takes with kicker, subhead and the white around it, and its size in
    points.
    """

    rows: int
    size: float


class TextRows(NamedTuple):
    """Text in columns side by side: the least rows in which it goes on, and how many of them stay white in the
    shortest column.
    """

    rows: int
    white: int


class PictureRows(NamedTuple):
    """Rows of a picture's rectangle with its caption: cropped as flat as may be, whole, as tall as may be.
    `coarse`: it has too few pixels for this width.
    """

    least: int
    whole: int
    most: int
    coarse: bool = False


class Standing(NamedTuple):
    """The headline of a story that lies on the page already, and its size in points."""

    banner: Rectangle
    size: float


class Needs(Protocol):
    """What items need on paper, in rows of the grid; their text is set in columns of the grid."""

    def headline(self, item: Item, style: str, columns: int) -> Headline | None:
        """The item's headline in a style over so many columns; None where it is too long for that."""

    def text(self, item: Item, columns: int) -> TextRows:
        """The item's text in so many columns of one height."""

    def lines(self, item: Item) -> int:
        """The item's text in columns of different heights: all their rows together."""

    def picture_rows(self, item: Item, columns: int) -> PictureRows:
        """The item's picture, so many columns wide."""


class Module(NamedTuple):
    """A story as it lies in a plan.

    `frames` hold headline and text in reading order, the headline over the first. `banner` is where the headline
    lies and `size` its points; `hole` the white rows, at the foot of the text or moved up to the headline; `crop`
    how far the picture's rectangle is from the whole picture, as a part of its height; `coarse` that it has too
    few pixels.
    """

    item: Item
    style: str
    size: float
    banner: Rectangle
    frames: tuple[Rectangle, ...]
    picture: Rectangle | None = None
    hole: int = 0
    crop: float = 0.0
    coarse: bool = False

    @property
    def rectangles(self) -> tuple[Rectangle, ...]:
        """Everything it takes of the page."""
        return self.frames if self.picture is None else (*self.frames, self.picture)

    def moved(self, columns: int, rows: int) -> Module:
        """The same further right and further down."""
        return self._replace(
            banner=_moved(self.banner, columns, rows),
            frames=tuple(_moved(frame, columns, rows) for frame in self.frames),
            picture=self.picture and _moved(self.picture, columns, rows),
        )


def _moved(rectangle: Rectangle, columns: int, rows: int) -> Rectangle:
    return Rectangle(rectangle.column + columns, rectangle.row + rows, rectangle.width, rectangle.height)


@dataclass(frozen=True)
class Plan:
    """A proposal: the stories as they lie, those that do not get on, what stays free, and how good it is (higher
    is better).
    """

    modules: tuple[Module, ...]
    left_out: tuple[Item, ...]
    free: tuple[Rectangle, ...]
    score: float
