"""A story's fields, and the two small forms beside them: saying a verb, setting the times."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

from articles.content import DESK_FIELDS, SIGNED_FIELDS
from articles.forms.parsing import one_line_end
from articles.models import Article, ReturnReason
from articles.states import LONGEST_REASON, Verb
from articles.text.body import EXTENSIONS
from newsroom.inputs import day_input, moment_input


class StoryForm(forms.ModelForm):
    """Every field of a content; whatever else is posted is not looked at."""

    body = ProseEditorFormField(extensions=EXTENSIONS, required=False, label=_("Body"))

    class Meta:
        model = Article
        fields = [name.removesuffix("_id") for name in SIGNED_FIELDS + DESK_FIELDS]
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2}),
            "lead_in_day": day_input(),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "correction_note": forms.Textarea(attrs={"rows": 3}),
            "desk_note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, is_public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_public:
            del self.fields["correction_note"]

    def clean(self) -> dict[str, Any]:
        """Browsers end lines in their own way; stored text does it in one, or each save would be a change."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = one_line_end(value)
        return cleaned

    def content_fields(self) -> dict[str, Any]:
        """The cleaned fields under the names that `editing` takes."""
        fields = dict(self.cleaned_data)
        fields["section_id"] = fields.pop("section").pk
        return fields


class ActForm(forms.Form):
    """One verb said to a story as it was seen, with a reason where there is one."""

    verb = forms.ChoiceField(choices=[(verb.value, verb.label) for verb in Verb if verb != Verb.EDIT])
    seen = forms.CharField(max_length=60)
    reason = forms.CharField(required=False, max_length=LONGEST_REASON, label=_("Reason"))
    listed = forms.TypedMultipleChoiceField(required=False, coerce=int)
    all_the_same = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = ReturnReason.objects.filter(is_active=True).values_list("pk", "text")
        self.fields["listed"].choices = offered  # type: ignore[attr-defined]

    def clean_reason(self) -> str:
        """Lines end in one way."""
        return one_line_end(self.cleaned_data["reason"])

    def act(self) -> dict[str, Any]:
        """The cleaned fields that `concerns.act` takes."""
        said = {name: self.cleaned_data[name] for name in ("verb", "seen", "reason", "listed")}
        return said | {"knowingly": self.cleaned_data["all_the_same"]}


class TimesForm(forms.ModelForm):
    """Embargo and schedule: the newsroom's time. `seen` are those that were shown (`Article.times_seen`)."""

    seen = forms.CharField(required=False, max_length=200)
    all_the_same = forms.BooleanField(required=False)

    class Meta:
        model = Article
        fields = ["embargo_until", "publish_at"]
        widgets = {name: moment_input() for name in fields}

    def times(self) -> dict[str, Any]:
        """The cleaned fields that `concerns.set_release_times` takes."""
        said = {name: self.cleaned_data[name] for name in (*self.Meta.fields, "seen")}
        return said | {"knowingly": self.cleaned_data["all_the_same"]}
