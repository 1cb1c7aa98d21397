"""Pictures as they come in: is it a whole picture, what does its caption say, how is it shown.

The original is kept byte for byte; readers only ever get a rendition made here. Sources: IPTC-NAA
Information Interchange Model 4.2 (IIM), Exif 2.32 (CIPA DC-008), Adobe XMP with the IPTC Core
schema. Nothing here knows models or wording: errors are codes with figures.
"""

from __future__ import annotations

import hashlib
import math
import re
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Any, Final, Literal, TypeAlias

from PIL import ExifTags, Image, ImageCms
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile

MAX_BYTES: Final = 60 * 1024 * 1024
"""Largest accepted file, in bytes (60 MiB)."""

MAX_PIXELS: Final = 120_000_000
"""Largest accepted picture, in pixels.

Medium-format cameras give 102 megapixels, a broadsheet spread at 300 dpi needs 50. Decoded at
Pillow's four bytes per pixel the limit is 480 MB of memory.
"""

ACCEPTED_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF")
"""Formats taken in, by Pillow's names."""

# Pillow warns above this and raises above twice this, in every part of the process; its own default
# would warn about pictures that are accepted here.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

CAPTION_LENGTH: Final = 2000
HEADLINE_LENGTH: Final = 256
NAME_LENGTH: Final = 128
COPYRIGHT_LENGTH: Final = 256
KEYWORD_LENGTH: Final = 64
MAX_BYLINES: Final = 10
MAX_KEYWORDS: Final = 100
"""Lengths in characters and counts of entries; what is longer is cut.

At least what IIM 4.2 allows in octets; credit, source and byline (32 there) get more, as XMP does.
"""


class Refusal(StrEnum):
    """Why a file is not taken in."""

    NOT_AN_IMAGE = "not-an-image"
    FORMAT_NOT_ACCEPTED = "format-not-accepted"  # a picture, but GIF, BMP, PSD, HEIF or AVIF
    TOO_MANY_BYTES = "too-many-bytes"
    TOO_MANY_PIXELS = "too-many-pixels"
    TRUNCATED = "truncated"  # an accepted format by its signature, but cut short or damaged


