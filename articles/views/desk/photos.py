"""The photo desk: the list, one photo, taking photos in, and their files, which no reader is served from here."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import photos, rules
from articles.errors import NotAllowed, Refusal
from articles.filters import PhotoFilter
from articles.forms.photos import PhotoForm
from articles.models import Photo, Rendition
from articles.views.desk.access import DeskRequest, desk_view, sentences_of, status_of
from articles.views.desk.paging import page_of

# A rendition never changes, but whoever signs out of a shared machine should not leave it behind for long.
KEEP_SECONDS = 3600


@desk_view
def photo_list(request: DeskRequest) -> HttpResponseBase:
    """Every photo, the last one first, narrowed by words; as data for the picture chooser that asks for it."""
    narrowed = PhotoFilter(request.GET, queryset=Photo.objects.select_related("uploaded_by"))
    page = page_of(narrowed.qs, request.GET.get("older", ""), by=("id",))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"photos": [_as_data(photo) for photo in page.items]})
    context = {"filter": narrowed, "page": page, "can_file": rules.can_file(request.user)}
    return render(request, "desk/photos.html", context)


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
        photos.edit_photo(shown.pk, form.photo_fields(), acting_user=request.user)
    except (Refusal, ValidationError) as refused:
        form.add_error(None, sentences_of(refused))
        return _show_photo(request, shown, form, status_of(refused))
    messages.success(request, _("Saved."))
    return redirect("desk:photo", shown.pk)


def _show_photo(request: DeskRequest, shown: Photo, form: PhotoForm, status: int) -> HttpResponse:
    uses = rules.visible_to(request.user).filter(article_photos__photo=shown).for_lists()
    context = {"photo": shown, "form": form, "uses": uses, "may_edit": rules.can_edit_photo(request.user, shown)}
    return render(request, "desk/photo.html", context, status=status)


@desk_view
def photo_add(request: DeskRequest) -> HttpResponseBase:
    """Take several files in; each is accepted or refused by itself. Answers a script with what it may show."""
    if not rules.can_file(request.user):
        messages.error(request, str(NotAllowed()))
        return redirect("desk:photos")
    if request.method != "POST":
        return render(request, "desk/photo_add.html")
    added, problems = _take_in(request)
    if request.headers.get("Accept") == "application/json":
        data = {"photos": [_as_data(photo) for photo in added], "problems": problems}
        return JsonResponse(data, status=422 if problems else 200)
    if problems:
        return render(request, "desk/photo_add.html", {"problems": problems, "added": added}, status=422)
    message = ngettext("%(count)s photo is in the photo desk.", "%(count)s photos are in the photo desk.", len(added))
    messages.success(request, message % {"count": len(added)})
    return redirect("desk:photos")


def _take_in(request: DeskRequest) -> tuple[list[Photo], list[str]]:
    files = request.FILES.getlist("photos")
    added: list[Photo] = []
    problems = [] if files else [_("Choose at least one file.")]
    for upload in files:
        try:
            added.append(photos.add_photo(upload, acting_user=request.user))
        except (Refusal, ValidationError) as refused:
            problems += [f"{upload.name}: {sentence}" for sentence in sentences_of(refused)]
    return added, problems


def _as_data(photo: Photo) -> dict[str, object]:
    return {
        "id": photo.pk,
        "caption": photo.caption,
        "credit": photo.credit,
        "alt": photo.alt,
        "thumbnail": reverse("desk:photo_thumbnail", args=[photo.pk]),
    }


@desk_view
def photo_rendition(request: DeskRequest, number: int, name: str) -> HttpResponseBase:
    """One rendition of a photo, to people of the desk."""
    rendition = get_object_or_404(Rendition, photo=number, name=name)
    response = FileResponse(rendition.file.open("rb"), content_type="image/webp")
    response["Cache-Control"] = f"private, max-age={KEEP_SECONDS}"
    return response


@desk_view
def photo_original(request: DeskRequest, number: int) -> HttpResponseBase:
    """The file as it was taken in, to those who may change the photo."""
    photo = get_object_or_404(Photo, pk=number)
    if not rules.can_edit_photo(request.user, photo):
        raise Http404
    name = f"{photo.pk}.{photo.format.lower()}"
    return FileResponse(photo.original.open("rb"), as_attachment=True, filename=name)
