"""Lists page by page, each by the key that it is ordered by: the thousandth page costs what the first does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles import keyset
from articles.api.answering import json_answer
from articles.api.filters import ListFilter
from articles.api.problems import Problem
from articles.api.properties import Thing


class Cut(NamedTuple):
    """Some rows of a list, and the cursor of what comes after them; empty where the list ends."""

    rows: list[Any]
    further: str


# How what was asked for (rows, or a question to the index) is cut: behind a cursor, at most so many.
Order = Callable[[Any, str, int], Cut]


def newest_first(rows: QuerySet[Any], cursor: str, size: int) -> Cut:
    """By the moment of publication. Raises a Problem where the cursor is none of ours."""
    try:
        page = keyset.page_of(rows, {"before": cursor} if cursor else {}, size)
    except keyset.BrokenCursor as broken:
        raise wrong_cursor() from broken
    return Cut(page.rows, str(page.older or ""))


def last_withdrawn_first(rows: QuerySet[Any], cursor: str, size: int) -> Cut:
    """By the moment of withdrawal, which stands in for the one of publication."""
    return newest_first(rows.annotate(published_at=F("withdrawn_at")), cursor, size)


def by_address(rows: QuerySet[Any], cursor: str, size: int) -> Cut:
    """By the address; a cursor is the last one."""
    found = list(rows.filter(slug__gt=cursor).order_by("slug")[: size + 1])
    return Cut(found[:size], found[size - 1].slug if len(found) > size else "")


def wrong_cursor() -> Problem:
    """What is said of a cursor that no answer gave."""
    return Problem(400, errors={"cursor": [_("No answer of ours has given this cursor.")]})


def answer_list(request: HttpRequest, cut: Cut, items: Sequence[Thing]) -> HttpResponse:
    """The items, with the address of what comes after them in the answer and in a `Link`."""
    parameters = request.GET.copy()
    parameters["cursor"] = cut.further
    further = request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}") if cut.further else None
    response = json_answer({"items": items, "next": further})
    if further:
        response["Link"] = f'<{further}>; rel="next"'
    return response


def cut(asked: ListFilter, order: Order) -> Cut:
    """As much of what was asked for as is sent at once."""
    return order(asked.qs, asked.place, asked.size)
