"""What is sent in about specials."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from articles import rules
from articles.forms.parsing import one_line_end, whole_number
from articles.models import Article, Special
from articles.specials import Place
from newsroom.staff.models import User

# A story by its number, or by its address on the desk or the reading site.
_STORY = re.compile(r"(?:\S*/stories/)?([0-9]{1,18})/?")


class SpecialForm(forms.ModelForm):
    """A special's own words, and the stories to be put at its end."""

    add = forms.CharField(
        label=_("Add stories"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Numbers or addresses of stories, one after the other; they come at the end."),
    )

    class Meta:
        model = Special
        fields = ["name", "slug", "introduction", "on_home"]
        widgets = {"introduction": forms.Textarea(attrs={"rows": 6})}

    def clean_introduction(self) -> str:
        """Lines end in one way, or each save would be a change."""
        return one_line_end(self.cleaned_data["introduction"])

    def clean_add(self) -> list[Place]:
        """The stories that the words name; what names none is said."""
        found = [
            (word, _STORY.fullmatch(word)) for word in re.split(r"[\s,，、;；]+", self.cleaned_data["add"]) if word
        ]
        if wrong := next((word for word, match in found if match is None), None):
            raise ValidationError(_("“%(word)s” is neither a story's number nor its address."), params={"word": wrong})
        return [Place(whole_number(match[1])) for _word, match in found if match]

    def own_fields(self) -> dict[str, Any]:
        """What `specials` takes of it."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PlaceForm(forms.Form):
    """A story's place: its turn (ORDER), its subheading, whether it is taken out (DELETE)."""

    story = forms.IntegerField(min_value=1, max_value=10**18 - 1, widget=forms.HiddenInput)
    group = forms.CharField(
        label=_("Subheading"), required=False, max_length=40, widget=forms.TextInput(attrs={"size": 12})
    )


PlaceFormSet = formset_factory(PlaceForm, extra=0, can_order=True, can_delete=True)


def places_in(formset: BaseFormSet) -> list[Place]:
    """The stories that stay, in the order of their turns; one that is given another's turn takes its place."""
    staying = [form for form in formset if form not in formset.deleted_forms]
    staying.sort(key=_turn)
    return [Place(form.cleaned_data["story"], form.cleaned_data["group"].strip()) for form in staying]


def _turn(form: forms.BaseForm) -> tuple[int, int]:
    """The turn asked for, and which comes first of two with one turn: whichever moved up, last whichever moved down."""
    before, asked = form["ORDER"].initial or 0, form.cleaned_data["ORDER"] or 0
    return asked, (asked > before) - (asked < before)


class PutForm(forms.Form):
    """Into which special a story is put."""

    special = forms.ModelChoiceField(Special.objects.none(), label=_("Special"))

    def __init__(self, *args: Any, user: User, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_to = Special.objects.exclude(stories__article=article)
        if not rules.can_release_specials(user):
            open_to = open_to.filter(is_public=False)
        self.fields["special"].queryset = open_to  # type: ignore[attr-defined]
