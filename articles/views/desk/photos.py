"""The photo desk: the list, one photo, its framing, and many photos at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import rules
from articles.errors import Refusal, StaleFraming, StalePhoto
from articles.forms.parsing import whole_number
from articles.forms.photos import FramingForm, ManyPhotosForm, PhotoForm
from articles.models import ArticlePhoto, Photo
from articles.photos import keeping
from articles.photos.alike import photos_like
from articles.photos.filters import PhotoFilter
from articles.photos.uses import uses_of
from articles.templatetags.desk import rights_expired_on
from articles.views.desk.access import DeskRequest, desk_view, sentences_of, status_of
from articles.views.desk.paging import page_of
from newsroom.answering import wants_json


@desk_view
def photo_list(request: DeskRequest) -> HttpResponseBase:
    """Every photo, the last one first, narrowed by the filters; as data for the picture chooser that asks for it."""
    is_used = Exists(ArticlePhoto.objects.filter(photo=OuterRef("pk")))
    everything = Photo.objects.select_related("uploaded_by").annotate(is_used=is_used)
    narrowed = PhotoFilter(request.GET, queryset=everything)
    page = page_of(narrowed.qs, request.GET.get("older", ""), by=("id",))
    if wants_json(request):
        return JsonResponse({"photos": [as_data(photo) for photo in page.items]})
    context = {"filter": narrowed, "page": page, "can_file": rules.can_file(request.user)}
    return render(request, "desk/photos.html", context)


def as_data(photo: Photo) -> dict[str, object]:
    """What a script shows of a photo; `expired` says since when it may not be used, and is empty while it may."""
    return {
        "id": photo.pk,
        "caption": photo.caption,
        "credit": photo.credit,
        "alt": photo.alt,
        "thumbnail": reverse("desk:photo_thumbnail", args=[photo.pk]),
        "url": reverse("desk:photo", args=[photo.pk]),
        "expired": _("rights expired on %(date)s") % {"date": day} if (day := rights_expired_on(photo)) else "",
    }


@desk_view
def photo(request: DeskRequest, number: int) -> HttpResponseBase:
    """One photo and what is said about it; a form for those who may change that."""
    shown = get_object_or_404(Photo, pk=number)
    if request.method != "POST":
        return _show_photo(request, shown, PhotoForm(instance=shown), 200)
    form = PhotoForm(request.POST)
    if not form.is_valid():
        return _show_photo(request, shown, form, 422)
    try:
        keeping.edit_photo(shown.pk, form.photo_fields(), seen=form.seen(), acting_user=request.user)
    except StalePhoto as refused:
        form.show_standing(refused)
        return _show_photo(request, shown, form, status_of(refused))
    except (Refusal, ValidationError) as refused:
        form.add_error(None, sentences_of(refused))
        return _show_photo(request, shown, form, status_of(refused))
    messages.success(request, _("Saved."))
    return redirect("desk:photo", shown.pk)


def _show_photo(
    request: DeskRequest, shown: Photo, form: PhotoForm, status: int, framing: FramingForm | None = None
) -> HttpResponse:
    context = {
        "photo": shown,
        "form": form,
        "framing": framing or FramingForm(photo=shown),
        "uses": uses_of(shown, request.user),
        "alike": photos_like(shown),
        "may_edit": rules.can_edit_photo(request.user, shown),
    }
    return render(request, "desk/photo.html", context, status=status)


@desk_view
@require_POST
def photo_frame(request: DeskRequest, number: int) -> HttpResponseBase:
    """Set the focal point and the crops of a photo."""
    shown = get_object_or_404(Photo, pk=number)
    form = FramingForm(request.POST, photo=shown)
    if not form.is_valid():
        return _show_photo(request, shown, PhotoForm(instance=shown), 422, form)
    try:
        seen = form.cleaned_data["seen"]
        keeping.frame_photo(shown.pk, form.focal_point(), form.by_hand(), seen=seen, acting_user=request.user)
    except StaleFraming as refused:
        form.show_standing(refused)
        return _show_photo(request, shown, PhotoForm(instance=shown), status_of(refused), form)
    except (Refusal, ValidationError) as refused:
        form.add_error(None, sentences_of(refused))
        return _show_photo(request, shown, PhotoForm(instance=shown), status_of(refused), form)
    messages.success(request, _("The crops are saved."))
    return redirect("desk:photo", shown.pk)


@desk_view
def photos_many(request: DeskRequest) -> HttpResponseBase:
    """Say the same of many photos; before that, how many will be changed, and which may not be."""
    asked = request.POST if request.method == "POST" else request.GET
    numbers = {whole_number(text) for text in asked.getlist("photo")}
    if not numbers & set(Photo.objects.filter(pk__in=numbers).values_list("pk", flat=True)):
        messages.error(request, _("Choose some photos first."))
        return redirect("desk:photos")
    form = ManyPhotosForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show_many(request, numbers, form, 422 if form.is_bound else 200)
    try:
        done = keeping.edit_photos(numbers, **form.said(), acting_user=request.user)
    except ValidationError as refused:
        form.add_error(None, sentences_of(refused))
        return _show_many(request, numbers, form, 422)
    _tell_done(request, done)
    return redirect("desk:photos")


def _show_many(request: DeskRequest, numbers: Iterable[int], form: ManyPhotosForm, status: int) -> HttpResponse:
    chosen = list(Photo.objects.filter(pk__in=numbers))
    may = [photo for photo in chosen if rules.can_edit_photo(request.user, photo)]
    context = {"form": form, "may": may, "may_not": [photo for photo in chosen if photo not in may]}
    return render(request, "desk/photos_many.html", context, status=status)


def _tell_done(request: DeskRequest, done: keeping.ManyEdited) -> None:
    if done.changed:
        words = ngettext("%(count)s photo was changed.", "%(count)s photos were changed.", len(done.changed))
        messages.success(request, words % {"count": len(done.changed)})
    for number, why in done.refused.items():
        messages.error(request, _("Photo %(number)s was not changed: %(why)s") % {"number": number, "why": why})
