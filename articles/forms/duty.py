"""Handing a duty over: which, to whom, until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.deadlines import night_ends
from newsroom.staff import rules
from newsroom.staff.models import RoleGrant, User


class HandoverForm(forms.Form):
    """One duty of the user's own, from now to the end of the night unless they say otherwise."""

    grant = forms.ModelChoiceField(RoleGrant.objects.none(), label=_("Duty"), empty_label=None)
    receiver = forms.ModelChoiceField(User.objects.none(), label=pgettext_lazy("a duty", "To"))
    begins_at = forms.DateTimeField(label=pgettext_lazy("a duty", "From"))
    ends_at = forms.DateTimeField(label=pgettext_lazy("a duty", "Until"))

    def __init__(self, user: User, data: Any = None) -> None:
        now = timezone.now()
        times = {"begins_at": now, "ends_at": night_ends(now)}
        super().__init__(data, initial=times)
        self.fields["grant"].queryset = rules.duties_of(user)  # type: ignore[attr-defined]
        others = User.objects.filter(is_active=True).exclude(pk=user.pk).order_by("name", "pk")
        self.fields["receiver"].queryset = others  # type: ignore[attr-defined]
        for name in times:
            self.fields[name].widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
