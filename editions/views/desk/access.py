"""What the pages print, found for whoever may read it; for others it does not exist (404)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from editions import rules
from editions.models import Edition, Page, PrintedFile, Proof, ProofMark
from newsroom.staff.models import User


def edition_or_404(user: User, number: int) -> Edition:
    """The edition, if `user` may read its pages."""
    edition = get_object_or_404(Edition, pk=number)
    _require_reader(user, edition)
    return edition


def page_or_404(user: User, number: int, pages: QuerySet[Page] | None = None) -> Page:
    """The page, of `pages` if they are given, if `user` may read it."""
    found = pages if pages is not None else Page.objects.select_related("edition")
    page = get_object_or_404(found, pk=number)
    _require_reader(user, page.edition)
    return page


def proof_or_404(user: User, number: int) -> Proof:
    """The proof, if `user` may read its page."""
    proofs = Proof.objects.select_related("page__edition", "round", "pulled_by")
    proof = get_object_or_404(proofs, pk=number)
    _require_reader(user, proof.page.edition)
    return proof


def mark_or_404(user: User, number: int) -> ProofMark:
    """The mark, if `user` may read the page it is on."""
    mark = get_object_or_404(ProofMark.objects.select_related("proof__page__edition"), pk=number)
    _require_reader(user, mark.proof.page.edition)
    return mark


def printed_file_or_404(user: User, number: int) -> PrintedFile:
    """The printed file, if `user` may read the pages of its edition."""
    printed = get_object_or_404(PrintedFile.objects.select_related("printing__edition"), pk=number)
    _require_reader(user, printed.printing.edition)
    return printed


def _require_reader(user: User, edition: Edition) -> None:
    if not rules.can_read_pages(user, edition):
        raise Http404
