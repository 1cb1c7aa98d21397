"""Handing a duty over: which, to whom, until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.deadlines import night_ends
from newsroom.inputs import moment_input
from newsroom.staff import rules
from newsroom.staff.models import RoleGrant, User


class StandInField(forms.ModelChoiceField):
    """Somebody to whom a duty can go, with what they are: of several duties not each can go to everybody."""

    def label_from_instance(self, obj: Model) -> str:
        """A name with the roles held, whatever the section."""
        roles = dict.fromkeys(str(grant.get_role_display()) for grant in obj.role_grants.all())  # type: ignore[attr-defined]
        return _("%(name)s (%(roles)s)") % {"name": obj, "roles": " · ".join(roles)}


class HandoverForm(forms.Form):
    """Duties of the user's own, from now to the end of the night unless they say otherwise. Which, of several, they
    say; an only one is chosen.
    """

    grants = forms.ModelMultipleChoiceField(
        RoleGrant.objects.none(), label=gettext_lazy("Duties"), widget=forms.CheckboxSelectMultiple
    )
    receiver = StandInField(
        User.objects.none(),
        label=pgettext_lazy("a duty", "To"),
        help_text=gettext_lazy(
            "A step of the review goes to somebody who signs the same step or a later one, the last step to a desk "
            "chief too."
        ),
        error_messages={"invalid_choice": gettext_lazy("This person cannot stand in for you: choose from the list.")},
    )
    begins_at = forms.DateTimeField(label=pgettext_lazy("a duty", "From"))
    ends_at = forms.DateTimeField(label=pgettext_lazy("a duty", "Until"))

    def __init__(self, user: User, data: Any = None) -> None:
        now = timezone.now()
        times = {"begins_at": now, "ends_at": night_ends(now)}
        duties = rules.duties_of(user)
        super().__init__(data, initial={"grants": duties if len(duties) == 1 else [], **times})
        self.fields["grants"].queryset = duties  # type: ignore[attr-defined]
        # A set: there is no standing in for nothing.
        others = rules.stand_ins({grant.role for grant in duties}).exclude(pk=user.pk).order_by("name", "pk")
        self.fields["receiver"].queryset = others.prefetch_related("role_grants__section")  # type: ignore[attr-defined]
        for name in times:
            self.fields[name].widget = moment_input()
