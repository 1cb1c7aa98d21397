"""The public pages that need to know the paper: home, edition, page, story, archive, feeds."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from articles.addresses import address
from articles.models.published import PublicFrame, WithdrawnArticle
from articles.public import surrogates
from articles.public.page import public_page
from articles.public.reading import photos_of, related_to, shown_in_bulk, story_with_number
from editions.discovery import feeds_of_the_site
from editions.models.published import PublishedPage
from editions.reading.front import front_page
from editions.reading.issues import (
    calendar_around,
    edition_of,
    editions_beside,
    last_month_with_stories,
    month_of,
    months_with_editions,
    stories_of_month,
)
from editions.reading.keys import EditionKey
from editions.reading.pages import pages_of, pages_of_the_day, read_pages
from editions.reading.printed import headline_in_print, printed_differently, where_printed


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The newest edition up to today, by the newsroom's calendar, and the newest of every section."""
    front = front_page(timezone.localdate(), request.public_frame.most_read)  # type: ignore[attr-defined]
    return render(request, "reading/home.html", {"front": front})


@public_page
def edition(request: HttpRequest, key: EditionKey) -> HttpResponse:
    """An edition: its pages, each with its headlines."""
    pages = _pages_or_404(key)
    edition = pages[0].edition
    context = {"edition": edition, "pages": read_pages(pages, shown_in_bulk), "issues": calendar_around(edition)}
    return render(request, "reading/edition.html", context)


@public_page
def newest_edition(_request: HttpRequest) -> HttpResponse:
    """Leads to the edition that the home page shows."""
    pages = pages_of_the_day(timezone.localdate())
    if not pages:
        raise Http404
    response = redirect(pages[0].edition)
    response["Surrogate-Key"] = surrogates.PAPER
    return response


@public_page
def page(request: HttpRequest, key: EditionKey, order: int) -> HttpResponse:
    """A page as it was printed, and its stories in reading order."""
    pages = _pages_or_404(key)
    here = next((place for place, page in enumerate(pages) if page.order == order), None)
    if here is None:
        raise Http404
    context = {
        "pages": pages,
        "paper_page": read_pages([pages[here]])[0],
        "issues": calendar_around(pages[here].edition),
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
    photos, printed = photos_of(article), where_printed(article)
    differently = printed_differently(article, photos, printed)
    context = {
        "article": article,
        "photos": photos,
        "printed": printed,
        "printed_differently": differently,
        "headline_in_print": headline_in_print(article, printed, differently),
        "related": related_to(article),
    }
    return render(request, "reading/story.html", context)


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    """The newest month and the others that have editions. Asked for a `day` it leads to the edition of that day; where
    there is none it says so, with the nearest before and after. 400 for what is no day.
    """
    asked = request.GET.get("day")
    if asked is None:
        return _archive(request)
    try:
        day = datetime.date.fromisoformat(asked)
    except ValueError:
        return _archive(request, is_no_day=True, status=400)
    edition = edition_of(day)
    return redirect(edition) if edition else _archive(request, day_without=day)


def _archive(
    request: HttpRequest, *, is_no_day: bool = False, day_without: datetime.date | None = None, status: int = 200
) -> HttpResponse:
    years = months_with_editions()
    context = {
        "years": years,
        "newest": month_of(years[0][1][0].year, years[0][1][0].month) if years else None,
        "is_no_day": is_no_day,
        "day_without": day_without,
        "beside": editions_beside(day_without) if day_without else [],
    }
    return render(request, "reading/archive.html", context, status=status)


@public_page
def archive_year(_request: HttpRequest, year: int) -> HttpResponse:
    """Leads to the year among the others; one of stories and no edition to its last month that has any."""
    if year in dict(months_with_editions()):
        return redirect(f"{address('archive')}#year-{year}")
    month = last_month_with_stories(year)
    if month is None:
        raise Http404
    return redirect(address("archive_month", month.year, month.month))


@public_page
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The editions of a month, and everything published in it."""
    found = month_of(year, month)
    page = stories_of_month(request.GET, year, month)
    if not found.issues and not page.rows:
        raise Http404
    return render(request, "reading/archive_month.html", {"month": found, "page": page, "stories": page.rows})


@public_page
def subscribe(request: HttpRequest) -> HttpResponse:
    """The feeds, for readers to choose from."""
    frame: PublicFrame = request.public_frame  # type: ignore[attr-defined]
    return render(request, "reading/subscribe.html", {"kinds": feeds_of_the_site(frame.name, timezone.localdate())})


def _pages_or_404(key: EditionKey) -> list[PublishedPage]:
    pages = pages_of(key)
    if not pages:
        raise Http404
    return pages
