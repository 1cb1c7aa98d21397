"""Feeds of the public site, read as feed readers read them: feedparser for RSS and Atom, JSON for JSON Feed."""

from __future__ import annotations

import datetime
import json
import re
from itertools import product
from xml.etree import ElementTree

import feedparser
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import editing
from articles.models import AddressKind, FormerAddress
from articles.models.published import PublishedArticle
from articles.models.published_collections import (
    PublishedSpecial,
    PublishedSpecialStory,
    PublishedTag,
    PublishedTagging,
)
from articles.public.feeds import FEED_SIZE
from articles.search import index
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows
from tests.origin import Origin

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_ADDRESS = "https://paper.example"


def read(client, name: str, form: str = "atom"):
    response = client.get(f"/feeds/{name}.{form}")
    assert response.status_code == 200, name
    feed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def read_json(client, name: str) -> dict:
    response = client.get(f"/feeds/{name}.json")
    assert response["Content-Type"].startswith("application/feed+json")
    feed = json.loads(response.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    return feed


def numbers(client, name: str) -> list[int]:
    return [int(entry.link.rstrip("/").rpartition("/")[2]) for entry in read(client, name).entries]


def correct(story, people, **changes):
    chief = people[Role.EDITOR_IN_CHIEF]
    story = house.act(story, Verb.CORRECT, chief, "时间有误")
    return house.act(house.edit(story, people, **changes) if changes else story, Verb.SIGN, chief)


def test_the_three_formats_say_the_same(people, client):
    author = house.contributor_for(people[Role.REPORTER])
    photo = house.make_photo(people[Role.REPORTER])
    story = house.story_in(
        State.PUBLISHED,
        people,
        headline="夜市 <今晚> 开张",
        summary="三条街 & 两百个摊位。",
        keywords="夜市",
        bylines=[editing.Credit(author.pk, "reporter")],
        pictures=[editing.Picture(photo.pk, alt="一条街的灯", caption="灯火 & 人", credit="甲某 摄")],
    )
    public = PublishedArticle.objects.get()
    day = story.first_published_at.astimezone(reading_rows.SHANGHAI).date()
    permanent = f"tag:paper.example,{day}:stories/{story.pk}"
    link = f"https://paper.example/stories/{story.pk}/"
    for form in ("rss", "atom"):
        feed = read(client, "all", form)
        [entry] = feed.entries
        assert (entry.id, entry.link) == (permanent, link)
        assert entry.title == "夜市 <今晚> 开张"
        # Its place holds HTML, and words must come out of it as they went in.
        assert "三条街 &amp; 两百个摊位。" in client.get(f"/feeds/all.{form}").text.replace("&amp;amp;", "&amp;")
        assert [person.name for person in entry.authors] == [author.name]
        assert [tag.term for tag in entry.tags] == [public.section.name, "夜市"]
        assert entry.published_parsed[:6] == story.first_published_at.utctimetuple()[:6]
        [enclosure] = entry.enclosures
        assert (enclosure.type, enclosure.href) == ("image/webp", f"https://paper.example{public.picture['src']}")
        assert int(enclosure.length) == len(client.get(public.picture["src"]).getvalue())
        assert entry.media_content[0]["url"] == enclosure.href
        assert [said["content"] for said in entry.media_credit] == ["甲某 摄"]
        assert ">灯火 &amp; 人</media:title>" in client.get(f"/feeds/all.{form}").text
        # The words of a picture are not taken for the story's.
        assert "content" not in entry
    feed = read_json(client, "all")
    [item] = feed["items"]
    assert (item["id"], item["url"], item["title"]) == (permanent, link, "夜市 <今晚> 开张")
    assert item["content_text"] == item["summary"] == "三条街 & 两百个摊位。"
    assert item["authors"] == [{"name": author.name, "url": f"https://paper.example/authors/{author.slug}/"}]
    assert item["attachments"][0]["url"] == item["image"] == f"https://paper.example{public.picture['src']}"
    published = datetime.datetime.fromisoformat(item["date_published"])
    assert published == story.first_published_at.replace(microsecond=0)
    assert published.utcoffset() == datetime.timedelta(hours=8)


def test_a_correction_changes_the_date_of_change_alone(people, client):
    story = house.story_in(State.PUBLISHED, people)
    other = house.story_in(State.PUBLISHED, people)
    before = {entry.id: entry for entry in read(client, "all").entries}
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1)):
        correct(story, people)
    feed = read(client, "all")
    after = {entry.id: entry for entry in feed.entries}
    assert after.keys() == before.keys()
    mine = next(key for key in after if key.endswith(f"/{story.pk}"))
    theirs = next(key for key in after if key.endswith(f"/{other.pk}"))
    assert after[mine].published == before[mine].published
    updated = PublishedArticle.objects.get(number=story.pk).updated_at.replace(microsecond=0)
    assert datetime.datetime.fromisoformat(after[mine].updated) == updated
    assert updated > datetime.datetime.fromisoformat(before[mine].updated)
    assert after[theirs].updated == before[theirs].updated
    # The feed is as new as the newest of its items, published or corrected.
    assert datetime.datetime.fromisoformat(feed.feed.updated) == updated


