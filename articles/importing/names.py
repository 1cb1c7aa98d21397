"""Names and roles out of a byline's text, where the spaces cannot be trusted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing.lines import squeeze
from articles.text.surnames import COMPOUND_SURNAMES, SURNAMES

ROLES = "特约记者|实习记者|见习记者|首席记者|记者|特约通讯员|通讯员|特约评论员|评论员|作者"

_SPACED_ROLES = "|".join(r"\s*".join(role) for role in ROLES.split("|"))
# A run is likely names if it costs no more than one oddity (a space lost between two names, four
# characters) and what is usual with each name (two characters, the end of a line).
_ODDITY = 1.0
_EVERYDAY = 0.2
_LONGEST_RUN = 60
_LONGEST_NAME = 12

_ROLE = re.compile(rf"(?:本\s*报|新\s*华\s*社)?\s*({_SPACED_ROLES})")
_SEPARATOR = re.compile(r"[、，,；;/]")
_NO_NAME = re.compile(r"[0-9A-Za-z。！？：；“”《》（）()—…%]")


@dataclass(frozen=True)
class Byline:
    """A name and the role it was printed with: 记者 reporter, 通讯员 correspondent, 摄 photographer."""

    name: str
    role: str


def read_bylines(text: str, default: str) -> tuple[Byline, ...]:
    """The names in `text`, each with the role word before it, or `default` where there is none."""
    pieces = _ROLE.split(text)
    found = [Byline(name, default) for name in split_names(pieces[0])]
    for role, names in zip(pieces[1::2], pieces[2::2], strict=True):
        found += [Byline(name, squeeze(role)) for name in split_names(names)]
    return tuple(found)


def split_names(text: str) -> tuple[str, ...]:
    """The names in a run that may have a line feed or padding inside a name, or no space between two.

    Chooses the cheapest cut: names have two or three characters, begin with a surname, end at a space.
    """
    return tuple(name for piece in _SEPARATOR.split(text) for name in _cheapest(piece)[1])


def are_names(text: str) -> bool:
    """Whether `text` can hardly be anything else than names, with or without roles."""
    if len(text) > _LONGEST_RUN or _NO_NAME.search(text):
        return False
    pieces = _SEPARATOR.split(_ROLE.sub(" ", text))
    return all(_may_be_names(piece) and _is_likely(*_cheapest(piece)) for piece in pieces)


def are_signed(text: str) -> bool:
    """Whether `text`, found where bylines are printed, is names: a role word before them is enough."""
    led_by_role = _ROLE.match(text.strip()) and len(text) <= _LONGEST_RUN and not _NO_NAME.search(text)
    return bool(led_by_role) or are_names(text)


def _may_be_names(text: str) -> bool:
    """A quick look at the first glyphs, which spares most lines of a page the search for the cheapest cut."""
    return _surname_cost(squeeze(text[:_LONGEST_NAME])) == 0.0


def _is_likely(cost: float, names: Sequence[str]) -> bool:
    return cost <= _ODDITY + _EVERYDAY * len(names)


def _cheapest(text: str) -> tuple[float, tuple[str, ...]]:
    """The cheapest cut of a run of names, and its cost."""
    glyphs = re.findall(r"(\s*)(\S)", " " + text.strip())
    longest = _LONGEST_NAME if "·" in text else 4
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(glyphs) + 1):
        cuts = ((best[start], glyphs[start:end]) for start in range(max(0, end - longest), end))
        best.append(min((cost + _cost(cut), (*names, _name(cut))) for (cost, names), cut in cuts))
    return best[-1]


def _name(glyphs: list[tuple[str, str]]) -> str:
    return "".join(glyph for _, glyph in glyphs)


def _cost(glyphs: list[tuple[str, str]]) -> float:
    """How unlike one name, standing after another, the glyphs (each with the space before it) are."""
    name = _name(glyphs)
    return _boundary_cost(glyphs[0][0]) + _length_cost(name) + _surname_cost(name)


def _boundary_cost(space: str) -> float:
    return 0.0 if " " in space else 0.3 if space else 0.6


def _length_cost(name: str) -> float:
    if "·" in name[1:-1] or (name[:2] in COMPOUND_SURNAMES and len(name) in (3, 4)):
        return 0.0
    return {2: 0.2, 3: 0.0, 4: 1.2}.get(len(name), 3.0)


def _surname_cost(name: str) -> float:
    return 0.0 if name[:1] in SURNAMES or name[:2] in COMPOUND_SURNAMES or "·" in name else 1.5
