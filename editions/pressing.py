"""Releasing an edition to press (付印), and taking it back: the printed pages are kept for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.due import reckon_anew
from articles.errors import Incomplete, NotAllowed, Refusal
from articles.models import Article
from articles.photos.files import files_go_with_the_rows
from editions import readiness, rules
from editions.models import Edition, EditionState, Placement, PrintedEdition, PrintedFile, PrintedFileKind, PrintedPage
from editions.models.published import LARGE_WIDTH, MIDDLE_WIDTH, SMALL_WIDTH
from editions.planning import lock_open, lock_stories, lock_unpublished
from editions.preflight import blocking
from editions.preflight.findings import Finding
from editions.printed_parts import parts_of
from editions.readiness import SetPage
from editions.rules import EditionVerb
from editions.typesetting import Files, Layout, photo_files, pictures_of, press_pdf, reader_pdf, side_by_side
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

# In which formats readers get a page, by the pixels across. The size of a phone is for browsers that know WebP: the few
# others have two to choose from.
_PICTURES = {
    LARGE_WIDTH: {"webp": PrintedFileKind.LARGE_WEBP, "png": PrintedFileKind.LARGE_PNG},
    MIDDLE_WIDTH: {"webp": PrintedFileKind.MIDDLE_WEBP},
    SMALL_WIDTH: {"webp": PrintedFileKind.SMALL_WEBP, "png": PrintedFileKind.SMALL_PNG},
}
_PDFS = {PrintedFileKind.PRESS_PDF: press_pdf, PrintedFileKind.READER_PDF: reader_pdf}


class NotReadyForPress(Refusal):
    """The preflight found what has to be mended first; `findings` are the blocking ones."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(" ".join(finding.sentence for finding in findings))


class ChangedMeanwhile(Refusal):
    """Somebody changed a page or a story on it while the pages were being set for press."""


class NotWithThePrinter(Refusal):
    """The edition is not released to press."""


class MadeFile(NamedTuple):
    """A file of a printing, and the place of its page among the edition's; None where it is the whole edition's."""

    page: int | None
    kind: PrintedFileKind
    data: bytes


def release_to_press(edition_id: int, *, acting_user: User) -> PrintedEdition:
    """Release the edition to press: from now on nothing on its pages changes, and what it prints is kept.

    The pages are set and their files made before anything is locked; under the lock it is seen that every page
    still prints that, and the preflight is read again. Editors-in-chief on duty. Raises NotAllowed,
    EditionClosed, NotReadyForPress, ChangedMeanwhile, TypesettingFailed; then nothing has changed.
    """
    if not rules.can(acting_user, EditionVerb.PRESS):
        raise NotAllowed
    with transaction.atomic():
        edition = lock_open(edition_id)
    pages = readiness.set_pages(edition)
    _refuse_unready(edition, pages)
    made = _make_files([page.layout for page in pages])
    with files_go_with_the_rows() as files, transaction.atomic():
        edition = lock_open(edition_id)
        lock_stories(edition)
        now = readiness.set_pages(edition)
        if [page.description for page in now] != [page.description for page in pages]:
            raise ChangedMeanwhile(_("Something on the pages has just been changed. Look at it and release again."))
        findings = _refuse_unready(edition, now)
        printing = _write_printing(edition, now, findings, acting_user)
        _keep(printing, made, files)
        edition.state, edition.pressed_at = EditionState.PRESSED, printing.released_at
        edition.save(update_fields=["state", "pressed_at"])
        audit.record(acting_user, Act.EDITION_PRESS, edition, impression=printing.impression)
    return printing


