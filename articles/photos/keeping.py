"""Taking photos in, and what is said about them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from articles import rules
from articles.errors import NotAllowed, StalePhoto
from articles.models import Photo, Rendition
from articles.models.photo import RenditionName
from articles.photos import screens
from articles.photos.alike import LooksLike, photos_like
from articles.photos.files import files_go_with_the_rows
from articles.photos.words import searched_in, words_of_file
from articles.pictures import crops, imaging
from articles.pictures.crops import Framing
from articles.pictures.facts import names_in
from articles.pictures.likeness import likeness_of
from articles.text.body import strip_unseen
from articles.validators import clean_only, validate_text_lengths
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

# In pixels: a list's thumbnail, a column on the screen, the full view.
RENDITION_WIDTHS = {RenditionName.THUMBNAIL: 360, RenditionName.PREVIEW: 960, RenditionName.LARGE: 1920}
PHOTO_FIELDS = frozenset(
    {
        "caption",
        "headline",
        "byline",
        "credit",
        "source",
        "alt",
        "keywords",
        "rights",
        "rights_expire_on",
        "taken_at",
    }
)
# More than anybody chooses by hand, and little enough for one request.
MOST_AT_ONCE = 200


class ManyEdited(NamedTuple):
    """Which photos were changed, and which were not and why, by their numbers."""

    changed: list[int]
    refused: dict[int, str]


def add_photo(
    upload: UploadedFile | ContentFile[bytes],
    fields: Mapping[str, Any] = {},
    *,
    unless_alike: bool = False,
    acting_user: User,
) -> Photo:
    """Take a photo in: keep the original byte for byte, read its caption data, make its renditions.

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
        raise ValidationError({"original": _refusal(refused)}) from refused
    photo = _photo_of(data, facts, likeness_of(sizes[RenditionName.THUMBNAIL].data), acting_user)
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


def edit_photo(photo_id: int, fields: Mapping[str, Any], *, seen: Mapping[str, Any] = {}, acting_user: User) -> Photo:
    """Change what is said about a photo. Who may is `rules.can_edit_photo`.

    Stories that print it keep their own caption and credit (`ArticlePhoto`); rights count from the photo
    itself when they are released. `seen` is what stood in fields to be changed when they were shown. Raises
    NotAllowed, StalePhoto where something else stands there by now, ValidationError.
    """
    with transaction.atomic():
        photo = _locked(photo_id, acting_user)
        _refuse_stale(photo, fields, seen)
        if fields:
            _write(photo, fields, acting_user)
    return photo


def edit_photos(
    photo_ids: Iterable[int],
    fields: Mapping[str, Any],
    *,
    to_caption: str = "",
    more_keywords: str = "",
    acting_user: User,
) -> ManyEdited:
    """Say the same of many photos: `fields` in place of what each says, `to_caption` at the end of its caption,
    `more_keywords` beside its own.

    Each photo is changed whole or not at all, by the rule of `edit_photo`; what is refused of one changes nothing
    of it and nothing of the others. Raises ValidationError where there are more than `MOST_AT_ONCE`.
    """
    numbers = sorted(set(photo_ids))
    if len(numbers) > MOST_AT_ONCE:
        raise ValidationError(_("At most %(most)s photos can be changed at once.") % {"most": MOST_AT_ONCE})
    done = ManyEdited([], {})
    for number in numbers:
        try:
            with transaction.atomic():
                photo = _locked(number, acting_user)
                _write(photo, {**fields, **_added(photo, to_caption, more_keywords)}, acting_user)
            done.changed.append(number)
        except Photo.DoesNotExist:
            done.refused[number] = _("There is no such photo.")
        except NotAllowed as refused:
            done.refused[number] = str(refused)
        except ValidationError as refused:
            done.refused[number] = " ".join(refused.messages)
    return done


