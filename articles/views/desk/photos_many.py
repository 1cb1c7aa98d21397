"""Many photos at once: the same said of all, a sheet with a row for each, and both taken back."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import rules
from articles.forms.parsing import whole_number
from articles.forms.photos import CaptionSheet, ManyPhotosForm
from articles.models import Photo
from articles.photos import many
from articles.views.desk.access import DeskRequest, desk_view, sentences_of, status_of_all
from newsroom.undoing import Undo, offer

# Rows of a caption sheet: as many photos as stand on one page of the list.
ON_A_SHEET = 40


@desk_view
def photos_many(request: DeskRequest) -> HttpResponseBase:
    """Say the same of many photos; before that, how many will be changed, and which may not be."""
    chosen = _photos(request)
    if not chosen:
        return _none_chosen(request)
    if request.method != "POST":
        chosen = _as_many_as_can_be(request, chosen)
    form = ManyPhotosForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show_many(request, chosen, form, 422 if form.is_bound else 200)
    try:
        done = many.edit_photos((photo.pk for photo in chosen), **form.said(), acting_user=request.user)
    except ValidationError as refused:
        form.add_error(None, sentences_of(refused))
        return _show_many(request, chosen, form, 422)
    _tell_done(request, done)
    return redirect("desk:photos")


@desk_view
def photos_sheet(request: DeskRequest) -> HttpResponseBase:
    """Write to each of many photos its own words, as many at a time as a sheet holds.

    What was typed is heard whoever may change a photo by now: the service decides.
    """
    chosen, later = _photos(request), _photos(request, "later")
    if not chosen:
        return _none_chosen(request)
    if request.method != "POST":
        may, may_not = _parted(request, _as_many_as_can_be(request, chosen))
        return _show_sheet(request, CaptionSheet(may[:ON_A_SHEET]), may[ON_A_SHEET:], may_not=may_not)
    sheet = CaptionSheet(chosen, request.POST)
    if not sheet.is_valid():
        return _show_sheet(request, sheet, later, status=422)
    try:
        done = many.write_sheet(sheet.said(), acting_user=request.user)
    except many.SheetRefused as refused:
        sheet.refuse(refused.rows)
        return _show_sheet(request, sheet, later, status=status_of_all(refused.rows.values()))
    except ValidationError as refused:
        messages.error(request, " ".join(sentences_of(refused)))
        return _show_sheet(request, sheet, later, status=422)
    _tell_done(request, done)
    return _to_sheet(later) if later else redirect("desk:photos")


@desk_view
@require_POST
def photos_undo(request: DeskRequest) -> HttpResponse:
    """Take back what a message offered to take back."""
    edits = [whole_number(text) for text in request.POST.getlist("edit")]
    try:
        done = many.take_back(edits, acting_user=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(sentences_of(refused)))
        return redirect("desk:photos")
    if done.changed:
        words = ngettext(
            "Undone. %(count)s photo says what it said before.",
            "Undone. %(count)s photos say what they said before.",
            len(done.changed),
        )
        messages.success(request, words % {"count": len(done.changed)})
    _tell_refused(request, done)
    return redirect("desk:photos")


def _photos(request: DeskRequest, name: str = "photo") -> list[Photo]:
    """The photos that a request names, in its order."""
    asked = request.POST if request.method == "POST" else request.GET
    numbers = dict.fromkeys(whole_number(text) for text in asked.getlist(name))
    found = Photo.objects.in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def _as_many_as_can_be(request: DeskRequest, chosen: list[Photo]) -> list[Photo]:
    """The first of them, and a sentence where that is not all: the form that they go into could not be sent."""
    if len(chosen) <= many.MOST_AT_ONCE:
        return chosen
    words = _("You chose %(count)s photos, but at most %(most)s can be changed at once: these are the first of them.")
    messages.warning(request, words % {"count": len(chosen), "most": many.MOST_AT_ONCE})
    return chosen[: many.MOST_AT_ONCE]


def _none_chosen(request: DeskRequest) -> HttpResponseRedirect:
    messages.error(request, _("Choose some photos first."))
    return redirect("desk:photos")


def _parted(request: DeskRequest, chosen: Iterable[Photo]) -> tuple[list[Photo], list[Photo]]:
    """Those that this person may change, and the others."""
    may = [photo for photo in chosen if rules.can_edit_photo(request.user, photo)]
    return may, [photo for photo in chosen if photo not in may]


def _show_many(request: DeskRequest, chosen: list[Photo], form: ManyPhotosForm, status: int) -> HttpResponse:
    may, may_not = _parted(request, chosen)
    context = {"form": form, "may": may, "may_not": may_not}
    return render(request, "desk/photos_many.html", context, status=status)


def _show_sheet(
    request: DeskRequest,
    sheet: CaptionSheet,
    later: list[Photo],
    *,
    may_not: Iterable[Photo] = (),
    status: int = 200,
) -> HttpResponse:
    context = {"sheet": sheet, "later": later, "next": later[:ON_A_SHEET], "may_not": may_not}
    return render(request, "desk/photos_sheet.html", context, status=status)


def _to_sheet(photos: list[Photo]) -> HttpResponseRedirect:
    query = urlencode([("photo", photo.pk) for photo in photos])
    return redirect(f"{reverse('desk:photos_sheet')}?{query}")


def _tell_done(request: DeskRequest, done: many.ManyEdited) -> None:
    if done.changed:
        words = ngettext("%(count)s photo was changed.", "%(count)s photos were changed.", len(done.changed))
        messages.success(request, words % {"count": len(done.changed)})
        offer(request, Undo(reverse("desk:photos_undo"), [("edit", str(edit)) for edit in done.edits]))
    elif not done.refused:
        messages.info(request, _("Nothing was changed."))
    _tell_refused(request, done)


def _tell_refused(request: DeskRequest, done: many.ManyEdited) -> None:
    for number, why in done.refused.items():
        messages.error(request, _("Photo %(number)s was not changed: %(why)s") % {"number": number, "why": why})
