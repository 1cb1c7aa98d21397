"""Many photos at once: the same said of all, or to each its own words; and both taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.errors import Refusal, StalePhoto
from articles.models import Photo
from articles.photos.saying import (
    Words,
    in_one_line,
    last_edit,
    lock_photo,
    say,
    who_changed,
    write_words,
)
from articles.pictures.facts import keywords_in, names_in
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User

# More than anybody chooses by hand, and little enough for one request.
MOST_AT_ONCE = 200


class ManyEdited(NamedTuple):
    """Which photos were changed, and which were not and why, by their numbers; `edits` are the rows of the trail
    by which `take_back` knows what was done.
    """

    changed: list[int]
    refused: dict[int, str]
    edits: list[int]


class SheetRow(NamedTuple):
    """What one photo of a caption sheet is to say in the fields that were changed, and what was seen there."""

    number: int
    fields: Words
    seen: Words


class SheetRefused(Refusal):
    """Nothing of a caption sheet was written; `rows` says by their numbers which photos were refused and why."""

    def __init__(self, rows: dict[int, Refusal | ValidationError]) -> None:
        self.rows = rows
        super().__init__(_("Nothing was saved. What you typed is still here."))


def edit_photos(
    photo_ids: Iterable[int],
    fields: Words,
    *,
    to_caption: str = "",
    more_keywords: str = "",
    acting_user: User,
) -> ManyEdited:
    """Say the same of many photos: `fields` in place of what each says, `to_caption` at the end of its caption,
    `more_keywords` beside its own.

    Each photo is changed whole or not at all, by the rule of `edit_photo`; what is refused of one changes nothing
    of it and nothing of the others, and a photo of which nothing is new is passed over. Raises ValidationError
    where there are more than `MOST_AT_ONCE`.
    """

    def edit(number: int) -> AuditEntry | None:
        photo = lock_photo(number, acting_user)
        return write_words(photo, {**fields, **_added(photo, to_caption, more_keywords)}, acting_user)

    return _each(photo_ids, edit)


def take_back(edits: Iterable[int], *, acting_user: User) -> ManyEdited:
    """Let photos say again what they said before these edits, which `edit_photos` and `write_sheet` name; each by
    itself, and only the edits of `acting_user`. Framing is no saying.

    Refused is a photo of which one of the same fields was changed since. Raises ValidationError as `edit_photos`.
    """
    own = AuditEntry.objects.filter(pk__in=edits, act=Act.PHOTO_EDIT, actor_id=acting_user.pk)
    by_photo = {int(edit.target_id): edit for edit in own.order_by("pk") if "was" in edit.data}

    def restore(number: int) -> AuditEntry | None:
        photo, edit = lock_photo(number, acting_user), by_photo[number]
        was = edit.data["was"]
        last = last_edit(photo, was)
        if last != edit:
            raise StalePhoto({name: getattr(photo, name) for name in was}, who_changed(last))
        return write_words(photo, was, acting_user)

    return _each(by_photo, restore)


def write_sheet(rows: Sequence[SheetRow], *, acting_user: User) -> ManyEdited:
    """Write to each photo its own words, all rows in one transaction or none.

    By row it is the rule of `edit_photo`; rows in which nothing is new are passed over. Raises SheetRefused with
    what is wrong with each row that cannot be written, and then nothing has changed; ValidationError where there
    are more than `MOST_AT_ONCE`.
    """
    _refuse_too_many(rows)
    done = ManyEdited([], {}, [])
    refused: dict[int, Refusal | ValidationError] = {}
    with transaction.atomic():
        for row in sorted(rows, key=lambda row: row.number):
            try:
                edit = _write_row(row, acting_user)
            except Photo.DoesNotExist:
                refused[row.number] = ValidationError(_("There is no such photo."))
            except (Refusal, ValidationError) as why:
                refused[row.number] = why
            else:
                if edit:
                    done.changed.append(row.number)
                    done.edits.append(edit.pk)
        if refused:
            raise SheetRefused(refused)
    return done


def _write_row(row: SheetRow, user: User) -> AuditEntry | None:
    if not row.fields:
        return None
    return say(lock_photo(row.number, user), row.fields, user, seen=row.seen)


def _each(numbers: Iterable[int], edit: Callable[[int], AuditEntry | None]) -> ManyEdited:
    """Do it to each photo in a transaction of its own; None says that nothing was to be done."""
    numbers = sorted(set(numbers))
    _refuse_too_many(numbers)
    done = ManyEdited([], {}, [])
    for number in numbers:
        try:
            with transaction.atomic():
                row = edit(number)
        except Photo.DoesNotExist:
            done.refused[number] = _("There is no such photo.")
        except Refusal as refused:
            done.refused[number] = str(refused)
        except ValidationError as refused:
            done.refused[number] = " ".join(refused.messages)
        else:
            if row:
                done.changed.append(number)
                done.edits.append(row.pk)
    return done


def _refuse_too_many(asked: Sequence[Any]) -> None:
    if len(asked) > MOST_AT_ONCE:
        raise ValidationError(_("At most %(most)s photos can be changed at once.") % {"most": MOST_AT_ONCE})


def _added(photo: Photo, to_caption: str, more_keywords: str) -> dict[str, str]:
    fields = {}
    # What was sent twice is said once.
    if to_caption and not photo.caption.endswith(to_caption):
        # Between Chinese sentences stands no space.
        space = " " if photo.caption[-1:].isascii() and photo.caption else ""
        fields["caption"] = f"{photo.caption}{space}{to_caption}"
    if more_keywords:
        known = names_in(photo.keywords)
        fields["keywords"] = in_one_line(known + keywords_in(more_keywords, known))
    return fields
