"""What the desk says about editions and pages: parsed here, decided by the services."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, ArticlePhoto, Section
from articles.plan.coverage_rules import people_to_send
from articles.states import State
from editions.board import UNDER_WAY
from editions.board_filter import ON_NO_PAGE, PLANNED, Narrowing
from editions.geometry import Rectangle
from editions.models import Edition, Page
from editions.planning import PagePlan
from editions.proofs import Area
from newsroom.dates import day
from newsroom.inputs import day_input, moment_input
from newsroom.staff.models import User

_SEPARATORS = re.compile(r"[,，、;；\n]+")
# More than any paper prints, and little enough for one transaction.
MOST_PAGES = 96


class EditionForm(forms.Form):
    """A new edition: its date, its number, its pages by name in order."""

    date = forms.DateField(label=gettext_lazy("Date"), widget=day_input())
    series_number = forms.IntegerField(label=gettext_lazy("Number in the series"), min_value=1)
    extra_number = forms.IntegerField(
        label=gettext_lazy("Extra"),
        help_text=gettext_lazy("0 for the day's regular edition, 1 for its first extra."),
        min_value=0,
        initial=0,
    )
    pages = forms.CharField(
        label=gettext_lazy("Pages"),
        help_text=gettext_lazy("The names of the pages in order, separated by commas."),
        initial="要闻,综合,民生,文体",
        max_length=2000,
    )

    def clean_pages(self) -> list[PagePlan]:
        names = [name.strip() for name in _SEPARATORS.split(self.cleaned_data["pages"]) if name.strip()]
        if not 1 <= len(names) <= MOST_PAGES:
            raise forms.ValidationError(_("Name at least one page and at most %(most)s.") % {"most": MOST_PAGES})
        return [PagePlan(str(number), name) for number, name in enumerate(names, start=1)]


class BoardFilterForm(forms.Form):
    """What somebody wants to see of the board; what makes no sense narrows nothing and is told."""

    section = forms.ModelChoiceField(
        Section.objects.all(), required=False, label=gettext_lazy("Section"), empty_label=gettext_lazy("all")
    )
    state = forms.ChoiceField(required=False, label=gettext_lazy("State"))
    page = forms.ChoiceField(required=False, label=gettext_lazy("Page"))
    person = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label=gettext_lazy("Who has to do with it"),
        empty_label=gettext_lazy("anybody"),
    )
    late = forms.BooleanField(required=False, label=gettext_lazy("Late only"))

    def __init__(self, data: Any, *, pages: Iterable[Page]) -> None:
        super().__init__(data)
        states = [(PLANNED, _("Still to be written")), *((s.value, s.label) for s in (State.DRAFT, *UNDER_WAY))]
        on_pages = [(str(page.order), _("Page %(label)s") % {"label": page.label}) for page in pages]
        for name, choices in (("state", states), ("page", [(ON_NO_PAGE, _("On no page")), *on_pages])):
            self.fields[name].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]
        self.fields["person"].queryset = people_to_send()  # type: ignore[attr-defined]

    @property
    def narrowing(self) -> Narrowing:
        """What was asked for."""
        self.full_clean()
        said = self.cleaned_data
        section, person = said.get("section"), said.get("person")
        return Narrowing(
            section=section.pk if section else None,
            state=said.get("state", ""),
            page=said.get("page", ""),
            person=person.pk if person else None,
            late=said.get("late", False),
        )


class ReleaseForm(forms.ModelForm):
    """The minute at which the edition is released by itself; `seen` is the one that was shown."""

    seen = forms.CharField(required=False, max_length=60)

    class Meta:
        model = Edition
        fields = ["release_at"]
        widgets = {"release_at": moment_input()}


class PagePlanForm(forms.ModelForm):
    """A page to add: its printed label and its name."""

    class Meta:
        model = Page
        fields = ["label", "name"]


class PageForm(forms.ModelForm):
    """A page's label, name, template and people."""

    class Meta:
        model = Page
        fields = ["label", "name", "template", "responsible_editor", "designer", "proofreader"]


class RectangleForm(forms.Form):
    """Where on the grid, in whole columns and rows."""

    column = forms.IntegerField(label=gettext_lazy("Column"), min_value=1, max_value=999, initial=1)
    row = forms.IntegerField(label=gettext_lazy("Row"), min_value=1, max_value=999, initial=1)
    width = forms.IntegerField(label=gettext_lazy("Width"), min_value=1, max_value=999, initial=2)
    height = forms.IntegerField(label=gettext_lazy("Height"), min_value=1, max_value=999, initial=20)

    def rectangle(self) -> Rectangle:
        return Rectangle(**{name: self.cleaned_data[name] for name in Rectangle._fields})


class PlacingForm(RectangleForm):
    """What to place, from the pool, and where: a story (its number) or a picture of it (story-photo)."""

    field_order = ["what", "column", "row", "width", "height"]
    what = forms.ChoiceField(label=gettext_lazy("Story or picture"))

    def __init__(self, *args: Any, pool: Iterable[Article], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        field.choices = [*BLANK_CHOICE_DASH, *(_choices(story) for story in pool)]  # type: ignore[attr-defined]

    def story(self) -> int:
        return int(self.cleaned_data["what"].partition("-")[0])

    def photo(self) -> int | None:
        number = self.cleaned_data["what"].partition("-")[2]
        return int(number) if number else None


def _choices(story: Article) -> tuple[str, list[tuple[str, str]]]:
    """A story and what can still be placed of it; one that lies here already goes on in its next part."""
    placements = list(story.placements.all())
    parts = sum(placement.photo_id is None for placement in placements)
    placed = {placement.photo_id for placement in placements}
    words = _("Part %(number)s: continued") % {"number": parts + 1} if parts else _("Text")
    pictures = [
        (f"{story.pk}-{picture.photo_id}", _picture(picture))
        for picture in story.article_photos.all()
        if picture.photo_id not in placed
    ]
    heading = _("%(story)s · %(count)s characters") % {"story": story, "count": story.character_count}
    return heading, [(str(story.pk), f"{words} · {story}"), *pictures]


def _picture(picture: ArticlePhoto) -> str:
    """A picture in the list: whoever places one with expired rights should know before, not on publication."""
    words = _("Picture: %(caption)s") % {"caption": picture}
    ended = picture.photo.rights_ended(timezone.localdate())
    if ended is None:
        return words
    expired = _("rights expired on %(date)s") % {"date": day(ended)}
    return f"{words} · {expired}"


class MarkForm(forms.Form):
    """An area of a proof in per cent of the paper, and what is to be mended there."""

    remark = forms.CharField(
        label=gettext_lazy("What is to be mended"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    left = forms.FloatField(label=gettext_lazy("From the left, %"), min_value=0, max_value=100)
    top = forms.FloatField(label=gettext_lazy("From the top, %"), min_value=0, max_value=100)
    width = forms.FloatField(label=gettext_lazy("Width, %"), min_value=0, max_value=100)
    height = forms.FloatField(label=gettext_lazy("Height, %"), min_value=0, max_value=100)

    def area(self) -> Area:
        return Area(**{name: self.cleaned_data[name] for name in Area._fields})


class TakeBackForm(forms.Form):
    """Why an edition is taken back from press."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
