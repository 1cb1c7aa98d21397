"""Taking photos in, saying something of one, framing it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from articles import rules
from articles.errors import NotAllowed, StaleFraming
from articles.models import Photo, Rendition
from articles.models.photo import FILE_NAME_LENGTH, RenditionName
from articles.photos import screens
from articles.photos.alike import LooksLike, photos_like
from articles.photos.files import files_go_with_the_rows
from articles.photos.saying import (
    Words,
    last_edit,
    lock_photo,
    say,
    set_words,
    who_changed,
)
from articles.photos.words import words_of_file
from articles.pictures import crops, imaging
from articles.pictures.crops import Framing
from articles.pictures.likeness import likeness_of
from articles.text.body import strip_unseen
from articles.validators import clean_only
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

# In pixels: a list's thumbnail, a column on the screen, the full view.
RENDITION_WIDTHS = {RenditionName.THUMBNAIL: 360, RenditionName.PREVIEW: 960, RenditionName.LARGE: 1920}
# What a row of the trail says was changed when a photo was framed.
_FRAMING = ["crops", "focal_point"]


def add_photo(
    upload: UploadedFile | ContentFile[bytes],
    fields: Words = {},
    *,
    unless_alike: bool = False,
    acting_user: User,
) -> Photo:
    """Take a photo in: keep the original byte for byte and what its file was called, read its caption data, make its
    renditions.

    Whoever may file. `fields` given win over what the file says of itself. Raises NotAllowed, with `unless_alike`
    LooksLike where the same picture is here already, and ValidationError with a sentence for a file that is no
    photo, too large or broken; nothing is kept then.
    """
    if not rules.can_file(acting_user):
        raise NotAllowed
    data = _read(upload)
    try:
        facts = imaging.inspect(data)
        sizes = {name: imaging.make_rendition(data, width) for name, width in RENDITION_WIDTHS.items()}
        for_screens = screens.make_sizes(data)
    except imaging.ImageRefused as refused:
        raise _no_photo(refused) from refused
    photo = _photo_of(data, facts, likeness_of(sizes[RenditionName.THUMBNAIL].data), acting_user)
    photo.file_name = _file_name(upload)
    if unless_alike and (alike := photos_like(photo)):
        raise LooksLike(alike)
    with files_go_with_the_rows() as files, transaction.atomic():
        _save_photo(photo, data, fields)
        files.append(photo.original)
        for name, size in sizes.items():
            files.append(_save_rendition(photo, name, size).file)
        files += screens.save_sizes(photo, for_screens)
        audit.record(acting_user, Act.PHOTO_ADD, photo)
    return photo


def edit_photo(photo_id: int, fields: Words, *, seen: Words = {}, acting_user: User) -> Photo:
    """Change what is said about a photo. Who may is `rules.can_edit_photo`.

    Stories that print it keep their own caption and credit (`ArticlePhoto`); rights count from the photo
    itself when they are released. `seen` is what stood in fields to be changed when they were shown. Raises
    NotAllowed, StalePhoto where something else stands there by now, ValidationError.
    """
    with transaction.atomic():
        photo = lock_photo(photo_id, acting_user)
        say(photo, fields, acting_user, seen=seen)
    return photo


def frame_photo(
    photo_id: int, focal_point: tuple[int, int], by_hand: Mapping[str, Framing], *, seen: str, acting_user: User
) -> Photo:
    """Set the point that every crop of a photo keeps, in per cent from the left and the top, and the crops that
    are set by hand, by the names of house ratios; the other ratios follow the point.

    Who may is `rules.can_edit_photo`. What was published keeps the framing it was published with. `seen` is
    `Photo.framing_seen` of what was shown. Raises NotAllowed, StaleFraming where the photo is framed otherwise by
    now, ValidationError. Framed as it is already, nothing changes.
    """
    if set(by_hand) - set(crops.RATIOS):
        raise ValidationError(_("There is no such crop."))
    for framing in by_hand.values():
        _check_framing(framing)
    with transaction.atomic():
        photo = lock_photo(photo_id, acting_user)
        framed = copy.copy(photo)
        framed.focal_x, framed.focal_y = focal_point
        framed.crops = crops.edges_of(photo.size, by_hand)
        clean_only(framed, "focal_x", "focal_y")
        framed.validate_constraints()
        if framed.framing_seen != photo.framing_seen:
            if photo.framing_seen != seen:
                raise StaleFraming(photo, who_changed(last_edit(photo, _FRAMING)))
            framed.save(update_fields=["focal_x", "focal_y", "crops"])
            audit.record(acting_user, Act.PHOTO_EDIT, framed, fields=_FRAMING)
    return framed


def crop_of(photo: Photo, ratio: str) -> bytes:
    """The photo in a house ratio as a JPEG without metadata, cut from its largest rendition."""
    rendition = photo.renditions.get(name=RenditionName.LARGE)
    part, width = photo.shown_parts[ratio], rendition.width
    with rendition.file.open("rb") as file:
        shown = imaging.cut(file.read(), part, (width, round(width / crops.ratio_of(ratio))))
    out = BytesIO()
    shown.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def _read(upload: UploadedFile | ContentFile[bytes]) -> bytes:
    if (upload.size or 0) > imaging.MAX_BYTES:
        refused = imaging.ImageRefused(imaging.Refusal.TOO_MANY_BYTES, limit=imaging.MAX_BYTES, actual=upload.size)
        raise _no_photo(refused)
    data: bytes = upload.read()
    return data


def _file_name(upload: UploadedFile | ContentFile[bytes]) -> str:
    """What the file was called where it came from, without its folder, cut to what the field holds."""
    return strip_unseen(Path(upload.name or "").name)[:FILE_NAME_LENGTH]


def _photo_of(data: bytes, facts: imaging.ImageFacts, likeness: int | None, user: User) -> Photo:
    return Photo(
        fingerprint=imaging.fingerprint(data),
        likeness=likeness,
        format=facts.format,
        width=facts.width,
        height=facts.height,
        uploaded_by=user,
    )


def _save_photo(photo: Photo, data: bytes, fields: Words) -> None:
    set_words(photo, words_of_file(data) | {name: value for name, value in fields.items() if value})
    photo.original.save(f"{photo.fingerprint[:32]}.{photo.format.lower()}", ContentFile(data), save=False)
    photo.save()


def _check_framing(framing: Framing) -> None:
    in_range = 0 <= framing.x <= 100 and 0 <= framing.y <= 100
    if not (in_range and crops.SMALLEST_ZOOM <= framing.zoom <= crops.LARGEST_ZOOM):
        raise ValidationError(_("A crop has its middle on the photo and a zoom from 100 to 400 per cent."))


def _save_rendition(photo: Photo, name: str, size: imaging.Rendition) -> Rendition:
    rendition = Rendition(photo=photo, name=name, width=size.width, height=size.height)
    rendition.file.save(f"{photo.fingerprint[:32]}-{name}.webp", ContentFile(size.data), save=False)
    rendition.save()
    return rendition


def _no_photo(refused: imaging.ImageRefused) -> ValidationError:
    """What a file is refused with; its code is the `imaging.Refusal`."""
    return ValidationError({"original": ValidationError(_refusal(refused), code=refused.code)})


def may_come_whole(refused: ValidationError) -> bool:
    """Whether a file that `add_photo` refused may be taken in when it is sent again: it was cut short."""
    return any(
        error.code == imaging.Refusal.TRUNCATED for error in getattr(refused, "error_dict", {}).get("original", [])
    )


def _refusal(refused: imaging.ImageRefused) -> str:
    """The sentence for a refused file, with the figures that matter."""
    megabytes, megapixels = 1024 * 1024, 1_000_000
    sentences = {
        imaging.Refusal.EMPTY: _("This file is empty: nothing of the picture is in it."),
        imaging.Refusal.NOT_AN_IMAGE: _("This file is not a JPEG, PNG, WebP or TIFF picture."),
        imaging.Refusal.FORMAT_NOT_ACCEPTED: _("This picture is not a JPEG, PNG, WebP or TIFF; please convert it."),
        imaging.Refusal.TRUNCATED: _("This picture is incomplete or damaged; please send it again."),
        imaging.Refusal.TOO_MANY_BYTES: _("This file is too large: at most %(limit)s MB."),
        imaging.Refusal.TOO_MANY_PIXELS: _("This picture has too many pixels: at most %(limit)s megapixels."),
        imaging.Refusal.TOO_FEW_PIXELS: _("This picture is too small for a photo: at least %(limit)s pixels a side."),
    }
    units = {imaging.Refusal.TOO_MANY_BYTES: megabytes, imaging.Refusal.TOO_MANY_PIXELS: megapixels}
    return sentences[refused.code] % {"limit": (refused.limit or 0) // units.get(refused.code, 1)}
