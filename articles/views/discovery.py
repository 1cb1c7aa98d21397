"""By which machines find what is published: feeds of stories, robots.txt, sitemaps of stories, oEmbed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.addresses import absolute
from articles.models.published import PublicFrame, PublishedAuthor, PublishedSection, WithdrawnArticle
from articles.models.published_collections import PublishedSpecial, PublishedTag
from articles.public import embedding, feeds, sitemaps, surrogates
from articles.public.feed_formats import FeedFormat
from articles.public.open_to_scripts import open_to_scripts
from articles.public.page import public_page
from articles.public.reading import story_with_number
from articles.public.robots import denied, robots
from articles.public.site import site_of

_XML = "application/xml; charset=utf-8"
_LARGEST_SIZE = 10_000
_NUMBER = re.compile(r"[0-9]{1,8}", re.ASCII)

Write = Callable[[embedding.Said], HttpResponse]


# -- feeds ------------------------------------------------------------------------------------------------


@open_to_scripts
@public_page
def feed(request: HttpRequest, form: FeedFormat) -> HttpResponse:
    """The newest stories of all."""
    return feeds.answer(request, form, feeds.everything())


@open_to_scripts
@public_page
def section_feed(request: HttpRequest, slug: str, form: FeedFormat) -> HttpResponse:
    return feeds.answer(request, form, feeds.of_section(get_object_or_404(PublishedSection, slug=slug)))


@open_to_scripts
@public_page
def author_feed(request: HttpRequest, slug: str, form: FeedFormat) -> HttpResponse:
    return feeds.answer(request, form, feeds.of_author(get_object_or_404(PublishedAuthor, slug=slug)))


@open_to_scripts
@public_page
def tag_feed(request: HttpRequest, slug: str, form: FeedFormat) -> HttpResponse:
    return feeds.answer(request, form, feeds.of_tag(get_object_or_404(PublishedTag, slug=slug)))


@open_to_scripts
@public_page
def special_feed(request: HttpRequest, slug: str, form: FeedFormat) -> HttpResponse:
    return feeds.answer(request, form, feeds.of_special(get_object_or_404(PublishedSpecial, slug=slug)))


# -- for crawlers -----------------------------------------------------------------------------------------


@public_page
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What crawlers may read."""
    prefixes = [f"/{code}" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    maps = [absolute(reverse(f"discovery:{name}")) for name in ("sitemap", "news_sitemap")]
    text = robots(denied(settings.AI_CRAWLERS_DENIED), prefixes, maps)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public_page
def story_sitemap(request: HttpRequest, year: int, month: int, after: str = "") -> HttpResponse:
    """The stories of a month, behind a cursor where a month has more than one sitemap."""
    return sitemap_of(request, sitemaps.stories_of(datetime.date(year, month, 1), after))


@public_page
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """The news of two days; no such file where there were none, for a sitemap may not be empty."""
    stories = sitemaps.news()
    if not stories:
        raise Http404
    return HttpResponse(sitemaps.news_urlset(site_of(request), stories), content_type=_XML)


@public_page
def author_sitemap(request: HttpRequest, part: int) -> HttpResponse:
    return sitemap_of(request, sitemaps.authors(part))


@public_page
def tag_sitemap(request: HttpRequest, part: int) -> HttpResponse:
    return sitemap_of(request, sitemaps.tags(part))


def sitemap_of(request: HttpRequest, entries: list[sitemaps.Entry]) -> HttpResponse:
    """A sitemap of these; no such file where there are none."""
    if not entries:
        raise Http404
    return HttpResponse(sitemaps.urlset(site_of(request), entries), content_type=_XML)


def sitemap_index_of(request: HttpRequest, entries: list[sitemaps.Entry]) -> HttpResponse:
    return HttpResponse(sitemaps.index(site_of(request), entries), content_type=_XML)


# -- oEmbed -----------------------------------------------------------------------------------------------


@open_to_scripts
@public_page
def oembed(request: HttpRequest) -> HttpResponse:
    """A story for another site to show: 501 for a format that is not known, whatever is asked for in it; 400 for a size
    that is none, 404 for what is no story of ours, 410 for one that was withdrawn, each with a sentence.
    """
    write = _OEMBED_FORMATS.get(request.GET.get("format") or "json")
    if write is None:
        return _refused(501, _("There is no such format: ask for json or xml."))
    size = _asked_size(request, "maxwidth"), _asked_size(request, "maxheight")
    if not all(size):
        return _refused(400, _("A largest width or height is a number of pixels, 1 or more."))
    hosts = {request.get_host().lower(), urlsplit(settings.SITE_ADDRESS).netloc.lower()}
    number = embedding.number_of(request.GET.get("url", ""), hosts)
    if number is None:
        return _refused(404, _("This is the address of no story of ours."))
    response = _quoted(request, number, size, write)
    # Of a story that is not there too: it may be published while a CDN keeps the answer.
    response["Surrogate-Key"] = surrogates.story(number)
    return response


def _quoted(request: HttpRequest, number: int, size: tuple[int, int], write: Write) -> HttpResponse:
    article = story_with_number(number)
    if article is not None:
        frame: PublicFrame = request.public_frame  # type: ignore[attr-defined]
        return write(embedding.quotation(article, frame, size))
    if WithdrawnArticle.objects.filter(number=number).exists():
        return _refused(410, _("The story was withdrawn."))
    return _refused(404, _("This is the address of no story of ours."))


def _refused(status: int, sentence: str) -> HttpResponse:
    """The standard has a status for an error and no form."""
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")


def _asked_size(request: HttpRequest, name: str) -> int:
    """A largest width or height in pixels; 0 for what cannot be one."""
    said = request.GET.get(name) or str(_LARGEST_SIZE)
    return min(int(said), _LARGEST_SIZE) if _NUMBER.fullmatch(said) else 0


def _json(said: embedding.Said) -> HttpResponse:
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


def _xml(said: embedding.Said) -> HttpResponse:
    return HttpResponse(embedding.as_xml(said), content_type="text/xml; charset=utf-8")


_OEMBED_FORMATS: dict[str, Write] = {"json": _json, "xml": _xml}
