"""Search for programs: the question that readers ask, with the same answer."""

from __future__ import annotations

import re
from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.api.filters import NO_AUTHOR, NO_SECTION, Day, ListFilter, Named
from articles.api.lists import Cut, wrong_cursor
from articles.models.published import PublishedAuthor, PublishedSection
from articles.public.reading import ADVERTISEMENT
from articles.search.asking import MOST_CHARACTERS, MOST_WORDS, Order, Query, Term, terms_of
from articles.search.finding import found
from articles.search.genres import GENRES

_PAGE = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)


class QuestionField(forms.CharField):
    """Words to look for, as terms."""

    def clean(self, value: Any) -> tuple[Term, ...]:
        """Raises ValidationError where nothing is asked for, or too much."""
        terms = terms_of(super().clean(value))
        if not terms:
            raise forms.ValidationError(_("Type a character, a word or a number to look for."))
        if len(terms) > MOST_WORDS:
            raise forms.ValidationError(_("No more than %(most)s words at once.") % {"most": MOST_WORDS})
        return terms


class Question(filters.Filter):  # type: ignore[misc]
    field_class = QuestionField


class SearchFilter(ListFilter):
    """What is looked for: a question that the index answers, and no query of rows."""

    q = Question(
        method="as_it_is",
        required=True,
        max_length=MOST_CHARACTERS,
        label=gettext_lazy(
            "What to look for: every word is required, what stands in quotation marks as it is written."
        ),
    )
    section = Named(
        PublishedSection, missing=NO_SECTION, method="as_it_is", label=gettext_lazy("The address of the section.")
    )
    author = Named(
        PublishedAuthor,
        missing=NO_AUTHOR,
        method="as_it_is",
        label=gettext_lazy("The address of an author in the byline."),
    )
    kind = filters.ChoiceFilter(
        method="as_it_is",
        choices=list(GENRES.items()),
        label=gettext_lazy("The kind of piece; advertisements are told where they are asked for by it."),
    )
    since = Day(method="as_it_is", label=gettext_lazy("The first day of publication, in the newsroom's time."))
    until = Day(method="as_it_is", label=gettext_lazy("The last day of publication, in the newsroom's time."))
    sort = filters.ChoiceFilter(
        method="as_it_is",
        choices=[(Order.BEST.value, gettext_lazy("best match")), (Order.NEWEST.value, gettext_lazy("newest"))],
        label=gettext_lazy("In which order; the best match first if it is not said."),
    )

    @property
    def query(self) -> Query:
        """What was asked, of a valid form."""
        said = self.form.cleaned_data
        return Query(
            terms=said["q"],
            section=said["section"].slug if said["section"] else "",
            author=said["author"].slug if said["author"] else "",
            genre=said["kind"] or "",
            since=said["since"],
            until=said["until"],
            order=Order(said["sort"] or Order.BEST),
        )


def as_found(asked: SearchFilter) -> Cut:
    """Page by page, as search cuts what it finds; a cursor is the page's number. Raises a Problem."""
    if asked.place and not _PAGE.fullmatch(asked.place):
        raise wrong_cursor()
    query = asked.query
    result = found(query, page=int(asked.place or 1), size=asked.size)
    stories = [hit.article for hit in result.hits if query.genre or hit.article.genre != ADVERTISEMENT]
    return Cut(stories, str(result.next_page or ""))
