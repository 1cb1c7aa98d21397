"""Editions on the desk: the list, opening one, and what is in the way of publishing it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.errors import NotAllowed, Refusal
from articles.forms.parsing import whole_number
from articles.models import Title
from articles.views.desk.access import DeskRequest, desk_view, sentences_of, status_of
from articles.views.desk.paging import page_of
from editions import planning, rules
from editions.forms import EditionForm, PagePlanForm, ReleaseForm
from editions.models import Edition, EditionState, Page
from editions.planning import PagePlan
from editions.publishing import awaits_press, problems_of, publish_edition, remarked_on
from editions.readiness import PageStanding, standings_of
from editions.rules import EditionVerb
from editions.typesetting import TypesettingFailed
from editions.views.desk.maps import PageMap, page_maps


@desk_view
def edition_list(request: DeskRequest) -> HttpResponse:
    """Every edition, the newest first."""
    editions = Edition.objects.prefetch_related("pages")
    page = page_of(editions, request.GET.get("older", ""), by=("date", "extra_number", "id"))
    context = {"page": page, "may_open": rules.can(request.user, EditionVerb.OPEN)}
    return render(request, "desk/editions.html", context)


@desk_view
def edition_new(request: DeskRequest) -> HttpResponse:
    """Open an edition with its pages."""
    if not rules.can(request.user, EditionVerb.OPEN):
        messages.error(request, str(NotAllowed()))
        return redirect("desk:editions")
    form = EditionForm(request.POST or None, initial=_next_edition())
    if request.method != "POST":
        return render(request, "desk/edition_new.html", {"form": form})
    if form.is_valid():
        try:
            return redirect(planning.open_edition(**form.cleaned_data, acting_user=request.user))
        except (Refusal, ValidationError) as refused:
            form.add_error(None, sentences_of(refused))
    return render(request, "desk/edition_new.html", {"form": form}, status=422)


def _next_edition() -> dict[str, Any]:
    """What the next edition will most likely be: of the day after the last one, tomorrow's at the earliest, with the
    number that follows.
    """
    last = Edition.objects.aggregate(date=Max("date"))["date"]
    day = max(timezone.localdate(), last or datetime.date.min)
    if day < datetime.date.max:
        day += datetime.timedelta(days=1)
    return {"date": day, "series_number": planning.next_series_number(get_object_or_404(Title))}


@desk_view
def edition(request: DeskRequest, number: int) -> HttpResponse:
    """One edition: its pages as small maps, what is in the way, and its release."""
    return _show(request, get_object_or_404(Edition, pk=number), None, 200)


@desk_view
@require_POST
def edition_release(request: DeskRequest, number: int) -> HttpResponse:
    """Set or clear the minute of release."""
    shown = get_object_or_404(Edition, pk=number)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _show(request, shown, form, 422)
    minute, seen = form.cleaned_data["release_at"], form.cleaned_data["seen"]
    try:
        planning.set_release(shown.pk, minute, acting_user=request.user, seen=seen)
    except (Refusal, ValidationError) as refused:
        messages.error(request, " ".join(sentences_of(refused)))
        return _show(request, get_object_or_404(Edition, pk=number), form, status_of(refused))
    messages.success(request, _("The minute of release is set."))
    return redirect(shown)


@desk_view
@require_POST
def edition_publish(request: DeskRequest, number: int) -> HttpResponse:
    """Publish the whole edition, or say what is in the way."""
    shown = get_object_or_404(Edition, pk=number)
    try:
        publish_edition(shown.pk, acting_user=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
        return _show(request, shown, None, status_of(refused))
    messages.success(request, _("The edition of %(date)s is published.") % {"date": shown})
    return redirect(shown)


@desk_view
@require_POST
def page_add(request: DeskRequest, number: int) -> HttpResponse:
    """Add a page after the last one."""
    shown = get_object_or_404(Edition, pk=number)
    form = PagePlanForm(request.POST)
    if form.is_valid():
        try:
            return redirect(planning.add_page(shown.pk, PagePlan(**form.cleaned_data), acting_user=request.user))
        except (Refusal, ValidationError) as refused:
            form.add_error(None, sentences_of(refused))
    return _show(request, shown, None, 422, adding=form)


@desk_view
@require_POST
def edition_order(request: DeskRequest, number: int) -> HttpResponse:
    """Put the pages into the order of `page`, their numbers."""
    shown = get_object_or_404(Edition, pk=number)
    try:
        order = [whole_number(page) for page in request.POST.getlist("page")]
        planning.order_pages(shown.pk, order, acting_user=request.user)
    except (Refusal, ValidationError) as refused:
        messages.error(request, " ".join(sentences_of(refused)))
        return _show(request, shown, None, status_of(refused))
    return redirect(shown)


def _one_place_forward(pages: list[Page]) -> list[tuple[Page, list[int]]]:
    """Every page with the order in which it stands one place further forward; the first has none."""
    numbers = [page.pk for page in pages]
    swapped = [[*numbers[: n - 1], numbers[n], numbers[n - 1], *numbers[n + 1 :]] for n in range(1, len(numbers))]
    return list(zip(pages, [[], *swapped], strict=True))


def _plan(shown: Edition) -> list[tuple[PageMap, PageStanding | None]]:
    """The pages as drawings with how far each is; that is left out where they cannot be set."""
    try:
        standings = standings_of(shown) if shown.is_open else {}
    except TypesettingFailed:
        standings = {}
    return [(drawn, standings.get(drawn.page.pk)) for drawn in page_maps(shown)]


def _show(
    request: DeskRequest,
    shown: Edition,
    release: ReleaseForm | None,
    status: int,
    *,
    adding: PagePlanForm | None = None,
) -> HttpResponse:
    user = request.user
    unpublished = shown.state != EditionState.PUBLISHED
    may_change = shown.is_open and rules.can(user, EditionVerb.CHANGE)
    may_read, awaiting = rules.can(user, EditionVerb.READ), awaits_press(shown)
    context = {
        "add_form": (adding or PagePlanForm()) if may_change else None,
        "forward": _one_place_forward(list(shown.pages.all())) if may_change else [],
        "edition": shown,
        "plan": _plan(shown),
        "unpublished": unpublished,
        "may_read": may_read,
        "awaits_press": awaiting,
        "leads_to_press": may_read and bool(shown.pressed_at or awaiting),
        "problems": problems_of(shown, timezone.now()) if unpublished else [],
        "remarked": remarked_on(shown) if unpublished else [],
        "release_form": release or ReleaseForm(instance=shown),
        "may_publish": unpublished and rules.can(user, EditionVerb.PUBLISH),
    }
    return render(request, "desk/edition.html", context, status=status)