def take_back_from_press(edition_id: int, reason: str, *, acting_user: User) -> Edition:
    """Open an edition again that is with the printer; what was printed so far stays, and is released anew as the
    next impression. What lies on its pages under review is due in its night again. Editors-in-chief on duty.
    Raises NotAllowed, EditionClosed where it is published, NotWithThePrinter, Incomplete without a reason.
    """
    if not rules.can(acting_user, EditionVerb.PRESS):
        raise NotAllowed
    if not reason.strip():
        raise Incomplete(_("Give a reason."))
    with transaction.atomic():
        edition = lock_unpublished(edition_id)
        if edition.state != EditionState.PRESSED:
            raise NotWithThePrinter(_("The edition of %(date)s is not released to press.") % {"date": edition})
        edition.state, edition.pressed_at = EditionState.OPEN, None
        edition.save(update_fields=["state", "pressed_at"])
        # What was reopened meanwhile waited for no page.
        placed = Placement.objects.filter(page__edition=edition)
        reckon_anew(Article.objects.filter(pk__in=placed.values("article_id")))
        audit.record(acting_user, Act.EDITION_TAKE_BACK, edition, reason=reason.strip())
    return edition


def _refuse_unready(edition: Edition, pages: Sequence[SetPage]) -> list[Finding]:
    """Everything the preflight has to say; raises NotReadyForPress where something of it blocks."""
    findings = readiness.readiness_of(edition, pages, timezone.now()).findings
    if stopping := blocking(findings):
        raise NotReadyForPress(stopping)
    return findings


def _make_files(layouts: Sequence[Layout]) -> list[MadeFile]:
    """Every file of the printing: of the whole edition, then page by page; all workers draw at once."""
    photos = photo_files(layouts)
    jobs = [partial(_make_pdf, None, kind, layouts, photos) for kind in _PDFS]
    for at, layout in enumerate(layouts):
        jobs += [partial(_make_pdf, at, kind, [layout], photos) for kind in _PDFS]
        jobs += [partial(_make_pictures, at, width, layout, photos) for width in _PICTURES]
    return [made for files in side_by_side(jobs) for made in files]


def _make_pdf(page: int | None, kind: PrintedFileKind, layouts: Sequence[Layout], photos: Files) -> list[MadeFile]:
    return [MadeFile(page, kind, _PDFS[kind](layouts, files=photos))]


def _make_pictures(page: int, width: int, layout: Layout, photos: Files) -> list[MadeFile]:
    kinds = _PICTURES[width]
    pictures = pictures_of(layout, width=width, formats=list(kinds), files=photos)
    return [MadeFile(page, kind, data) for kind, data in zip(kinds.values(), pictures, strict=True)]


def _write_printing(
    edition: Edition, pages: Sequence[SetPage], findings: list[Finding], acting_user: User
) -> PrintedEdition:
    last = edition.printings.aggregate(last=Max("impression"))["last"] or 0
    printing = PrintedEdition.objects.create(
        edition=edition,
        impression=last + 1,
        released_by=acting_user,
        findings=[asdict(finding) for finding in findings],
    )
    for page, description, layout in pages:
        PrintedPage.objects.create(
            printing=printing, page=page, description=description, layout=layout, parts=parts_of(description, layout)
        )
    return printing


def _keep(printing: PrintedEdition, made: Sequence[MadeFile], files: list[FieldFile]) -> None:
    pages = list(printing.pages.select_related("page"))
    for page, kind, data in made:
        row = PrintedFile(printing=printing, page=None if page is None else pages[page], kind=kind)
        row.file.save(_name(printing, row), ContentFile(data), save=False)
        files.append(row.file)
        row.save()


def _name(printing: PrintedEdition, row: PrintedFile) -> str:
    """What a printer or an archivist finds the file by: 2024-03-07-02-press.pdf, page 2 of that day's edition, and
    2024-03-07-impression2-02-press.pdf once it was taken back and released again.
    """
    edition, page = printing.edition, row.page
    where = f"{page.page.order:02d}" if page else "all"
    extra = f"-extra{edition.extra_number}" if edition.extra_number else ""
    impression = f"-impression{printing.impression}" if printing.impression > 1 else ""
    name, _underscore, ending = row.kind.rpartition("_")
    return f"{edition.date.isoformat()}{extra}{impression}-{where}-{name}.{ending}"
