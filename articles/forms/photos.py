"""What is said about photos, and how they are framed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.errors import Refusal, StaleFraming, StalePhoto
from articles.forms.parsing import one_line_end
from articles.models import Photo
from articles.photos.many import SheetRow
from articles.photos.saying import PHOTO_FIELDS
from articles.pictures import crops
from articles.pictures.crops import Framing, Part
from newsroom.inputs import day_input, moment_input

_HOW_TO_PART = gettext_lazy("Commas or spaces between them; a phrase with spaces in quotation marks.")


class _HiddenMoment(forms.DateTimeInput):
    """To the minute, as the field that is seen shows it."""

    input_type = "hidden"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format=moment_input().format)


class PhotoForm(forms.ModelForm):
    """Caption, credit, source, rights and their expiry, alternative text, people, keywords.

    What was shown is sent back beside what was typed: a field that nobody touched is not written, and one that
    somebody else changed meanwhile is known.
    """

    class Meta:
        model = Photo
        fields = [
            "caption",
            "alt",
            "headline",
            "people",
            "byline",
            "credit",
            "source",
            "keywords",
            "rights",
            "rights_expire_on",
            "taken_at",
        ]
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 3}),
            "rights_expire_on": day_input(),
            "taken_at": moment_input(),
        }
        help_texts = {"keywords": _HOW_TO_PART}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taken_at"].hidden_widget = _HiddenMoment
        for field in self.fields.values():
            field.show_hidden_initial = True

    def photo_fields(self) -> dict[str, Any]:
        """The cleaned fields that were changed, lines ending in one way, as `keeping.edit_photo` takes them; all of
        them from somebody who does not say what was shown.
        """
        return {
            name: one_line_end(value) if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name in PHOTO_FIELDS and (name in self.changed_data or not self._was_shown(name))
        }

    def seen(self) -> dict[str, Any]:
        """What stood in the changed fields when they were shown; what is no such value was not."""
        seen = {}
        for name in filter(self._was_shown, self.changed_data):
            with contextlib.suppress(forms.ValidationError):
                seen[name] = self.fields[name].to_python(self.data[self.add_initial_prefix(name)])
        return seen

    def show_standing(self, refused: StalePhoto) -> None:
        """Say beside each field what stands there by now, which is what the next save has seen."""
        data = dict(self.data.items())
        for name, value in refused.standing.items():
            field = self.fields[name]
            shown = field.widget.format_value(field.prepare_value(value)) or ""
            data[self.add_initial_prefix(name)] = shown
            said = _("Meanwhile this was changed to “%(text)s”. Save again to put yours in its place.")
            self.add_error(name, said % {"text": shown})
        self.add_error(None, str(refused))
        self.data = data

    def _was_shown(self, name: str) -> bool:
        return self.add_initial_prefix(name) in self.data


class RowForm(PhotoForm):
    """One photo of a caption sheet."""

    class Meta(PhotoForm.Meta):
        fields = ["caption", "alt", "credit", "taken_at", "people", "keywords"]
        widgets = PhotoForm.Meta.widgets | {"caption": forms.Textarea(attrs={"rows": 4})}
        help_texts = {}

    def photo_fields(self) -> dict[str, Any]:
        """The fields that were changed, of those that were shown: a row that was sent in part says nothing of the
        rest.
        """
        return {name: value for name, value in super().photo_fields().items() if self._was_shown(name)}

    def refuse(self, why: Refusal | ValidationError) -> None:
        """Say what was refused where it belongs, the other's text beside one's own."""
        if isinstance(why, StalePhoto):
            self.show_standing(why)
        elif isinstance(why, ValidationError) and hasattr(why, "error_dict"):
            for name, errors in why.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)
        else:
            self.add_error(None, why.messages if isinstance(why, ValidationError) else str(why))

    def sentences(self) -> list[str]:
        """Everything that is wrong with the row, each with the name of its field."""
        return [self._about(name, str(error)) for name, errors in self.errors.items() for error in errors]

    def _about(self, name: str, text: str) -> str:
        if name == NON_FIELD_ERRORS:
            return text
        return _("%(label)s: %(text)s") % {"label": self.fields[name].label, "text": text}


class CaptionSheet:
    """A row for each of `photos`, by their numbers."""

    def __init__(self, photos: Iterable[Photo], data: Any = None) -> None:
        self.rows = {photo.pk: (photo, _row_form(photo, data)) for photo in photos}

    def is_valid(self) -> bool:
        """Whether every row is; each says its own."""
        return all([form.is_valid() for _photo, form in self.rows.values()])  # noqa: C419

    def said(self) -> list[SheetRow]:
        """What was changed, as `many.write_sheet` takes it."""
        return [SheetRow(number, form.photo_fields(), form.seen()) for number, (_p, form) in self.rows.items()]

    def refuse(self, rows: dict[int, Refusal | ValidationError]) -> None:
        """Show at each row why it was refused."""
        for number, why in rows.items():
            self.rows[number][1].refuse(why)

    @property
    def help(self) -> str:
        """How keywords are typed, once for all rows."""
        label = capfirst(Photo._meta.get_field("keywords").verbose_name)
        return _("%(label)s: %(text)s") % {"label": label, "text": _HOW_TO_PART}

    @property
    def wrong(self) -> list[tuple[Photo, list[str]]]:
        """The photos whose rows were refused, with the sentences."""
        return [(photo, form.sentences()) for photo, form in self.rows.values() if form.errors]


def _row_form(photo: Photo, data: Any) -> RowForm:
    prefix = f"photo-{photo.pk}"
    return RowForm(prefix=prefix, instance=photo) if data is None else RowForm(data, prefix=prefix)


class ManyPhotosForm(forms.ModelForm):
    """What is to be said of many photos alike; what is left empty stays as it is with each of them, unless it is
    to be taken away.
    """

    to_caption = forms.CharField(
        label=gettext_lazy("Add to the end of the caption"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    more_keywords = forms.CharField(
        label=gettext_lazy("Keywords to add"), required=False, max_length=300, help_text=_HOW_TO_PART
    )
    no_rights = forms.BooleanField(label=gettext_lazy("Take away what is said of the rights"), required=False)
    no_rights_expire_on = forms.BooleanField(
        label=gettext_lazy("Take away the day on which the rights expire"), required=False
    )
    field_order = [
        "to_caption",
        "byline",
        "credit",
        "source",
        "more_keywords",
        "rights",
        "no_rights",
        "rights_expire_on",
        "no_rights_expire_on",
    ]

    class Meta:
        model = Photo
        fields = ["byline", "credit", "source", "rights", "rights_expire_on"]
        widgets = {"rights_expire_on": day_input()}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in _CLEARED:
            if cleaned.get(name) and cleaned.get(f"no_{name}"):
                self.add_error(f"no_{name}", _("Fill it in or take it away, not both."))
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Nothing is filled in, so there is nothing to change."))
        return cleaned

    def said(self) -> dict[str, Any]:
        """What is filled in, as `many.edit_photos` takes it."""
        data = self.cleaned_data
        filled = {name: data[name] for name in self._meta.fields or () if data[name]}
        return {
            "fields": filled | {name: empty for name, empty in _CLEARED.items() if data[f"no_{name}"]},
            "to_caption": one_line_end(data["to_caption"]),
            "more_keywords": data["more_keywords"],
        }


# What can be taken away from many photos, and what then stands there.
_CLEARED = {"rights": "", "rights_expire_on": None}


class FramingForm(forms.Form):
    """The focal point, and the crops that are set by hand, each by its middle and its zoom in per cent.

    `theirs` is the photo as somebody else framed it since it was shown, once that was found.
    """

    # Whoever does not say what they saw has seen nothing.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    focal_x = forms.IntegerField(label=gettext_lazy("From the left, %"), min_value=0, max_value=100)
    focal_y = forms.IntegerField(label=gettext_lazy("From the top, %"), min_value=0, max_value=100)

    def __init__(self, data: Any = None, *, photo: Photo) -> None:
        self.photo = photo
        self.theirs: Photo | None = None
        super().__init__(data, initial=_framing_of(photo))
        for name in crops.RATIOS:
            self.fields[f"hand_{name}"] = forms.BooleanField(label=_("Set by hand"), required=False)
            for field, label, least, most in (
                ("x", _("Middle from the left, %"), 0, 100),
                ("y", _("Middle from the top, %"), 0, 100),
                ("zoom", _("Zoom, %"), crops.SMALLEST_ZOOM, crops.LARGEST_ZOOM),
            ):
                self.fields[f"{field}_{name}"] = forms.IntegerField(
                    label=label, required=False, min_value=least, max_value=most
                )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in crops.RATIOS:
            for field in ("x", "y", "zoom"):
                key = f"{field}_{name}"
                if cleaned.get(f"hand_{name}") and key not in self.errors and cleaned.get(key) is None:
                    self.add_error(key, _("A crop set by hand needs this."))
        return cleaned

    def focal_point(self) -> tuple[int, int]:
        return self.cleaned_data["focal_x"], self.cleaned_data["focal_y"]

    def by_hand(self) -> dict[str, Framing]:
        """The crops set by hand, by the names of their ratios."""
        data = self.cleaned_data
        return {
            name: Framing(data[f"x_{name}"], data[f"y_{name}"], data[f"zoom_{name}"])
            for name in crops.RATIOS
            if data[f"hand_{name}"]
        }

    def show_standing(self, refused: StaleFraming) -> None:
        """Show both framings; what stands is what the next save has seen."""
        self.theirs = refused.standing
        self.data = dict(self.data.items()) | {"seen": refused.standing.framing_seen}
        self.add_error(None, str(refused))

    def sides(self) -> list[dict[str, Any]]:
        """The other framing and the one that was sent, each with its focal point and what every ratio shows."""
        if self.theirs is None:
            return []
        point = Framing(*self.focal_point())
        mine = crops.parts_of(self.photo.size, point, crops.edges_of(self.photo.size, self.by_hand()))
        return [_side(self.theirs.focal_point, self.theirs.shown_parts), _side(point, mine)]

    def cards(self) -> list[dict[str, Any]]:
        """Each house ratio with its fields and what it shows now."""
        return [
            {
                "name": name,
                "ratio": ratio,
                "part": self.photo.shown_parts[name],
                "hand": self[f"hand_{name}"],
                "fields": [self[f"{field}_{name}"] for field in ("x", "y", "zoom")],
            }
            for name, ratio in _ratios()
        ]


def _ratios() -> list[tuple[str, str]]:
    """Each house ratio by its name and as it is written."""
    return [(name, f"{width}:{height}") for name, (width, height) in crops.RATIOS.items()]


def _side(point: Framing, parts: dict[str, Part]) -> dict[str, Any]:
    return {"point": point, "crops": [{"ratio": ratio, "part": parts[name]} for name, ratio in _ratios()]}


def _framing_of(photo: Photo) -> dict[str, Any]:
    initial: dict[str, Any] = {"focal_x": photo.focal_x, "focal_y": photo.focal_y, "seen": photo.framing_seen}
    for name, part in photo.shown_parts.items():
        framing = crops.framing_of(photo.size, crops.ratio_of(name), Part(*part))
        initial |= {f"hand_{name}": name in photo.crops}
        initial |= {f"{field}_{name}": value for field, value in framing._asdict().items()}
    return initial
