"""Days and moments as the desk's forms ask for them: the browser's own pickers, whatever the language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _


class RangesForm(forms.Form):
    """A form in which days belong together, the first and the last of each of `ranges`: a last one before its first
    is refused.
    """

    ranges: ClassVar[Sequence[tuple[str, str]]] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for first, last in self.ranges:
            if cleaned.get(first) and cleaned.get(last) and cleaned[last] < cleaned[first]:
                self.add_error(last, _("The last day lies before the first."))
        return cleaned


def day_input() -> forms.DateInput:
    """A picker of a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def moment_input() -> forms.DateTimeInput:
    """A picker of a moment, to the minute, in the newsroom's time."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
