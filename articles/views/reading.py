"""The public pages that list stories: a section, an author."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles import keyset
from articles.models.published import PublishedAuthor, PublishedSection
from articles.models.published_collections import PublishedSpecial, PublishedTag
from articles.public import reading
from articles.public.page import public_page


@public_page
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories of a section, newest first."""
    section = get_object_or_404(PublishedSection, slug=slug)
    page = keyset.page_of(reading.listed().filter(section=section), request.GET, reading.LIST_SIZE)
    return render(request, "reading/section.html", {"section": section, "page": page, "stories": page.rows})


@public_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories under which an author's name stands, newest first."""
    author = get_object_or_404(PublishedAuthor, slug=slug)
    page = keyset.page_of(reading.links_of_author(author.pk), request.GET, reading.LIST_SIZE)
    stories = reading.stories_of(page.rows)
    return render(request, "reading/author.html", {"author": author, "page": page, "stories": stories})


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories with a keyword, newest first."""
    tag = get_object_or_404(PublishedTag, slug=slug)
    page = keyset.page_of(reading.links_of_tag(tag.pk), request.GET, reading.LIST_SIZE)
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
