"""What a list of the desk can be narrowed to."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Byline, Photo, Section
from articles.states import State


class StoryFilter(filters.FilterSet):  # type: ignore[misc]
    """Stories by words, section, state, author, the days of their last change, and edition."""

    words = filters.CharFilter(
        method="in_headline",
        max_length=100,
        label=_("Words in the headline"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    section = filters.ModelChoiceFilter(queryset=Section.objects.all(), label=_("Section"), empty_label=_("all"))
    state = filters.ChoiceFilter(choices=State.choices, label=_("State"), empty_label=_("all"))
    author = filters.CharFilter(
        method="by_author",
        max_length=60,
        label=_("Author"),
        widget=forms.TextInput(attrs={"list": "people", "data-suggest": "", "autocomplete": "off"}),
    )
    since = filters.DateFilter(
        field_name="updated_at",
        lookup_expr="date__gte",
        label=_("Changed since"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = filters.DateFilter(
        field_name="updated_at",
        lookup_expr="date__lte",
        label=_("Changed until"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    edition = filters.DateFilter(
        method="in_edition", label=_("In the edition of"), widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def in_headline(self, queryset: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        """Every word somewhere in the headline."""
        for word in value.split():
            queryset = queryset.filter(headline__icontains=word)
        return queryset

    def by_author(self, queryset: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        """Somebody of this name in the byline."""
        named = Byline.objects.filter(article=OuterRef("pk"), contributor__name__icontains=value.strip())
        return queryset.filter(Exists(named))

    def in_edition(self, queryset: QuerySet[Article], _name: str, value: Any) -> QuerySet[Article]:
        """Placed on a page of this date, extras included."""
        return queryset.filter(pk__in=Article.objects.filter(placements__page__edition__date=value))


class PhotoFilter(filters.FilterSet):  # type: ignore[misc]
    """Photos by words of what is said about them."""

    words = filters.CharFilter(
        method="said", max_length=100, label=_("Words"), widget=forms.TextInput(attrs={"type": "search"})
    )

    class Meta:
        model = Photo
        fields: list[str] = []

    def said(self, queryset: QuerySet[Photo], _name: str, value: str) -> QuerySet[Photo]:
        """Every word in caption, credit, source or alternative text."""
        for word in value.split():
            queryset = queryset.filter(
                Q(caption__icontains=word)
                | Q(credit__icontains=word)
                | Q(source__icontains=word)
                | Q(alt__icontains=word)
            )
        return queryset
