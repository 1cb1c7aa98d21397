"""Reading what a file says of itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final

from PIL import ExifTags, Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile

from articles.pictures.facts import iim, xmp
from articles.pictures.facts.said import CaptionData, Found, first_filled, tidied
from articles.pictures.imaging import open_picture

PHOTOSHOP_IIM: Final = 0x0404  # image resource "IPTC-NAA record"
_TIFF_IIM: Final = 33723  # TIFF tag "IPTC/NAA"


def read_caption_data(data: bytes) -> CaptionData:
    """Caption, credit and the like, each from the first of IIM, XMP and Exif that has it.

    The moment is taken from Exif first, for that is the camera's clock with hours and minutes.
    Metadata that cannot be read counts as empty. Raises ImageRefused only where the file is not an
    accepted picture by its size and header; the pixels are not checked, see `imaging.inspect`.
    """
    image = open_picture(data)
    of_iim, of_xmp, of_exif = (_read_quietly(read, image) for read in (_read_iim, _read_xmp, _read_exif))
    merged = first_filled(of_iim, of_xmp, of_exif)
    return replace(merged, taken_at=of_exif.taken_at or merged.taken_at)


def _read_quietly(read: Callable[[Image.Image], Found], image: Image.Image) -> CaptionData:
    with suppress(Exception):  # anything writes metadata; what cannot be read is not there
        return tidied(read(image))
    return CaptionData()


def _read_iim(image: Image.Image) -> Found:
    return iim.found_in(_iim_block(image))


def _iim_block(image: Image.Image) -> bytes:
    if isinstance(image, JpegImageFile):
        block: bytes = image.info.get("photoshop", {}).get(PHOTOSHOP_IIM, b"")
        return block
    if isinstance(image, TiffImageFile):
        # As Pillow's own IPTC reader does: the tag may be declared as 32-bit numbers, though it holds
        # octets, and then its public value is the first number only.
        return image.tag_v2._tagdata.get(_TIFF_IIM, b"")
    return b""


def _read_xmp(image: Image.Image) -> Found:
    if isinstance(image, PngImageFile):
        image.load()  # a PNG may carry it behind the pixels
    return xmp.found_in(image.getxmp(strip_namespaces=False))


def _read_exif(image: Image.Image) -> Found:
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
    return octets.decode(iim.charset_of([octets]))


def _exif_moments(moment: str, offset: str) -> list[str]:
    """ "2024:01:31 14:25:30" and "+08:00" as ISO 8601, with and without the offset."""
    local = moment.replace(":", "-", 2)
    return [local + offset, local]
