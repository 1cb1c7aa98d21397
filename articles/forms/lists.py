"""The two ordered lists of a story: who stands in the byline, which pictures belong to it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.editing import Picture
from articles.forms.parsing import one_line_end
from articles.models import ArticlePhoto, BylineRole, Contributor

# What the suggestions write for one of several people of the same name: 王芳（wang-fang-2）
_NAME_AND_SLUG = re.compile(r"^(.+)（([a-z0-9-]+)）$")
_LARGEST_ID = 2**63 - 1


class BylineForm(forms.Form):
    """One row of the byline. A row without a name is no row; the name wins over a contributor left behind."""

    contributor = forms.ModelChoiceField(
        Contributor.objects.all(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("This person is not among the contributors.")},
    )
    name = forms.CharField(required=False, max_length=90, label=_("Name"))
    role = forms.ChoiceField(choices=BylineRole.choices, initial=BylineRole.REPORTER, label=_("Role"))

    def who(self) -> Contributor | str:
        """The contributor who was chosen, or the name that was typed; empty for no row."""
        chosen: Contributor | None = self.cleaned_data.get("contributor")
        typed = " ".join(self.cleaned_data.get("name", "").split())
        if chosen is not None and chosen.name == typed:
            return chosen
        match = _NAME_AND_SLUG.match(typed)
        if match:
            return Contributor.objects.filter(name=match[1], slug=match[2]).first() or typed
        return typed


class PictureForm(forms.Form):
    """One picture: the photo's number, and what this story prints with it."""

    photo = forms.IntegerField(required=False, min_value=1, max_value=_LARGEST_ID, label=_("Photo number"))
    caption = forms.CharField(
        required=False,
        label=_("Caption"),
        max_length=ArticlePhoto._meta.get_field("caption").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    credit = forms.CharField(
        required=False, label=_("Credit"), max_length=ArticlePhoto._meta.get_field("credit").max_length
    )
    alt = forms.CharField(
        required=False, label=_("Alternative text"), max_length=ArticlePhoto._meta.get_field("alt").max_length
    )

    def picture(self, known: set[int]) -> Picture | None:
        """The picture; one that is new to the story (not in `known`) and says nothing takes the photo's words."""
        data = self.cleaned_data
        if data.get("photo") is None:
            return None
        words = {name: one_line_end(data[name]) for name in ("caption", "credit", "alt")}
        if data["photo"] not in known and not any(words.values()):
            return Picture(data["photo"])
        return Picture(data["photo"], **words)


class BylineFormSet(forms.BaseFormSet):
    """The byline in its order."""

    def people(self) -> list[tuple[Contributor | str, str]]:
        rows = ((form.who(), form.cleaned_data.get("role", "")) for form in self.ordered_forms)
        return [(who, role) for who, role in rows if who]


class PictureFormSet(forms.BaseFormSet):
    """The pictures in their order."""

    def pictures(self, known: set[int]) -> list[Picture]:
        found = (form.picture(known) for form in self.ordered_forms)
        return [picture for picture in found if picture is not None]


def _formset(form: type[forms.Form], base: type[forms.BaseFormSet]) -> Any:
    return forms.formset_factory(
        form, base, can_order=True, can_delete=True, extra=1, max_num=60, validate_max=True, absolute_max=80
    )


Bylines = _formset(BylineForm, BylineFormSet)
Pictures = _formset(PictureForm, PictureFormSet)
