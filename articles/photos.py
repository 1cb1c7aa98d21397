"""Taking photos in, and what is said about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import imaging, rules
from articles.body import strip_unseen
from articles.errors import NotAllowed
from articles.models import Photo, Rendition
from articles.models.photo import RenditionName
from articles.validators import is_near, validate_text_lengths
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

# In pixels: a list's thumbnail, a column on the screen, the full view.
RENDITION_WIDTHS = {RenditionName.THUMBNAIL: 360, RenditionName.PREVIEW: 960, RenditionName.LARGE: 1920}
PHOTO_FIELDS = frozenset({"caption", "credit", "source", "alt", "rights", "rights_expire_on", "taken_at"})


def add_photo(upload: UploadedFile | ContentFile[bytes], fields: Mapping[str, Any] = {}, *, acting_user: User) -> Photo:
    """Take a photo in: keep the original byte for byte, read its caption data, make its renditions.

    Whoever may file. `fields` given win over what the file says of itself. Raises NotAllowed, and
    ValidationError with a sentence for a file that is no photo, too large or broken; nothing is kept then.
    """
    if not rules.can_file(acting_user):
        raise NotAllowed
    data = _read(upload)
    try:
        facts = imaging.inspect(data)
        sizes = {name: imaging.make_rendition(data, width) for name, width in RENDITION_WIDTHS.items()}
    except imaging.ImageRefused as refused:
        raise ValidationError({"original": _refusal(refused)}) from refused
    with files_go_with_the_rows() as files, transaction.atomic():
        photo = _save_photo(data, facts, fields, acting_user)
        files.append(photo.original)
        for name, size in sizes.items():
            files.append(_save_rendition(photo, name, size).file)
        audit.record(acting_user, Act.PHOTO_ADD, photo)
    return photo


def edit_photo(photo_id: int, fields: Mapping[str, Any], *, acting_user: User) -> Photo:
    """Change what is said about a photo. Who may is `rules.can_edit_photo`.

    Stories that print it keep their own caption and credit (`ArticlePhoto`); rights count from the photo
    itself when they are released. Raises NotAllowed, ValidationError.
    """
    with transaction.atomic():
        photo = Photo.objects.select_for_update().get(pk=photo_id)
        if not rules.can_edit_photo(acting_user, photo):
            raise NotAllowed
        _apply(photo, fields)
        photo.save()
        audit.record(acting_user, Act.PHOTO_EDIT, photo, fields=sorted(fields))
    return photo


@contextmanager
def files_go_with_the_rows() -> Iterator[list[FieldFile]]:
    """Take the files listed back out of the store where their rows are not saved."""
    files: list[FieldFile] = []
    try:
        yield files
    except Exception:
        for file in files:
            file.storage.delete(str(file.name))
        raise


def _read(upload: UploadedFile | ContentFile[bytes]) -> bytes:
    if (upload.size or 0) > imaging.MAX_BYTES:
        refused = imaging.ImageRefused(imaging.Refusal.TOO_MANY_BYTES, limit=imaging.MAX_BYTES, actual=upload.size)
        raise ValidationError({"original": _refusal(refused)})
    data: bytes = upload.read()
    return data


def _save_photo(data: bytes, facts: imaging.ImageFacts, fields: Mapping[str, Any], user: User) -> Photo:
    photo = Photo(
        fingerprint=imaging.fingerprint(data),
        format=facts.format,
        width=facts.width,
        height=facts.height,
        uploaded_by=user,
    )
    _apply(photo, _from_file(data) | {name: value for name, value in fields.items() if value})
    photo.original.save(f"{photo.fingerprint[:32]}.{facts.format.lower()}", ContentFile(data), save=False)
    photo.save()
    return photo


def _from_file(data: bytes) -> dict[str, Any]:
    """What the file says of itself, cut to what the fields hold; a time far off is none."""
    said = imaging.read_caption_data(data)
    taken_at = said.taken_at
    if taken_at is not None and timezone.is_naive(taken_at):
        taken_at = timezone.make_aware(taken_at)
    return {
        "caption": said.caption[:1000],
        "credit": (said.credit or " ".join(said.bylines))[:200],
        "source": said.source[:200],
        "rights": said.copyright_notice[:300],
        "taken_at": taken_at if taken_at is not None and is_near(taken_at) else None,
    }


def _apply(photo: Photo, fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - PHOTO_FIELDS
    if unknown:
        raise ValidationError(_("Not to be said of a photo: %(fields)s") % {"fields": ", ".join(sorted(unknown))})
    for name, value in fields.items():
        setattr(photo, name, strip_unseen(value) if isinstance(value, str) else value)
    photo.clean_fields(exclude=["original", "uploaded_by"])
    validate_text_lengths(photo)


def _save_rendition(photo: Photo, name: str, size: imaging.Rendition) -> Rendition:
    rendition = Rendition(photo=photo, name=name, width=size.width, height=size.height)
    rendition.file.save(f"{photo.fingerprint[:32]}-{name}.webp", ContentFile(size.data), save=False)
    rendition.save()
    return rendition


def _refusal(refused: imaging.ImageRefused) -> str:
    """The sentence for a refused file, with the figures that matter."""
    megabytes, megapixels = 1024 * 1024, 1_000_000
    sentences = {
        imaging.Refusal.NOT_AN_IMAGE: _("This file is not a JPEG, PNG, WebP or TIFF picture."),
        imaging.Refusal.FORMAT_NOT_ACCEPTED: _("This picture is not a JPEG, PNG, WebP or TIFF; please convert it."),
        imaging.Refusal.TRUNCATED: _("This picture is incomplete or damaged; please send it again."),
        imaging.Refusal.TOO_MANY_BYTES: _("This file is too large: at most %(limit)s MB."),
        imaging.Refusal.TOO_MANY_PIXELS: _("This picture has too many pixels: at most %(limit)s megapixels."),
    }
    unit = megabytes if refused.code == imaging.Refusal.TOO_MANY_BYTES else megapixels
    return sentences[refused.code] % {"limit": (refused.limit or 0) // unit}
