"""A person's own calendar: the secret addresses to subscribe to, renewed and ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.views.desk.access import DeskRequest, desk_view
from newsroom.staff.subscriptions import end_address, renew_address, secret_of

KINDS = {"assignments": gettext_lazy("My assignments"), "plan": gettext_lazy("The plan, as far as I may read it")}


@desk_view
@never_cache
def subscriptions(request: DeskRequest) -> HttpResponse:
    """The addresses of my calendar, in the language of the page, and as a device's own calendar opens them."""
    secret = secret_of(request.user)
    addresses = [(kind, label, _address(request, kind, secret)) for kind, label in KINDS.items()] if secret else []
    rows = [(*row, f"webcal:{row[-1].partition(':')[2]}") for row in addresses]
    return render(request, "desk/subscriptions.html", {"rows": rows})


@desk_view
@require_POST
def subscriptions_renew(request: DeskRequest) -> HttpResponse:
    """Make an address, or another one in place of the last."""
    had_one = request.user.calendar_seed is not None
    renew_address(acting_user=request.user)
    told = (
        _("The addresses are new; those before them lead nowhere any more.")
        if had_one
        else _("Your calendar has its addresses now.")
    )
    messages.success(request, told)
    return redirect("desk:subscriptions")


@desk_view
@require_POST
def subscriptions_stop(request: DeskRequest) -> HttpResponse:
    """Let the addresses lead nowhere."""
    end_address(request.user, acting_user=request.user)
    messages.success(request, _("The addresses lead nowhere any more."))
    return redirect("desk:subscriptions")


def _address(request: DeskRequest, kind: str, secret: str) -> str:
    return request.build_absolute_uri(reverse(f"subscriptions:{kind}", args=[request.user.pk, secret]))
