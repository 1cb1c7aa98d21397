"""Handing a duty over: which, to whom, until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.deadlines import night_ends
from newsroom.inputs import moment_input
from newsroom.staff import rules
from newsroom.staff.models import RoleGrant, User


class HandoverForm(forms.Form):
    """Duties of the user's own, from now to the end of the night unless they say otherwise. Which, of several, they
    say; an only one is chosen.
    """

    grants = forms.ModelMultipleChoiceField(
        RoleGrant.objects.none(), label=_("Duties"), widget=forms.CheckboxSelectMultiple
    )
    receiver = forms.ModelChoiceField(User.objects.none(), label=pgettext_lazy("a duty", "To"))
    begins_at = forms.DateTimeField(label=pgettext_lazy("a duty", "From"))
    ends_at = forms.DateTimeField(label=pgettext_lazy("a duty", "Until"))

    def __init__(self, user: User, data: Any = None) -> None:
        now = timezone.now()
        times = {"begins_at": now, "ends_at": night_ends(now)}
        duties = rules.duties_of(user)
        super().__init__(data, initial={"grants": duties if len(duties) == 1 else [], **times})
        self.fields["grants"].queryset = duties  # type: ignore[attr-defined]
        others = User.objects.filter(is_active=True).exclude(pk=user.pk).order_by("name", "pk")
        self.fields["receiver"].queryset = others  # type: ignore[attr-defined]
        for name in times:
            self.fields[name].widget = moment_input()
