"""What a check finds. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from editions.preflight.dossier import PageFacts

# What a finding is about, as the desk calls it.
KINDS = {
    "series": _("Number in the series"),
    "date": _("Date line"),
    "pages": _("Pages and labels"),
    "cn_number": _("CN number"),
    "turn": _("Turn lines"),
    "twice": _("Twice in the paper"),
    "credit": _("Credits"),
    "advertising": _("Advertising"),
    "copy": _("Signed copy"),
    "embargo": _("Embargo"),
    "rights": _("Rights"),
    "overset": _("Does not fit"),
    "hole": _("White space"),
    "glyph": _("Missing characters"),
    "resolution": _("Resolution"),
    "remarks": _("Open remarks"),
    "marks": _("Marks on proofs"),
    "proof": _("Proofs"),
    "signature": _("Signatures under the pages"),
}


class Severity(StrEnum):
    """Blocking findings stop the release to press."""

    BLOCKING = auto()
    WARNING = auto()


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, in a sentence, and where: page, story and photo by their numbers on the desk."""

    kind: str
    severity: Severity
    sentence: str
    page: int | None = None
    story: int | None = None
    photo: int | None = None

    @property
    def label(self) -> str:
        """What it is about, in words."""
        return str(KINDS[self.kind])


Findings = Iterator[Finding]


def blocks(
    kind: str, sentence: str, *, page: PageFacts | None = None, story: int | None = None, photo: int | None = None
) -> Finding:
    """A finding that stops the release."""
    return Finding(kind, Severity.BLOCKING, sentence, page.number if page else None, story, photo)


def warns(
    kind: str, sentence: str, *, page: PageFacts | None = None, story: int | None = None, photo: int | None = None
) -> Finding:
    """A finding that is read and taken on."""
    return Finding(kind, Severity.WARNING, sentence, page.number if page else None, story, photo)
