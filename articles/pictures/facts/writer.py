"""Writing what is said of a photo into a copy of its file: JPEG alone, segment by segment, no pixel touched."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from articles.pictures.facts import iim, xmp
from articles.pictures.facts.reader import PHOTOSHOP_IIM
from articles.pictures.facts.said import CaptionData

_PHOTOSHOP: Final = b"Photoshop 3.0\0"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP: Final = b"http://ns.adobe.com/xmp/extension/\0"
_EXIF: Final = b"Exif\0\0"
_APP0, _APP1, _APP13, _START_OF_SCAN, _END = 0xE0, 0xE1, 0xED, 0xDA, 0xD9
_MOST_OCTETS: Final = 0xFFFF - 2  # of a segment without its length
# Resources that would contradict what is written: the old record and its digest, a second Exif, a second XMP.
_IIM_DIGEST: Final = 0x0425
_REPLACED: Final = frozenset({PHOTOSHOP_IIM, 0x0422, 0x0423, 0x0424, _IIM_DIGEST})
_GPS_POINTER: Final = 0x8825  # Exif 2.32: the tag that leads to the positions


class CannotWrite(Exception):
    """The file is no JPEG whose segments can be followed, or what is to be said does not go into one."""


class _Segment(NamedTuple):
    marker: int
    body: bytes


def with_caption_data(data: bytes, said: CaptionData, *, keep_position: bool = False) -> bytes:
    """The same JPEG saying `said` of itself, in IIM and XMP, instead of what it said there before.

    From the first scan on it is the same byte for byte; colour profile, Photoshop's other resources and the
    camera's Exif stay, but for the position where it was taken, unless `keep_position`. Raises CannotWrite.
    """
    segments, rest = _parted(data)
    kept = [segment for segment in segments if not _is_replaced(segment)]
    if not keep_position:
        kept = [_Segment(marker, stays) for marker, body in kept if (stays := _without_position(body))]
    first = next(
        (at for at, segment in enumerate(kept) if segment.marker != _APP0 and not _is_exif(segment)), len(kept)
    )
    before = b"".join(segment.body[len(_PHOTOSHOP) :] for segment in segments if _is_photoshop(segment))
    # Before everything else that counts from its own place, as the index of a file with several pictures does.
    kept[first:first] = [
        _Segment(_APP1, _XMP + xmp.packet_of(said)),
        _Segment(_APP13, _PHOTOSHOP + _resources(before, iim.block_of(said))),
    ]
    return b"\xff\xd8" + b"".join(map(_written, kept)) + rest


def _parted(data: bytes) -> tuple[list[_Segment], bytes]:
    """The segments before the first scan, and everything from there on."""
    segments: list[_Segment] = []
    at = 2
    while data[:2] == b"\xff\xd8" and data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        marker = data[at + 1]
        if marker == 0xFF:  # a filler before a marker
            at += 1
            continue
        if marker == _START_OF_SCAN:
            return segments, data[at:]
        [length] = struct.unpack_from(">H", data, at + 2)
        if length < 2 or marker < 0xC0 or 0xD0 <= marker <= _END:
            break
        segments.append(_Segment(marker, data[at + 4 : at + 2 + length]))
        at += 2 + length
    raise CannotWrite


def _written(segment: _Segment) -> bytes:
    if len(segment.body) > _MOST_OCTETS:
        raise CannotWrite
    return struct.pack(">BBH", 0xFF, segment.marker, len(segment.body) + 2) + segment.body


def _is_exif(segment: _Segment) -> bool:
    return segment.marker == _APP1 and segment.body.startswith(_EXIF)


def _is_photoshop(segment: _Segment) -> bool:
    return segment.marker == _APP13 and segment.body.startswith(_PHOTOSHOP)


def _is_replaced(segment: _Segment) -> bool:
    return _is_photoshop(segment) or (segment.marker == _APP1 and segment.body.startswith((_XMP, _MORE_XMP)))


# -- Photoshop's image resources -----------------------------------------------------------------------------


def _resources(before: bytes, block: bytes) -> bytes:
    """The resources that were there, with this record in place of the old one."""
    kept = b"".join(resource for number, resource in _resources_in(before) if number not in _REPLACED)
    return _resource(PHOTOSHOP_IIM, block) + _resource(_IIM_DIGEST, _md5(block)) + kept


def _resources_in(body: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each resource, up to the first thing that is none."""
    at = 0
    while body[at : at + 4] == b"8BIM" and at + 12 <= len(body):
        [number] = struct.unpack_from(">H", body, at + 4)
        name = body[at + 6] + 1
        size_at = at + 6 + name + name % 2
        if size_at + 4 > len(body):
            return
        [size] = struct.unpack_from(">L", body, size_at)
        end = size_at + 4 + size + size % 2
        if end > len(body):
            return
        yield number, body[at:end]
        at = end


def _resource(number: int, body: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HHL", number, 0, len(body)) + body + b"\0" * (len(body) % 2)


def _md5(block: bytes) -> bytes:
    """By it readers see whether IIM was changed after XMP (Metadata Working Group, guidelines 2.0)."""
    return hashlib.md5(block, usedforsecurity=False).digest()


# -- the position in Exif ------------------------------------------------------------------------------------


def _without_position(body: bytes) -> bytes:
    """A segment without the directory of positions, if it is Exif and has one; of Exif that cannot be followed
    nothing stays.

    Done in place: a camera's own notes hold offsets, and would not survive being written anew.
    """
    if not body.startswith(_EXIF):
        return body
    tiff = bytearray(body[len(_EXIF) :])
    try:
        _blot_out_position(tiff)
    except (struct.error, KeyError):
        return b""
    return _EXIF + bytes(tiff)


def _blot_out_position(tiff: bytearray) -> None:
    order = {b"II": "<", b"MM": ">"}[bytes(tiff[:2])]
    [first] = struct.unpack_from(f"{order}L", tiff, 4)
    [count] = struct.unpack_from(f"{order}H", tiff, first)
    for index in range(count):
        at = first + 2 + 12 * index
        tag, _kind, _number, offset = struct.unpack_from(f"{order}HHLL", tiff, at)
        if tag == _GPS_POINTER:
            _blot_out_directory(tiff, order, offset)
            end = first + 2 + 12 * count + 4
            # The entry goes, those behind it move up, and with them the offset of the next directory.
            tiff[at:end] = tiff[at + 12 : end] + b"\0" * 12
            struct.pack_into(f"{order}H", tiff, first, count - 1)
            return


# How many octets a value takes by its type (TIFF 6.0).
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}


def _blot_out_directory(tiff: bytearray, order: str, first: int) -> None:
    """Zeros over a directory's values and then over itself."""
    [count] = struct.unpack_from(f"{order}H", tiff, first)
    for index in range(count):
        _tag, kind, number, offset = struct.unpack_from(f"{order}HHLL", tiff, first + 2 + 12 * index)
        size = _SIZES[kind] * number
        if size > 4:
            _zero(tiff, offset, size)
    _zero(tiff, first, 2 + 12 * count)


def _zero(tiff: bytearray, at: int, size: int) -> None:
    if at + size > len(tiff):
        raise struct.error
    tiff[at : at + size] = b"\0" * size
