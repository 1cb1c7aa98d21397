"""The photo desk: the list, one photo, and its framing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import rules
from articles.errors import Refusal, StaleFraming, StalePhoto
from articles.forms.photos import FramingForm, PhotoForm
from articles.models import ArticlePhoto, Photo
from articles.photos import keeping
from articles.photos.alike import photos_like
from articles.photos.filters import PhotoFilter
from articles.photos.uses import uses_of
from articles.photos.words import size_notice
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
    """What a script shows of a photo; `expired` says since when it may not be used, and is empty while it may;
    `small` is a sentence about a photo that is small for print, empty for any other.
    """
    return {
        "id": photo.pk,
        "file": photo.file_name,
        "caption": photo.caption,
        "credit": photo.credit,
        "alt": photo.alt,
        "thumbnail": reverse("desk:photo_thumbnail", args=[photo.pk]),
        "url": reverse("desk:photo", args=[photo.pk]),
        "expired": _("rights expired on %(date)s") % {"date": day} if (day := rights_expired_on(photo)) else "",
        "small": size_notice(photo),
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
        "size_notice": size_notice(shown),
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
