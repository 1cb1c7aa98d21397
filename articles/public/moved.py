"""What answers at an address where nothing does any more: where it leads, or that it is gone. Asked last of all.

Questions that name something by a former address are asked by its present one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.shortcuts import render
from django.urls import ResolverMatch, resolve, reverse
from django.utils.translation import override

from articles.models.moved import AddressKind, FormerAddress, MovedAddress
from articles.models.published import PublishedAuthor, PublishedSection, WithdrawnArticle
from articles.models.published_collections import PublishedSpecial, PublishedTag
from articles.public.page import CACHE_CONTROL

_PUBLIC: dict[AddressKind, Any] = {
    AddressKind.SECTION: PublishedSection,
    AddressKind.AUTHOR: PublishedAuthor,
    AddressKind.SPECIAL: PublishedSpecial,
    AddressKind.TAG: PublishedTag,
}


def answer_of(request: HttpRequest) -> HttpResponse | None:
    """Where the address of a request leads that nothing answers: a permanent redirect, 410 where that was withdrawn,
    None where it leads nowhere.
    """
    if request.method not in ("GET", "HEAD") or "\x00" in request.path:
        return None
    response = _of_former(request) or _of_earlier_site(request)
    if response is not None:
        response["Cache-Control"] = CACHE_CONTROL
    return response


def _of_former(request: HttpRequest) -> HttpResponse | None:
    """The page or feed that was asked for by a former address, by the present one; 410 for a page under whose address
    nothing stands for the time being. A feed is only not there: readers of feeds would never ask again.
    """
    match = request.resolver_match
    kind = _kind_of(match) if match else None
    if match is None or kind is None:
        return None
    present = _present({kind: match.kwargs["slug"]})
    if not present:
        is_page = match.view_name == f"reading:{kind}"
        return _of_nothing(request, kind, match.kwargs["slug"]) if is_page else None
    to = reverse(match.view_name, kwargs={**match.kwargs, "slug": present[kind]})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{to}?{query}" if query else to)


def _of_nothing(request: HttpRequest, kind: AddressKind, slug: str) -> HttpResponse | None:
    # A special that is hidden was put together by hand, and may be shown again any day.
    if kind == AddressKind.SPECIAL or not FormerAddress.objects.filter(kind=kind, slug=slug).exists():
        return None
    return render(request, "reading/emptied.html", status=410)


def by_present_addresses(parameters: QueryDict) -> QueryDict:
    """What is asked, with the present address of a section or an author that it names by a former one."""
    kinds = (AddressKind.SECTION, AddressKind.AUTHOR)
    led_on = parameters.copy()
    for kind, slug in _present({kind: parameters.get(kind, "") for kind in kinds}).items():
        led_on[kind] = slug
    return led_on


def _present(asked: Mapping[AddressKind, str]) -> dict[AddressKind, str]:
    """Where these addresses lead now: those of them that are former ones of what is public."""
    slugs = [Q(kind=kind, slug=slug) for kind, slug in asked.items() if slug and "\x00" not in slug]
    if not slugs:
        return {}
    former = FormerAddress.objects.filter(reduce(or_, slugs)).exclude(current=F("slug"))
    current = {AddressKind(row.kind): row.current for row in former}
    return {kind: slug for kind, slug in current.items() if _PUBLIC[kind].objects.filter(slug=slug).exists()}


def _kind_of(match: ResolverMatch) -> AddressKind | None:
    """Of what the view is a page or a feed, if that can change its address."""
    place, _colon, name = match.view_name.partition(":")
    named = name.removesuffix("_feed")
    return AddressKind(named) if place in ("reading", "discovery") and named in AddressKind.values else None


def _of_earlier_site(request: HttpRequest) -> HttpResponse | None:
    """What the earlier site showed at this address; one with a query that it did not have counts without it, for
    whoever passes addresses on puts words of their own behind them.
    """
    query = request.META.get("QUERY_STRING", "")
    whole = f"{request.path}?{query}" if query else request.path
    found = {row.address: row for row in MovedAddress.objects.filter(address__in={whole, request.path})}
    moved = found.get(whole) or found.get(request.path)
    if moved is None:
        return None
    withdrawn = _withdrawn_at(moved.target)
    if withdrawn is not None:
        return render(request, "reading/withdrawn.html", {"withdrawn": withdrawn}, status=410)
    return HttpResponsePermanentRedirect(moved.target)


def _withdrawn_at(target: str) -> WithdrawnArticle | None:
    """The story that this public address named, if it was withdrawn."""
    with override(settings.LANGUAGE_CODE):
        match = resolve(target)
    if match.view_name != "reading:story":
        return None
    return WithdrawnArticle.objects.filter(number=match.kwargs["number"]).first()
