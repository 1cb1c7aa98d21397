"""The page as the canvas asks for it and changes it: JSON, the typeset picture and the PDF."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.errors import NotAllowed, Refusal
from articles.views.desk.access import DeskRequest, Refused, desk_view, sentences_of, status_of
from editions import arranging, placing, presence, typesetting
from editions.arrangement import BadArrangement, Fields
from editions.arranging import StaleLayout
from editions.models import Page
from editions.views.desk.access import page_or_404
from editions.views.desk.canvas_data import canvas_data, digest_of, pages_for_canvas, present_data

# A page of the longest headlines and captions that can be said of a hundred stories.
MOST_BYTES = 1_000_000
MOST_VERSIONS = 2**31 - 1
# What a thumbnail, the canvas and a large screen ask for, in pixels.
PICTURE_WIDTHS = {"320": 320, "1000": 1000, "1600": 1600}
USUAL_WIDTH = 1000


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def page_layout(request: DeskRequest, number: int) -> HttpResponseBase:
    """The page with all that the canvas shows; posted, a whole arrangement of it."""
    if request.method == "POST":
        return _carry_out(request, number, lambda page: _arrange(request, page))
    return _answer(request, number)


@desk_view
@require_POST
def page_continue(request: DeskRequest, number: int) -> HttpResponseBase:
    """Let a story go on on another page."""
    return _carry_out(request, number, lambda page: placing.continue_story(page.pk, **_to(request)))


@desk_view
@require_POST
def page_send(request: DeskRequest, number: int) -> HttpResponseBase:
    """Send all of a story to another page."""
    return _carry_out(request, number, lambda page: placing.send_story(page.pk, **_to(request)))


@desk_view
@require_POST
def page_present(request: DeskRequest, number: int) -> HttpResponseBase:
    """Hear that this person has the page open, and say who else has and which version stands."""
    page = page_or_404(request.user, number)
    try:
        presence.note_presence(page.pk, acting_user=request.user)
    except NotAllowed as refused:
        return refuse(refused)
    return JsonResponse({"version": page.layout_version, "present": present_data(page, request.user)})


@desk_view
@require_GET
def page_picture(request: DeskRequest, number: int) -> HttpResponseBase:
    """The typeset picture of the page as it stands."""
    page = page_or_404(request.user, number)
    width = PICTURE_WIDTHS.get(request.GET.get("width", ""), USUAL_WIDTH)
    try:
        layout = typesetting.layout_of(page)
        etag = f'"{digest_of(layout)}-{width}"'
        response = get_conditional_response(request, etag=etag)
        if response is None:
            response = HttpResponse(typesetting.picture_of(layout, width=width), content_type="image/png")
    except typesetting.TypesettingFailed as failed:
        return refuse(failed)
    response["ETag"], response["Cache-Control"] = etag, "no-cache"
    return response


@desk_view
@require_GET
def page_pdf(request: DeskRequest, number: int) -> HttpResponseBase:
    """The reader's PDF of the page as it stands."""
    page = page_or_404(request.user, number)
    try:
        data = typesetting.reader_pdf([typesetting.layout_of(page)])
    except typesetting.TypesettingFailed as failed:
        return refuse(failed)
    name = f"{page.edition.date.isoformat()}-{page.order:02}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _carry_out(request: DeskRequest, number: int, service: Callable[[Page], Any]) -> HttpResponse:
    """Let the service do it and answer with the page as it stands then, or with why not."""
    page = page_or_404(request.user, number)
    try:
        service(page)
    except StaleLayout as stale:
        theirs = canvas_data(page_or_404(request.user, number, pages_for_canvas()), request.user)
        yours = json.loads(request.body)["arrangement"]
        return JsonResponse({"sentence": str(stale), "yours": yours, "theirs": theirs, "by": stale.by}, status=409)
    except (Refusal, ValidationError) as refused:
        return refuse(refused)
    return _answer(request, number)


def _arrange(request: DeskRequest, page: Page) -> Page:
    body = body_of(request)
    based_on = body.number("based_on", 0, MOST_VERSIONS)
    return arranging.arrange_page(page.pk, body.any("arrangement"), based_on=based_on, acting_user=request.user)


def _to(request: DeskRequest) -> dict[str, Any]:
    body = body_of(request)
    return {
        "article_id": body.row_number("article"),
        "to_page_id": body.row_number("to"),
        "acting_user": request.user,
    }


def body_of(request: HttpRequest) -> Fields:
    """What was sent, of a size that a page can have. Raises BadArrangement."""
    if request.content_type != "application/json":
        raise BadArrangement(_("This is no JSON."))
    try:
        return Fields(json.loads(_bounded(request)))
    except (ValueError, RecursionError) as error:
        raise BadArrangement(_("This is no JSON.")) from error


def _bounded(request: HttpRequest) -> bytes:
    try:
        data = request.body
    except RequestDataTooBig:
        data = None
    if data is None or len(data) > MOST_BYTES:
        raise BadArrangement(_("That is more than a page holds."))
    return data


def _answer(request: DeskRequest, number: int) -> HttpResponse:
    return JsonResponse(canvas_data(page_or_404(request.user, number, pages_for_canvas()), request.user))


def refuse(refused: Refused) -> JsonResponse:
    return JsonResponse({"sentences": sentences_of(refused)}, status=status_of(refused))