def test_a_withdrawn_story_leaves_every_feed_and_nothing_unpublished_is_in_one(people, client):
    author = house.contributor_for(people[Role.REPORTER])
    byline = [editing.Credit(author.pk, "reporter")]
    story = house.story_in(State.PUBLISHED, people, bylines=byline, keywords="夜市")
    stays = house.story_in(State.PUBLISHED, people, bylines=byline, keywords="夜市")
    for state in (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.SIGNED_OFF, State.SPIKED):
        house.story_in(state, people, bylines=byline, keywords="夜市", headline="还不能看的稿件")
    names = ["all", "sections/city", f"authors/{author.slug}", "tags/夜市"]
    for name in names:
        assert set(numbers(client, name)) == {story.pk, stays.pk}, name
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    for name in names:
        assert numbers(client, name) == [stays.pk], name
        assert "还不能看" not in client.get(f"/feeds/{name}.json").text


def test_each_feed_has_its_own_and_the_newest_first(db, client):
    sports = reading_rows.make_section("sports", "体育", "Sports")
    other = reading_rows.make_author("yi")
    [match] = reading_rows.make_articles(1, section=sports, author=other)
    city = reading_rows.make_articles(FEED_SIZE + 5, newest=reading_rows.NOON - datetime.timedelta(hours=1))
    tag = PublishedTag.objects.create(slug="夜市", name="夜市")
    PublishedTagging.objects.create(tag=tag, article=city[3], published_at=city[3].published_at, number=city[3].number)
    special = PublishedSpecial.objects.create(slug="flood", name="汛情", updated_at=reading_rows.NOON)
    for order, story in enumerate([city[1], match]):
        PublishedSpecialStory.objects.create(special=special, article=story, order=order)
    reading_rows.changed()
    newest = [story.number for story in city]
    assert numbers(client, "all") == [match.number, *newest[: FEED_SIZE - 1]]
    assert numbers(client, "sections/city") == newest[:FEED_SIZE]
    assert numbers(client, "sections/sports") == [match.number]
    assert numbers(client, "authors/yi") == [match.number]
    assert numbers(client, "tags/夜市") == [city[3].number]
    assert numbers(client, "specials/flood") == [match.number, city[1].number]
    assert read(client, "sections/sports", "rss").feed.link == "https://paper.example/sections/sports/"


def test_editions_and_pages_have_feeds(db, client):
    reading_rows.make_edition(datetime.date(2024, 3, 6), pages=1, series=1)
    reading_rows.make_edition(datetime.date(2024, 3, 7), pages=2, series=2)
    # Numbers in the order in which the editions were made, four a page.
    assert set(numbers(client, "editions/2024-03-07")) == set(range(5, 13))
    assert set(numbers(client, "pages/2")) == set(range(9, 13))
    first = numbers(client, "pages/1")
    assert (set(first[:4]), set(first[4:])) == (set(range(5, 9)), set(range(1, 5)))
    for gone in ("editions/2024-03-08", "pages/9", "pages/0"):
        assert client.get(f"/feeds/{gone}.rss").status_code == 404, gone


def test_what_is_paid_for_is_in_no_feed(db, client):
    edition = reading_rows.make_edition(pages=1)
    [paid] = reading_rows.make_articles(1, genre="advertisement", headline="广告内容")
    [told] = reading_rows.make_articles(1, headline="新闻内容")
    tag = PublishedTag.objects.create(slug="tea", name="茶")
    special = PublishedSpecial.objects.create(slug="tea", name="茶", updated_at=reading_rows.NOON)
    for order, story in enumerate((paid, told), start=1):
        reading_rows.place(edition.pages.get(), story, (1, 85 + 5 * order, 2, 5), order=order)
        PublishedTagging.objects.create(tag=tag, article=story, published_at=story.published_at, number=story.number)
        PublishedSpecialStory.objects.create(special=special, article=story, order=order)
    index.write(PublishedArticle.objects.all())
    reading_rows.changed()
    lists = ("sections/city", "authors/jia", "tags/tea", "specials/tea", "pages/1", "editions/2024-03-07")
    for address in (*(f"/feeds/{name}.rss" for name in ("all", *lists)), "/feeds/search.rss?q=内容"):
        text = client.get(address).text
        assert "新闻内容" in text, address
        assert "广告内容" not in text, address


