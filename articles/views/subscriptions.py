"""Calendars that other programs subscribe to, by a secret address in place of a sign-in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles import rules
from articles.plan.subscriptions import Addressing, assignments_calendar, plan_calendar
from newsroom.staff import subscriptions
from newsroom.staff.models import User


@require_safe
@cache_control(private=True, no_store=True)
def assignments(request: HttpRequest, number: int, secret: str) -> HttpResponse:
    """Somebody's own assignments."""
    return _calendar(request, number, secret, assignments_calendar)


@require_safe
@cache_control(private=True, no_store=True)
def plan(request: HttpRequest, number: int, secret: str) -> HttpResponse:
    """What of the plan somebody may read."""
    return _calendar(request, number, secret, plan_calendar)


def _calendar(
    request: HttpRequest, number: int, secret: str, write: Callable[[User, Addressing], bytes]
) -> HttpResponse:
    """The calendar of whoever the secret belongs to. For who has left, or enters the desk no more, there is none."""
    user = subscriptions.holder_of(number, secret)
    if user is None or not rules.can_enter_desk(user):
        raise Http404
    written = write(user, request.build_absolute_uri)
    return HttpResponse(written, content_type="text/calendar; charset=utf-8", headers={"X-Robots-Tag": "noindex"})
