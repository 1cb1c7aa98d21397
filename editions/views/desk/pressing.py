"""Releasing an edition to press on the desk: the preflight, the signatures under its pages, the printed files."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.errors import Refusal
from articles.views.desk.access import DeskRequest, desk_view, status_of, story_or_404
from editions import pressing, readiness, rules
from editions.forms import TakeBackForm
from editions.models import Edition, EditionState
from editions.preflight import blocking
from editions.preflight.findings import Finding, Severity
from editions.pressing import NotReadyForPress
from editions.printings import printings_of
from editions.rules import EditionVerb
from editions.typesetting import TypesettingFailed
from editions.views.desk.access import edition_or_404, printed_file_or_404

_TYPES = {"pdf": "application/pdf", "webp": "image/webp", "png": "image/png"}


@desk_view
def press(request: DeskRequest, number: int) -> HttpResponse:
    """What stands between the edition and the press; once it is there, what was printed."""
    return _show(request, edition_or_404(request.user, number))


@desk_view
@require_POST
def press_release(request: DeskRequest, number: int) -> HttpResponse:
    """Release the edition to press, or say what is in the way."""
    shown = edition_or_404(request.user, number)
    try:
        pressing.release_to_press(shown.pk, acting_user=request.user)
    except NotReadyForPress as refused:
        messages.error(request, _("Not released: what blocks has to be mended first."))
        return _show(request, shown, status=status_of(refused))
    except Refusal as refused:
        messages.error(request, str(refused))
        return _show(request, shown, status=status_of(refused))
    messages.success(request, _("The edition of %(date)s is released to press.") % {"date": shown})
    return redirect("desk:press", shown.pk)


@desk_view
@require_POST
def press_back(request: DeskRequest, number: int) -> HttpResponse:
    """Take the edition back from press, with the reason."""
    shown, form = edition_or_404(request.user, number), TakeBackForm(request.POST)
    if not form.is_valid():
        return _show(request, shown, form, 422)
    try:
        pressing.take_back_from_press(shown.pk, form.cleaned_data["reason"], acting_user=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
        return _show(request, shown, form, status_of(refused))
    messages.success(request, _("The edition of %(date)s is open again.") % {"date": shown})
    return redirect("desk:press", shown.pk)


@desk_view
def printed_file(request: DeskRequest, number: int) -> HttpResponseBase:
    """A file of a printing, by the name a printer knows it by."""
    file = printed_file_or_404(request.user, number).file
    name = str(file.name).rpartition("/")[2]
    response = FileResponse(file.open("rb"), filename=name, content_type=_TYPES[name.rpartition(".")[2]])
    response["Cache-Control"] = "private, no-cache"
    return response


@desk_view
def as_printed(request: DeskRequest, number: int) -> HttpResponse:
    """Where a story was printed, and how its words differ from those of now."""
    article = story_or_404(request.user, number)
    return render(request, "desk/as_printed.html", {"article": article, "printings": printings_of(article)})


def _show(request: DeskRequest, shown: Edition, form: TakeBackForm | None = None, status: int = 200) -> HttpResponse:
    may_press = rules.can(request.user, EditionVerb.PRESS)
    context: dict[str, Any] = {
        "edition": shown,
        "may_release": shown.is_open and may_press,
        "may_take_back": shown.state == EditionState.PRESSED and may_press,
        "back_form": form or TakeBackForm(),
        "printings": shown.printings.select_related("released_by").prefetch_related("files__page__page"),
    }
    if shown.is_open:
        context |= _readiness(shown)
    return render(request, "desk/press.html", context, status=status)


def _readiness(shown: Edition) -> dict[str, Any]:
    """The preflight by severity and kind, each finding with the address of its place, and the pages' signatures."""
    try:
        ready = readiness.readiness_of(shown, readiness.set_pages(shown), timezone.now())
    except TypesettingFailed as failed:
        return {"failed": str(failed)}
    findings = [(finding, _place_of(finding, shown)) for finding in ready.findings]
    return {
        "blocking": _by_kind([found for found in findings if found[0].severity == Severity.BLOCKING]),
        "warnings": _by_kind([found for found in findings if found[0].severity == Severity.WARNING]),
        "is_blocked": bool(blocking(ready.findings)),
        "pages": [(set_page.page, states) for set_page, states in ready.pages],
        "kinds": [state.kind for state in ready.pages[0][1]] if ready.pages else [],
    }


def _by_kind(findings: list[tuple[Finding, str]]) -> list[tuple[str, list[tuple[Finding, str]]]]:
    return [(label, list(found)) for label, found in groupby(findings, key=lambda entry: entry[0].label)]


def _place_of(finding: Finding, edition: Edition) -> str:
    """Where on the desk a finding is mended."""
    if finding.kind in {"signature", "marks", "proof"} and finding.page:
        return reverse("desk:page_proofs", args=[finding.page])
    if finding.kind == "rights" and finding.photo:
        return reverse("desk:photo", args=[finding.photo])
    if finding.kind in {"copy", "embargo", "credit"} and finding.story:
        return reverse("desk:story", args=[finding.story])
    if finding.kind == "remarks" and finding.story:
        return reverse("desk:story", args=[finding.story]) + "#remarks"
    return reverse("desk:page", args=[finding.page]) if finding.page else edition.get_absolute_url()
