"""What is sent in about topics and assignments."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import model_to_dict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.coverage_states import ANSWERS, TopicVerb
from articles.errors import Refusal, Stale
from articles.forms.parsing import one_line_end
from articles.models import Assignment, Topic
from articles.plan.coverage import open_to
from articles.plan.coverage_rules import people_to_send
from articles.plan.topics import LONGEST_REASON
from newsroom.inputs import day_input, moment_input
from newsroom.staff.models import User
from newsroom.wording import comma_list

_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class _HiddenTime(forms.TimeInput):
    """To the minute, as the field that is seen shows it."""

    input_type = "hidden"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format=_TIME.format)


_PAGE = re.compile(r"^(?:第|page )\s*(.+?)\s*版?$", re.IGNORECASE)


class TopicForm(forms.ModelForm):
    """A topic as it is proposed or changed; `initial` is what stands.

    An edition before the first day is asked about once: it is right for a preview, and a mistake otherwise. What was
    shown is sent back beside what was typed, so that what two people changed can be told apart.
    """

    is_preview = forms.BooleanField(required=False, label=_("It is a preview."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._meta.fields or ():
            self.fields[name].show_hidden_initial = True
        for name in ("starts_at", "ends_at"):
            self.fields[name].hidden_widget = _HiddenTime

    class Meta:
        model = Topic
        fields = [
            "title",
            "kind",
            "section",
            "about",
            "place",
            "day",
            "last_day",
            "starts_at",
            "ends_at",
            "wants_text",
            "photos_wanted",
            "expected_characters",
            "edition_day",
            "page_label",
        ]
        widgets = {
            "about": forms.Textarea(attrs={"rows": 6}),
            **dict.fromkeys(("day", "last_day", "edition_day"), day_input()),
            **dict.fromkeys(("starts_at", "ends_at"), _TIME),
        }

    @property
    def asks_about_preview(self) -> bool:
        """Whether what was sent needs that tick, or has it."""
        return self.is_bound and (self.has_error("edition_day", "before") or bool(self["is_preview"].data))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_preview = cleaned.pop("is_preview", False)
        day, edition_day = cleaned.get("day"), cleaned.get("edition_day")
        stood = (self.initial.get("day"), self.initial.get("edition_day"))
        if day and edition_day and edition_day < day and not is_preview and (day, edition_day) != stood:
            words = _("The edition comes out before this begins. Is it a preview? Then say so below.")
            self.add_error("edition_day", ValidationError(words, code="before"))
        return cleaned

    def show_standing(self, topic: Topic, refused: Stale) -> None:
        """Show what somebody else changed since the form was shown: in the fields that nobody touched here; beside
        those that were touched, what stands there by now. The next save has seen both.
        """
        data, standing, taken_over = dict(self.data.items()), model_to_dict(topic), []
        self.add_error(None, str(refused))
        for name in self._changed_since(standing):
            shown = self.fields[name].hidden_widget().format_value(standing[name]) or ""
            data[self.add_initial_prefix(name)] = shown
            if name in self.changed_data and self._differs(name, standing, self.add_prefix(name)):
                said = gettext("Meanwhile this was changed to “%(text)s”. Save again to put yours in its place.")
                self.add_error(name, said % {"text": _in_words(topic, name, shown)})
            elif name not in self.changed_data:
                data[self.add_prefix(name)] = shown
                taken_over.append(str(self.fields[name].label))
        if taken_over:
            words = gettext("Taken over into this form: %(fields)s.")
            self.add_error(None, words % {"fields": comma_list(taken_over)})
        self.data = data

    def _changed_since(self, standing: dict[str, Any]) -> list[str]:
        """The fields in which something else stands than was shown."""
        names = self._meta.fields or ()
        return [name for name in names if self._differs(name, standing, self.add_initial_prefix(name))]

    def _differs(self, name: str, standing: dict[str, Any], sent_as: str) -> bool:
        sent = self.data.get(sent_as)
        return self.fields[name].has_changed(standing[name], one_line_end(sent) if sent else sent)

    def clean_about(self) -> str:
        """Lines end in one way, or each save would be a change."""
        return one_line_end(self.cleaned_data["about"])

    def clean_page_label(self) -> str:
        """The label alone, however a page is called: 第2版 and page 2 are 2."""
        return _PAGE.sub(r"\1", self.cleaned_data["page_label"])


def _in_words(topic: Topic, name: str, shown: str) -> str:
    """What stands in a field of the topic, as a person reads it."""
    if name == "section":
        return str(topic.section)
    return topic.get_kind_display() if name == "kind" else shown


class AssignForm(forms.ModelForm):
    """Who is sent, for what, until when."""

    class Meta:
        model = Assignment
        fields = ["person", "kind", "due_at", "note"]
        widgets = {
            "due_at": moment_input(),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_to_send()  # type: ignore[attr-defined]

    def clean_note(self) -> str:
        return one_line_end(self.cleaned_data["note"])


class TieForm(forms.Form):
    """Which of somebody's accepted assignments a story counts for."""

    assignment = forms.ModelChoiceField(Assignment.objects.none(), label=_("Assignment"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = open_to(user, timezone.now())  # type: ignore[attr-defined]


class SeenForm(forms.Form):
    """What was before somebody's eyes: the version of the topic."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class MoveForm(SeenForm):
    """To another day."""

    day = forms.DateField(label=_("To the day"), widget=day_input())


class DueForm(SeenForm):
    """Another time at which an assignment is due."""

    due_at = forms.DateTimeField(label=capfirst(_("due")), widget=moment_input())


class DecideForm(SeenForm):
    """A verb said to a topic."""

    verb = forms.ChoiceField(choices=TopicVerb.choices)
    reason = forms.CharField(required=False, max_length=LONGEST_REASON, label=_("Reason"))


class AnswerForm(SeenForm):
    """A verb said to an assignment."""

    verb = forms.ChoiceField(choices=[(verb.value, verb.label) for verb in ANSWERS])
    reason = forms.CharField(required=False, max_length=LONGEST_REASON, label=_("Reason"))


def show_refusal(form: forms.Form | forms.ModelForm, refused: Refusal | ValidationError) -> None:
    """Put what a service refused under its fields, or above the form."""
    if isinstance(refused, ValidationError) and hasattr(refused, "error_dict"):
        for field, errors in refused.error_dict.items():
            form.add_error(field if field in form.fields else None, errors)
    else:
        form.add_error(None, refused.messages if isinstance(refused, ValidationError) else str(refused))
