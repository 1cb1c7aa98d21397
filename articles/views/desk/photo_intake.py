"""Taking photos in: several files at once with a form, one a request from a script that shows how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import rules
from articles.errors import NotAllowed
from articles.photos.intake import TakenIn, take_in
from articles.views.desk.access import DeskRequest, desk_view, said_of
from articles.views.desk.photos import as_data
from newsroom.answering import wants_json


@desk_view
def photo_add(request: DeskRequest) -> HttpResponseBase:
    """Take several files in; each is accepted or refused by itself. Answers a script with what it may show.

    With `ask`, what looks like a photo that is here already is named and not taken in.
    """
    if not rules.can_file(request.user):
        messages.error(request, str(NotAllowed()))
        return redirect("desk:photos")
    if request.method != "POST":
        return _show_form(request, ask=True)
    ask = "ask" in request.POST
    files = take_in(request.FILES.getlist("photos"), ask=ask, acting_user=request.user)
    problems = [] if files else [_("Choose at least one file.")]
    if wants_json(request):
        return JsonResponse(_said(files, problems), status=_status(files))
    if _status(files) != 200:
        return _show_form(request, ask=ask, files=files, problems=problems, status=_status(files))
    _tell_done(request, files)
    return redirect("desk:photos")


def _show_form(
    request: DeskRequest, *, ask: bool, files: Sequence[TakenIn] = (), problems: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    added = sum(file.photo is not None for file in files)
    context = {"ask": ask, "files": files, "added": added, "problems": problems}
    return render(request, "desk/photo_add.html", context, status=status)


def _status(files: Sequence[TakenIn]) -> int:
    """422 where there is no file or one that cannot be taken in, 409 where one is here already."""
    if not files or any(file.refusals for file in files):
        return 422
    return 409 if any(file.alike for file in files) else 200


def _tell_done(request: DeskRequest, files: Sequence[TakenIn]) -> None:
    words = ngettext("%(count)s photo is in the photo desk.", "%(count)s photos are in the photo desk.", len(files))
    messages.success(request, words % {"count": len(files)})
    for file in files:
        if file.notice:
            messages.warning(request, said_of(file.name, file.notice))


def _said(files: Sequence[TakenIn], problems: list[str]) -> dict[str, object]:
    return {
        "photos": [as_data(file.photo) for file in files if file.photo],
        "problems": problems + [problem for file in files for problem in file.problems],
        "refusals": problems + [refusal for file in files for refusal in file.refusals],
        "no_pictures": [file.name for file in files if file.is_final],
        "alike": [
            {"file": file.name, "sentence": str(file.alike), "photos": [as_data(photo) for photo in file.alike.photos]}
            for file in files
            if file.alike
        ],
    }
