"""By which names a CDN knows a page: whatever page shows a headline is forgotten with its story."""

from __future__ import annotations

import datetime
import json
from urllib.parse import urlencode

import pytest
import time_machine
from django.urls import get_resolver

from articles.keyset import Cursor
from articles.models import PublishedArticle, PublishedSpecial, PublishedSpecialStory, PublishedTag, PublishedTagging
from articles.public.kept import holds_words
from articles.public.surrogates import MANY
from articles.search import index
from tests import reading_rows
from tests.origin import Origin

# Each story's headline is of a character that stands nowhere else, so that it is found however it is broken.
RARE = 0x9F01
BELOW = [(1, 88, 3, 6), (4, 88, 3, 6)]
# Pages that lead elsewhere or to nothing, pictures, and a book, which is read for nothing.
NOTHING_OF_STORIES = {
    "specials", "subscribe", "api", "edition_book", "robots", "card", "nameplate_card",
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("with_cdn")
LEADS_ELSEWHERE = {"cut_short", "newest_edition", "archive_year"}
MARCH = datetime.datetime(2024, 3, 20, 12, tzinfo=reading_rows.SHANGHAI)


def headline_of(story: PublishedArticle) -> str:
    return chr(RARE + story.number)


def kinds() -> set[str]:
    """Every kind of public page, as the addresses name it."""
    namespaces = get_resolver().namespace_dict
    names = {name for space in ("reading", "discovery") for name in _names(namespaces[space][1].url_patterns)}
    return names - LEADS_ELSEWHERE


def _names(patterns) -> set[str]:
    included = [one for one in patterns if hasattr(one, "url_patterns")]
    return {one.name for one in patterns if one not in included}.union(*(_names(one.url_patterns) for one in included))


@pytest.fixture
def paper(db):
    """An edition whose third page has more stories than the front page names, and newer stories of the web alone, so
    many that the lead of the month's edition is on no first page of a list.
    """
    edition = reading_rows.make_edition(pages=3)
    long_ago = edition.published_at - datetime.timedelta(days=3)
    for article, shape in zip(reading_rows.make_articles(2, newest=long_ago), BELOW, strict=True):
        reading_rows.place(edition.pages.get(order=3), article, shape)
    web = reading_rows.make_articles(31, section=reading_rows.make_section("sports", "体育", "Sports"), newest=MARCH)
    for story in PublishedArticle.objects.all():
        story.headline = headline_of(story) * 4
        story.save()
    tag = PublishedTag.objects.create(slug="yeshi", name="夜市")
    PublishedTagging.objects.create(tag=tag, article=web[0], published_at=web[0].published_at, number=web[0].number)
    special = PublishedSpecial.objects.create(slug="flood", name="防汛", updated_at=MARCH)
    PublishedSpecialStory.objects.create(special=special, article=web[1], order=1)
    index.write(PublishedArticle.objects.all())
    reading_rows.changed()
    return edition


def addresses(story: PublishedArticle) -> dict[str, list[str]]:
    """An example or more of every kind of public page."""
    asked = [{"url": f"http://testserver/stories/{story.number}/", "format": form} for form in ("json", "xml")]
    return {
        "home": ["/", "/en/", "/zh-hant/"],
        "edition": ["/paper/2024-03-07/"],
        "page": [f"/paper/2024-03-07/{order}/" for order in (1, 2, 3)],
        "story": [f"/stories/{number}/" for number in PublishedArticle.objects.values_list("number", flat=True)],
        "archive": ["/archive/"],
        "archive_month": ["/archive/2024/03/"],
        "section": ["/sections/city/", "/sections/sports/"],
        "author": ["/authors/jia/"],
        "tag": ["/tags/yeshi/"],
        "specials": ["/specials/"],
        "subscribe": ["/subscribe/"],
        "api": ["/api/"],
        "edition_book": ["/paper/2024-03-07.epub"],
        "special": ["/specials/flood/"],
        "search": [f"/search/?{urlencode({'q': headline_of(story)})}"],
        "suggestions": [f"/search/suggest/?{urlencode({'q': headline_of(story)})}"],
        "feed": [f"/feeds/all.{form}" for form in ("rss", "atom", "json")],
        "section_feed": ["/feeds/sections/city.rss"],
        "author_feed": ["/feeds/authors/jia.atom"],
        "tag_feed": ["/feeds/tags/yeshi.json"],
        "special_feed": ["/feeds/specials/flood.rss"],
        "edition_feed": ["/feeds/editions/2024-03-07.json"],
        "page_feed": ["/feeds/pages/3.atom"],
        "search_feed": [f"/feeds/search.rss?{urlencode({'q': headline_of(story)})}"],
        "robots": ["/robots.txt"],
        "sitemap": ["/sitemap.xml"],
        "site_sitemap": ["/sitemaps/site.xml"],
        "news_sitemap": ["/sitemaps/news.xml"],
        "author_sitemap": ["/sitemaps/authors-1.xml"],
        "tag_sitemap": ["/sitemaps/tags-1.xml"],
        "edition_sitemap": ["/sitemaps/editions-2024.xml"],
        "story_sitemap": ["/sitemaps/stories-2024-03.xml"],
        "story_sitemap_from": [f"/sitemaps/stories-2024-03-{Cursor(reading_rows.NOON, 1)}.xml"],
        "oembed": [f"/oembed/?{urlencode(one)}" for one in asked],
        "card": [f"/cards/{story.number}.png"],
        "nameplate_card": ["/cards/nameplate.png"],
    }


def shown_in(text: str) -> set[str]:
    """The keys of the stories whose headline the text has, written as JSON may write it too."""
    stories = PublishedArticle.objects.all()
    return {
        f"story-{story.number}"
        for story in stories
        if headline_of(story) in text or json.dumps(headline_of(story))[1:-1] in text
    }


def test_every_page_that_shows_a_headline_names_its_story(paper):
    examples = addresses(PublishedArticle.objects.order_by("-number")[0])
    assert set(examples) == kinds()
    showing = set()
    with time_machine.travel(MARCH, tick=False):
        origin = Origin()
        for kind, address in ((kind, address) for kind, found in examples.items() for address in found):
            answer = origin.get(address)
            assert answer.status == 200, address
            if holds_words(answer.headers["Content-Type"]):
                shown = shown_in(answer.text)
                assert shown <= set(answer.headers["Surrogate-Key"].split()), address
                showing |= {kind} if shown else set()
    of_links = {kind for kind in examples if "sitemap" in kind} - {"news_sitemap"}
    assert set(examples) - showing == of_links | NOTHING_OF_STORIES


def test_what_programs_are_told_of_stories_names_them_too(paper):
    origin, story = Origin(), PublishedArticle.objects.order_by("-number")[0]
    asked = [f"/api/v1/{rest}" for rest in (f"stories/{story.number}/", "stories/", "editions/2024-03-07/")]
    for address in [*asked, f"/api/v1/search/?{urlencode({'q': headline_of(story)})}"]:
        answer = origin.get(address)
        keys = set(answer.headers["Surrogate-Key"].split())
        assert shown_in(answer.text), address
        assert shown_in(answer.text) <= keys, address
    # A book is not read for what it shows: it goes with every story.
    assert MANY in origin.get("/paper/2024-03-07.epub").headers["Surrogate-Key"].split()


def test_a_quotation_is_forgotten_with_its_story_also_while_there_is_none(db, client):
    for form in ("json", "xml"):
        answer = client.get("/oembed/", {"url": "http://testserver/stories/7/", "format": form})
        assert (answer.status_code, answer["Surrogate-Key"]) == (404, "all story-7")
