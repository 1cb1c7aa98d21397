"""The datasets of IPTC-NAA IIM 4.2, application record (record 2), read and written."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from articles.pictures.facts.said import CaptionData, Found

_CODED_CHARACTER_SET: Final = (1, 90)
_UTF8_ESCAPE: Final = b"\x1b%G"  # ISO 2022 designation of UTF-8
_RECORD_VERSION: Final = (2, 0)
_DATASETS: Final = {
    "keywords": (2, 25),
    "usage_terms": (2, 40),  # "special instructions": where agencies write their terms
    "bylines": (2, 80),
    "headline": (2, 105),
    "credit": (2, 110),
    "source": (2, 115),
    "copyright_notice": (2, 116),
    "caption": (2, 120),
}
_EXPIRATION_DATE: Final = (2, 37)  # CCYYMMDD
_DATE_CREATED: Final = (2, 55)  # CCYYMMDD
_TIME_CREATED: Final = (2, 60)  # HHMMSS±HHMM
# The most octets that IIM 4.2 lets a dataset have.
_OCTETS: Final = {
    "keywords": 64,
    "usage_terms": 256,
    "bylines": 32,
    "headline": 256,
    "credit": 32,
    "source": 32,
    "copyright_notice": 128,
    "caption": 2000,
}


def found_in(block: bytes) -> Found:
    """What the datasets of a block say."""
    datasets: dict[tuple[int, int], list[bytes]] = {}
    for key, value in _datasets(block):
        datasets.setdefault(key, []).append(value)
    texts = {name: datasets.get(key, []) for name, key in _DATASETS.items()}
    charset = charset_of(
        (value for values in texts.values() for value in values),
        declared_utf8=_UTF8_ESCAPE in datasets.get(_CODED_CHARACTER_SET, ()),
    )
    found = {name: [value.decode(charset, "ignore") for value in texts[name]] for name in texts}
    return {**found, "taken_at": _moments(datasets), "expires_on": [_ascii(datasets, _EXPIRATION_DATE)]}


def block_of(said: CaptionData) -> bytes:
    """The datasets that say this, in UTF-8 and declared so; what is longer than IIM allows is cut between
    characters, and whole in XMP.
    """
    written = [(_CODED_CHARACTER_SET, _UTF8_ESCAPE), (_RECORD_VERSION, b"\0\4"), *_dates_of(said)]
    for name, key in _DATASETS.items():
        value = getattr(said, name)
        texts = value if isinstance(value, tuple) else (value,)
        written += [(key, _cut(text, _OCTETS[name])) for text in texts if text]
    return b"".join(_dataset(key, value) for key, value in sorted(written, key=lambda entry: entry[0]))


def charset_of(values: Iterable[bytes], *, declared_utf8: bool = False) -> str:
    """The one encoding all values are in: UTF-8, GB18030 (Chinese agencies), else Latin-1.

    Writers cut UTF-8 at IIM's octet limits, within a character; only where UTF-8 is declared is
    that told apart from another encoding.
    """
    values = list(values)
    if all(_is_in("utf-8", value, cut=declared_utf8) for value in values):
        return "utf-8"
    return "gb18030" if all(_is_in("gb18030", value) for value in values) else "latin-1"


def _is_in(charset: str, value: bytes, *, cut: bool = False) -> bool:
    try:
        value.decode(charset)
    except UnicodeDecodeError as error:
        return cut and error.reason == "unexpected end of data"
    return True


def _datasets(block: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """(record, dataset) and value, up to the first thing that is not a dataset."""
    at = 0
    while block[at : at + 1] == b"\x1c" and at + 5 <= len(block):
        record, dataset, size = struct.unpack_from(">BBH", block, at + 1)
        at += 5
        if size & 0x8000:  # extended dataset: the lower 15 bits count the octets of the size
            octets = size & 0x7FFF
            size = int.from_bytes(block[at : at + octets])
            at += octets
        yield (record, dataset), block[at : at + size]
        at += size


def _moments(datasets: Mapping[tuple[int, int], list[bytes]]) -> list[str]:
    date, time = (_ascii(datasets, key) for key in (_DATE_CREATED, _TIME_CREATED))
    return [f"{date}T{time}", date]


def _ascii(datasets: Mapping[tuple[int, int], list[bytes]], key: tuple[int, int]) -> str:
    return next(iter(datasets.get(key, ())), b"").decode("ascii", "replace")


def _dates_of(said: CaptionData) -> Iterator[tuple[tuple[int, int], bytes]]:
    if said.expires_on is not None:
        yield _EXPIRATION_DATE, f"{said.expires_on:%Y%m%d}".encode()
    if said.taken_at is not None:
        yield _DATE_CREATED, f"{said.taken_at:%Y%m%d}".encode()
        yield _TIME_CREATED, f"{said.taken_at:%H%M%S%z}".encode()


def _dataset(key: tuple[int, int], value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, *key, len(value)) + value


def _cut(text: str, octets: int) -> bytes:
    return text.encode()[:octets].decode(errors="ignore").encode()
