"""A photo's files for people of the desk: no reader is served from here."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header

from articles import rules
from articles.models import Photo, Rendition
from articles.photos.keeping import crop_of
from articles.photos.words import with_its_words
from articles.pictures import crops
from articles.views.desk.access import DeskRequest, desk_view, sentences_of

# A rendition never changes, but whoever signs out of a shared machine should not leave it behind for long.
KEEP_SECONDS = 3600


@desk_view
def photo_rendition(request: DeskRequest, number: int, name: str) -> HttpResponseBase:
    """One rendition of a photo, to people of the desk."""
    rendition = get_object_or_404(Rendition, photo=number, name=name)
    response = FileResponse(rendition.file.open("rb"), content_type="image/webp")
    response["Cache-Control"] = f"private, max-age={KEEP_SECONDS}"
    return response


@desk_view
def photo_crop(request: DeskRequest, number: int, ratio: str) -> HttpResponseBase:
    """A photo in one of the house's ratios, as a JPEG to download."""
    if ratio not in crops.RATIOS:
        raise Http404
    photo = get_object_or_404(Photo, pk=number)
    return _download(crop_of(photo, ratio), f"{photo.pk}-{ratio}.jpeg")


@desk_view
def photo_original(request: DeskRequest, number: int) -> HttpResponseBase:
    """The file as it was taken in, to those who may change the photo."""
    photo = _keepers_photo(request, number)
    name = f"{photo.pk}.{photo.format.lower()}"
    return FileResponse(photo.original.open("rb"), as_attachment=True, filename=name)


@desk_view
def photo_captioned(request: DeskRequest, number: int) -> HttpResponseBase:
    """The original with what the desk says of it written into the file, to those who may change the photo; where
    it was taken goes along only if `position` asks for it.
    """
    photo = _keepers_photo(request, number)
    try:
        data = with_its_words(photo, keep_position="position" in request.GET)
    except ValidationError as refused:
        return render(request, "desk/photo_unwritten.html", {"photo": photo, "why": sentences_of(refused)}, status=422)
    return _download(data, f"{photo.pk}.jpeg")


def _keepers_photo(request: DeskRequest, number: int) -> Photo:
    """The photo, if this person may have its original; for others there is none."""
    photo = get_object_or_404(Photo, pk=number)
    if not rules.can_edit_photo(request.user, photo):
        raise Http404
    return photo


def _download(data: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(data, content_type="image/jpeg", headers={"Content-Disposition": disposition})