def test_the_whole_text_is_given_where_the_house_says_so(people, client, settings):
    photo = house.make_photo(people[Role.REPORTER])
    story = house.story_in(
        State.PUBLISHED,
        people,
        body="<p>第一段。</p><p>最后一段 &lt;b&gt;。</p>",
        pictures=[editing.Picture(photo.pk, caption="灯火", credit="甲某 摄")],
    )
    correct(story, people)
    assert "最后一段" not in client.get("/feeds/all.atom").text.split("<summary")[0]
    settings.FEEDS_FULL_TEXT = True
    for form in ("rss", "atom"):
        [entry] = read(client, "all", form).entries
        [content] = entry.content
        text = content.value
        assert "<p>最后一段 &lt;b&gt;。</p>" in text
        assert "灯火" in text
        assert "时间有误" in text
        assert 'src="https://paper.example/media/' in text
        assert 'src="/' not in text
    [item] = read_json(client, "all")["items"]
    assert "<p>最后一段 &lt;b&gt;。</p>" in item["content_html"]
    assert "content_text" not in item


def test_a_feed_says_where_it_is_and_which_hub_tells_of_it(db, client, settings):
    reading_rows.make_articles(1)
    assert "hub" not in {link.rel for link in read(client, "all").feed.links}
    settings.WEBSUB_HUB = "https://hub.example/"
    for form in ("rss", "atom"):
        links = {link.rel: link.href for link in read(client, "all", form).feed.links}
        assert links["hub"] == "https://hub.example/"
        assert links["self"] == f"https://paper.example/feeds/all.{form}"
    feed = read_json(client, "all")
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    for form in ("rss", "atom", "json"):
        own = f"/feeds/sections/city.{form}"
        said = client.get(own)["Link"]
        assert said == f'<https://hub.example/>; rel="hub", <https://paper.example{own}>; rel="self"'
    # Nobody tells it what searches find.
    found = client.get("/feeds/search.json?q=夜市")
    assert ("hubs" in found.json(), "Link" in found) == (False, False)
    settings.WEBSUB_HUB = ""
    assert "Link" not in client.get("/feeds/all.json")
    assert feed["feed_url"] == "https://paper.example/feeds/all.json"


def test_an_atom_feed_has_what_its_standard_asks_for(db, client):
    reading_rows.make_articles(2, byline=[])
    reading_rows.make_edition(pages=1)
    feed = ElementTree.fromstring(client.get("/feeds/all.atom").content)
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    # An entry may have no author where the feed has one.
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "试验日报"
    for entry in feed.findall(f"{ATOM}entry"):
        assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "published"))


def test_a_feed_without_stories_stays_the_same(title, client):
    reading_rows.make_section()
    reading_rows.changed()
    first = client.get("/feeds/sections/city.atom")
    assert not read(client, "sections/city").entries
    assert client.get("/feeds/sections/city.atom", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_feed_is_kept_like_a_page_and_new_with_the_next_story(people, with_cdn):
    house.story_in(State.PUBLISHED, people)
    origin = Origin()
    first = origin.get("/feeds/all.rss")
    again = origin.get("/feeds/all.rss", if_none_match=first.headers["ETag"])
    assert again.status == 304
    story = house.story_in(State.PUBLISHED, people, headline="另一条消息")
    later = origin.get("/feeds/all.rss", if_none_match=first.headers["ETag"])
    assert later.status == 200
    assert "另一条消息" in later.text
    assert {"all", "home", f"story-{story.pk}"} <= set(later.headers["Surrogate-Key"].split())


@pytest.mark.parametrize("address", ["/feeds/all.rss", "/feeds/editions/2024-03-07.json", "/feeds/search.atom?q=正文"])
def test_scripts_of_every_site_may_read_a_feed_and_ask_for_it_again(db, address):
    reading_rows.make_edition(pages=1)
    client = Client(enforce_csrf_checks=True)
    asked = {"origin": "https://other.example", "access-control-request-method": "GET"}
    preflight = client.options(address, headers=asked | {"access-control-request-headers": "if-none-match"})
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert "If-None-Match" in preflight["Access-Control-Allow-Headers"]
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert {one["Access-Control-Allow-Origin"] for one in (preflight, first, again)} == {"*"}
    assert "ETag" in first["Access-Control-Expose-Headers"]
    refused = client.post(address)
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/feeds/authors/nobody.rss", 404),
        ("/feeds/pages/x.rss", 404),
        ("/feeds/sections/former.json?a=1", 301),
    ],
)
def test_scripts_may_read_too_that_no_feed_is_there_or_that_it_is_elsewhere(client, db, address, status):
    reading_rows.make_section()
    FormerAddress.objects.create(kind=AddressKind.SECTION, slug="former", current="city")
    response = client.get(address)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (status, "*")
    assert "Access-Control-Allow-Origin" not in client.get("/authors/nobody/")


