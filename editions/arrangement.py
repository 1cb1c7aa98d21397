"""How everything on a page is arranged, as one value: read from JSON here, and from nowhere else. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from articles.errors import Refusal
from editions.geometry import Rectangle

# More than any page holds, and little enough for one transaction.
MOST_STORIES, MOST_PLACEMENTS = 100, 300
# What a row can count, a number of a row, and how far a picture can be enlarged in per cent.
_MOST, _LARGEST_NUMBER, SMALLEST_ZOOM, LARGEST_ZOOM = 32767, 2**63 - 1, 100, 400
_LONGEST_TEXT = 2000


class BadArrangement(Refusal):
    """What was sent is no arrangement; the text names the place and what is wrong there."""


class StoryTreatment(NamedTuple):
    """How the page treats a story: see `editions.models.PageStory`. Texts that are None are the story's own."""

    article: int
    order: int
    headline_style: str
    headline_columns: int
    text_columns: int
    boxed: bool
    label: str
    kicker: str | None
    headline: str | None
    subhead: str | None


class Placed(NamedTuple):
    """A rectangle with text of a story, or with the picture `photo` of it: see `editions.models.Placement`."""

    article: int
    photo: int | None
    rectangle: Rectangle
    focal_x: int
    focal_y: int
    zoom: int
    caption: str | None


class Arrangement(NamedTuple):
    """The text placements of one story stand in reading order."""

    stories: list[StoryTreatment]
    placements: list[Placed]


def read_arrangement(data: Any) -> Arrangement:
    """The arrangement that `data` describes. Raises BadArrangement with the first thing that is wrong."""
    whole = Fields(data)
    stories = [_treatment(entry) for entry in whole.entries("stories", MOST_STORIES)]
    placements = [_placed(entry) for entry in whole.entries("placements", MOST_PLACEMENTS)]
    return Arrangement(stories, placements)


class Fields:
    """A table of JSON that says which of its values is wrong, and how."""

    def __init__(self, data: Any, place: str = "") -> None:
        if not isinstance(data, Mapping):
            raise BadArrangement(_("%(place)s: a table is needed here.") % {"place": place or "JSON"})
        self._data, self._place = data, place

    def any(self, name: str) -> Any:
        return self._data.get(name)

    def entries(self, name: str, most: int) -> list[Fields]:
        values = self._data.get(name)
        if not isinstance(values, list) or len(values) > most:
            raise BadArrangement(
                _("%(place)s: a list of at most %(most)s is needed here.") % {"place": self._at(name), "most": most}
            )
        return [Fields(value, f"{self._at(name)}[{index}]") for index, value in enumerate(values)]

    def row_number(self, name: str) -> int:
        """The number of a story, a photo or a page."""
        return self.number(name, 1, _LARGEST_NUMBER)

    def number(self, name: str, least: int, most: int, default: int | None = None) -> int:
        value = self._data.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            words = {"place": self._at(name), "least": least, "most": most}
            raise BadArrangement(_("%(place)s: a whole number from %(least)s to %(most)s is needed here.") % words)
        return value

    def flag(self, name: str) -> bool:
        value = self._data.get(name, False)
        if not isinstance(value, bool):
            raise BadArrangement(_("%(place)s: true or false is needed here.") % {"place": self._at(name)})
        return value

    def text(self, name: str) -> str:
        return self.text_or_none(name) or ""

    def text_or_none(self, name: str) -> str | None:
        value = self._data.get(name)
        if value is not None and (not isinstance(value, str) or len(value) > _LONGEST_TEXT or not _is_text(value)):
            raise BadArrangement(_("%(place)s: a short text is needed here.") % {"place": self._at(name)})
        return value

    def _at(self, name: str) -> str:
        return f"{self._place}.{name}" if self._place else name


def _is_text(value: str) -> bool:
    """Whether it can be written down: half of a surrogate pair cannot."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _treatment(entry: Fields) -> StoryTreatment:
    return StoryTreatment(
        article=entry.row_number("article"),
        order=entry.number("order", 0, _MOST),
        headline_style=entry.text("headline_style"),
        headline_columns=entry.number("headline_columns", 0, _MOST, default=0),
        text_columns=entry.number("text_columns", 0, _MOST, default=0),
        boxed=entry.flag("boxed"),
        label=entry.text("label"),
        kicker=entry.text_or_none("kicker"),
        headline=entry.text_or_none("headline"),
        subhead=entry.text_or_none("subhead"),
    )


def _placed(entry: Fields) -> Placed:
    return Placed(
        article=entry.row_number("article"),
        photo=None if entry.any("photo") is None else entry.row_number("photo"),
        rectangle=Rectangle(*(entry.number(name, -_MOST, _MOST) for name in Rectangle._fields)),
        focal_x=entry.number("focal_x", 0, 100, default=50),
        focal_y=entry.number("focal_y", 0, 100, default=50),
        zoom=entry.number("zoom", SMALLEST_ZOOM, LARGEST_ZOOM, default=SMALLEST_ZOOM),
        caption=entry.text_or_none("caption"),
    )
