"""A person's notices: read, marked as read, and chosen."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.forms.parsing import whole_number
from articles.views.desk.access import DeskRequest, desk_view
from articles.views.desk.paging import PAGE_SIZE, page_of
from editions.whereabouts import address_of, readable_of, thing_of
from newsroom.staff import notices
from newsroom.staff.forms import NoticeChoicesForm
from newsroom.staff.models import Notice


@desk_view
def notice_list(request: DeskRequest) -> HttpResponse:
    """What this person was told: first the unread, then the rest, each newest first; with `unread`, those alone."""
    told = Notice.objects.shown_to(request.user)
    unread_only, older = "unread" in request.GET, request.GET.get("older", "")
    first = [] if unread_only or older else list(told.unread()[: PAGE_SIZE + 1])
    page = page_of(told.unread() if unread_only else told.filter(read_at__isnull=False), older, by=("id",))
    shown = [*first[:PAGE_SIZE], *page.items]
    readable = readable_of(request.user, map(thing_of, shown))
    context = {
        "rows": [(one, address_of(one, readable)) for one in shown],
        "page": page,
        "unread_only": unread_only,
        "more_unread": len(first) > PAGE_SIZE,
        "newest_unread": max((one.pk for one in shown if one.read_at is None), default=0),
    }
    return render(request, "desk/notices.html", context)


@desk_view
@require_POST
def notice_read(request: DeskRequest, number: int) -> HttpResponse:
    """Mark one notice as read; somebody else's stays as it is."""
    notices.read_one(number, request.user)
    return redirect("desk:notices")


@desk_view
@require_POST
def notices_read(request: DeskRequest) -> HttpResponse:
    """Mark as read everything up to the newest notice that was on the page."""
    notices.read_all(request.user, up_to=whole_number(request.POST.get("up_to", "")))
    return redirect("desk:notices")


@desk_view
def notice_choices(request: DeskRequest) -> HttpResponse:
    """Which kinds this person wants in the desk and by mail, and the language of their mails."""
    form = NoticeChoicesForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        notices.choose(request.user, form.choices(), language=form.cleaned_data["language"])
        messages.success(request, _("Your choices are kept."))
        return redirect("desk:notice_choices")
    context = {"form": form, "mails_go_out": settings.MAIL_IS_SET_UP}
    return render(request, "desk/notice_choices.html", context, status=422 if form.is_bound else 200)
