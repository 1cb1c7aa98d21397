"""What lists can be narrowed to that know the paper: stories by edition and page, editions by date."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from articles.api import filters as of_stories
from articles.api.filters import Day, ListFilter, WholeNumber
from articles.models.published import PublishedArticle
from editions.models.published import PublishedEdition, PublishedPlacement
from editions.reading.keys import EDITION_KEY, EditionKey

MOST_PAGES = 999


class EditionKeyField(forms.CharField):
    """An edition as addresses name it."""

    default_validators = [
        RegexValidator(rf"^{EDITION_KEY}\Z", _("Write an edition as 2024-03-07, an extra as 2024-03-07-1."))
    ]

    def clean(self, value: Any) -> PublishedEdition | None:
        """Raises ValidationError for a date that no calendar has, and for an edition that readers do not see."""
        said = super().clean(value)
        if not said:
            return None
        try:
            key = EditionKey.parse(said)
        except ValueError as no_day:
            raise forms.ValidationError(_("There is no such day.")) from no_day
        edition = PublishedEdition.objects.filter(date=key.date, extra_number=key.extra_number).first()
        if edition is None:
            raise forms.ValidationError(_("There is no such edition."))
        return edition


class OfEdition(filters.Filter):  # type: ignore[misc]
    field_class = EditionKeyField


class StoryForm(forms.Form):
    def clean(self) -> dict[str, Any]:
        """A page is a page of an edition."""
        said = super().clean() or self.cleaned_data
        edition, page = said.get("edition"), said.get("page")
        if page and not edition and "edition" not in self.errors:
            self.add_error("edition", _("Say of which edition the page is."))
        elif page and edition and page > edition.page_count:
            self.add_error("page", _("The edition has no such page."))
        return said


class StoryFilter(of_stories.StoryFilter):
    """Stories by what they are, and by where they were printed."""

    edition = OfEdition(
        method="in_edition", max_length=15, label=_("The edition in which it was printed: its date, or date and extra.")
    )
    page = WholeNumber(
        method="as_it_is", min_value=1, max_value=MOST_PAGES, label=_("The page of this edition, counted from 1.")
    )

    class Meta:
        model = PublishedArticle
        fields: list[str] = []
        form = StoryForm

    def in_edition(
        self, rows: QuerySet[PublishedArticle], _name: str, edition: PublishedEdition
    ) -> QuerySet[PublishedArticle]:
        placed = PublishedPlacement.objects.filter(page__edition=edition)
        if self.form.cleaned_data["page"]:
            placed = placed.filter(page__order=self.form.cleaned_data["page"])
        return rows.filter(pk__in=placed.values("article_id"))


class EditionFilter(ListFilter):
    """Editions by their date."""

    since = Day(field_name="date", lookup_expr="gte", label=_("The first date."))
    until = Day(field_name="date", lookup_expr="lte", label=_("The last date."))

    class Meta:
        model = PublishedEdition
        fields: list[str] = []
