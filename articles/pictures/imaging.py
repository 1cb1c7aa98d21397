"""Pictures as they come in: is it a whole picture, and how is it shown. What a file says of itself is read in
`photo_facts`.

The original is kept byte for byte; readers only ever get a rendition made here. Nothing here knows models or
wording: errors are codes with figures.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any, Final, Literal, TypeAlias

from PIL import ExifTags, Image, ImageCms

MAX_BYTES: Final = 60 * 1024 * 1024
"""Largest accepted file, in bytes (60 MiB)."""

MAX_PIXELS: Final = 120_000_000
"""Largest accepted picture, in pixels.

Medium-format cameras give 102 megapixels, a broadsheet spread at 300 dpi needs 50. Decoded at
Pillow's four bytes per pixel the limit is 480 MB of memory.
"""

SMALLEST_SIDE: Final = 16
"""The shortest side of a photo, in pixels: two millimetres of newsprint. What is smaller is a dot or a rule of a page
on the web, sent by mistake.
"""

ACCEPTED_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF")
"""Formats taken in, by Pillow's names."""

# Pillow warns above this and raises above twice this, in every part of the process; its own default
# would warn about pictures that are accepted here.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class Refusal(StrEnum):
    """Why a file is not taken in."""

    EMPTY = "empty"
    NOT_AN_IMAGE = "not-an-image"
    FORMAT_NOT_ACCEPTED = "format-not-accepted"  # a picture, but GIF, BMP, PSD, HEIF or AVIF
    TOO_MANY_BYTES = "too-many-bytes"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_FEW_PIXELS = "too-few-pixels"
    TRUNCATED = "truncated"  # an accepted format by its signature, but cut short or damaged


class ImageRefused(Exception):
    """A file is not taken in.

    `limit` and `actual` are bytes for TOO_MANY_BYTES, pixels for TOO_MANY_PIXELS, pixels of the shorter side for
    TOO_FEW_PIXELS, else None.
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


RenditionFormat: TypeAlias = Literal["WEBP", "JPEG", "AVIF"]


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
    """The facts of a picture that decodes to its last line and may be a photo.

    Raises ImageRefused with any of the codes. That it is not too large is checked on the header, before decoding.
    """
    # One pixel is enough: a JPEG is then read whole, but unpacked at an eighth of its size.
    facts = _decode(data, 1)[1]
    if (shorter := min(facts.width, facts.height)) < SMALLEST_SIDE:
        raise ImageRefused(Refusal.TOO_FEW_PIXELS, limit=SMALLEST_SIDE, actual=shorter)
    return facts


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


def make_renditions(data: bytes, widths: Sequence[int], *, format: RenditionFormat, whole: bool) -> list[Rendition]:
    """As `make_rendition`, in each of the rising `widths` that is well below the picture's own, from one decoding;
    with `whole` also as wide as the picture is, or the last of the widths.
    """
    image, facts = _decode(data, widths[-1])
    wanted = [width for width in widths if width <= facts.width * _WELL_BELOW]
    if whole:
        wanted.append(min(facts.width, widths[-1]))
    with _refusals():
        source = _eight_bit(image)
        sizes = sorted({_target_size(facts, width) for width in wanted})
        return [_encode(_on_white(source.resize(size, Image.Resampling.LANCZOS)), format) for size in sizes]


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


def open_picture(data: bytes) -> Image.Image:
    """The picture with its header read and no pixel decoded. Raises ImageRefused by size and header."""
    if not data:
        raise ImageRefused(Refusal.EMPTY)
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
    image = open_picture(data)
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
_WELL_BELOW: Final = 0.8  # a width nearer to the whole picture's saves nothing

_ENCODING: Final[Mapping[str, Mapping[str, Any]]] = {
    "WEBP": {"quality": 80, "method": 4},
    # One thread: a server has others at work, and the encoder's own cost more than they save.
    "AVIF": {"quality": 55, "speed": 9, "max_threads": 1},
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
