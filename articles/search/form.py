"""What readers ask in the search form, read into a query."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.calendar_days import FIRST_DAY, LAST_DAY
from articles.search.asking import (
    MOST_CHARACTERS,
    MOST_WORDS,
    Order,
    PrintedOn,
    Query,
    terms_of,
)
from articles.search.finding import MOST, PAGE_SIZE
from articles.search.genres import GENRES
from newsroom.form_rendering import ReadingFormRenderer

_DAYS = {"since", "until", "paper"}
_NARROWING = {*_DAYS, "headline", "by", "section", "on", "sort"}

_OUTSIDE = gettext_lazy("Write a day between 1900 and 2099.")


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__({"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}, format="%Y-%m-%d")


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=_Day(),
        input_formats=["%Y-%m-%d"],
        validators=[MinValueValidator(FIRST_DAY, _OUTSIDE), MaxValueValidator(LAST_DAY, _OUTSIDE)],
        error_messages={"invalid": gettext_lazy("Write a day as 2024-03-07.")},
    )


class SearchForm(forms.Form):
    """The fields of the page `/search/` and of its address. `sections` are slug and name of each."""

    # One for all of them, for it keeps its templates.
    default_renderer = ReadingFormRenderer()

    q = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    headline = forms.BooleanField(label=gettext_lazy("in headlines only"), required=False)
    by = forms.CharField(label=gettext_lazy("Byline"), required=False, max_length=60)
    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)
    since = _day(pgettext_lazy("a first day", "From"))
    until = _day(pgettext_lazy("a last day", "To"))
    paper = _day(gettext_lazy("In the paper of"))
    on = forms.CharField(label=gettext_lazy("on page"), required=False, max_length=8)
    sort = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[(Order.BEST.value, gettext_lazy("best match")), (Order.NEWEST.value, gettext_lazy("newest"))],
    )
    genre = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=list(GENRES.items()))
    author = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=MOST // PAGE_SIZE, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, sections: list[tuple[str, str]]) -> None:
        super().__init__(data, label_suffix="")
        self.fields["section"].choices = [("", gettext_lazy("all")), *sections]  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        said: str = self.cleaned_data["q"]
        terms = terms_of(said)
        if said.strip() and not terms:
            raise forms.ValidationError(_("Type a character, a word or a number to look for."))
        if len(terms) > MOST_WORDS:
            raise forms.ValidationError(_("No more than %(most)s words at once.") % {"most": MOST_WORDS})
        return said

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", _("The last day lies before the first."))
        if cleaned.get("on") and not cleaned.get("paper") and "paper" not in self.errors:
            self.add_error("paper", _("Say of which day the page is."))
        for name in _DAYS & set(self.errors):
            # A calendar would not show what is no day, and what was typed would be lost.
            self.fields[name].widget.input_type = "text"
        return cleaned

    @property
    def narrows(self) -> bool:
        """Whether anything but words is asked for."""
        return any(self.data.get(name) for name in _NARROWING)

    @property
    def query(self) -> Query:
        """What is asked for, of a valid form."""
        said = self.cleaned_data
        return Query(
            terms=terms_of(said["q"]),
            in_headline=said["headline"],
            byline=said["by"].strip(),
            section=said["section"],
            author=said["author"],
            genre=said["genre"],
            since=said["since"],
            until=said["until"],
            printed_on=PrintedOn(said["paper"], said["on"].strip()) if said["paper"] else None,
            order=Order(said["sort"] or Order.BEST),
        )


def address_of(query: Query, page: int = 1) -> str:
    """`query` as the part of an address behind its path, the question mark with it."""
    printed = query.printed_on
    said = {
        "q": " ".join(term.said for term in query.terms),
        "headline": "on" if query.in_headline else "",
        "by": query.byline,
        "section": query.section,
        "author": query.author,
        "genre": query.genre,
        "since": _iso(query.since),
        "until": _iso(query.until),
        "paper": _iso(printed.day if printed else None),
        "on": printed.label if printed else "",
        "sort": "" if query.order == Order.BEST else query.order.value,
        "page": "" if page == 1 else str(page),
    }
    return "?" + "&".join(f"{name}={_quoted(value)}" for name, value in said.items() if value)


@lru_cache(maxsize=1024)
def _quoted(value: str) -> str:
    """As it stands in an address. A page leads from one question to many that differ in little."""
    return quote_plus(value)


def said_in(query: Query) -> str:
    """What is searched in few words, for a title: the words, else whatever else is asked for."""
    words = " ".join(term.said for term in query.terms)
    return (
        words or " ".join(filter(None, (query.byline, query.section, query.author, _iso(query.since)))) or _("Search")
    )


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
