"""Sitemaps and robots.txt, held to the rules of sitemaps.org and of Google's extensions."""

from __future__ import annotations

import datetime
import re
from urllib.parse import quote
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
import time_machine

from articles import editing
from articles.models.published import PublishedArticle, PublishedPhoto
from articles.models.published_collections import PublishedSpecial, PublishedTag, PublishedTagging
from articles.public import sitemaps
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
ROOT = "http://testserver"
# What the schemas have stand in an element, in that order: how often at least and at most.
ONCE, MAYBE = (1, 1), (0, 1)
RULES = {
    f"{MAP}urlset": {f"{MAP}url": (1, 50_000)},
    f"{MAP}sitemapindex": {f"{MAP}sitemap": (1, 50_000)},
    f"{MAP}sitemap": {f"{MAP}loc": ONCE, f"{MAP}lastmod": MAYBE},
    f"{MAP}url": {f"{MAP}loc": ONCE, f"{MAP}lastmod": MAYBE, f"{IMAGE}image": (0, 1000), f"{NEWS}news": MAYBE},
    f"{IMAGE}image": {f"{IMAGE}loc": ONCE},
    f"{NEWS}news": {f"{NEWS}publication": ONCE, f"{NEWS}publication_date": ONCE, f"{NEWS}title": ONCE},
    f"{NEWS}publication": {f"{NEWS}name": ONCE, f"{NEWS}language": ONCE},
}


