"""The public pages that need to know the paper: home, edition, page, story, archive."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from articles import keyset
from articles.models.published import WithdrawnArticle
from articles.public.page import public_page
from articles.public.reading import LIST_SIZE, photos_of, related_to, story_with_number
from editions import reading
from editions.models.published import PublishedPage


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The newest edition up to today, by the newsroom's calendar, and the newest of every section."""
    return render(request, "reading/home.html", {"front": reading.front_page(timezone.localdate())})


@public_page
def edition(request: HttpRequest, key: reading.EditionKey) -> HttpResponse:
    """An edition: its pages, each with its headlines."""
    pages = _pages_or_404(key)
    edition = pages[0].edition
    context = {"edition": edition, "pages": reading.read_pages(pages), "issues": reading.calendar_around(edition)}
    return render(request, "reading/edition.html", context)


@public_page
def page(request: HttpRequest, key: reading.EditionKey, order: int) -> HttpResponse:
    """A page as it was printed, and its stories in reading order."""
    pages = _pages_or_404(key)
    here = next((place for place, page in enumerate(pages) if page.order == order), None)
    if here is None:
        raise Http404
    context = {
        "pages": pages,
        "paper_page": reading.read_pages([pages[here]])[0],
        "issues": reading.calendar_around(pages[here].edition),
        "previous": pages[here - 1] if here else None,
        "next": pages[here + 1] if here + 1 < len(pages) else None,
    }
    return render(request, "reading/page.html", context)


@public_page
def story(request: HttpRequest, number: int) -> HttpResponse:
    """A story with its pictures, corrections, place in the paper and what goes with it; 410 where it was withdrawn."""
    article = story_with_number(number)
    if article is None:
        withdrawn = get_object_or_404(WithdrawnArticle, number=number)
        return render(request, "reading/withdrawn.html", {"withdrawn": withdrawn}, status=410)
    photos, printed = photos_of(article), reading.where_printed(article)
    differently = reading.printed_differently(article, photos, printed)
    context = {
        "article": article,
        "photos": photos,
        "printed": printed,
        "printed_differently": differently,
        "headline_in_print": reading.headline_in_print(article, printed, differently),
        "related": related_to(article),
    }
    return render(request, "reading/story.html", context)


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    """The months that have editions."""
    return render(request, "reading/archive.html", {"years": reading.months_with_editions()})


@public_page
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The editions of a month, and everything published in it."""
    found = reading.month_of(year, month)
    try:
        page = keyset.page_of(reading.stories_of_month(year, month), request.GET, LIST_SIZE)
    except keyset.BrokenCursor as broken:
        raise Http404 from broken
    if not found.issues and not page.rows:
        raise Http404
    return render(request, "reading/archive_month.html", {"month": found, "page": page, "stories": page.rows})


def _pages_or_404(key: reading.EditionKey) -> list[PublishedPage]:
    pages = reading.pages_of(key)
    if not pages:
        raise Http404
    return pages
