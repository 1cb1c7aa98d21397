"""Proofs of a page on the desk: rounds and signatures, one proof with its marks, and what changed between two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.errors import Refusal
from articles.forms.parsing import whole_number
from articles.views.desk.access import DeskRequest, desk_view, sentences_of, status_of
from editions import proofs, rules, signing
from editions.forms import MarkForm
from editions.models import Page, Proof, ProofMark, ProofRound, SignatureKind
from editions.page_differences import difference_picture
from editions.printed_parts import changes, sentence_of, titles_in, token_of
from editions.rules import EditionVerb
from editions.signing import PageChanged, SignatureState
from editions.typesetting import TypesettingFailed
from editions.views.desk.access import mark_or_404, page_or_404, proof_or_404
from editions.views.desk.showing import changed_plate, marked_plate, set_page_of
from newsroom.staff.notices import read_about

# A proof never changes, but whoever signs out of a shared machine should not leave it behind for long.
KEEP_SECONDS = 3600


@dataclass(frozen=True)
class Asked:
    """A signature that the page needs, as its panel shows it to one person."""

    state: SignatureState
    may_sign: bool
    is_mine: bool


@desk_view
def page_proofs(request: DeskRequest, number: int) -> HttpResponse:
    """The page's proofs by rounds, and the signatures under it."""
    page = _page(request, number)
    read_about(page, request.user)
    return _show_page(request, page)


@desk_view
@require_POST
def proof_pull(request: DeskRequest, number: int) -> HttpResponse:
    """Pull a proof in one of the title's rounds."""
    page = _page(request, number)
    proof_round = get_object_or_404(ProofRound, pk=whole_number(request.POST.get("round", "")))
    try:
        pulled = proofs.pull_proof(page.pk, proof_round.pk, acting_user=request.user)
    except (Refusal, ValidationError) as refused:
        return _refused(request, refused, lambda status: _show_page(request, page, status))
    messages.success(request, _("Proof %(number)s is pulled.") % {"number": pulled.number})
    return redirect("desk:proof", pulled.pk)


@desk_view
@require_POST
def page_sign(request: DeskRequest, number: int) -> HttpResponse:
    """Sign the page in one capacity, over what was on the screen."""
    page, kind = _page(request, number), _kind(request)
    try:
        signing.sign_page(page.pk, kind, seen=request.POST.get("seen", ""), acting_user=request.user)
    except Refusal as refused:
        return _refused(request, refused, lambda status: _show_page(request, page, status))
    messages.success(request, _("Page %(page)s is signed.") % {"page": page.label})
    return redirect("desk:page_proofs", page.pk)


@desk_view
@require_POST
def page_unsign(request: DeskRequest, number: int) -> HttpResponse:
    """Take one's own signature back."""
    page, kind = _page(request, number), _kind(request)
    try:
        signing.withdraw_signature(page.pk, kind, acting_user=request.user)
    except Refusal as refused:
        return _refused(request, refused, lambda status: _show_page(request, page, status))
    messages.success(request, _("The signature is taken back."))
    return redirect("desk:page_proofs", page.pk)


@desk_view
def proof(request: DeskRequest, number: int) -> HttpResponse:
    """One proof: its picture with the marks on it."""
    return _show_proof(request, proof_or_404(request.user, number))


@desk_view
@require_POST
def proof_mark(request: DeskRequest, number: int) -> HttpResponse:
    """Mark an area of the proof."""
    shown, form = proof_or_404(request.user, number), MarkForm(request.POST)
    if not form.is_valid():
        return _show_proof(request, shown, form, 422)
    try:
        proofs.mark_proof(shown.pk, form.area(), form.cleaned_data["remark"], acting_user=request.user)
    except (Refusal, ValidationError) as refused:
        return _refused(request, refused, lambda status: _show_proof(request, shown, form, status))
    messages.success(request, _("The mark is made."))
    return redirect("desk:proof", shown.pk)


@desk_view
@require_POST
def mark_settle(request: DeskRequest, number: int) -> HttpResponse:
    """Tick a mark off."""
    return _change_mark(request, number, proofs.settle_mark)


@desk_view
@require_POST
def mark_reopen(request: DeskRequest, number: int) -> HttpResponse:
    """Take a tick back."""
    return _change_mark(request, number, proofs.reopen_mark)


@desk_view
def proof_pdf(request: DeskRequest, number: int) -> HttpResponseBase:
    """The proof's PDF, to be viewed in the browser."""
    return _file(proof_or_404(request.user, number).pdf, "application/pdf")


@desk_view
def proof_picture(request: DeskRequest, number: int) -> HttpResponseBase:
    """The proof's picture."""
    return _file(proof_or_404(request.user, number).picture, "image/png")


