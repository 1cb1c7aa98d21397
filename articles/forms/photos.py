"""What is said about a photo."""

from __future__ import annotations

from typing import Any

from django import forms

from articles.forms.parsing import one_line_end
from articles.models import Photo
from articles.photos import PHOTO_FIELDS


class PhotoForm(forms.ModelForm):
    """Caption, credit, source, rights and their expiry, alternative text."""

    class Meta:
        model = Photo
        fields = ["caption", "alt", "credit", "source", "rights", "rights_expire_on", "taken_at"]
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 3}),
            "rights_expire_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "taken_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }

    def photo_fields(self) -> dict[str, Any]:
        """The cleaned fields, lines ending in one way, as `photos.edit_photo` takes them."""
        return {
            name: one_line_end(value) if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name in PHOTO_FIELDS
        }
