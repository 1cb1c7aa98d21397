"""Files that were sent along taken in, each by itself, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from articles.errors import Refusal
from articles.models import Photo
from articles.photos.alike import LooksLike
from articles.photos.keeping import add_photo, may_come_whole
from articles.photos.words import size_notice
from newsroom.staff.models import User


class TakenIn(NamedTuple):
    """What became of the file `name`: its `photo`, or the photos that it looks like (`alike`), or why it was refused
    (`refusals`). `is_final` where it would be refused however often it is sent.
    """

    name: str
    photo: Photo | None = None
    alike: LooksLike | None = None
    refusals: Sequence[str] = ()
    is_final: bool = False

    @property
    def problems(self) -> list[str]:
        """Why it was refused, with its name."""
        return [_("%(label)s: %(text)s") % {"label": self.name, "text": why} for why in self.refusals]

    @property
    def notice(self) -> str:
        """What is worth a word of the photo that came of it, empty where nothing is."""
        return size_notice(self.photo) if self.photo else ""


def take_in(uploads: Iterable[UploadedFile], *, ask: bool, acting_user: User) -> list[TakenIn]:
    """Take files in, each by itself as `add_photo` does, in their order; with `ask`, none that looks like a photo
    which is here already.
    """
    return [_taken_in(upload, ask, acting_user) for upload in uploads]


def _taken_in(upload: UploadedFile, ask: bool, user: User) -> TakenIn:
    name = upload.name or ""
    try:
        return TakenIn(name, photo=add_photo(upload, unless_alike=ask, acting_user=user))
    except LooksLike as refused:
        return TakenIn(name, alike=refused)
    except Refusal as refused:
        return TakenIn(name, refusals=[str(refused)])
    except ValidationError as refused:
        return TakenIn(name, refusals=refused.messages, is_final=not may_come_whole(refused))
