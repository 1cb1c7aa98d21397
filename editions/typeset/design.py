"""How a page template is set, as data: masthead, folio line, headline styles, rules. Pure.

A design is JSON, kept in `PageTemplate.design`; `read_design` is its one reading and says what is wrong with
it in a sentence. Sizes are in points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

# The faces a page is set in: Song (宋) for reading, Hei (黑) to stress, Kai (楷) for voices beside the story.
FACES = frozenset({"song", "song-bold", "song-heavy", "hei", "hei-bold", "hei-heavy", "kai"})
HEADLINE_COLUMNS = 6
ALIGNMENTS = frozenset({"left", "center"})


class BadDesign(ValueError):
    """A design that cannot be read; the text names the place and what is wrong there."""


@dataclass(frozen=True)
class TextStyle:
    """A face and its size in points."""

    face: str
    size: float


@dataclass(frozen=True)
class DeckStyle:
    """A kicker or a subhead: its face, and its size as a part of the headline's."""

    face: str
    ratio: float


@dataclass(frozen=True)
class HeadlineStyle:
    """One weight of headline, for example the lead's.

    `sizes` are the largest sizes for a headline of one to six columns; one that does not fit in `lines` lines
    is set smaller, down to `smallest` times its size. `label` is printed with every story of this style, as
    广告 is with what is paid for; `boxed` is how such a story begins.
    """

    key: str
    name: str
    name_en: str
    face: str
    sizes: tuple[float, ...]
    smallest: float
    lines: int
    align: str
    kicker: DeckStyle
    subhead: DeckStyle
    label: str
    boxed: bool

    def size_for(self, columns: int) -> float:
        """The largest size over so many columns."""
        return self.sizes[min(max(columns, 1), len(self.sizes)) - 1]


@dataclass(frozen=True)
class Masthead:
    """The area at the top left of page 1 that belongs to the newspaper's name (报头), in columns and rows."""

    columns: int
    rows: int
    face: str


@dataclass(frozen=True)
class Rules:
    """Weights of the lines on the page in points; 0 draws none."""

    stories: float
    masthead: float
    folio: float
    box: float


@dataclass(frozen=True)
class Design:
    """A whole design. `subheading_rows` is how many rows a subhead inside a story takes."""

    masthead: Masthead
    folio: TextStyle
    headlines: Mapping[str, HeadlineStyle]
    default_headline: str
    continued_headline: str
    byline: TextStyle
    caption: TextStyle
    subheading: TextStyle
    subheading_rows: int
    quotation_face: str
    rules: Rules

    def headline(self, key: str) -> HeadlineStyle:
        """The style with this key, or the default where the template does not know it any more."""
        return self.headlines.get(key) or self.headlines[self.default_headline]


def read_design(data: Any) -> Design:
    """The design that `data` describes. Raises BadDesign with the first thing that is wrong."""
    whole = _Reader(data, "design")
    headlines = {
        key: _headline(key, _Reader(value, f"headlines.{key}")) for key, value in whole.table("headlines").items()
    }
    if not headlines:
        raise BadDesign(_("%(place)s: at least one style is needed.") % {"place": "headlines"})
    return Design(
        masthead=_masthead(whole.part("masthead")),
        folio=_text(whole.part("folio")),
        headlines=headlines,
        default_headline=whole.one_of("default_headline", headlines),
        continued_headline=whole.one_of("continued_headline", headlines),
        byline=_text(whole.part("byline")),
        caption=_text(whole.part("caption")),
        subheading=_text(whole.part("subheading")),
        subheading_rows=int(whole.part("subheading").number("rows", 1, 6)),
        quotation_face=whole.one_of("quotation_face", FACES),
        rules=_rules(whole.part("rules")),
    )


class _Reader:
    """A table of the design that says which of its values is wrong, and how."""

    def __init__(self, data: Any, place: str) -> None:
        if not isinstance(data, Mapping):
            raise BadDesign(_("%(place)s: a table is needed here.") % {"place": place})
        self._data, self._place = data, place

    def part(self, name: str) -> _Reader:
        return _Reader(self._data.get(name), self._at(name))

    def table(self, name: str) -> Mapping[str, Any]:
        return self.part(name)._data

    def text(self, name: str) -> str:
        value = self._data.get(name, "")
        if not isinstance(value, str) or len(value) > 40:
            raise BadDesign(_("%(place)s: a short text is needed here.") % {"place": self._at(name)})
        return value

    def flag(self, name: str) -> bool:
        value = self._data.get(name, False)
        if not isinstance(value, bool):
            raise BadDesign(_("%(place)s: true or false is needed here.") % {"place": self._at(name)})
        return value

    def number(self, name: str, least: float, most: float) -> float:
        return self._number(self._data.get(name), name, least, most)

    def numbers(self, name: str, count: int, least: float, most: float) -> tuple[float, ...]:
        values = self._data.get(name)
        if not isinstance(values, list) or len(values) != count:
            raise BadDesign(
                _("%(place)s: %(count)s numbers are needed here.") % {"place": self._at(name), "count": count}
            )
        return tuple(self._number(value, name, least, most) for value in values)

    def one_of(self, name: str, known: Any) -> str:
        value = self._data.get(name)
        if not isinstance(value, str) or value not in known:
            words = {"place": self._at(name), "known": ", ".join(sorted(known))}
            raise BadDesign(_("%(place)s: one of these is needed: %(known)s.") % words)
        return value

    def _number(self, value: Any, name: str, least: float, most: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            words = {"place": self._at(name), "least": least, "most": most}
            raise BadDesign(_("%(place)s: a number from %(least)s to %(most)s is needed here.") % words)
        return float(value)

    def _at(self, name: str) -> str:
        return f"{self._place}.{name}"


def _text(reader: _Reader) -> TextStyle:
    return TextStyle(reader.one_of("face", FACES), reader.number("size", 4, 200))


def _deck(reader: _Reader) -> DeckStyle:
    return DeckStyle(reader.one_of("face", FACES), reader.number("ratio", 0.1, 1.5))


def _headline(key: str, reader: _Reader) -> HeadlineStyle:
    return HeadlineStyle(
        key=key,
        name=reader.text("name") or key,
        name_en=reader.text("name_en") or key,
        face=reader.one_of("face", FACES),
        sizes=reader.numbers("sizes", HEADLINE_COLUMNS, 4, 300),
        smallest=reader.number("smallest", 0.2, 1),
        lines=int(reader.number("lines", 1, 6)),
        align=reader.one_of("align", ALIGNMENTS),
        kicker=_deck(reader.part("kicker")),
        subhead=_deck(reader.part("subhead")),
        label=reader.text("label"),
        boxed=reader.flag("boxed"),
    )


def _masthead(reader: _Reader) -> Masthead:
    return Masthead(
        columns=int(reader.number("columns", 1, 12)),
        rows=int(reader.number("rows", 4, 100)),
        face=reader.one_of("face", FACES),
    )


def _rules(reader: _Reader) -> Rules:
    return Rules(**{name: reader.number(name, 0, 12) for name in ("stories", "masthead", "folio", "box")})