def frame_photo(
    photo_id: int, focal_point: tuple[int, int], by_hand: Mapping[str, Framing], *, acting_user: User
) -> Photo:
    """Set the point that every crop of a photo keeps, in per cent from the left and the top, and the crops that
    are set by hand, by the names of house ratios; the other ratios follow the point.

    Who may is `rules.can_edit_photo`. What was published keeps the framing it was published with. Raises
    NotAllowed, ValidationError.
    """
    if set(by_hand) - set(crops.RATIOS):
        raise ValidationError(_("There is no such crop."))
    for framing in by_hand.values():
        _check_framing(framing)
    with transaction.atomic():
        photo = _locked(photo_id, acting_user)
        photo.focal_x, photo.focal_y = focal_point
        photo.crops = {
            name: [round(edge, 5) for edge in crops.part_around(photo.size, crops.ratio_of(name), framing)]
            for name, framing in by_hand.items()
        }
        clean_only(photo, "focal_x", "focal_y")
        photo.validate_constraints()
        photo.save(update_fields=["focal_x", "focal_y", "crops"])
        audit.record(acting_user, Act.PHOTO_EDIT, photo, fields=["crops", "focal_point"])
    return photo


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
        raise ValidationError({"original": _refusal(refused)})
    data: bytes = upload.read()
    return data


def _photo_of(data: bytes, facts: imaging.ImageFacts, likeness: int | None, user: User) -> Photo:
    return Photo(
        fingerprint=imaging.fingerprint(data),
        likeness=likeness,
        format=facts.format,
        width=facts.width,
        height=facts.height,
        uploaded_by=user,
    )


def _save_photo(photo: Photo, data: bytes, fields: Mapping[str, Any]) -> None:
    _apply(photo, words_of_file(data) | {name: value for name, value in fields.items() if value})
    photo.original.save(f"{photo.fingerprint[:32]}.{photo.format.lower()}", ContentFile(data), save=False)
    photo.save()


def _locked(photo_id: int, user: User) -> Photo:
    """The photo, re-read under a lock, if `user` may change it. Raises NotAllowed, Photo.DoesNotExist."""
    photo = Photo.objects.select_for_update().get(pk=photo_id)
    if not rules.can_edit_photo(user, photo):
        raise NotAllowed
    return photo


def _refuse_stale(photo: Photo, fields: Mapping[str, Any], seen: Mapping[str, Any]) -> None:
    said = {name: getattr(photo, name) for name in seen}
    expected = {name: (_as_shown(shown), _as_shown(fields.get(name))) for name, shown in seen.items()}
    if standing := {name: value for name, value in said.items() if _as_shown(value) not in expected[name]}:
        raise StalePhoto(standing)


def _as_shown(value: Any) -> Any:
    """As far as a form shows it: a moment to the minute, a text whatever its spaces and line ends are."""
    if isinstance(value, datetime.datetime):
        return value.replace(second=0, microsecond=0)
    return " ".join(value.split()) if isinstance(value, str) else value


def _write(photo: Photo, fields: Mapping[str, Any], user: User) -> None:
    _apply(photo, fields)
    photo.save()
    audit.record(user, Act.PHOTO_EDIT, photo, fields=sorted(fields))


def _added(photo: Photo, to_caption: str, more_keywords: str) -> dict[str, str]:
    fields = {}
    # What was sent twice is said once.
    if to_caption and not photo.caption.endswith(to_caption):
        # Between Chinese sentences stands no space.
        space = " " if photo.caption[-1:].isascii() and photo.caption else ""
        fields["caption"] = f"{photo.caption}{space}{to_caption}"
    if more_keywords:
        fields["keywords"] = ", ".join(dict.fromkeys(names_in(photo.keywords) + names_in(more_keywords)))
    return fields


def _check_framing(framing: Framing) -> None:
    in_range = 0 <= framing.x <= 100 and 0 <= framing.y <= 100
    if not (in_range and crops.SMALLEST_ZOOM <= framing.zoom <= crops.LARGEST_ZOOM):
        raise ValidationError(_("A crop has its middle on the photo and a zoom from 100 to 400 per cent."))


def _apply(photo: Photo, fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - PHOTO_FIELDS
    if unknown:
        raise ValidationError(_("Not to be said of a photo: %(fields)s") % {"fields": ", ".join(sorted(unknown))})
    for name, value in fields.items():
        setattr(photo, name, strip_unseen(value) if isinstance(value, str) else value)
    photo.searched = searched_in(photo)
    photo.clean_fields(exclude=["original", "uploaded_by", "crops"])
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
