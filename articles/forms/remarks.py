"""A remark on a passage: pointed at by a script, or chosen as a paragraph with the words typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.forms.parsing import one_line_end
from articles.models import RemarkedField
from articles.remarks import Passage, texts_of


class RemarkForm(forms.Form):
    """`where` is a block, as field:index; the words are all of it unless some are named.

    `start` says where in the block the words begin, where a script knows.
    """

    where = forms.ChoiceField(label=gettext_lazy("Where"))
    quote = forms.CharField(
        required=False,
        strip=False,
        max_length=5000,
        label=gettext_lazy("The words"),
        help_text=gettext_lazy("As they stand there; empty for the whole paragraph."),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    text = forms.CharField(max_length=1000, label=gettext_lazy("Remark"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, content: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._texts = {field: texts_of(content, field) for field in RemarkedField.values}
        self.fields["where"].choices = self._places()  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Lines end in one way."""
        return one_line_end(self.cleaned_data["text"])

    def passage(self) -> Passage:
        """The passage that was pointed at. Words that do not stand there are left to the service to refuse."""
        said = self.cleaned_data
        field, _colon, number = said["where"].partition(":")
        text = self._texts[field][int(number)]
        quote = said["quote"].strip("\r\n") or text
        start = said["start"] if said["start"] is not None else max(text.find(quote), 0)
        return Passage(field, int(number), start, start + len(quote), quote, said["version"])

    def _places(self) -> list[tuple[str, str]]:
        shorts = [
            (f"{field}:0", str(RemarkedField(field).label).capitalize())
            for field, texts in self._texts.items()
            if texts and field != RemarkedField.BODY
        ]
        paragraphs = [
            (f"{RemarkedField.BODY}:{index}", _("Paragraph %(number)s") % {"number": index + 1} + f" {_begins(text)}")
            for index, text in enumerate(self._texts[RemarkedField.BODY])
        ]
        return paragraphs + shorts


def _begins(text: str) -> str:
    return Truncator(text).chars(14)