def read(client, address: str) -> list[ElementTree.Element]:
    """What a sitemap lists, after a look at its form."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"].startswith("application/xml")
    tree = ElementTree.fromstring(response.content)
    for element in tree.iter():
        _check(element)
    return list(tree)


def _check(element: ElementTree.Element) -> None:
    """Raises AssertionError where an element is not as the schemas have it."""
    rules, found = RULES.get(element.tag, {}), [child.tag for child in element]
    assert found == sorted(found, key=list(rules).index), element.tag
    for tag, (least, most) in rules.items():
        assert least <= found.count(tag) <= most, (element.tag, tag)
    if element.tag.endswith(("lastmod", "publication_date")):
        assert datetime.datetime.fromisoformat(element.text).tzinfo
    if element.tag.endswith("}loc"):
        assert element.text.startswith(f"{ROOT}/")
        assert len(element.text) < 2048
        # As RFC 2396 writes addresses.
        assert element.text.isascii()
    if element.tag == f"{NEWS}language":
        assert re.fullmatch("zh-cn|zh-tw|[a-z]{2,3}", element.text)


def addresses(client, address: str) -> list[str]:
    return [url.findtext(f"{MAP}loc").removeprefix(ROOT) for url in read(client, address)]


def everything(client) -> list[str]:
    return [page for part in addresses(client, "/sitemap.xml") for page in addresses(client, part)]


def test_every_public_page_is_in_a_sitemap_once(db, client):
    reading_rows.make_edition(datetime.date(2024, 2, 29), pages=1, series=1)
    reading_rows.typeset(reading_rows.make_edition(pages=2, series=2).pages.get(order=1))
    story = PublishedArticle.objects.get(number=1)
    tag = PublishedTag.objects.create(slug="夜市", name="夜市")
    PublishedTagging.objects.create(tag=tag, article=story, published_at=story.published_at, number=story.number)
    PublishedSpecial.objects.create(slug="flood", name="防汛", updated_at=story.published_at)
    parts = addresses(client, "/sitemap.xml")
    assert parts == [
        "/sitemaps/site.xml",
        "/sitemaps/authors-1.xml",
        "/sitemaps/tags-1.xml",
        "/sitemaps/editions-2024.xml",
        "/sitemaps/stories-2024-02.xml",
        "/sitemaps/stories-2024-03.xml",
    ]
    found = everything(client)
    assert len(found) == len(set(found))
    assert set(found) == {
        *("/", "/sections/city/", "/archive/", "/archive/2024/02/", "/archive/2024/03/", "/authors/jia/"),
        *("/subscribe/", "/api/", "/specials/", "/specials/flood/", f"/tags/{quote('夜市')}/"),
        *("/paper/2024-02-29/", "/paper/2024-02-29/1/"),
        *("/paper/2024-03-07/", "/paper/2024-03-07/1/", "/paper/2024-03-07/2/"),
        *(f"/stories/{number}/" for number in range(1, 13)),
    }
    for address in found:
        assert client.get(address).status_code == 200, address
    pictures = [
        picture.text for url in read(client, "/sitemaps/editions-2024.xml") for picture in url.iter(f"{IMAGE}loc")
    ]
    assert len(pictures) == 1
    assert client.get(pictures[0].removeprefix(ROOT)).status_code == 200


def test_a_story_is_listed_with_its_pictures_and_the_time_of_its_correction(people, client):
    photo, chief = house.make_photo(people[Role.REPORTER]), people[Role.EDITOR_IN_CHIEF]
    with time_machine.travel("2024-03-30 10:00+08:00", tick=False):
        story = house.story_in(State.PUBLISHED, people, pictures=[editing.Picture(photo.pk)])
    with time_machine.travel("2024-04-02 10:00+08:00", tick=False):
        house.act(house.act(story, Verb.CORRECT, chief, "时间有误"), Verb.SIGN, chief)
    [url] = read(client, "/sitemaps/stories-2024-03.xml")
    assert url.findtext(f"{MAP}lastmod") == "2024-04-02T10:00:00+08:00"
    assert [loc.text for loc in url.iter(f"{IMAGE}loc")] == [f"{ROOT}{PublishedPhoto.objects.get().large}"]
    [part] = [part for part in read(client, "/sitemap.xml") if "stories-" in part.findtext(f"{MAP}loc")]
    assert part.findtext(f"{MAP}lastmod") == "2024-04-02T10:00:00+08:00"


def test_a_month_begins_at_midnight_of_the_newsroom_and_is_done_when_it_is_over(db, client):
    last = datetime.datetime(2024, 3, 31, 23, 59, tzinfo=reading_rows.SHANGHAI)
    [march] = reading_rows.make_articles(1, newest=last)
    before = client.get("/sitemaps/stories-2024-03.xml").content
    [april] = reading_rows.make_articles(1, newest=last + datetime.timedelta(minutes=1))
    assert client.get("/sitemaps/stories-2024-03.xml").content == before
    assert addresses(client, "/sitemaps/stories-2024-03.xml") == [f"/stories/{march.number}/"]
    assert addresses(client, "/sitemaps/stories-2024-04.xml") == [f"/stories/{april.number}/"]


def test_a_closed_month_stays_as_it_is_when_a_story_is_published_again_in_the_same_words(people, client):
    both = ("/sitemap.xml", "/sitemaps/stories-2024-03.xml")
    with time_machine.travel("2024-03-30 10:00+08:00", tick=False):
        story = house.story_in(State.PUBLISHED, people)
        house.story_in(State.PUBLISHED, people)
    with time_machine.travel("2024-04-02 10:00+08:00", tick=False):
        before = [client.get(address).content for address in both]
        house.save(story, people[Role.DESK_CHIEF], headline="别的标题")
        house.save(story, people[Role.EDITOR_IN_CHIEF], headline=story.headline)
        house.sign_all(story, people)
        assert PublishedArticle.objects.get(number=story.pk).version == 3
        assert [client.get(address).content for address in both] == before
        house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "核实")
        assert client.get(both[1]).content != before[1]
        house.bring_to(house.act(story, Verb.REVIVE, people[Role.EDITOR_IN_CHIEF]), State.PUBLISHED, people)
        assert [client.get(address).content for address in both] == before


def test_a_month_of_more_stories_than_a_file_takes_is_parted(db, client, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 3)
    reading_rows.make_articles(5)
    # Stories of one moment are parted by their numbers.
    reading_rows.make_articles(3, every=datetime.timedelta(0))
    parts = [part for part in addresses(client, "/sitemap.xml") if "stories" in part]
    assert len(parts) == 3
    assert parts[0] == "/sitemaps/stories-2024-03.xml"
    assert sorted(len(addresses(client, part)) for part in parts) == [2, 3, 3]
    found = [address for part in parts for address in addresses(client, part)]
    assert sorted(found) == sorted({f"/stories/{number}/" for number in range(1, 9)})
    # The first part stays as it is whatever is published later in the month.
    reading_rows.make_articles(1, newest=reading_rows.NOON + datetime.timedelta(days=1))
    assert [part for part in addresses(client, "/sitemap.xml") if "stories" in part] == parts
    assert client.get("/sitemaps/stories-2024-03-1x.xml").status_code == 404


def test_what_is_withdrawn_while_the_parts_are_counted_breaks_no_sitemap(db, client, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 3)
    reading_rows.make_articles(4)
    with reading_rows.right_after('AS "month"', PublishedArticle.objects.filter(number__gt=2).delete):
        parts = [part for part in addresses(client, "/sitemap.xml") if "stories" in part]
    assert parts == ["/sitemaps/stories-2024-03.xml"]


def test_authors_and_tags_keep_their_part(db, client, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 2)
    authors = [reading_rows.make_author(f"author-{place}") for place in range(5)]
    reading_rows.make_articles(1, author=authors[0])
    found = [part for part in addresses(client, "/sitemap.xml") if "authors" in part]
    pages = [address for part in found for address in addresses(client, part)]
    assert pages == [f"/authors/{author.slug}/" for author in authors]
    assert all(len(addresses(client, part)) <= 2 for part in found)
    last = addresses(client, found[-1])
    authors[0].delete()
    assert addresses(client, found[-1]) == last


def test_the_news_are_of_two_days_and_no_more_than_a_thousand(db, client):
    day = datetime.timedelta(days=1)
    with time_machine.travel(reading_rows.NOON):
        reading_rows.make_articles(1, newest=reading_rows.NOON - 2 * day)
        assert client.get("/sitemaps/news.xml").status_code == 404
        assert "/sitemaps/news.xml" not in addresses(client, "/sitemap.xml")
        reading_rows.make_articles(1, genre="advertisement")
        [story] = reading_rows.make_articles(1, headline="夜市 & 早市", newest=reading_rows.NOON - day)
        [url] = read(client, "/sitemaps/news.xml")
        assert addresses(client, "/sitemap.xml")[0] == "/sitemaps/news.xml"
        reading_rows.make_articles(1010, newest=reading_rows.NOON, every=datetime.timedelta(seconds=1))
        listed = addresses(client, "/sitemaps/news.xml")
    assert url.findtext(f"{MAP}loc") == f"{ROOT}/stories/{story.number}/"
    news = url.find(f"{NEWS}news")
    assert news.findtext(f"{NEWS}title") == "夜市 & 早市"
    assert news.findtext(f"{NEWS}publication_date") == "2024-03-06T12:00:00+08:00"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "zh-cn"
    assert len(listed) == 1000
    assert f"/stories/{story.number}/" not in listed


def test_what_xml_cannot_write_breaks_no_sitemap(db, client):
    with time_machine.travel("2024-03-07T12:00:00+08:00", tick=False):
        reading_rows.make_articles(1, headline="夜\x0b市\uffff")
        [url] = read(client, "/sitemaps/news.xml")
    assert url.findtext(f"{NEWS}news/{NEWS}title") == "夜市"


def test_what_is_withdrawn_or_unpublished_is_in_no_sitemap(people, client):
    story, other = (house.story_in(State.PUBLISHED, people) for _ in range(2))
    for state in (State.DRAFT, State.IN_REVIEW, State.SIGNED_OFF, State.SPIKED):
        house.story_in(state, people)
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    stories = [address for address in everything(client) if address.startswith("/stories/")]
    assert set(stories) == {f"/stories/{other.pk}/"}


def test_before_anything_is_published_there_is_a_sitemap_of_the_site(title, client):
    assert addresses(client, "/sitemap.xml") == ["/sitemaps/site.xml"]
    assert addresses(client, "/sitemaps/site.xml") == ["/", "/archive/", "/subscribe/", "/api/"]
    for address in ("stories-2024-03", "editions-2024", "authors-1", "tags-1", "stories-2024-13", "stories-2024-03-1-"):
        assert client.get(f"/sitemaps/{address}.xml").status_code == 404, address


# -- robots.txt -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "open_to", "closed_to"),
    [
        (["training"], ["Googlebot", "PerplexityBot", "ChatGPT-User"], ["GPTBot", "CCBot", "Google-Extended"]),
        (["all"], ["Googlebot", "Baiduspider"], ["GPTBot", "PerplexityBot", "ChatGPT-User"]),
        (["none"], ["Googlebot", "GPTBot", "PerplexityBot"], []),
        (["answering", "CCBot"], ["GPTBot"], ["CCBot", "PerplexityBot"]),
    ],
)
def test_robots_txt_keeps_the_policy_of_the_house(db, client, settings, setting, open_to, closed_to):
    settings.AI_CRAWLERS_DENIED = setting
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(response.text.splitlines())
    for name in open_to:
        assert rules.can_fetch(name, f"{ROOT}/stories/1/"), name
        for closed in ("/desk/", "/admin/", "/accounts/login/", "/en/desk/stories/"):
            assert not rules.can_fetch(name, ROOT + closed), name
    for name in closed_to:
        assert not rules.can_fetch(name, f"{ROOT}/stories/1/"), name
    assert rules.site_maps() == [f"{ROOT}/sitemap.xml", f"{ROOT}/sitemaps/news.xml"]