@desk_view
def proof_compare(request: DeskRequest, number: int) -> HttpResponse:
    """What changed on the page since another of its proofs: the one before, unless one is asked for."""
    shown = proof_or_404(request.user, number)
    other = _other(request, shown)
    difference = proofs.compare_proofs(other, shown)
    titles = titles_in(other.description, shown.description)
    context = {
        "proof": shown,
        "other": other,
        "others": shown.page.proofs.exclude(pk=shown.pk).select_related("round").defer("description", "layout"),
        "difference": difference,
        "furniture": [sentence_of(change, titles) for change in difference.page],
        "stories": [(story, [sentence_of(change, titles) for change in story.changes]) for story in difference.stories],
        "before": changed_plate(other, difference.areas),
        "after": changed_plate(shown, difference.areas),
    }
    return render(request, "desk/proof_compare.html", context)


@desk_view
def proof_difference(request: DeskRequest, number: int) -> HttpResponse:
    """Both pictures in one: what went and what came, in colour."""
    shown = proof_or_404(request.user, number)
    other = _other(request, shown)
    with other.picture.open("rb") as before, shown.picture.open("rb") as after:
        picture = difference_picture(before.read(), after.read())
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = f"private, max-age={KEEP_SECONDS}"
    return response


def _show_page(request: DeskRequest, page: Page, status: int = 200) -> HttpResponse:
    user, edition = request.user, page.edition
    context: dict[str, Any] = {
        "page": page,
        "edition": edition,
        "siblings": edition.pages.all(),
        "rounds": ProofRound.objects.filter(title=edition.title_id),
        "proofs": page.proofs.select_related("round", "pulled_by")
        .prefetch_related("marks")
        .defer("description", "layout"),
        "may_proof": edition.is_open and rules.can(user, EditionVerb.PROOF),
    }
    try:
        context |= _standing(request, page)
    except TypesettingFailed as failed:
        context["failed"] = str(failed)
    return render(request, "desk/page_proofs.html", context, status=status)


def _standing(request: DeskRequest, page: Page) -> dict[str, Any]:
    """How the page stands now: its signatures, what is new since the last proof, characters without a glyph."""
    now = set_page_of(page)
    last = page.proofs.first()
    titles = titles_in(*([last.description] if last else []), now.description)
    kinds = signing.kinds_asked(page.edition.title_id)
    states = signing.signature_states(page, kinds, now.description, now.layout)
    return {
        "token": token_of(now.parts),
        "signatures": [_asked(request, page, state) for state in states],
        "last": last,
        "since": [sentence_of(change, titles) for change in changes(last.parts, now.parts)] if last else [],
        "missing": [(missing, titles.get(missing["story"], "")) for missing in _first_of_each(now.layout["missing"])],
    }


def _first_of_each(missing: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each character once a story, where it stands first: a name printed fifty times lacks one character."""
    first: dict[tuple[int | None, str], dict[str, Any]] = {}
    for one in missing:
        first.setdefault((one["story"], one["character"]), one)
    return list(first.values())


def _asked(request: DeskRequest, page: Page, state: SignatureState) -> Asked:
    may_sign = page.edition.is_open and rules.can_sign(request.user, page, state.kind)
    is_mine = state.signature is not None and state.signature.signer_id == request.user.pk
    return Asked(state, may_sign, is_mine and page.edition.is_open)


def _show_proof(request: DeskRequest, shown: Proof, form: MarkForm | None = None, status: int = 200) -> HttpResponse:
    edition = shown.page.edition
    marks = list(shown.marks.select_related("made_by", "settled_by"))
    context = {
        "proof": shown,
        "page": shown.page,
        "edition": edition,
        "before": proofs.proof_before(shown),
        "plate": marked_plate(shown, marks),
        "marks": marks,
        "form": form or MarkForm(),
        "may_proof": edition.is_open and rules.can(request.user, EditionVerb.PROOF),
    }
    return render(request, "desk/proof.html", context, status=status)


def _change_mark(request: DeskRequest, number: int, service: Callable[..., ProofMark]) -> HttpResponse:
    mark = mark_or_404(request.user, number)
    try:
        service(mark.pk, acting_user=request.user)
    except Refusal as refused:
        return _refused(request, refused, lambda status: _show_proof(request, mark.proof, status=status))
    return redirect("desk:proof", mark.proof_id)


def _refused(
    request: DeskRequest, refused: Refusal | ValidationError, show: Callable[[int], HttpResponse]
) -> HttpResponse:
    for sentence in sentences_of(refused):
        messages.error(request, sentence)
    return show(409 if isinstance(refused, PageChanged) else status_of(refused))


def _page(request: DeskRequest, number: int) -> Page:
    return page_or_404(request.user, number, Page.objects.select_related("template", "edition"))


def _kind(request: DeskRequest) -> SignatureKind:
    kind = request.POST.get("kind", "")
    if kind not in SignatureKind.values:
        raise Http404
    return SignatureKind(kind)


def _other(request: DeskRequest, shown: Proof) -> Proof:
    """The proof to compare with; 404 where there is none."""
    asked = whole_number(request.GET.get("with", ""))
    other = shown.page.proofs.filter(number=asked).first() if asked else proofs.proof_before(shown)
    if other is None:
        raise Http404
    return other


def _file(file: Any, content_type: str) -> FileResponse:
    response = FileResponse(file.open("rb"), content_type=content_type)
    response["Cache-Control"] = f"private, max-age={KEEP_SECONDS}"
    return response
