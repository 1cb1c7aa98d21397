"""What is chosen on a list of stories, and what is to be done to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.forms.parsing import one_line_end, whole_number
from articles.lists.bulk import Deed, Order, WayBack
from articles.models import Section
from articles.states import LONGEST_REASON, REASON_REQUIRED
from newsroom.inputs import moment_input

# As many as stand on one page of the list, and some more from another.
MOST_CHOSEN = 100
_FACT_IN: dict[str, str] = {Deed.SECTION: "section", Deed.EMBARGO: "moment", Deed.SCHEDULE: "moment"}


class BulkForm(forms.Form):
    """A deed with what it needs, the stories ticked to be done all the same (`knowingly`), and the times that stood at
    each where it sets one (`times`: `number:seen`). The stories chosen come beside it: `number:seen`, as the list
    showed them.
    """

    deed = forms.ChoiceField(choices=Deed.choices, label=_("What to do"))
    reason = forms.CharField(
        required=False, max_length=LONGEST_REASON, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3})
    )
    section = forms.ModelChoiceField(Section.objects.all(), required=False, label=_("Section"))
    moment = forms.DateTimeField(
        required=False,
        label=_("Time"),
        help_text=_("Left empty, the time is taken away."),
        widget=moment_input(),
    )

    def __init__(self, data: Any, *, is_open: bool) -> None:
        super().__init__(data)
        self.is_open = is_open
        self.knowingly = frozenset(map(whole_number, data.getlist("all_the_same")[:MOST_CHOSEN]))
        self.times = dict(_numbered(data.getlist("times")))
        wanted = _needed_by(self.data.get("deed", ""))
        for name in {"reason", "section", "moment"} - {wanted}:
            del self.fields[name]
        if wanted in {"reason", "section"}:
            self.fields[wanted].required = not is_open
            self.fields[wanted].widget.is_required = True

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that the deed needs beside its name."""
        return [self[name] for name in self.fields if name != "deed"]

    @property
    def chosen_deed(self) -> Deed | None:
        """What was asked for, None where that is no deed."""
        said = self.data.get("deed", "")
        return Deed(said) if said in Deed.values else None

    @property
    def sets_time(self) -> bool:
        """Whether a time of the stories is set: then those that stand are shown."""
        return "moment" in self.fields

    def open_order(self) -> Order:
        """The deed alone, before what it needs is known."""
        return Order(self.data["deed"], is_open=True)

    def order(self) -> Order:
        """What to do, as `bulk` takes it."""
        said = self.cleaned_data
        section = said.get("section")
        return Order(
            said["deed"],
            reason=one_line_end(said.get("reason", "")),
            section_id=section.pk if section else None,
            moment=said.get("moment"),
            knowingly=self.knowingly,
            times=self.times,
        )


def _needed_by(deed: str) -> str:
    """The field without which a deed says too little."""
    return "reason" if deed in REASON_REQUIRED else _FACT_IN.get(deed, "")


def stories_chosen(said: list[str]) -> dict[int, str]:
    """Number → what was seen of the story, of as many as may be chosen at once; what is neither is left out."""
    return {number: seen for number, seen in _numbered(said) if number and seen}


def _numbered(said: list[str]) -> Iterator[tuple[int, str]]:
    """What was seen of each of as many stories as may be chosen at once, with their numbers."""
    for token in said[:MOST_CHOSEN]:
        number, _colon, seen = token.partition(":")
        yield whole_number(number), seen


def ways_back(said: list[str]) -> list[WayBack]:
    """The ways back that the button for undoing carries."""
    parts = [token.split(":") for token in said[:MOST_CHOSEN] if token.count(":") == 2]
    return [WayBack(whole_number(number), seen, whole_number(section)) for number, seen, section in parts]
