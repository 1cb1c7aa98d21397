"""What the API offers, as rows: addresses, views and the description are made of the same ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise

from articles.api.answering import answers, json_answer
from articles.api.filters import ListFilter, asked, refuse_unknown
from articles.api.lists import Order, answer_list
from articles.api.properties import Schema, Thing
from articles.public.site import Site, site_of

Tell = Callable[[Sequence[Any], Site], list[Thing]]


@dataclass(frozen=True)
class Listing:
    """A list: `filter` says what it can be narrowed to, `order` how it is cut, `tell` what is said of its rows."""

    name: str
    route: str
    summary: Promise
    schema: str
    rows: Callable[[], QuerySet[Any]]
    filter: type[ListFilter]
    order: Order
    tell: Tell

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Some of the list; raises a Problem for what is not offered."""
        page = self.order(asked(self.filter, request.GET, self.rows()))
        return answer_list(request, page, self.tell(page.rows, site_of(request)))


@dataclass(frozen=True)
class Single:
    """One thing, found by the part of its address called `key`; `find` raises a Problem or Http404."""

    name: str
    route: str
    summary: Promise
    schema: str
    key: str
    key_meaning: Promise
    key_schema: Schema
    find: Callable[[Any, Site], Thing]
    may_be_gone: bool = False

    def answer(self, request: HttpRequest, **named: Any) -> HttpResponse:
        """The thing; raises a Problem where it is none or no more, and for any parameter."""
        refuse_unknown(request.GET)
        return json_answer(self.find(named[self.key], site_of(request)))


Resource = Listing | Single


def addresses(resources: Sequence[Resource]) -> list[URLPattern]:
    """Where these resources answer, each under its name."""
    return [path(resource.route, answers(resource.answer), name=resource.name) for resource in resources]
