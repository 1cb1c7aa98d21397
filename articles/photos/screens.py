"""A photo in the sizes that screens ask for: made when it is taken in, so that publishing only copies files."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from articles.models import Photo, ScreenRendition
from articles.models.photo import ScreenFormat
from articles.photos.files import files_go_with_the_rows
from articles.pictures import imaging

# In pixels; a phone's column, the same on a finer screen, a column of the desktop, half and full screen. Between
# its WebPs stand the desk's own renditions of 960 and 1,920.
AVIF_WIDTHS = (320, 640, 960, 1280, 1920)
WEBP_WIDTHS = (320, 640, 1280)

Sizes = Mapping[ScreenFormat, list[imaging.Rendition]]


def make_sizes(data: bytes) -> Sizes:
    """The photo for screens, from its original. Raises ImageRefused as `imaging.inspect` does."""
    return {
        ScreenFormat.AVIF: imaging.make_renditions(data, AVIF_WIDTHS, format="AVIF", whole=True),
        ScreenFormat.WEBP: imaging.make_renditions(data, WEBP_WIDTHS, format="WEBP", whole=False),
    }


def save_sizes(photo: Photo, sizes: Sizes) -> list[FieldFile]:
    """Keep them, inside the transaction that keeps the photo; the files, for whoever takes them back."""
    made = [(format, size) for format, of_format in sizes.items() for size in of_format]
    return [_save(photo, format, size).file for format, size in made]


def make_missing(photo: Photo) -> bool:
    """Make the sizes of a photo that was taken in before there were any; whether there was something to make.

    Raises ImageRefused, OSError.
    """
    with photo.original.open("rb") as original:
        sizes = make_sizes(original.read())
    with files_go_with_the_rows() as files, transaction.atomic():
        locked = Photo.objects.select_for_update().get(pk=photo.pk)
        if locked.screen_renditions.exists():
            return False
        files += save_sizes(locked, sizes)
    return True


def _save(photo: Photo, format: ScreenFormat, size: imaging.Rendition) -> ScreenRendition:
    rendition = ScreenRendition(photo=photo, format=format, width=size.width, height=size.height)
    name = f"{photo.fingerprint[:32]}-{size.width}.{format}"
    rendition.file.save(name, ContentFile(size.data), save=False)
    rendition.save()
    return rendition
