"""By which machines find editions and pages, and the cards of stories."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles.models.published import PublicFrame, WithdrawnArticle
from articles.public import feeds
from articles.public.feed_formats import FeedFormat
from articles.public.open_to_scripts import open_to_scripts
from articles.public.page import public_page
from articles.public.reading import story_with_number
from articles.public.site import site_of
from articles.views.discovery import sitemap_index_of, sitemap_of
from editions import cards, discovery
from editions.epub.book import book_of
from editions.epub.container import MEDIA_TYPE
from editions.reading.keys import EditionKey
from editions.reading.pages import pages_of


@open_to_scripts
@public_page
def edition_feed(request: HttpRequest, key: EditionKey, form: FeedFormat) -> HttpResponse:
    """The stories of an edition."""
    pages = pages_of(key)
    if not pages:
        raise Http404
    return feeds.answer(request, form, discovery.feed_of_edition(pages))


@open_to_scripts
@public_page
def page_feed(request: HttpRequest, order: int, form: FeedFormat) -> HttpResponse:
    """What stands on this page of the paper, edition after edition."""
    source = discovery.feed_of_page(order)
    if source is None:
        raise Http404
    return feeds.answer(request, form, source)


@public_page
def edition_book(request: HttpRequest, key: EditionKey) -> HttpResponse:
    """An edition to be read in a reading device."""
    pages = pages_of(key)
    if not pages:
        raise Http404
    book = HttpResponse(book_of(pages, site_of(request)), content_type=MEDIA_TYPE)
    book["Content-Disposition"] = f'attachment; filename="{pages[0].edition.key}.epub"'
    return book


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of all sitemaps."""
    return sitemap_index_of(request, discovery.sitemap_index())


@public_page
def site_sitemap(request: HttpRequest) -> HttpResponse:
    return sitemap_of(request, discovery.site_pages())


@public_page
def edition_sitemap(request: HttpRequest, year: int) -> HttpResponse:
    """The editions of a year, and their pages."""
    return sitemap_of(request, discovery.editions_of(year))


@public_page
def card(request: HttpRequest, number: int) -> HttpResponse:
    """The card of a story that readers see now; 410 where it was withdrawn."""
    article = story_with_number(number)
    if article is None:
        get_object_or_404(WithdrawnArticle, number=number)
        return HttpResponse(status=410)
    return _png(cards.picture_of(cards.card_of(article, _frame(request))))


@public_page
def nameplate(request: HttpRequest) -> HttpResponse:
    """The card of the paper itself."""
    return _png(cards.picture_of(cards.card_of_paper(_frame(request))))


def _frame(request: HttpRequest) -> PublicFrame:
    frame: PublicFrame = request.public_frame  # type: ignore[attr-defined]
    return frame


def _png(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/png")