def test_words_that_xml_cannot_write_break_no_feed(db, client):
    section = reading_rows.make_section(name="本\x02市")
    byline = [{"name": "甲\x1f某", "slug": "jia", "code": "reporter", "role": "记者"}]
    said = {"headline": "标题\x0b里的控制符", "summary": "\x01摘要\ufffe", "keywords": ["夜\x08市"], "byline": byline}
    reading_rows.make_articles(1, section=section, **said)
    for name, form in product(("all", "sections/city"), ("rss", "atom")):
        feed = read(client, name, form)
        [entry] = feed.entries
        assert (entry.title, entry.author) == ("标题里的控制符", "甲某")
        assert [tag.term for tag in entry.tags] == ["本市", "夜市"]
    assert feed.feed.title == "本市"


def test_readers_find_every_feed_on_one_page_and_that_page_from_the_foot_of_any(db, client):
    reading_rows.make_edition(pages=2)
    PublishedSpecial.objects.create(slug="bridge", name="一座桥", updated_at=reading_rows.NOON)
    reading_rows.changed()
    assert 'href="/en/subscribe/"' in client.get("/en/archive/").text.partition("<footer")[2]
    text = client.get("/en/subscribe/").text.partition("<main")[2]
    offered = re.findall(r'<a href="(/feeds/[^"]*)" type="([^"]*)" aria-label="([^"]*)"', text)
    names = ["all", "sections/city", "pages/1", "pages/2", "specials/bridge"]
    assert [address for address, _type, _label in offered] == [
        f"/feeds/{name}.{form}" for name in names for form in ("rss", "atom", "json")
    ]
    assert offered[3][2] == "RSS: City"
    for address, kind, _label in offered:
        assert client.get(address)["Content-Type"].startswith(kind)


def test_every_page_leads_to_the_feeds_of_what_it_shows(db, client):
    reading_rows.make_edition(pages=1)
    expected = {
        "/": ["all"],
        "/sections/city/": ["sections/city", "all"],
        "/en/authors/jia/": ["authors/jia", "all"],
        "/paper/2024-03-07/1/": ["pages/1", "editions/2024-03-07", "all"],
        "/paper/2024-03-07/": ["editions/2024-03-07", "all"],
        "/stories/1/": ["all"],
    }
    for address, names in expected.items():
        page = client.get(address).text
        for name in names:
            for form, kind in (("rss", "rss+xml"), ("atom", "atom+xml"), ("json", "feed+json")):
                link = (
                    f'<link rel="alternate" type="application/{kind}" href="https://paper.example/feeds/{name}.{form}"'
                )
                assert link in page, (address, name)
                assert client.get(f"/feeds/{name}.{form}").status_code == 200


@pytest.mark.parametrize("address", ["/feeds/all.pdf", "/feeds/sections/none.rss", "/feeds/tags/none.atom"])
def test_no_other_feed(db, client, address):
    assert client.get(address).status_code == 404


def test_a_search_has_a_feed_of_its_newest(people, client):
    old = house.story_in(State.PUBLISHED, people, headline="夜市今晚开市", body="<p>桥头的摊位。</p>")
    house.story_in(State.PUBLISHED, people, headline="图书馆夜场", body="<p>没有别的。</p>")
    new = house.story_in(State.PUBLISHED, people, headline="又说夜市", body="<p>桥头的摊位。</p>")
    house.story_in(State.PUBLISHED, people, headline="夜市招租", genre="advertisement")
    for form in ("rss", "atom"):
        response = client.get(f"/feeds/search.{form}", {"q": "夜市", "sort": "best"})
        found = feedparser.parse(response.content)
        assert [entry.link for entry in found.entries] == [f"https://paper.example/stories/{n.pk}/" for n in (new, old)]
        assert found.feed.title.startswith("夜市 – ")
        assert response["X-Robots-Tag"] == "noindex"
    page = client.get("/search/", {"q": "夜市"}).content.decode()
    assert "/feeds/search.rss?q=%E5%A4%9C%E5%B8%82" in page


@pytest.mark.parametrize("asked", ["", "?q=", "?q=%20", "?since=never", "?q=夜市&section=nowhere"])
def test_a_search_that_says_nothing_or_nonsense_has_no_feed(title, client, asked):
    assert client.get(f"/feeds/search.atom{asked}").status_code == 404
