"""Ways on from what was found: narrower where it is much, wider where it is nothing."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.calendar_days import held
from articles.models.published import PublishedAuthor, PublishedSection
from articles.public.composed import Composed
from articles.search.asking import Query, Term
from articles.search.finding import Found, count_of
from articles.search.genres import GENRES
from newsroom.dates import month, next_month, start_of

MOST_VALUES = 10
# Of a long word without any mark so many pairs are asked, and no longer parts are put together of them.
_MOST_PAIRS = 16
_LONGEST_PART = 6
# And so many passages in all, of however many words: a page that found nothing may not cost more than one that did.
_MOST_ASKED = 40
_SECTIONS = Composed(lambda ids: PublishedSection.objects.filter(pk__in=ids))
_AUTHORS = Composed(lambda ids: PublishedAuthor.objects.filter(pk__in=ids))
# Around the days asked for, when nothing stands in them.
_NEARBY = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Choice:
    """One value of a facet: `query` is what was asked, narrowed to it; `count` is None where it was not counted."""

    label: str
    count: int | None
    query: Query


class _Named(NamedTuple):
    """What a value of the index stands for: how a question asks for it, and what readers call it."""

    asked: str
    label: str


@dataclass(frozen=True)
class Facet:
    """A property by which what was found can be narrowed; `wider` is the question without it where it is chosen."""

    name: str
    label: str
    choices: list[Choice]
    wider: Query | None


@dataclass(frozen=True)
class Instead:
    """A question like the one that found nothing, and how much it finds."""

    label: str
    count: int
    query: Query


def facets_of(found: Found) -> list[Facet]:
    """Section, time, author and genre of everything found; counted unless there is more than was looked at."""
    query = found.query
    return [
        _facet(found, "section", _("Section"), _name_of(PublishedSection, query.section), partial(_named, _SECTIONS)),
        _time(found),
        _facet(found, "author", _("Author"), _name_of(PublishedAuthor, query.author), partial(_named, _AUTHORS)),
        _facet(found, "genre", _("Genre"), str(GENRES.get(query.genre, query.genre)), _genres),
    ]


def _with(query: Query, name: str, value: str) -> Query:
    changes: dict[str, Any] = {name: value}
    return replace(query, **changes)


def _facet(
    found: Found, name: str, label: str, chosen: str, naming: Callable[[Iterable[str]], dict[str, _Named]]
) -> Facet:
    """`chosen` is what is chosen already, in words; `naming` says what the values of the index stand for."""
    if chosen:
        return Facet(name, label, [Choice(chosen, None, found.query)], _with(found.query, name, ""))
    counts = _counts(found, name)
    values = dict(counts.most_common(MOST_VALUES))
    named = naming(values)
    choices = [
        Choice(named[value].label, _count(found, count), _with(found.query, name, named[value].asked))
        for value, count in values.items()
        if value in named
    ]
    return Facet(name, label, choices, None)


def _counts(found: Found, name: str) -> Counter[str]:
    """How many have each value. Few have one that no other has, so alike ones are counted before they are read."""
    alike = Counter(map(attrgetter("authors" if name == "author" else name), found.everything))
    counts: Counter[str] = Counter()
    for values, count in alike.items():
        counts.update(dict.fromkeys(values.split(), count))
    return counts


def _time(found: Found) -> Facet:
    """Years; the months of a year where one is asked for or all lies in one."""
    query = found.query
    moments = [candidate.published_at for candidate in found.everything]
    first, last = (timezone.localdate(outermost(moments, default=None)) for outermost in (min, max))
    in_one_year = first.year == last.year
    spans = list(_months(first.year) if in_one_year else _years(first.year, last.year))
    # Moments of one zone are compared several times as quickly.
    begins = [start_of(since).astimezone(datetime.UTC) for since, _until in spans]
    counts = Counter(map(partial(bisect_right, begins), moments))
    wider = replace(query, since=None, until=None) if query.since or query.until else None
    choices = [
        Choice(
            month(since) if in_one_year else str(since.year),
            _count(found, counts[place]),
            replace(query, since=since, until=until),
        )
        for place, (since, until) in reversed(list(enumerate(spans, start=1)))
        if counts[place] and (query.since, query.until) != (since, until)
    ]
    return Facet("time", _("Time"), choices, wider)


def _years(first: int, last: int) -> Iterator[tuple[datetime.date, datetime.date]]:
    """The first and the last day of each year."""
    return ((datetime.date(year, 1, 1), datetime.date(year, 12, 31)) for year in range(first, last + 1))


def _months(year: int) -> Iterator[tuple[datetime.date, datetime.date]]:
    """The first and the last day of each month of the year."""
    firsts = (datetime.date(year, month, 1) for month in range(1, 13))
    return ((first, next_month(first) - datetime.timedelta(days=1)) for first in firsts)


def _count(found: Found, count: int) -> int | None:
    return None if found.is_capped else count


def _name_of(model: type[PublishedSection | PublishedAuthor], slug: str) -> str:
    """What has this address, in words; the address itself where nothing public has it."""
    return str(model._default_manager.filter(slug=slug).first() or slug) if slug else ""


def _named(these: Composed[Any], ids: Iterable[str]) -> dict[str, _Named]:
    # Rows of an earlier form of the index, which `rebuild_search` has still to write anew, have addresses there.
    found = these([int(one) for one in ids if one.isdecimal()])
    return {str(one.pk): _Named(one.slug, str(one)) for one in found}


def _genres(values: Iterable[str]) -> dict[str, _Named]:
    return {value: _Named(value, str(GENRES[value])) for value in values if value in GENRES}


def instead_of(query: Query) -> list[Instead]:
    """What to ask instead of a question that found nothing: each a little wider, and each finds something.

    Where nothing near it does, its words alone.
    """
    return _finding(_wider(query)) or _single_words(query)


def _finding(others: Iterable[tuple[str, Query]]) -> list[Instead]:
    # One after the other: what is not shown is not counted.
    counted = ((label, other, count_of(other)) for label, other in others if other.asks_for_something)
    return list(islice((Instead(label, count, other) for label, other, count in counted if count), MOST_VALUES))


def _wider(query: Query) -> Iterator[tuple[str, Query]]:
    if query.in_headline:
        yield _("in the whole text"), replace(query, in_headline=False)
    if query.section:
        yield _("in all sections"), replace(query, section="")
    if query.since or query.until:
        yield (
            _("within thirty days of it"),
            replace(
                query,
                since=query.since and held(query.since - _NEARBY),
                until=query.until and held(query.until + _NEARBY),
            ),
        )
        yield _("at any time"), replace(query, since=None, until=None)
    if query.printed_on and query.printed_on.label:
        yield _("on any page of that day"), replace(query, printed_on=replace(query.printed_on, label=""))
    if query.printed_on:
        yield _("printed or not"), replace(query, printed_on=None)
    if query.byline or query.author:
        yield _("by anybody"), replace(query, byline="", author="")
    if query.genre:
        yield _("of any genre"), replace(query, genre="")
    yield from _with_fewer_words(query)


def _with_fewer_words(query: Query) -> Iterator[tuple[str, Query]]:
    if len(query.terms) > 1:
        for term in query.terms:
            yield _("without “%(word)s”") % {"word": term.text}, query.without(term)
    for term in query.terms:
        parts = _parts(term)
        if parts:
            others = [one for other in query.terms for one in (parts if other == term else [other])]
            said = " ".join(part.text for part in parts)
            yield _("“%(words)s” apart from each other") % {"words": said}, replace(query, terms=tuple(others))


def _single_words(query: Query) -> list[Instead]:
    """What of the words stands in the paper by itself, the longest first; a part that finds no more than a longer one
    it stands in says nothing new.
    """
    count, found = _counting(), list[Instead]()
    for text in (text for term in query.terms for text in _passages(term, count)):
        longer = (other.count for other in found if text in other.query.terms[0].text)
        if count(text) > max(longer, default=0):
            found.append(Instead(_("“%(word)s” alone") % {"word": text}, count(text), Query((Term(text, text),))))
    return found[:MOST_VALUES]


def _counting() -> Callable[[str], int]:
    """Counts the stories with a passage, each once; beyond `_MOST_ASKED` none is looked for any more."""
    known: dict[str, int] = {}

    def count(text: str) -> int:
        if text not in known:
            known[text] = count_of(Query((Term(text, text),))) if len(known) < _MOST_ASKED else 0
        return known[text]

    return count


def _passages(term: Term, count: Callable[[str], int]) -> Iterator[str]:
    """The parts of a term that may be in the paper: its words between marks; of one long word whatever its pairs of
    characters, of which the first `_MOST_PAIRS` are asked, can make up, the longest first.
    """
    parts = _parts(term)
    if not parts or not term.text.isalnum():
        yield from (part.text for part in parts or [term])
        return
    pairs = [term.text[place : place + 2] for place in range(len(term.text) - 1)][:_MOST_PAIRS]
    there = [count(pair) > 0 for pair in pairs]
    for length in range(min(len(pairs), _LONGEST_PART - 1), 0, -1):
        for place in range(len(pairs) - length + 1):
            if all(there[place : place + length]):
                yield term.text[place : place + length + 1]


def _parts(term: Term) -> list[Term]:
    """A passage in parts that may stand anywhere: at its marks, or by twos, as most Chinese words are."""
    words = "".join(character if character.isalnum() else " " for character in term.text).split()
    if len(words) == 1 and len(term.text) >= 4 and not term.by_stem:
        words = [term.text[place : place + 2] for place in range(0, len(term.text), 2)]
    return [Term(word, word) for word in words] if len(words) > 1 else []
