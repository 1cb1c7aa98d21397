"""Handing one's duty over for a night, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.forms.coverage import show_refusal
from articles.forms.duty import HandoverForm
from articles.views.desk.access import DeskRequest, desk_view
from newsroom.staff import handovers
from newsroom.staff.models import Handover


@desk_view
def duty(request: DeskRequest) -> HttpResponse:
    """What I have handed over, what was handed over to me, and a form for the next."""
    if request.method != "POST":
        return _show(request, HandoverForm(request.user), 200)
    form = HandoverForm(request.user, request.POST)
    if not form.is_valid():
        return _show(request, form, 422)
    said = form.cleaned_data
    try:
        made = handovers.hand_over(
            [grant.pk for grant in said["grants"]],
            said["receiver"].pk,
            begins_at=said["begins_at"],
            ends_at=said["ends_at"],
            acting_user=request.user,
        )
    except ValidationError as refused:
        show_refusal(form, refused)
        return _show(request, form, 422)
    report = ngettext("%(count)s duty is handed over.", "%(count)s duties are handed over.", len(made.handovers))
    messages.success(request, report % {"count": len(made.handovers)})
    return redirect("desk:duty")


@desk_view
@require_POST
def duty_back(request: DeskRequest, number: int) -> HttpResponse:
    """Take back what was handed over with that handover."""
    handover = get_object_or_404(Handover.objects.filter(giver=request.user), pk=number)
    ended = handovers.take_back(handover.pk, acting_user=request.user)
    messages.success(request, _("Taken back: %(duty)s.") % {"duty": ended})
    return redirect("desk:duty")


def _show(request: DeskRequest, form: HandoverForm, status: int) -> HttpResponse:
    context = {"form": form, "stand_ins": handovers.concerning(request.user, timezone.now())}
    return render(request, "desk/duty.html", context, status=status)
