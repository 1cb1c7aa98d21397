"""A list of stories kept under a name, and its columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles import rules
from articles.lists.columns import COLUMNS, FIRST
from articles.models import SavedList
from newsroom.staff.models import User


class SavedListForm(forms.ModelForm):
    """The name of a list, and whether everybody sees it where this person may share."""

    class Meta:
        model = SavedList
        fields = ["name", "shared"]

    def __init__(self, data: Any = None, *, user: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not rules.can_share_lists(user):
            del self.fields["shared"]

    def wants_sharing(self) -> bool:
        """What was ticked; what stands already, where this person is not asked."""
        return bool(self.cleaned_data.get("shared", self.instance.shared))


class ColumnsForm(forms.Form):
    """Which columns a person wants to see beside the story itself."""

    columns = forms.MultipleChoiceField(
        choices=[(column.name, column.label) for column in COLUMNS.values() if column.name != FIRST],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Columns"),
    )
