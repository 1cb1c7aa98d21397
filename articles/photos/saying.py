"""What is said of a photo, written: under its lock, over nothing that was not seen, with its row in the trail."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles import rules
from articles.errors import NotAllowed, StalePhoto
from articles.models import Photo
from articles.photos.words import searched_in
from articles.pictures.facts import keywords_in, names_in
from articles.text.body import strip_unseen
from articles.validators import validate_text_lengths
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User

PHOTO_FIELDS = frozenset(
    {
        "caption",
        "headline",
        "people",
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
Words = Mapping[str, Any]


def lock_photo(photo_id: int, user: User) -> Photo:
    """The photo, re-read under a lock, if `user` may change it. Raises NotAllowed, Photo.DoesNotExist."""
    photo = Photo.objects.select_for_update().get(pk=photo_id)
    if not rules.can_edit_photo(user, photo):
        raise NotAllowed
    return photo


def as_typed(photo: Photo, fields: Words) -> Words:
    """`fields` as a person typed them: keywords are parted, but for those that the photo has already."""
    if "keywords" not in fields:
        return fields
    known = names_in(photo.keywords)
    return {**fields, "keywords": in_one_line(keywords_in(fields["keywords"], known))}


def in_one_line(names: Iterable[str]) -> str:
    """Names or keywords as they are kept, each once."""
    return ", ".join(dict.fromkeys(names))


def refuse_stale(photo: Photo, fields: Words, seen: Words) -> None:
    """Raise StalePhoto where neither what was seen stands in the locked photo nor what is to stand there."""
    said = {name: getattr(photo, name) for name in seen}
    expected = {name: (_as_shown(shown), _as_shown(fields.get(name))) for name, shown in seen.items()}
    if standing := {name: value for name, value in said.items() if _as_shown(value) not in expected[name]}:
        raise StalePhoto(standing, who_changed(last_edit(photo, standing)))


def _as_shown(value: Any) -> Any:
    """As far as a form shows it: a moment to the minute, a text whatever its spaces and line ends are."""
    if isinstance(value, datetime.datetime):
        return value.replace(second=0, microsecond=0)
    return " ".join(value.split()) if isinstance(value, str) else value


def last_edit(photo: Photo, fields: Iterable[str]) -> AuditEntry | None:
    """The last edit of one of these fields, by the trail."""
    edits = AuditEntry.objects.about(photo).filter(act=Act.PHOTO_EDIT)
    return next((edit for edit in edits.iterator() if not {*fields}.isdisjoint(edit.data["fields"])), None)


def who_changed(edit: AuditEntry | None) -> str:
    """Who that was, in words."""
    return edit.actor_label if edit else _("somebody else")


def say(photo: Photo, fields: Words, user: User, *, seen: Words = {}) -> AuditEntry | None:
    """Write `fields` as a person typed them to the locked photo, over nothing that they did not see: `seen` is what
    stood there when it was shown. As `write_words`; raises StalePhoto too.
    """
    fields = as_typed(photo, fields)
    refuse_stale(photo, fields, seen)
    return write_words(photo, fields, user)


def write_words(photo: Photo, fields: Words, user: User) -> AuditEntry | None:
    """Write what of `fields` is new to the locked photo, and what stood there into the trail: that is the way back.
    None where nothing is new, and then nothing is written. Raises ValidationError.
    """
    new = {name: value for name, value in fields.items() if value != getattr(photo, name, None)}
    if not new:
        return None
    before = copy.copy(photo)
    set_words(photo, new)
    photo.save()
    was = {name: _kept(getattr(before, name)) for name in new}
    return audit.record(user, Act.PHOTO_EDIT, photo, fields=sorted(new), was=was)


def _kept(value: Any) -> str | None:
    """A value as the trail keeps it: days and moments written out."""
    return value if value is None or isinstance(value, str) else value.isoformat()


def set_words(photo: Photo, fields: Words) -> None:
    """Set `fields` on the photo, checked and cleaned, and write nothing. Raises ValidationError."""
    unknown = set(fields) - PHOTO_FIELDS
    if unknown:
        raise ValidationError(_("Not to be said of a photo: %(fields)s") % {"fields": ", ".join(sorted(unknown))})
    for name, value in fields.items():
        setattr(photo, name, strip_unseen(value) if isinstance(value, str) else value)
    photo.searched = searched_in(photo)
    photo.clean_fields(exclude=["original", "uploaded_by", "crops"])
    validate_text_lengths(photo)
