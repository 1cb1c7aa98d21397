"""What the calendar and the list of topics can be narrowed to."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet, TextChoices
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.coverage_states import LIVE_ASSIGNMENTS, TopicState
from articles.models import Assignment, Section, Topic
from articles.plan.coverage import behind
from articles.plan.coverage_rules import people_to_send
from newsroom.staff.models import User


def _people(_request: HttpRequest | None) -> QuerySet[User]:
    return people_to_send()


class PlanFilter(filters.FilterSet):  # type: ignore[misc]
    """Topics by section and by who goes."""

    section = filters.ModelChoiceFilter(queryset=Section.objects.all(), label=_("Section"), empty_label=_("all"))
    person = filters.ModelChoiceFilter(queryset=_people, method="goes", label=_("Who goes"), empty_label=_("anybody"))

    class Meta:
        model = Topic
        fields: list[str] = []

    def goes(self, queryset: QuerySet[Topic], _name: str, value: User) -> QuerySet[Topic]:
        """Somebody is sent for it and has not declined."""
        sent = Assignment.objects.filter(topic=OuterRef("pk"), person=value, state__in=LIVE_ASSIGNMENTS)
        return queryset.filter(Exists(sent))


class When(TextChoices):
    """Which topics the list shows where it is not asked for what is still to come."""

    PAST = "past", _("past")
    ANY = "any", _("past and to come")


class TopicFilter(PlanFilter):
    """Topics by words too, by when they are, by state, and those that are late or did not come.

    What is still to come, with what goes on today, unless the past is asked for; what is late lies there as a rule.
    """

    words = filters.CharFilter(
        method="said", max_length=100, label=_("Words"), widget=forms.TextInput(attrs={"type": "search"})
    )
    when = filters.ChoiceFilter(method="of_the_past", choices=When.choices, label=_("When"), empty_label=_("to come"))
    state = filters.ChoiceFilter(choices=TopicState.choices, label=_("State"), empty_label=_("all"))
    behind = filters.BooleanFilter(method="is_behind", label=_("Late or did not come"), widget=forms.CheckboxInput)

    field_order = ["words", "when", "section", "person", "state", "behind"]

    @property
    def is_soonest_first(self) -> bool:
        """Whether the list begins with what comes next; the past begins with what was last."""
        asked = self.form.cleaned_data if self.form.is_valid() else {}
        return not asked.get("when") and not asked.get("behind")

    def filter_queryset(self, queryset: QuerySet[Topic]) -> QuerySet[Topic]:
        """Every filter, and what is still to come where no other days are asked for."""
        narrowed: QuerySet[Topic] = super().filter_queryset(queryset)
        return narrowed.filter(last_day__gte=timezone.localdate()) if self.is_soonest_first else narrowed

    def of_the_past(self, queryset: QuerySet[Topic], _name: str, value: str) -> QuerySet[Topic]:
        """What is over alone, or with what is to come."""
        return queryset.filter(last_day__lt=timezone.localdate()) if value == When.PAST else queryset

    def said(self, queryset: QuerySet[Topic], _name: str, value: str) -> QuerySet[Topic]:
        """Every word somewhere in the title."""
        for word in value.split():
            queryset = queryset.filter(title__icontains=word)
        return queryset

    def is_behind(self, queryset: QuerySet[Topic], _name: str, value: Any) -> QuerySet[Topic]:
        return behind(queryset, timezone.now()) if value else queryset

    def get_form_class(self) -> Any:
        """The words first: they stand over two columns."""
        form = super().get_form_class()
        form.field_order = self.field_order
        return form
