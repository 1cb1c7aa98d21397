"""What the photo desk's list can be narrowed to."""

from __future__ import annotations

import datetime

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import ArticlePhoto, Photo
from articles.models.photo import ENDING_WITHIN
from articles.photos.words import folded
from articles.querysets import from_day, to_day
from newsroom.inputs import RangesForm, day_input
from newsroom.staff.models import User


class RightsState(TextChoices):
    """How it stands with the rights in a photo."""

    USABLE = "usable", _("may be used")
    ENDING = "ending", _("run out within 30 days")
    EXPIRED = "expired", _("have run out")
    UNSTATED = "unstated", _("nothing is said of them")


class PhotoFilterForm(RangesForm):
    """What is asked of the list of photos."""

    ranges = [("taken_since", "taken_until"), ("added_since", "added_until")]


class PhotoFilter(filters.FilterSet):  # type: ignore[misc]
    """Photos by words, people, when they were taken and taken in, rights, and whether a story has them."""

    words = filters.CharFilter(
        method="said", max_length=100, label=_("Words"), widget=forms.TextInput(attrs={"type": "search"})
    )
    person = filters.CharFilter(
        method="by_person",
        max_length=60,
        label=_("Taken or taken in by"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    taken_since = filters.DateFilter(method="since", field_name="taken_at", label=_("Taken since"), widget=day_input())
    taken_until = filters.DateFilter(method="until", field_name="taken_at", label=_("Taken until"), widget=day_input())
    added_since = filters.DateFilter(
        method="since", field_name="uploaded_at", label=_("Taken in since"), widget=day_input()
    )
    added_until = filters.DateFilter(
        method="until", field_name="uploaded_at", label=_("Taken in until"), widget=day_input()
    )
    rights = filters.ChoiceFilter(
        method="with_rights", choices=RightsState.choices, label=_("Rights"), empty_label=_("all")
    )
    used = filters.ChoiceFilter(
        method="in_stories",
        choices=[("yes", _("in a story")), ("no", _("in none"))],
        label=_("Used"),
        empty_label=_("all"),
    )

    class Meta:
        model = Photo
        fields: list[str] = []
        form = PhotoFilterForm

    def said(self, queryset: QuerySet[Photo], _name: str, value: str) -> QuerySet[Photo]:
        """Every word in anything that is said about it."""
        for word in folded(value).split():
            queryset = queryset.filter(searched__holds=word)
        return queryset

    def by_person(self, queryset: QuerySet[Photo], _name: str, value: str) -> QuerySet[Photo]:
        """Somebody of this name took it, is credited, or took it in."""
        uploaders = User.objects.filter(name__icontains=value.strip()).values_list("pk", flat=True)
        return queryset.filter(
            Q(byline__icontains=value.strip())
            | Q(credit__icontains=value.strip())
            | Q(uploaded_by__in=list(uploaders[:200]))
        )

    def since(self, queryset: QuerySet[Photo], name: str, value: datetime.date) -> QuerySet[Photo]:
        """From the beginning of this day."""
        return queryset.filter(from_day(name, value))

    def until(self, queryset: QuerySet[Photo], name: str, value: datetime.date) -> QuerySet[Photo]:
        """To the end of this day."""
        return queryset.filter(to_day(name, value))

    def with_rights(self, queryset: QuerySet[Photo], _name: str, value: str) -> QuerySet[Photo]:
        """By what `Photo.rights_ended` says of today, and of the days to come."""
        today = timezone.localdate()
        return queryset.filter(
            {
                RightsState.USABLE: Q(rights_expire_on=None) | Q(rights_expire_on__gte=today),
                RightsState.ENDING: Q(rights_expire_on__range=(today, today + ENDING_WITHIN)),
                RightsState.EXPIRED: Q(rights_expire_on__lt=today),
                RightsState.UNSTATED: Q(rights="", rights_expire_on=None),
            }[RightsState(value)]
        )

    def in_stories(self, queryset: QuerySet[Photo], _name: str, value: str) -> QuerySet[Photo]:
        """In a story of the desk, whatever its state."""
        uses = Exists(ArticlePhoto.objects.filter(photo=OuterRef("pk")))
        return queryset.filter(uses if value == "yes" else ~uses)
