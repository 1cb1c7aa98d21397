"""Days and moments as the desk's forms ask for them: the browser's own pickers, whatever the language."""

from __future__ import annotations

from django import forms


def day_input() -> forms.DateInput:
    """A picker of a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def moment_input() -> forms.DateTimeInput:
    """A picker of a moment, to the minute, in the newsroom's time."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
