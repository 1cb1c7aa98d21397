"""Taking photos in: several files at once with a form, one a request from a script that shows how far it is."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import rules
from articles.errors import NotAllowed, Refusal
from articles.models import Photo
from articles.photos import keeping
from articles.photos.alike import LooksLike
from articles.views.desk.access import DeskRequest, desk_view, said_of, sentences_of
from articles.views.desk.photos import as_data
from newsroom.answering import wants_json


class TakenIn(NamedTuple):
    """What became of the files: photos; sentences about files that are none; files that look like photos which
    are here already, each with those; the names of those that are refused however often they are sent.
    """

    added: list[Photo]
    problems: list[str]
    alike: list[tuple[str, LooksLike]]
    no_pictures: list[str]

    @property
    def status(self) -> int:
        return 422 if self.problems else 409 if self.alike else 200


@desk_view
def photo_add(request: DeskRequest) -> HttpResponseBase:
    """Take several files in; each is accepted or refused by itself. Answers a script with what it may show.

    With `ask`, what looks like a photo that is here already is named and not taken in.
    """
    if not rules.can_file(request.user):
        messages.error(request, str(NotAllowed()))
        return redirect("desk:photos")
    if request.method != "POST":
        return render(request, "desk/photo_add.html", {"ask": True})
    done = take_in(request, ask="ask" in request.POST)
    if not request.FILES.getlist("photos"):
        done.problems.append(_("Choose at least one file."))
    if wants_json(request):
        return JsonResponse(_said(done), status=done.status)
    return _show_done(request, done)


def _show_done(request: DeskRequest, done: TakenIn) -> HttpResponse:
    if done.status != 200:
        context = {"done": done, "ask": "ask" in request.POST}
        return render(request, "desk/photo_add.html", context, status=done.status)
    words = ngettext(
        "%(count)s photo is in the photo desk.", "%(count)s photos are in the photo desk.", len(done.added)
    )
    messages.success(request, words % {"count": len(done.added)})
    return redirect("desk:photos")


def take_in(request: DeskRequest, *, ask: bool) -> TakenIn:
    """Take in the files sent as `photos`, each by itself; with `ask`, none that is here already."""
    done = TakenIn([], [], [], [])
    for upload in request.FILES.getlist("photos"):
        try:
            done.added.append(keeping.add_photo(upload, unless_alike=ask, acting_user=request.user))
        except LooksLike as refused:
            done.alike.append((upload.name or "", refused))
        except (Refusal, ValidationError) as refused:
            done.problems.extend(said_of(upload.name, sentence) for sentence in sentences_of(refused))
            if isinstance(refused, ValidationError) and not keeping.may_come_whole(refused):
                done.no_pictures.append(upload.name or "")
    return done


def _said(done: TakenIn) -> dict[str, object]:
    return {
        "photos": [as_data(photo) for photo in done.added],
        "problems": done.problems,
        "no_pictures": done.no_pictures,
        "alike": [
            {"file": name, "sentence": str(looks), "photos": [as_data(photo) for photo in looks.photos]}
            for name, looks in done.alike
        ],
    }
