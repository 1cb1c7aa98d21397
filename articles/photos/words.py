"""What is said about a photo: taken from its file, written into a copy of it, and searched."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Photo
from articles.pictures.facts import CannotWrite, CaptionData, names_in, read_caption_data, with_caption_data
from articles.pictures.imaging import ImageRefused
from articles.pictures.print_size import SMALL_MM
from articles.validators import is_near

SEARCHED_FIELDS = ("headline", "caption", "alt", "people", "byline", "credit", "source", "keywords", "file_name")


def words_of_file(data: bytes) -> dict[str, Any]:
    """What the file says of itself, cut to what the fields hold; a time far off is none."""
    said = read_caption_data(data)
    taken_at = said.taken_at
    if taken_at is not None and timezone.is_naive(taken_at):
        taken_at = timezone.make_aware(taken_at)
    expires_on = said.expires_on
    return {
        "caption": said.caption[:1000],
        "headline": said.headline[:200],
        "byline": ", ".join(said.bylines)[:200],
        "credit": (said.credit or " ".join(said.bylines))[:200],
        "source": said.source[:200],
        "alt": said.alt[:500],
        "keywords": ", ".join(said.keywords)[:500],
        "people": ", ".join(said.people)[:500],
        "rights": (said.usage_terms or said.copyright_notice)[:300],
        "rights_expire_on": expires_on if expires_on is not None and is_near(expires_on) else None,
        "taken_at": taken_at if taken_at is not None and is_near(taken_at) else None,
    }


def with_its_words(photo: Photo, *, keep_position: bool = False) -> bytes:
    """The original with what the desk says of it written into the file, where it was taken left out unless
    `keep_position`. Raises ValidationError where the original is no JPEG that can be written.
    """
    with photo.original.open("rb") as file:
        data = file.read()
    try:
        return with_caption_data(data, _said_of(photo, read_caption_data(data)), keep_position=keep_position)
    except (CannotWrite, ImageRefused) as refused:
        raise ValidationError(_("Only a JPEG can carry its caption and credit.")) from refused


def size_notice(photo: Photo) -> str:
    """A sentence about a photo that is small for print, empty for any other."""
    if photo.width_in_print >= SMALL_MM:
        return ""
    size = {"width": photo.width, "height": photo.height, "mm": photo.width_in_print}
    return _("It has only %(width)s × %(height)s pixels: enough for %(mm)s mm in print.") % size


def folded(text: str) -> str:
    """`text` as it is searched: without differences of case and of full and half width."""
    return unicodedata.normalize("NFKC", text).casefold()


def searched_in(photo: Photo) -> str:
    """All that a search by words looks through."""
    return folded("\n".join(getattr(photo, name) for name in SEARCHED_FIELDS))


def _said_of(photo: Photo, in_file: CaptionData) -> CaptionData:
    """What the desk says of a photo, and of what it knows nothing of, what the file says."""
    return CaptionData(
        caption=photo.caption,
        headline=photo.headline,
        credit=photo.credit,
        source=photo.source,
        bylines=names_in(photo.byline),
        copyright_notice=in_file.copyright_notice,
        usage_terms=photo.rights,
        keywords=names_in(photo.keywords),
        people=names_in(photo.people),
        alt=photo.alt,
        taken_at=timezone.localtime(photo.taken_at) if photo.taken_at else None,
        expires_on=photo.rights_expire_on,
    )
