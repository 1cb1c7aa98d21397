"""The public pages that list stories: of a section, an author, a tag or a special; and the list of specials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from articles.addresses import address
from articles.models.published_collections import PublishedSpecial
from articles.public import reading
from articles.public.page import public_page

Row = TypeVar("Row")


@public_page
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories of a section, newest first."""
    section = _found(reading.SECTIONS.first(slug))
    page = reading.OF_SECTION(request.GET, section.pk)
    return render(request, "reading/section.html", {"section": section, "page": page, "stories": page.rows})


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories under which an author's name stands, newest first."""
    author = _found(reading.AUTHORS.first(slug))
    page = reading.OF_AUTHOR(request.GET, author.pk)
    stories = reading.stories_of(page.rows)
    return render(request, "reading/author.html", {"author": author, "page": page, "stories": stories})


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories with a keyword, newest first."""
    tag = _found(reading.TAGS.first(slug))
    page = reading.OF_TAG(request.GET, tag.pk)
    stories = reading.stories_of(page.rows)
    return render(request, "reading/tag.html", {"tag": tag, "page": page, "stories": stories})


@public_page
def specials(request: HttpRequest) -> HttpResponse:
    """The newest specials."""
    found = PublishedSpecial.objects.order_by("-updated_at", "-pk")[: reading.LIST_SIZE]
    return render(request, "reading/specials.html", {"specials": found})


@public_page
def special(request: HttpRequest, slug: str) -> HttpResponse:
    """A special: its introduction, and its stories as they were put together."""
    special = get_object_or_404(PublishedSpecial, slug=slug)
    groups = reading.groups_of_special(special)
    return render(request, "reading/special.html", {"special": special, "groups": groups})


def leads_to(name: str) -> Callable[..., HttpResponseBase]:
    """A view that leads to the page of this name in the language of the address."""

    @public_page
    def lead(_request: HttpRequest) -> HttpResponse:
        return redirect(address(name))

    return lead


def _found(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row
