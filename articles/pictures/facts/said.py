"""What a picture can say of itself, as one value; and how what was found becomes one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final, TypeAlias

CAPTION_LENGTH: Final = 2000
ALT_LENGTH: Final = 1000
HEADLINE_LENGTH: Final = 256
NAME_LENGTH: Final = 128
COPYRIGHT_LENGTH: Final = 256
TERMS_LENGTH: Final = 500
KEYWORD_LENGTH: Final = 64
MAX_BYLINES: Final = 10
MAX_KEYWORDS: Final = 100
MAX_PEOPLE: Final = 100
"""Lengths in characters and counts of entries; what is longer is cut.

At least what IIM 4.2 allows in octets; credit, source and byline (32 there) get more, as XMP does.
"""


@dataclass(frozen=True, slots=True)
class CaptionData:
    """The text a picture carries; empty where it carries none.

    `caption` may hold line breaks, the others are one line each. `taken_at` has a time zone only if
    the file names an offset; it is midnight if the file gives a date without a time. `usage_terms` are the
    terms of its rights, `expires_on` the last day on which it may be used, `alt` what stands for it where it
    is not seen, `people` who is shown in it.
    """

    caption: str = ""
    headline: str = ""
    credit: str = ""
    source: str = ""
    bylines: tuple[str, ...] = ()
    copyright_notice: str = ""
    usage_terms: str = ""
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    alt: str = ""
    taken_at: datetime | None = None
    expires_on: date | None = None


Found: TypeAlias = Mapping[str, Iterable[str]]
"""Candidate texts by field of CaptionData, as found: not yet cleaned or cut."""

# Neither PostgreSQL nor a page wants control characters; bidirectional overrides would let a caption
# show other words than it holds. NUL separates the two parts of the Exif copyright.
_CONTROLS: Final[dict[int, str | None]] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    0x00: " ",
    0x09: " ",
    0x0A: "\n",
    0x0D: "\n",
}
# What cameras, phones and programs put where a caption belongs; it would be printed under the photo. The short ones are
# how phones of Huawei say in which mode they were.
_OF_A_CAMERA: Final = re.compile(
    r"(?:\w+ ){0,2}DIGITAL CAMERA|SONY DSC|SAMSUNG|Exif[_ ]JPEG(?:[_ ]PICTURE)?|DCIM\S*|DCF 1\.0|default|untitled"
    r"|Created with GIMP|Screenshot|Processed with \S+.*"
    r"|(?:oznor|r?hdr|nor|cof|sdr|dav|edf|fbt|ptr|btf|mde|cde|bsh|vhdr|qrf)(?:COF|HDR)?",
    re.IGNORECASE,
)
_BETWEEN_NAMES: Final = re.compile(r"[,，、;；]+")
_QUOTED: Final = re.compile(r"[“\"「『]([^“”\"「」『』]*)[”\"」』]")
_QUOTATION_MARKS: Final = '“”"「」『』 '
# Chinese, Japanese and Korean characters, and marks as wide as they are.
_WIDE: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_PARTING_SPACE: Final = re.compile(rf"(?<=[{_WIDE}]) | (?=[{_WIDE}])|\u3000+")


def names_in(text: str) -> tuple[str, ...]:
    """The names or keywords of a list written in one line, commas or semicolons of either script between them."""
    return tuple(name.strip() for name in _BETWEEN_NAMES.split(text) if name.strip())


def keywords_in(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """The keywords that somebody typed, each once: commas and semicolons of either script part them, and spaces.

    A space between two words of Latin letters or figures parts nothing (New York), nor does one in quotation
    marks; one that is as wide as a character always does. Keywords `known` stay as they are.
    """
    parted = ([keyword] if keyword in known else _parted(keyword) for keyword in names_in(text))
    return tuple(dict.fromkeys(keyword for keywords in parted for keyword in keywords))


def _parted(text: str) -> Iterator[str]:
    # What stands in quotation marks comes at every second place.
    for place, piece in enumerate(_QUOTED.split(text)):
        spaced = re.sub(r"[^\S\u3000]+", " ", piece)
        for keyword in [spaced] if place % 2 else _PARTING_SPACE.split(spaced):
            if clean := keyword.strip(_QUOTATION_MARKS):
                yield clean


def tidied(found: Found) -> CaptionData:
    """What was found, cleaned and cut."""
    return CaptionData(
        caption=_caption(found),
        headline=_line(found, "headline", HEADLINE_LENGTH),
        credit=_line(found, "credit", NAME_LENGTH),
        source=_line(found, "source", NAME_LENGTH),
        bylines=_lines(found, "bylines", NAME_LENGTH)[:MAX_BYLINES],
        copyright_notice=_line(found, "copyright_notice", COPYRIGHT_LENGTH),
        usage_terms=_line(found, "usage_terms", TERMS_LENGTH),
        keywords=_lines(found, "keywords", KEYWORD_LENGTH)[:MAX_KEYWORDS],
        people=_lines(found, "people", NAME_LENGTH)[:MAX_PEOPLE],
        alt=_line(found, "alt", ALT_LENGTH),
        taken_at=next(filter(None, map(_moment, found.get("taken_at", ()))), None),
        expires_on=next((moment.date() for moment in map(_moment, found.get("expires_on", ())) if moment), None),
    )


def first_filled(*sources: CaptionData) -> CaptionData:
    """Each field from the first source that has it; where a later one goes on where it was cut off, from that."""
    names = (field.name for field in fields(CaptionData))
    filled = {name: [value for source in sources if (value := getattr(source, name))] for name in names}
    return CaptionData(**{name: _whole(values) for name, values in filled.items() if values})


def _whole(values: list[Any]) -> Any:
    """The first value, or one that only says more: IIM cuts a name at 32 octets, ten Chinese characters."""
    return next((value for value in reversed(values) if _goes_on(value, values[0])), values[0])


def _goes_on(longer: Any, cut: Any) -> bool:
    if isinstance(cut, str):
        return str(longer).startswith(cut)
    if isinstance(cut, tuple):
        return len(longer) == len(cut) and all(map(_goes_on, longer, cut))
    return False


def _texts(found: Found, name: str, length: int) -> Iterator[str]:
    for text in found.get(name, ()):
        clean = text.replace("\r\n", "\n").translate(_CONTROLS).strip()
        if clean:
            yield clean[:length].rstrip()


def _lines(found: Found, name: str, length: int) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in _texts(found, name, length))


def _caption(found: Found) -> str:
    captions = _texts(found, "caption", CAPTION_LENGTH)
    return next((text for text in captions if not _OF_A_CAMERA.fullmatch(text)), "")


def _line(found: Found, name: str, length: int) -> str:
    return next(iter(_lines(found, name, length)), "")


def _moment(text: str) -> datetime | None:
    """ISO 8601 in its basic or extended form; empty and impossible dates are None."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    # Photographs begin in 1826; placeholder years at either end do not survive a change of zone.
    return moment if 1826 <= moment.year < 9999 else None
