"""What is found: the one question that the page, the API and the feeds ask."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.utils import timezone

from articles.models.published import PublishedArticle, PublishedAuthor, PublishedSection
from articles.models.published_search import PublishedSearch
from articles.public.composed import Composed
from articles.search import tokens
from articles.search.asking import Order, Query
from articles.search.choosing import the_database, the_store
from articles.search.folding import fold
from articles.search.marking import Piece, mark, snippet
from articles.search.server import rest
from articles.search.stores import Candidate, Store, StoreFailed, Wanted
from articles.search.words import paragraphs_of
from newsroom.dates import start_of

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)

PAGE_SIZE = 20
# What is found beyond is not counted.
MOST = 2000
# How many of the newest are shown where more is found: nobody reads on, everybody narrows down.
MOST_SHOWN = 500
MOST_AUTHORS = 50
# A story of a year ago weighs half of one of today.
_HALF_LIFE_DAYS = 365
# How far back the newest are looked for, in months, before everything is looked through: each time a little over
# three times as far, for all that is found is put in order before the newest of it are known.
_MONTHS_BACK = (3, 10, 30)
_MOST_MONTHS = 24

_SHOWN = Composed(lambda ids: PublishedArticle.objects.select_related("section").filter(pk__in=ids))
_FIRST = {
    order: Composed(lambda order=order: PublishedSearch.objects.only("published_at").order_by(order)[:1])
    for order in ("published_at", "-published_at")
}


@dataclass(frozen=True)
class Hit:
    """A story that was found, with its headline and the part of its text that shows why."""

    article: PublishedArticle
    headline: list[Piece]
    snippet: list[Piece]


@dataclass(frozen=True)
class Found:
    """A page of what was found.

    `count` is exact unless `is_capped`: then there are more than `MOST`, and pages show the `MOST_SHOWN` newest, with
    as many of the newest that have it in their headline. `everything` are all that pages show, in their order.
    """

    query: Query
    hits: list[Hit]
    page: int
    size: int
    count: int
    is_capped: bool
    everything: list[Candidate]

    @property
    def last_page(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.last_page else None

    @property
    def first_place(self) -> int:
        """The place of the first hit of this page among all."""
        return (self.page - 1) * self.size + 1


def found(query: Query, *, page: int = 1, size: int = PAGE_SIZE) -> Found:
    """The stories that have everything `query` asks for, page by page from 1; a page beyond the last is empty, and
    so is what asks for nothing.

    The best first: what stands in the headline weighs four times, in kicker, subhead or keywords twice what stands
    in the text, and a year takes half. Or the newest first, if that is asked for.
    """
    everything, is_capped = _everything(query)
    shown = everything[(page - 1) * size : page * size]
    return Found(query, _hits(query, shown), page, size, len(everything), is_capped, everything)


def count_of(query: Query) -> int:
    """How many stories have what is asked for; `MOST` + 1 where there are more."""
    wanted = _wanted(query)
    return _asked(lambda store: store.count(wanted, MOST + 1))


def _everything(query: Query) -> tuple[list[Candidate], bool]:
    if not query.asks_for_something:
        return [], False
    wanted = _wanted(query)
    candidates = _asked(lambda store: store.all_of(wanted, MOST))
    is_capped = candidates is None
    if candidates is None:
        candidates = _newest(wanted)
        if query.order == Order.BEST and query.terms and not query.in_headline:
            candidates += _some_or_newest(_wanted(replace(query, in_headline=True)))
            candidates = list({candidate.article_id: candidate for candidate in candidates}.values())
    return _sorted(candidates, query), is_capped


def _asked(ask: Callable[[Store], Answer]) -> Answer:
    """What the index says; where a search server does not answer, what the database's own says."""
    try:
        return ask(the_store())
    except StoreFailed as failure:
        log.warning("The search server does not answer, the database does: %s", failure)
        rest()
        return ask(the_database())


def _some_or_newest(wanted: Wanted) -> list[Candidate]:
    """All that have what is wanted, or the `MOST_SHOWN` newest of them."""
    some = _asked(lambda store: store.all_of(wanted, MOST_SHOWN))
    return _newest(wanted) if some is None else some


def _newest(wanted: Wanted) -> list[Candidate]:
    return _asked(lambda store: store.newest(wanted, MOST_SHOWN, _stretches(wanted)))


