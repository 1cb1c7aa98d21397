"""The public search: its page, and what it offers while somebody types."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext

from articles.models.published import PublicFrame
from articles.public import feeds, traditional
from articles.public.feed_formats import FeedFormat
from articles.public.moved import by_present_addresses
from articles.public.open_to_scripts import open_to_scripts
from articles.public.page import public_page
from articles.search.asking import Order
from articles.search.finding import PAGE_SIZE, found
from articles.search.form import SearchForm, address_of, said_in
from articles.search.narrowing import facets_of, instead_of
from articles.search.suggesting import KINDS, suggest


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """The form, and a page of what it finds; 400 with what is wrong where it cannot be read, 404 beyond the last."""
    form = _asked(request)
    if not form.is_valid():
        return _unlisted(render(request, "reading/search.html", {"form": form, "found": None}, status=400))
    query, page = form.query, form.cleaned_data["page"] or 1
    if not query.asks_for_something:
        return _unlisted(render(request, "reading/search.html", {"form": form, "found": None}))
    result = found(query, page=page, size=PAGE_SIZE)
    context = {
        "form": form,
        "found": result,
        "facets": facets_of(result) if result.count else [],
        "instead": [] if result.count else instead_of(query),
    }
    beyond = page > result.last_page
    return _unlisted(render(request, "reading/search.html", context, status=404 if beyond else 200))


@public_page
def suggestions(request: HttpRequest) -> HttpResponse:
    """What fits the beginning in `q`, as JSON."""
    offered = suggest(request.GET.get("q", ""))
    count = len(offered)
    say = traditional.convert if get_language() == traditional.LANGUAGE else str
    answer = {
        "suggestions": [
            {**asdict(one), "label": say(one.label), "kind_label": say(str(KINDS[one.kind]))} for one in offered
        ],
        "summary": say(ngettext("%(count)s suggestion", "%(count)s suggestions", count) % {"count": count}),
    }
    return _unlisted(JsonResponse(answer, json_dumps_params={"ensure_ascii": False}))


@open_to_scripts
@public_page
def search_feed(request: HttpRequest, form: FeedFormat) -> HttpResponse:
    """The newest of what a search finds, as a feed; 404 for a search that the page would not understand."""
    asked = _asked(request)
    if not asked.is_valid() or not asked.query.asks_for_something:
        raise Http404
    query = replace(asked.query, order=Order.NEWEST)
    stories = feeds.editorial(hit.article for hit in found(query, page=1, size=feeds.FEED_SIZE).hits)
    place = address_of(query)
    page = reverse("reading:search") + place
    return _unlisted(feeds.answer(request, form, feeds.FeedSource("search", said_in(query), page, stories, place)))


def _asked(request: HttpRequest) -> SearchForm:
    frame: PublicFrame = request.public_frame  # type: ignore[attr-defined]
    return SearchForm(by_present_addresses(request.GET), sections=_sections(frame))


def _sections(frame: PublicFrame) -> list[tuple[str, str]]:
    name = "name_en" if (get_language() or "").startswith("en") else "name"
    return [(section["slug"], section[name]) for section in frame.sections]


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
