"""What a list of the desk can be narrowed to."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.calendar_days import held
from articles.models import Article, Byline, Contributor, Section
from articles.querysets import from_day, to_day
from articles.states import State
from newsroom.inputs import RangesForm, day_input

# No index finds a word inside a headline: the stories of so many days are looked through, never the archive. Texts are
# a hundred times as long as headlines, and those of fewer days are.
SEARCHED_DAYS, SEARCHED_TEXT_DAYS = 366, 31
# More people of one name are looked for in no byline.
MOST_NAMED = 200


NOTHING = Q(pk__in=())


class StoryFilterForm(RangesForm):
    """What is asked of the list of stories."""

    ranges = [("since", "until")]


class StoryFilter(filters.FilterSet):  # type: ignore[misc]
    """Stories by words, section, state, author, the days of their last change, and edition; and in which order.

    A search by words or by a name looks through `SEARCHED_DAYS` days before `until`, or before today; words are looked
    for in the texts of the last `SEARCHED_TEXT_DAYS` of these.
    """

    words = filters.CharFilter(
        method="said",
        max_length=100,
        label=_("Words, a name or a number"),
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
        method="changed_since",
        label=_("Changed since"),
        widget=day_input(),
    )
    until = filters.DateFilter(
        method="changed_until",
        label=_("Changed until"),
        widget=day_input(),
    )
    edition = filters.DateFilter(method="in_edition", label=_("In the edition of"), widget=day_input())
    order = filters.ChoiceFilter(
        method="as_it_is",
        choices=[("filed", _("last filed first"))],
        label=_("Order"),
        empty_label=_("last changed first"),
    )

    class Meta:
        model = Article
        fields: list[str] = []
        form = StoryFilterForm

    @property
    def newest_by(self) -> tuple[str, str]:
        """The columns that the list is ordered by, newest first: each has an index that ends in the number."""
        asked = self.form.cleaned_data.get("order") if self.form.is_valid() else ""
        return ("created_at" if asked == "filed" else "updated_at", "id")

    @property
    def searched_since(self) -> datetime.date | None:
        """The first day that a search looks through; None where nothing is searched or `since` is later."""
        asked = self.form.cleaned_data
        if not (asked.get("words") or asked.get("author")):
            return None
        first = self._day_before(SEARCHED_DAYS)
        return None if asked.get("since") and asked["since"] >= first else first

    @property
    def texts_searched_since(self) -> datetime.date | None:
        """The first day whose stories are searched to the end of their texts; as `searched_since`."""
        asked = self.form.cleaned_data
        if not asked.get("words"):
            return None
        first = self._day_before(SEARCHED_TEXT_DAYS)
        return None if asked.get("since") and asked["since"] >= first else first

    def _day_before(self, days: int) -> datetime.date:
        """So many days before the last one that is asked for."""
        return held(self.form.cleaned_data.get("until") or timezone.localdate()) - datetime.timedelta(days=days)

    def filter_queryset(self, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """Every filter, and the days that a search is held to."""
        narrowed: QuerySet[Article] = super().filter_queryset(queryset)
        first = self.searched_since
        return narrowed.filter(from_day("updated_at", first)) if first else narrowed

    def as_it_is(self, queryset: QuerySet[Article], _name: str, _value: str) -> QuerySet[Article]:
        """An order leaves nothing out."""
        return queryset

    def changed_since(self, queryset: QuerySet[Article], _name: str, value: datetime.date) -> QuerySet[Article]:
        """Last changed on this day of the newsroom or later."""
        return queryset.filter(from_day("updated_at", value))

    def changed_until(self, queryset: QuerySet[Article], _name: str, value: datetime.date) -> QuerySet[Article]:
        """Last changed on this day of the newsroom or earlier."""
        return queryset.filter(to_day("updated_at", value))

    def said(self, queryset: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        """Every word in headline, slugline, byline or a text of the last days; a number may be the story's own."""
        texts_searched = from_day("updated_at", self._day_before(SEARCHED_TEXT_DAYS))
        for word in value.split():
            in_text = texts_searched & _in_text(word)
            in_few_words = _holds("headline", word) | _holds("slugline", word)
            queryset = queryset.filter(in_few_words | _by(word) | _numbered(word) | in_text)
        return queryset

    def by_author(self, queryset: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        """Somebody of this name in the byline."""
        named = Byline.objects.filter(article=OuterRef("pk"), contributor__name__icontains=value.strip())
        return queryset.filter(Exists(named))

    def in_edition(self, queryset: QuerySet[Article], _name: str, value: Any) -> QuerySet[Article]:
        """Placed on a page of this date, extras included."""
        return queryset.filter(pk__in=Article.objects.filter(placements__page__edition__date=value))


def _holds(field: str, word: str) -> Q:
    """The word stands there, in capitals or not. Chinese has none, and is found to the letter in a fraction of the
    time.
    """
    lookup = "holds" if word.lower() == word.upper() else "icontains"
    return Q(**{f"{field}__{lookup}": word})


def _by(word: str) -> Q:
    """Somebody whose name has the word stands in the byline. Few words are part of a name, and no byline is read for
    the others.
    """
    named = list(Contributor.objects.filter(name__icontains=word).values_list("pk", flat=True)[:MOST_NAMED])
    return Q(Exists(Byline.objects.filter(article=OuterRef("pk"), contributor__in=named))) if named else NOTHING


def _numbered(word: str) -> Q:
    return Q(pk=int(word)) if re.fullmatch(r"[0-9]{1,18}", word) else NOTHING


def _in_text(word: str) -> Q:
    """The word stands in the text as it is read: what a tag says between its brackets is no word, and no part of how
    a character is written. The second condition is asked of the few alone that keep the first.
    """
    written = html.escape(word, quote=False)
    return _holds("body", written) & Q(body__iregex=rf"(^|>)([^<&]|&\w+;)*{re.escape(written)}")


def kept_query(asked: QueryDict) -> str:
    """What of an address's question narrows or orders the list: its filters with what they say, nothing else."""
    kept = QueryDict(mutable=True)
    for name in StoryFilter.base_filters:
        said = asked.get(name)
        if isinstance(said, str) and said.strip():
            kept[name] = said.strip()
    return kept.urlencode()


def in_words(query: str) -> str:
    """What a kept query narrows the list to, as its filters call it."""
    form = StoryFilter(QueryDict(query)).form
    form.is_valid()
    said = [
        f"{form.fields[name].label} {dict(getattr(form.fields[name], 'choices', ())).get(value, value)}"
        for name, value in form.cleaned_data.items()
        if value
    ]
    return " · ".join(said)
