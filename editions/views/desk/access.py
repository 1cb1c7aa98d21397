"""What the pages print, found for whoever may read it; for others it does not exist (404)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from editions import rules
from editions.models import Edition, Page, PrintedFile, Proof, ProofMark
from editions.rules import EditionVerb
from newsroom.staff.models import User


def edition_or_404(user: User, number: int) -> Edition:
    """The edition, if `user` may read its pages."""
    _require_reader(user)
    return get_object_or_404(Edition, pk=number)


def page_or_404(user: User, number: int, pages: QuerySet[Page] | None = None) -> Page:
    """The page, of `pages` if they are given, if `user` may read it."""
    _require_reader(user)
    return get_object_or_404(Page.objects.select_related("edition") if pages is None else pages, pk=number)


def proof_or_404(user: User, number: int) -> Proof:
    """The proof, if `user` may read its page."""
    _require_reader(user)
    return get_object_or_404(Proof.objects.select_related("page__edition", "round", "pulled_by"), pk=number)


def mark_or_404(user: User, number: int) -> ProofMark:
    """The mark, if `user` may read the page it is on."""
    _require_reader(user)
    return get_object_or_404(ProofMark.objects.select_related("proof__page__edition"), pk=number)


def printed_file_or_404(user: User, number: int) -> PrintedFile:
    """The printed file, if `user` may read the pages of its edition."""
    _require_reader(user)
    return get_object_or_404(PrintedFile.objects.select_related("printing__edition"), pk=number)


def _require_reader(user: User) -> None:
    if not rules.can(user, EditionVerb.READ):
        raise Http404