class ImageRefused(Exception):
    """A file is not taken in.

    `limit` and `actual` are bytes for TOO_MANY_BYTES, pixels for TOO_MANY_PIXELS, else None.
    """

    def __init__(self, code: Refusal, *, limit: int | None = None, actual: int | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.limit = limit
        self.actual = actual


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What a picture is; width and height in pixels, as seen after the Exif orientation."""

    format: str
    width: int
    height: int
    mode: str
    """Pillow's name for the pixel layout of the file: "RGB", "CMYK", "L", "I;16", "P" and so on."""


@dataclass(frozen=True, slots=True)
class CaptionData:
    """The text a picture carries; empty where it carries none.

    `caption` may hold line breaks, the others are one line each. `taken_at` has a time zone only if
    the file names an offset; it is midnight if the file gives a date without a time.
    """

    caption: str = ""
    headline: str = ""
    credit: str = ""
    source: str = ""
    bylines: tuple[str, ...] = ()
    copyright_notice: str = ""
    keywords: tuple[str, ...] = ()
    taken_at: datetime | None = None


RenditionFormat: TypeAlias = Literal["WEBP", "JPEG"]


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture ready to be shown: the encoded file, and its width and height in pixels."""

    data: bytes
    width: int
    height: int


def fingerprint(data: bytes) -> str:
    """The SHA-256 of the file, as 64 hexadecimal digits: equal for equal files only."""
    return hashlib.sha256(data).hexdigest()


def inspect(data: bytes) -> ImageFacts:
    """The facts of a picture that decodes to its last line.

    Raises ImageRefused with any of the codes. The size is checked on the header, before decoding.
    """
    # One pixel is enough: a JPEG is then read whole, but unpacked at an eighth of its size.
    return _decode(data, 1)[1]


def read_caption_data(data: bytes) -> CaptionData:
    """Caption, credit and the like, each from the first of IIM, XMP and Exif that has it.

    The moment is taken from Exif first, for that is the camera's clock with hours and minutes.
    Metadata that cannot be read counts as empty. Raises ImageRefused only where the file is not an
    accepted picture by its size and header; the pixels are not checked, see `inspect`.
    """
    image = _open(data)
    iim, xmp, exif = (_read_quietly(read, image) for read in (_read_iim, _read_xmp, _read_exif))
    merged = _first_filled(iim, xmp, exif)
    return replace(merged, taken_at=exif.taken_at or merged.taken_at)


def make_rendition(data: bytes, width: int, *, format: RenditionFormat = "WEBP") -> Rendition:
    """The picture at most `width` (1 or more) pixels wide, upright, in sRGB, opaque, with no metadata at all.

    It is never enlarged. Transparent parts become white; of an animation, the first frame is taken;
    colours are taken as sRGB where the ICC profile is missing or broken. A picture with a side that
    would pass WebP's 16,383 pixels comes out smaller. Raises ImageRefused as `inspect` does.
    """
    image, facts = _decode(data, width)
    with _refusals():
        small = _eight_bit(image).resize(_target_size(facts, width), Image.Resampling.LANCZOS)
        return _encode(_on_white(small), format)


def cut(data: bytes, part: tuple[float, float, float, float], size: tuple[int, int]) -> Image.Image:
    """The `part` of the picture (left, top, right, bottom as fractions of its upright sides) at most `size` pixels
    large: upright, in sRGB, opaque, with no metadata, as `make_rendition` gives the whole. It is never enlarged.
    Raises ImageRefused as `inspect` does.
    """
    left, top, right, bottom = part
    image, _facts = _decode(data, math.ceil(max(size[0] / (right - left), size[1] / (bottom - top))))
    with _refusals():
        box = (left * image.width, top * image.height, right * image.width, bottom * image.height)
        target = min(size[0], max(round(box[2] - box[0]), 1)), min(size[1], max(round(box[3] - box[1]), 1))
        opaque = _on_white(_eight_bit(image).resize(target, Image.Resampling.LANCZOS, box=box))
    opaque.info = {}  # whoever saves it would write a comment found here
    return opaque


# --- Decoding ---------------------------------------------------------------------------------

_ACCEPTED_SIGNATURES: Final = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF.{4}WEBP|II[*+]\0|MM\0[*+]", re.DOTALL)
# Pictures people do send (GIF, BMP, PSD, HEIF, AVIF), so that they are told what is wrong with them.
_OTHER_SIGNATURES: Final = re.compile(
    rb"GIF8[79]a|BM.{4}\0{4}|8BPS\0|.{4}ftyp(?:hei[cxm]|hevc|mif1|msf1|avi[fs])", re.DOTALL
)

# How to turn the stored pixels upright, by Exif Orientation (tag 0x0112); 1 is upright already.
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})


def _open(data: bytes) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise ImageRefused(Refusal.TOO_MANY_BYTES, limit=MAX_BYTES, actual=len(data))
    if _OTHER_SIGNATURES.match(data):
        raise ImageRefused(Refusal.FORMAT_NOT_ACCEPTED)
    if not _ACCEPTED_SIGNATURES.match(data):
        raise ImageRefused(Refusal.NOT_AN_IMAGE)
    with _refusals():
        image = Image.open(BytesIO(data), formats=ACCEPTED_FORMATS)
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        raise ImageRefused(Refusal.TOO_MANY_PIXELS, limit=MAX_PIXELS, actual=pixels)
    return image


@contextmanager
def _refusals() -> Iterator[None]:
    """Turns what Pillow raises into ImageRefused.

    Its decoders raise nearly anything on a damaged file (OSError, SyntaxError, ValueError, KeyError,
    struct.error, OverflowError, MemoryError), so nothing narrower than Exception will do.
    """
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _bomb(error) from error
    except Exception as error:
        raise ImageRefused(Refusal.TRUNCATED) from error


def _bomb(error: Exception) -> ImageRefused:
    # Pillow tells the number of pixels in its message only.
    pixels = re.search(r"\d+", str(error))
    return ImageRefused(Refusal.TOO_MANY_PIXELS, limit=MAX_PIXELS, actual=int(pixels[0]) if pixels else None)


def _decode(data: bytes, needed: int) -> tuple[Image.Image, ImageFacts]:
    """The first frame, upright, and the facts of the whole; no side made smaller than `needed`."""
    image = _open(data)
    mode, size = image.mode, image.size
    drafted = image.draft(None, (needed, needed))
    with _refusals():
        image.load()
    if not drafted:
        size = image.size  # Pillow turns a TIFF upright while loading it
    orientation = _orientation(image)
    width, height = reversed(size) if orientation in _SIDEWAYS else size
    return _turned(image, orientation), ImageFacts(_format_name(image), width, height, mode)


def _format_name(image: Image.Image) -> str:
    # A Multi-Picture Object is a JPEG with more JPEGs behind it, as many cameras write them.
    return "JPEG" if image.format == "MPO" else str(image.format)


def _orientation(image: Image.Image) -> int:
    with suppress(Exception):  # broken Exif must not cost the picture
        value = image.getexif().get(ExifTags.Base.Orientation)
        if isinstance(value, int):
            return value
    return 1


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


# --- Renditions -------------------------------------------------------------------------------

_MAX_SIDE: Final = 16_383  # WebP stores a side in 14 bits

_ENCODING: Final[Mapping[str, Mapping[str, Any]]] = {
    "WEBP": {"quality": 80, "method": 4},
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
}


def _target_size(facts: ImageFacts, width: int) -> tuple[int, int]:
    scale = min(1.0, width / facts.width, _MAX_SIDE / facts.width, _MAX_SIDE / facts.height)
    return max(1, round(facts.width * scale)), max(1, round(facts.height * scale))


def _eight_bit(image: Image.Image) -> Image.Image:
    """The picture as L, RGB, CMYK or RGBA, the modes that can be scaled and colour-managed."""
    if image.mode.startswith("I;16"):
        # Pillow's own conversion clips at 255, which would make everything white.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return _srgb(image)
    canvas = Image.new("RGB", image.size, "white")
    canvas.paste(_srgb(image.convert("RGB")), mask=image.getchannel("A"))
    return canvas


def _srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if profile:
        try:
            return _through_profile(image, profile)
        except (ImageCms.PyCMSError, OSError):
            pass  # broken, or made for other channels: better plain colours than no picture
    return image.convert("RGB")


def _through_profile(image: Image.Image, profile: bytes) -> Image.Image:
    transform = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(profile)),
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
        image.mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    return transform.apply(image)


def _encode(image: Image.Image, format: RenditionFormat) -> Rendition:
    image.info = {}  # Pillow would write a comment or profile it finds here
    out = BytesIO()
    image.save(out, format=format, **_ENCODING[format])
    return Rendition(out.getvalue(), image.width, image.height)


# --- Caption data -----------------------------------------------------------------------------

# Candidate texts by field of CaptionData, as found: not yet cleaned or cut.
_Found: TypeAlias = Mapping[str, Iterable[str]]

# Neither PostgreSQL nor a page wants control characters; bidirectional overrides would let a caption
# show other words than it holds. NUL separates the two parts of the Exif copyright.
_CONTROLS: Final[dict[int, str | None]] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    0x00: " ",
    0x09: " ",
    0x0A: "\n",
    0x0D: "\n",
}


def _read_quietly(read: Callable[[Image.Image], _Found], image: Image.Image) -> CaptionData:
    with suppress(Exception):  # anything writes metadata; what cannot be read is not there
        return _tidied(read(image))
    return CaptionData()


def _first_filled(*sources: CaptionData) -> CaptionData:
    names = (field.name for field in fields(CaptionData))
    filled = {name: [value for source in sources if (value := getattr(source, name))] for name in names}
    return CaptionData(**{name: values[0] for name, values in filled.items() if values})


def _tidied(found: _Found) -> CaptionData:
    return CaptionData(
        caption=next(iter(_texts(found, "caption", CAPTION_LENGTH)), ""),
        headline=_line(found, "headline", HEADLINE_LENGTH),
        credit=_line(found, "credit", NAME_LENGTH),
        source=_line(found, "source", NAME_LENGTH),
        bylines=_lines(found, "bylines", NAME_LENGTH)[:MAX_BYLINES],
        copyright_notice=_line(found, "copyright_notice", COPYRIGHT_LENGTH),
        keywords=_lines(found, "keywords", KEYWORD_LENGTH)[:MAX_KEYWORDS],
        taken_at=next(filter(None, map(_moment, found.get("taken_at", ()))), None),
    )


def _texts(found: _Found, name: str, length: int) -> Iterator[str]:
    for text in found.get(name, ()):
        clean = text.replace("\r\n", "\n").translate(_CONTROLS).strip()
        if clean:
            yield clean[:length].rstrip()


def _lines(found: _Found, name: str, length: int) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in _texts(found, name, length))


def _line(found: _Found, name: str, length: int) -> str:
    return next(iter(_lines(found, name, length)), "")


def _moment(text: str) -> datetime | None:
    """ISO 8601 in its basic or extended form; empty and impossible dates are None."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    # Photographs begin in 1826; placeholder years at either end do not survive a change of zone.
    return moment if 1826 <= moment.year < 9999 else None


def _charset(values: Iterable[bytes], *, declared_utf8: bool = False) -> str:
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


# --- IPTC IIM 4.2 -----------------------------------------------------------------------------

_PHOTOSHOP_IIM: Final = 0x0404  # image resource "IPTC-NAA record"
_TIFF_IIM: Final = 33723  # TIFF tag "IPTC/NAA"
_CODED_CHARACTER_SET: Final = (1, 90)
_UTF8_ESCAPE: Final = b"\x1b%G"  # ISO 2022 designation of UTF-8

_IIM_DATASETS: Final = {
    "headline": (2, 105),
    "caption": (2, 120),
    "credit": (2, 110),
    "source": (2, 115),
    "bylines": (2, 80),
    "copyright_notice": (2, 116),
    "keywords": (2, 25),
}
_DATE_CREATED: Final = (2, 55)  # CCYYMMDD
_TIME_CREATED: Final = (2, 60)  # HHMMSS±HHMM


def _read_iim(image: Image.Image) -> _Found:
    datasets: dict[tuple[int, int], list[bytes]] = {}
    for key, value in _iim_datasets(_iim_block(image)):
        datasets.setdefault(key, []).append(value)
    texts = {name: datasets.get(key, []) for name, key in _IIM_DATASETS.items()}
    charset = _charset(
        (value for values in texts.values() for value in values),
        declared_utf8=_UTF8_ESCAPE in datasets.get(_CODED_CHARACTER_SET, ()),
    )
    found = {name: [value.decode(charset, "ignore") for value in texts[name]] for name in texts}
    return {**found, "taken_at": _iim_moments(datasets)}


def _iim_block(image: Image.Image) -> bytes:
    if isinstance(image, JpegImageFile):
        block: bytes = image.info.get("photoshop", {}).get(_PHOTOSHOP_IIM, b"")
        return block
    if isinstance(image, TiffImageFile):
        # As Pillow's own IPTC reader does: the tag may be declared as 32-bit numbers, though it holds
        # octets, and then its public value is the first number only.
        return image.tag_v2._tagdata.get(_TIFF_IIM, b"")
    return b""


def _iim_datasets(block: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
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


def _iim_moments(datasets: Mapping[tuple[int, int], list[bytes]]) -> list[str]:
    date, time = (
        next(iter(datasets.get(key, ())), b"").decode("ascii", "replace") for key in (_DATE_CREATED, _TIME_CREATED)
    )
    return [f"{date}T{time}", date]


# --- XMP --------------------------------------------------------------------------------------

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP: Final = "{http://ns.adobe.com/photoshop/1.0/}"
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"

_XMP_PROPERTIES: Final = {
    "headline": f"{_PHOTOSHOP}Headline",
    "caption": f"{_DC}description",
    "credit": f"{_PHOTOSHOP}Credit",
    "source": f"{_PHOTOSHOP}Source",
    "bylines": f"{_DC}creator",
    "copyright_notice": f"{_DC}rights",
    "keywords": f"{_DC}subject",
    "taken_at": f"{_PHOTOSHOP}DateCreated",
}
# Where text lies within a property: the containers of RDF, and Pillow's name for an element's text.
_RDF_TEXT: Final = frozenset({"text", f"{_RDF}li", f"{_RDF}Alt", f"{_RDF}Seq", f"{_RDF}Bag"})


def _read_xmp(image: Image.Image) -> _Found:
    if isinstance(image, PngImageFile):
        image.load()  # a PNG may carry it behind the pixels
    tree = image.getxmp(strip_namespaces=False)
    return {name: list(_property_texts(tree, key)) for name, key in _XMP_PROPERTIES.items()}


def _property_texts(node: Any, key: str) -> Iterator[str]:
    """The texts of every property `key` in Pillow's tree of dicts, lists and strings."""
    for child in node if isinstance(node, list) else [node]:
        if isinstance(child, dict):
            yield from _rdf_texts(child.get(key))
            for value in child.values():
                yield from _property_texts(value, key)


def _rdf_texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from _rdf_texts(item)
    elif isinstance(node, dict):
        yield from _rdf_texts([value for name, value in node.items() if name in _RDF_TEXT])


# --- Exif 2.32 --------------------------------------------------------------------------------


def _read_exif(image: Image.Image) -> _Found:
    tags = image.getexif()
    taken = tags.get_ifd(ExifTags.IFD.Exif)
    return {
        "caption": [_exif_text(tags.get(ExifTags.Base.ImageDescription))],
        "bylines": _exif_text(tags.get(ExifTags.Base.Artist)).split(";"),
        "copyright_notice": [_exif_text(tags.get(ExifTags.Base.Copyright))],
        "taken_at": _exif_moments(
            _exif_text(taken.get(ExifTags.Base.DateTimeOriginal)),
            _exif_text(taken.get(ExifTags.Base.OffsetTimeOriginal)),
        ),
    }


def _exif_text(value: object) -> str:
    """Exif says ASCII, cameras write UTF-8 and worse; Pillow hands it over read as Latin-1."""
    octets = value.encode("latin-1") if isinstance(value, str) else b""
    return octets.decode(_charset([octets]))


def _exif_moments(moment: str, offset: str) -> list[str]:
    """ "2024:01:31 14:25:30" and "+08:00" as ISO 8601, with and without the offset."""
    local = moment.replace(":", "-", 2)
    return [local + offset, local]
