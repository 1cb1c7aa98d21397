"""Lists page by page, each by the key that it is ordered by: the thousandth page costs what the first does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles import keyset
from articles.addresses import absolute
from articles.api.answering import json_answer
from articles.api.filters import ListFilter, StoryFilter
from articles.api.problems import Problem
from articles.api.properties import Thing


class Cut(NamedTuple):
    """Some rows of a list, and the cursor of what comes after them; empty where the list ends."""

    rows: list[Any]
    further: str


# How what was asked for is cut: behind its cursor, at most so many.
Order = Callable[[Any], Cut]


def newest_first(asked: StoryFilter) -> Cut:
    """By the moment of publication. Raises a Problem where the cursor is none of ours."""
    return _by_moment(asked.qs, asked, walked_by=asked.walked_by)


def last_withdrawn_first(asked: ListFilter) -> Cut:
    """By the moment of withdrawal, which stands in for the one of publication. Raises a Problem like that one."""
    return _by_moment(asked.qs.annotate(published_at=F("withdrawn_at")), asked)


def _by_moment(rows: QuerySet[Any], asked: ListFilter, walked_by: str = "") -> Cut:
    try:
        page = keyset.page_of(rows, {"before": asked.place} if asked.place else {}, asked.size, walked_by=walked_by)
    except keyset.BrokenCursor as broken:
        raise wrong_cursor() from broken
    return Cut(page.rows, str(page.older or ""))


def by_address(asked: ListFilter) -> Cut:
    """By the address; a cursor is the last one."""
    return cut_by(asked.qs.filter(slug__gt=asked.place).order_by("slug"), asked.size, lambda row: row.slug)


def cut_by(rows: QuerySet[Any], size: int, cursor_of: Callable[[Any], str]) -> Cut:
    """The first of `rows`, which begin behind the cursor; one more is read to see whether the list goes on."""
    found = list(rows[: size + 1])
    return Cut(found[:size], cursor_of(found[size - 1]) if len(found) > size else "")


def wrong_cursor() -> Problem:
    """What is said of a cursor that no answer gave."""
    return Problem(400, errors={"cursor": [_("No answer of ours has given this cursor.")]})


def answer_list(request: HttpRequest, cut: Cut, items: Sequence[Thing]) -> HttpResponse:
    """The items, with the address of what comes after them in the answer and in a `Link`."""
    parameters = request.GET.copy()
    parameters["cursor"] = cut.further
    further = absolute(f"{request.path}?{parameters.urlencode()}") if cut.further else None
    response = json_answer({"items": items, "next": further})
    if further:
        response["Link"] = f'<{further}>; rel="next"'
    return response
