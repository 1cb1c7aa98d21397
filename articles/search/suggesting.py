"""What is offered while somebody types: headlines, authors, keywords, sections."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy

from articles.models.published import PublishedArticle, PublishedAuthor, PublishedSection
from articles.models.published_collections import PublishedTag, tag_slug
from articles.public.reading import ADVERTISEMENT
from articles.search.asking import MOST_CHARACTERS, MOST_WORDS, Query, terms_of
from articles.search.finding import found
from articles.search.folding import fold

HEADLINES = 5
OTHERS = 3
KINDS = {
    "section": gettext_lazy("Section"),
    "author": gettext_lazy("Author"),
    "tag": gettext_lazy("Keyword"),
    "headline": gettext_lazy("Story"),
    "advertisement": gettext_lazy("Advertisement"),
}


@dataclass(frozen=True)
class Suggestion:
    """Something that can be opened; `kind` is one of KINDS."""

    kind: str
    label: str
    address: str


def suggest(said: str) -> list[Suggestion]:
    """What fits the beginning that somebody typed, of published things alone; nothing for marks and spaces, and
    for more words than a search takes.
    """
    said = "".join(filter(str.isprintable, said[:MOST_CHARACTERS])).strip()
    terms = terms_of(said)
    if not 0 < len(terms) <= MOST_WORDS:
        return []
    forms = {said, fold(said)}
    hits = found(Query(terms, in_headline=True), size=HEADLINES).hits
    return [
        *_of("section", _sections(forms)),
        *_of("author", _authors(forms)),
        *_of("tag", _tags(forms)),
        *(_story(hit.article) for hit in hits),
    ]


def _story(article: PublishedArticle) -> Suggestion:
    kind = "advertisement" if article.genre == ADVERTISEMENT else "headline"
    return Suggestion(kind, article.title, article.get_absolute_url())


def _sections(forms: set[str]) -> list[PublishedSection]:
    fits = Q()
    for form in forms:
        fits |= Q(name__icontains=form) | Q(name_en__icontains=form)
    return list(PublishedSection.objects.filter(fits)[:OTHERS])


def _authors(forms: set[str]) -> list[PublishedAuthor]:
    fits = Q()
    for form in forms:
        fits |= Q(name__icontains=form)
    return list(PublishedAuthor.objects.filter(fits).order_by("name")[:OTHERS])


def _tags(forms: set[str]) -> list[PublishedTag]:
    fits = Q()
    for slug in filter(None, map(tag_slug, forms)):
        fits |= Q(slug__startswith=slug)
    return list(PublishedTag.objects.filter(fits).order_by("slug")[:OTHERS]) if fits else []


def _of(kind: str, things: list[PublishedSection] | list[PublishedAuthor] | list[PublishedTag]) -> list[Suggestion]:
    return [Suggestion(kind, str(thing), thing.get_absolute_url()) for thing in things]
