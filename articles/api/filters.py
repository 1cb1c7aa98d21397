"""What lists of the API can be narrowed to: these parameters and no others."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import django_filters as filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, FilteredRelation, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.api.problems import Problem
from articles.calendar_days import FIRST_DAY, LAST_DAY
from articles.models.published import PublishedArticle, PublishedAuthor, PublishedSection
from articles.models.published_collections import PublishedTag
from articles.public.moved import by_present_addresses
from articles.public.reading import ADVERTISEMENT
from articles.public.site import LANGUAGE
from articles.search.genres import GENRES
from newsroom.dates import start_of

MOST_ITEMS = 100
USUAL_ITEMS = 30
NO_SECTION, NO_AUTHOR = _("There is no section “%(value)s”."), _("There is no author “%(value)s”.")


class WholeNumber(filters.Filter):  # type: ignore[misc]
    field_class = forms.IntegerField


class Named(filters.ModelChoiceFilter):  # type: ignore[misc]
    """One of these rows, by its address; `missing` says of an address that none of them has it."""

    def __init__(self, rows: type[Model], *, missing: Promise, **options: Any) -> None:
        super().__init__(
            queryset=rows._default_manager.all(),
            to_field_name="slug",
            error_messages={"invalid_choice": missing},
            **options,
        )


class Day(filters.Filter):  # type: ignore[misc]
    """A day as 2024-03-07."""

    field_class = forms.DateField

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": _("Write a day as 2024-03-07.")},
            validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
            **options,
        )


class MomentField(forms.DateTimeField):
    """A moment that names its zone: nobody can tell whose clock one without it was read from."""

    def to_python(self, value: Any) -> datetime.datetime | None:
        """Raises ValidationError."""
        if not value:
            return None
        try:
            moment = parse_datetime(value.strip())
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise forms.ValidationError(_("Write a moment with its zone, as 2024-03-07T06:00:00Z."))
        return moment


class Moment(filters.Filter):  # type: ignore[misc]
    field_class = MomentField

    def __init__(self, **options: Any) -> None:
        limits = [MinValueValidator(start_of(FIRST_DAY)), MaxValueValidator(start_of(LAST_DAY))]
        super().__init__(lookup_expr="gte", validators=limits, **options)


class ListFilter(filters.FilterSet):  # type: ignore[misc]
    """What every list takes: how many items at once, and from where on."""

    limit = WholeNumber(
        method="as_it_is", min_value=1, max_value=MOST_ITEMS, label=_("How many items at once; 30 if it is not said.")
    )
    cursor = filters.CharFilter(
        method="as_it_is",
        max_length=100,
        label=_("From where on: as the answer before said it. A cursor is not made up."),
    )

    def as_it_is(self, rows: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """Where the list is cut is not what is in it."""
        return rows

    @property
    def size(self) -> int:
        return int(self.form.cleaned_data["limit"] or USUAL_ITEMS)

    @property
    def place(self) -> str:
        return str(self.form.cleaned_data["cursor"] or "")


class StoryFilter(ListFilter):
    """Stories by section, author, tag, kind, the days of their publication and the moment of their last change.

    What is paid for is no news: it is told where its kind is asked for.
    """

    section = Named(PublishedSection, missing=NO_SECTION, label=_("The address of the section."))
    author = Named(
        PublishedAuthor, missing=NO_AUTHOR, method="of_author", label=_("The address of an author in the byline.")
    )
    tag = Named(
        PublishedTag,
        missing=_("There is no keyword “%(value)s”."),
        method="with_tag",
        label=_("The address of a keyword."),
    )
    kind = filters.ChoiceFilter(
        field_name="genre",
        choices=list(GENRES.items()),
        label=_("The kind of piece; advertisements are told where they are asked for by it."),
    )
    language = filters.ChoiceFilter(
        method="as_it_is",
        choices=[(LANGUAGE, LANGUAGE)],
        label=_("The language of the text; all stories are in this one."),
    )
    since = Day(method="from_day", label=_("The first day of publication, in the newsroom's time."))
    until = Day(method="to_day", label=_("The last day of publication, in the newsroom's time."))
    updated_since = Moment(
        field_name="updated_at",
        label=_("Published or corrected at this moment or later, as 2024-03-07T06:00:00Z."),
    )

    class Meta:
        model = PublishedArticle
        fields: list[str] = []

    @property
    def walked_by(self) -> str:
        """What stands before the names of the moment and number by which the stories are walked: an author's and a
        tag's have an index of their own.
        """
        return next((f"{name}_" for name in ("author", "tag") if self.form.cleaned_data[name]), "")

    def of_author(
        self, rows: QuerySet[PublishedArticle], _name: str, author: PublishedAuthor
    ) -> QuerySet[PublishedArticle]:
        link = FilteredRelation("author_links", condition=Q(author_links__author=author))
        return _linked(rows, "author", link)

    def with_tag(self, rows: QuerySet[PublishedArticle], _name: str, tag: PublishedTag) -> QuerySet[PublishedArticle]:
        return _linked(rows, "tag", FilteredRelation("taggings", condition=Q(taggings__tag=tag)))

    def from_day(self, rows: QuerySet[PublishedArticle], _name: str, day: datetime.date) -> QuerySet[PublishedArticle]:
        return rows.filter(published_at__gte=start_of(day))

    def to_day(self, rows: QuerySet[PublishedArticle], _name: str, day: datetime.date) -> QuerySet[PublishedArticle]:
        return rows.filter(published_at__lt=start_of(day + datetime.timedelta(days=1)))

    def filter_queryset(self, queryset: QuerySet[PublishedArticle]) -> QuerySet[PublishedArticle]:
        rows: QuerySet[PublishedArticle] = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data["kind"] else rows.exclude(genre=ADVERTISEMENT)


def _linked(rows: QuerySet[PublishedArticle], name: str, link: FilteredRelation) -> QuerySet[PublishedArticle]:
    """Those of `rows` that have the link, with its moment and number."""
    linked = rows.annotate(**{f"{name}_link": link}).filter(**{f"{name}_link__isnull": False})
    # In this order: the annotations then name the very rows that were joined, and no others.
    return linked.annotate(**{f"{name}_{key}": F(f"{name}_link__{key}") for key in ("published_at", "number")})


class WithdrawalFilter(ListFilter):
    """Withdrawals by their moment."""

    since = Moment(field_name="withdrawn_at", label=_("Withdrawn at this moment or later, as 2024-03-07T06:00:00Z."))


def asked(kind: type[ListFilter], parameters: QueryDict, rows: QuerySet[Any]) -> ListFilter:
    """`rows` narrowed to what the address asks for, by former addresses too. Raises a Problem that says what is wrong
    and what is known.
    """
    refuse_unknown(parameters, kind.base_filters)
    said = kind(by_present_addresses(parameters), queryset=rows)
    if not said.is_valid():
        raise Problem(400, errors=said.errors, known=sorted(kind.base_filters))
    return said


def refuse_unknown(parameters: QueryDict, known: Iterable[str] = ()) -> None:
    """Raises a Problem for a parameter that is not known, said twice or empty: nothing is left out of account in
    silence.
    """
    known = sorted(known)
    wrong = {name: sentence for name, said in parameters.lists() if (sentence := _hindrance(name, said, known))}
    if wrong:
        raise Problem(400, errors={name: [sentence] for name, sentence in wrong.items()}, known=known)


def _hindrance(name: str, said: list[str], known: Iterable[str]) -> Promise | None:
    if name not in known:
        return _("There is no such parameter.")
    if len(said) > 1:
        return _("Say it once.")
    # No value of ours holds a NUL, and PostgreSQL would not even be asked for one.
    return None if said[0].strip() and "\x00" not in said[0] else _("Say a value, or leave it out.")
