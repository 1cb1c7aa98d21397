"""What a page prints, as digests by what they belong to: so a signature or a proof can say what has changed. Pure.

The engine's own digests (`typeset.layout.digests`) cover everything drawn: they decide whether a page prints
exactly what was signed. The finer ones beside them only say in which way a story or a picture differs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum, auto
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from editions.typeset.layout import digests

Parts = Mapping[str, str]
_DECK = ("kicker", "headline", "subhead")


class What(StrEnum):
    """In which way a part of a page can differ."""

    MASTHEAD = auto()
    FOLIO = auto()
    RULES = auto()
    ADDED = auto()
    REMOVED = auto()
    WORDS = auto()
    PLACE = auto()
    TURN = auto()
    MARK = auto()
    STYLE = auto()
    PHOTO_ADDED = auto()
    PHOTO_REMOVED = auto()
    PHOTO_PLACE = auto()
    CROP = auto()
    CAPTION = auto()


class Change(NamedTuple):
    """One thing that changed; `story` and `photo` by their numbers, where it belongs to one."""

    what: What
    story: int | None = None
    photo: int | None = None


def parts_of(description: Mapping[str, Any], layout: Mapping[str, Any]) -> dict[str, str]:
    """The digests of everything that the page prints."""
    return {**digests(layout), **dict(_finer(description, layout))}


def token_of(parts: Parts) -> str:
    """All of a page in one word: what a person had before their eyes, to be sent back with a signature."""
    return _digest(dict(parts))


def changes(before: Parts, after: Parts) -> list[Change]:
    """What differs: the page's own furniture first, then story by story."""
    if before == after:
        return []
    found = [Change(what) for what in (What.MASTHEAD, What.FOLIO) if _differ(before, after, what.value)]
    for number in dict.fromkeys([*_numbers(after), *_numbers(before)]):
        found += _of_story(before, after, number)
    # The lines between the stories follow from them; alone they are worth a word.
    return found or [Change(What.RULES)]


def sentence_of(change: Change, titles: Mapping[int, str]) -> str:
    """A change in words; `titles` are the stories' by number."""
    story = titles.get(change.story, str(change.story)) if change.story is not None else ""
    sentences = {
        What.MASTHEAD: _("the masthead"),
        What.FOLIO: _("the folio line"),
        What.RULES: _("the lines between the stories"),
        What.ADDED: _("“%(story)s” was placed"),
        What.REMOVED: _("“%(story)s” was taken off"),
        What.WORDS: _("the text of “%(story)s”"),
        What.PLACE: _("“%(story)s” was moved"),
        What.TURN: _("the turn line of “%(story)s”"),
        What.MARK: _("the label of “%(story)s”"),
        What.STYLE: _("“%(story)s” is set in another way"),
        What.PHOTO_ADDED: _("photo %(photo)s was placed with “%(story)s”"),
        What.PHOTO_REMOVED: _("photo %(photo)s was taken from “%(story)s”"),
        What.PHOTO_PLACE: _("photo %(photo)s of “%(story)s” was moved"),
        What.CROP: _("the crop of photo %(photo)s of “%(story)s”"),
        What.CAPTION: _("the caption of photo %(photo)s of “%(story)s”"),
    }
    return sentences[change.what] % {"story": story, "photo": change.photo}


def titles_in(*descriptions: Mapping[str, Any]) -> dict[int, str]:
    """What the stories are called on these pages, by their number, the later page's word last."""
    return {
        story["number"]: " ".join(story["treatments"][0]["headline"].split())
        for description in descriptions
        for story in description["stories"]
    }


def _finer(description: Mapping[str, Any], layout: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    order = layout["page"]["order"]
    head = What.MASTHEAD if order == 1 else What.FOLIO
    yield head.value, _digest([element for element in layout["furniture"] if "lines" in element])
    described = {story["number"]: story for story in description["stories"]}
    for drawn in layout["stories"]:
        yield from _finer_of_story(described[drawn["number"]], drawn, layout)


def _finer_of_story(
    story: Mapping[str, Any], drawn: Mapping[str, Any], layout: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    number, order = story["number"], layout["page"]["order"]
    here = [treatment for treatment in story["treatments"] if treatment["page"] == order]
    deck = [[treatment[name] for name in _DECK] for treatment in here]
    yield f"{What.WORDS}:{number}", _digest([deck, story["byline"], _body(drawn)])
    yield f"{What.PLACE}:{number}", _digest([treatment["frames"] for treatment in here])
    yield f"{What.MARK}:{number}", _digest([treatment["mark"] for treatment in here])
    yield f"{What.TURN}:{number}", _digest([e["lines"] for e in drawn["elements"] if e.get("role") == "turn"])
    for picture in story["pictures"]:
        key = f"{number}:{picture['photo']}"
        place = [picture[name] for name in ("column", "row", "width", "height")]
        yield f"{What.PHOTO_PLACE}:{key}", _digest(place)
        yield f"{What.CROP}:{key}", _digest([picture["fingerprint"], picture["focal"], picture["zoom"]])
        yield f"{What.CAPTION}:{key}", _digest([picture["caption"], picture["credit"]])


def _body(drawn: Mapping[str, Any]) -> str:
    """The text that stands on this page, however it is broken into lines and columns."""
    set_text = [e for e in drawn["elements"] if e["kind"] == "paragraph" or e.get("role") == "h2"]
    return "".join(line for element in set_text if element["role"] != "caption" for line in element["lines"])


def _of_story(before: Parts, after: Parts, number: int) -> list[Change]:
    key = f"story:{number}"
    if key not in before or key not in after:
        return [Change(What.ADDED if key in after else What.REMOVED, number)]
    found = [
        Change(what, number)
        for what in (What.WORDS, What.PLACE, What.TURN, What.MARK)
        if _differ(before, after, f"{what}:{number}")
    ]
    for photo in dict.fromkeys([*_photos(after, number), *_photos(before, number)]):
        found += _of_photo(before, after, number, photo)
    if not found and _differ(before, after, key):
        return [Change(What.STYLE, number)]
    return found


def _of_photo(before: Parts, after: Parts, number: int, photo: int) -> list[Change]:
    key = f"{What.CROP}:{number}:{photo}"
    if key not in before or key not in after:
        return [Change(What.PHOTO_ADDED if key in after else What.PHOTO_REMOVED, number, photo)]
    return [
        Change(what, number, photo)
        for what in (What.PHOTO_PLACE, What.CROP, What.CAPTION)
        if _differ(before, after, f"{what}:{number}:{photo}")
    ]


def _differ(before: Parts, after: Parts, key: str) -> bool:
    return before.get(key) != after.get(key)


def _numbers(parts: Parts) -> list[int]:
    return [int(key.partition(":")[2]) for key in parts if key.startswith("story:")]


def _photos(parts: Parts, number: int) -> list[int]:
    return [int(key.rpartition(":")[2]) for key in parts if key.startswith(f"{What.CROP}:{number}:")]


def _digest(value: Any) -> str:
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