def _stretches(wanted: Wanted) -> Iterator[tuple[str, ...]]:
    last_day = timezone.localdate(wanted.before) if wanted.before else _outermost("-published_at")
    for months in _MONTHS_BACK:
        yield _time_tokens(_months_before(last_day, months - 1), last_day)


def _months_before(day: datetime.date, months: int) -> datetime.date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(max(years, 1), month + 1, 1)


def _time_tokens(since: datetime.date, until: datetime.date) -> tuple[str, ...]:
    """Tokens one of which every story of these days has; those of years where months would be many."""
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    if last - first >= _MOST_MONTHS:
        return tuple(tokens.year_token(year) for year in range(since.year, until.year + 1))
    return tuple(tokens.month_token(month // 12, month % 12 + 1) for month in range(first, last + 1))


def _wanted(query: Query) -> Wanted:
    """`query` in the words of the index."""
    all_of = {token for term in query.terms for token in term.tokens}
    if query.in_headline:
        all_of = {tokens.in_headline(token) for token in all_of}
    if query.section:
        all_of.add(tokens.section_token(_id_of(PublishedSection, query.section)))
    if query.author:
        all_of.add(tokens.author_token(_id_of(PublishedAuthor, query.author)))
    if query.genre:
        all_of.add(tokens.genre_token(query.genre))
    if query.printed_on is not None:
        all_of.add(tokens.page_token(query.printed_on.day, fold(query.printed_on.label)))
    return Wanted(
        frozenset(all_of),
        any_of=tuple(group for group in (_byline(query), _days(query)) if group),
        passages=tuple(term.text for term in query.terms if not term.is_settled_by_tokens),
        field="headline" if query.in_headline else "plain",
        since=start_of(query.since) if query.since else None,
        before=start_of(query.until + datetime.timedelta(days=1)) if query.until else None,
        places=tuple(tokens.stem(term.text) if term.by_stem else term.text for term in query.terms),
    )


def _id_of(model: type[PublishedSection | PublishedAuthor], slug: str) -> int:
    """The id that lasts whatever the address becomes; 0, which nothing has, where nothing public has the address."""
    return model._default_manager.filter(slug=slug).values_list("pk", flat=True).first() or 0


def _byline(query: Query) -> tuple[str, ...]:
    """One of these tokens has whatever is by somebody of this name: as it was printed, or as they are called now."""
    name = fold(query.byline).strip()
    if not name:
        return ()
    authors = PublishedAuthor.objects.filter(name__icontains=query.byline.strip())[:MOST_AUTHORS]
    return (tokens.name_token(name), *(tokens.author_token(author.pk) for author in authors))


def _days(query: Query) -> tuple[str, ...]:
    """The tokens of the months or years asked for; the days themselves are looked at row by row."""
    if query.since is None and query.until is None:
        return ()
    first, last = query.since or _outermost("published_at"), query.until or _outermost("-published_at")
    return _time_tokens(first, max(first, last))


def _outermost(order: str) -> datetime.date:
    """The day of the first story in this order; today where there is none."""
    first = _FIRST[order].first()
    return timezone.localdate(first.published_at if first else None)


def _sorted(candidates: list[Candidate], query: Query) -> list[Candidate]:
    if query.order == Order.NEWEST:
        return sorted(candidates, key=lambda one: (one.published_at, one.number), reverse=True)
    # By the day, not the second: what is on the second page does not move while the first is read.
    midnight = start_of(timezone.localdate()).astimezone(datetime.UTC)

    def place(one: Candidate) -> tuple[float, datetime.datetime, int]:
        age = max(0.0, (midnight - one.published_at).total_seconds() / 86_400)
        return one.weight / (1 + age / _HALF_LIFE_DAYS), one.published_at, one.number

    return sorted(candidates, key=place, reverse=True)


def _hits(query: Query, shown: Sequence[Candidate]) -> list[Hit]:
    """The stories themselves; one that was withdrawn or corrected since the index was asked is left out."""
    articles = {article.pk: article for article in _SHOWN([one.article_id for one in shown])}
    current = [articles[one.article_id] for one in shown if _is_current(articles.get(one.article_id), one)]
    return [
        Hit(
            article,
            mark(article.title, query.terms),
            snippet(paragraphs_of(article), () if query.in_headline else query.terms),
        )
        for article in current
    ]


def _is_current(article: PublishedArticle | None, candidate: Candidate) -> bool:
    return article is not None and candidate.updated_at in {None, article.updated_at}
