"""One page of an edition: what lies on it, and a plain form for placing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.errors import Refusal
from articles.views.desk.access import DeskRequest, desk_view, sentences_of, status_of
from editions import placeable, placing, planning, rules
from editions.forms import PageForm, PlacingForm, RectangleForm
from editions.models import Page, Placement
from editions.rules import EditionVerb
from editions.views.desk.canvas_data import SHOWN_POOL
from editions.views.desk.maps import draw


@desk_view
def page(request: DeskRequest, number: int) -> HttpResponse:
    """The page drawn to scale, what can be placed on it, and its people."""
    return _show(request, _page(number))


@desk_view
@require_POST
def page_place(request: DeskRequest, number: int) -> HttpResponse:
    """Place a story or a picture."""
    shown = _page(number)
    form = PlacingForm(request.POST, pool=_pool(request, shown))
    return _carry_out(
        request,
        shown,
        form,
        lambda: placing.place_story(
            shown.pk, form.story(), form.rectangle(), photo_id=form.photo(), acting_user=request.user
        ),
        placing_form=form,
    )


@desk_view
@require_POST
def placement_move(request: DeskRequest, number: int) -> HttpResponse:
    """Move or resize what lies on a page."""
    placement = get_object_or_404(Placement, pk=number)
    form = RectangleForm(request.POST)
    return _carry_out(
        request,
        _page(placement.page_id),
        form,
        lambda: placing.move_placement(placement.pk, placement.page_id, form.rectangle(), acting_user=request.user),
        moving=(placement.pk, form),
    )


@desk_view
@require_POST
def placement_remove(request: DeskRequest, number: int) -> HttpResponse:
    """Take something off its page."""
    placement = get_object_or_404(Placement, pk=number)
    return _carry_out(
        request,
        _page(placement.page_id),
        None,
        lambda: placing.remove_placement(placement.pk, acting_user=request.user),
    )


@desk_view
@require_POST
def page_edit(request: DeskRequest, number: int) -> HttpResponse:
    """Change a page's label, name and people."""
    shown = _page(number)
    form = PageForm(request.POST)
    return _carry_out(
        request,
        shown,
        form,
        lambda: planning.edit_page(shown.pk, form.cleaned_data, acting_user=request.user),
        page_form=form,
    )


def _carry_out(
    request: DeskRequest, shown: Page, form: BaseForm | None, service: Callable[[], Any], **typed: Any
) -> HttpResponse:
    """Let the service do it and go back to the page; refused, show the page with what was typed."""
    if form is not None and not form.is_valid():
        return _show(request, shown, status=422, **typed)
    try:
        service()
    except (Refusal, ValidationError) as refused:
        for sentence in sentences_of(refused):
            messages.error(request, sentence)
        return _show(request, shown, status=status_of(refused), **typed)
    messages.success(request, _("Page %(page)s is changed.") % {"page": shown.label})
    return redirect(shown)


def _page(number: int) -> Page:
    pages = Page.objects.select_related("template", "edition", "responsible_editor", "designer", "proofreader")
    return get_object_or_404(pages.prefetch_related("placements__article", "placements__photo"), pk=number)


def _pool(request: DeskRequest, shown: Page) -> Any:
    return placeable.pool_for(shown.edition, request.user)[:SHOWN_POOL]


def _show(
    request: DeskRequest,
    shown: Page,
    *,
    status: int = 200,
    placing_form: PlacingForm | None = None,
    page_form: PageForm | None = None,
    moving: tuple[int, RectangleForm] | None = None,
) -> HttpResponse:
    is_open, user = shown.edition.is_open, request.user
    context = {
        "page": shown,
        "edition": shown.edition,
        "map": draw(shown),
        "siblings": shown.edition.pages.all(),
        "may_read": rules.can(user, EditionVerb.READ),
        "may_lay_out": is_open and rules.can(user, EditionVerb.LAY_OUT),
        "may_change": is_open and rules.can(user, EditionVerb.CHANGE),
        "rows": [(placement, _moving_form(placement, moving)) for placement in shown.placements.all()],
        "placing_form": placing_form or PlacingForm(pool=_pool(request, shown)),
        "page_form": page_form or PageForm(instance=shown),
    }
    return render(request, "desk/page.html", context, status=status)


def _moving_form(placement: Placement, moving: tuple[int, RectangleForm] | None) -> RectangleForm:
    if moving and moving[0] == placement.pk:
        return moving[1]
    return RectangleForm(initial=placement.rectangle._asdict(), auto_id=f"id_{placement.pk}_%s")
