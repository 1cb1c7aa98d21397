"""Proofs of a page (打样): pulled in rounds, marked, and every mark ticked off when it is carried out."""

from __future__ import annotations

import math
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.errors import Incomplete, NotAllowed
from articles.photos.files import files_go_with_the_rows
from articles.validators import validate_text_lengths
from editions import rules, typesetting
from editions.models import Page, Proof, ProofMark, ProofRound
from editions.page_differences import PageDifference, Printed, compare_pages
from editions.planning import lock_open
from editions.printed_parts import parts_of
from editions.rules import EditionVerb
from editions.snapshot import describe_page
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

# Pixels across a proof's picture: a mark on a single character can be seen.
PICTURE_WIDTH = 1600
# Nothing smaller can be seen or hit: a mark is at least so wide and high, in per cent of the paper.
SMALLEST_MARK = 0.3


class Area(NamedTuple):
    """A rectangle on a proof, in per cent of the paper."""

    left: float
    top: float
    width: float
    height: float


def pull_proof(page_id: int, round_id: int, *, acting_user: User) -> Proof:
    """Pull a proof of the page as it stands: keep what it prints, its PDF and its picture.

    Page makers and proofreaders. Raises NotAllowed, EditionClosed, TypesettingFailed.
    """
    _require(acting_user)
    page = Page.objects.select_related("edition", "template").get(pk=page_id)
    proof_round = ProofRound.objects.get(pk=round_id, title=page.edition.title_id)
    description = describe_page(page)
    [layout] = typesetting.layouts_of_descriptions([description])
    pdf, picture = typesetting.reader_pdf([layout]), typesetting.picture_of(layout, width=PICTURE_WIDTH)
    with files_go_with_the_rows() as files, transaction.atomic():
        lock_open(page.edition_id)
        number = (page.proofs.aggregate(last=Max("number"))["last"] or 0) + 1
        proof = Proof(
            page=page,
            round=proof_round,
            number=number,
            description=description,
            layout=layout,
            parts=parts_of(description, layout),
            pulled_by=acting_user,
        )
        for field, data, ending in ((proof.pdf, pdf, "pdf"), (proof.picture, picture, "png")):
            field.save(f"proof-{page.pk}-{number}.{ending}", ContentFile(data), save=False)
            files.append(field)
        proof.save()
        audit.record(acting_user, Act.PROOF_PULL, page, proof=number, round=str(proof_round.name))
    return proof


def mark_proof(proof_id: int, area: Area, remark: str, *, acting_user: User) -> ProofMark:
    """Mark an area of a proof with what is to be mended there. Page makers and proofreaders.

    What lies beyond the paper's edge is cut off. Raises NotAllowed, EditionClosed, Incomplete without a remark,
    and ValidationError for an area that is none.
    """
    _require(acting_user)
    if not remark.strip():
        raise Incomplete(_("Say what is to be mended there."))
    with transaction.atomic():
        proof = _locked_proof(proof_id)
        mark = ProofMark(proof=proof, remark=remark.strip(), made_by=acting_user, **_on_paper(area)._asdict())
        mark.clean_fields(exclude=["settled_by", "settled_at"])
        validate_text_lengths(mark)
        mark.save()
        audit.record(acting_user, Act.PROOF_MARK, proof.page, proof=proof.number, mark=mark.pk, remark=mark.remark)
    return mark


def settle_mark(mark_id: int, *, acting_user: User) -> ProofMark:
    """Tick a mark off: what it asks for is done. Page makers and proofreaders; without effect where it is.

    Raises NotAllowed, EditionClosed.
    """
    _require(acting_user)
    with transaction.atomic():
        mark = _locked_mark(mark_id)
        if mark.settled_at is None:
            mark.settled_by, mark.settled_at = acting_user, timezone.now()
            mark.save(update_fields=["settled_by", "settled_at"])
            audit.record(acting_user, Act.PROOF_SETTLE, mark.proof.page, proof=mark.proof.number, mark=mark.pk)
    return mark


def reopen_mark(mark_id: int, *, acting_user: User) -> ProofMark:
    """Take a tick back: what the mark asks for is not done yet. Raises NotAllowed, EditionClosed."""
    _require(acting_user)
    with transaction.atomic():
        mark = _locked_mark(mark_id)
        if mark.settled_at is not None:
            mark.settled_by = mark.settled_at = None
            mark.save(update_fields=["settled_by", "settled_at"])
            audit.record(acting_user, Act.PROOF_REOPEN, mark.proof.page, proof=mark.proof.number, mark=mark.pk)
    return mark


def compare_proofs(before: Proof, after: Proof) -> PageDifference:
    """What the later proof prints otherwise than the earlier one."""
    return compare_pages(Printed(before.description, before.layout), Printed(after.description, after.layout))


def proof_before(proof: Proof) -> Proof | None:
    """The proof to compare with unless another is asked for: the one pulled before it."""
    return proof.page.proofs.filter(number__lt=proof.number).first()


def open_marks(page: Page) -> int:
    """How many marks on the page's proofs, of whatever round, still ask for something."""
    return ProofMark.objects.filter(proof__page=page, settled_at__isnull=True).count()


def _require(user: User) -> None:
    if not rules.can(user, EditionVerb.PROOF):
        raise NotAllowed


def _on_paper(area: Area) -> Area:
    """The part of the area that lies on the paper, as large at least as can be seen."""
    left, top = (min(max(at, 0.0), 100 - SMALLEST_MARK) for at in (area.left, area.top))
    right, bottom = min(area.left + area.width, 100.0), min(area.top + area.height, 100.0)
    if not all(map(math.isfinite, area)) or area.width <= 0 or area.height <= 0 or right <= left or bottom <= top:
        raise ValidationError(_("Mark an area on the paper."))
    return Area(left, top, max(right - left, SMALLEST_MARK), max(bottom - top, SMALLEST_MARK))


def _locked_proof(proof_id: int) -> Proof:
    """The proof, under the lock of its open edition."""
    proof = Proof.objects.select_related("page").defer("description", "layout", "parts").get(pk=proof_id)
    lock_open(proof.page.edition_id)
    return proof


def _locked_mark(mark_id: int) -> ProofMark:
    """The mark, re-read under the lock of its open edition; a mark stays on its proof."""
    proof_id = ProofMark.objects.values_list("proof_id", flat=True).get(pk=mark_id)
    proof = _locked_proof(proof_id)
    mark = ProofMark.objects.get(pk=mark_id)
    mark.proof = proof
    return mark
