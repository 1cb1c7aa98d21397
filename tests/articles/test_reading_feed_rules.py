"""Every feed held to the rules of its format: RFC 4287, the RSS 2.0 specification, JSON Feed 1.1."""

from __future__ import annotations

import datetime
import json
import re
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import jsonschema_rs
import pytest

from articles import editing
from articles.states import State
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows

A = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
ANY = 1000
# How often a child may stand in its parent, at least and at most.
ATOM = {
    f"{A}feed": {
        f"{A}id": (1, 1), f"{A}title": (1, 1), f"{A}updated": (1, 1), f"{A}link": (1, ANY), f"{A}author": (0, ANY),
        f"{A}entry": (0, ANY),
    },
    f"{A}entry": {
        f"{A}id": (1, 1), f"{A}title": (1, 1), f"{A}updated": (1, 1), f"{A}published": (0, 1), f"{A}link": (1, ANY),
        f"{A}author": (0, ANY), f"{A}category": (0, ANY), f"{A}summary": (0, 1), f"{A}content": (0, 1),
        f"{MEDIA}content": (0, 1),
    },
    f"{A}author": {f"{A}name": (1, 1), f"{A}uri": (0, 1)},
    f"{MEDIA}content": {f"{MEDIA}title": (0, 1), f"{MEDIA}credit": (0, 1)},
}  # fmt: skip
RSS = {
    "rss": {"channel": (1, 1)},
    "channel": {
        "title": (1, 1), "link": (1, 1), "description": (1, 1), "language": (0, 1), "lastBuildDate": (0, 1),
        f"{A}link": (1, 2), "item": (0, ANY),
    },
    "item": {
        "title": (1, 1), "link": (1, 1), "description": (0, 1), "pubDate": (1, 1), "guid": (1, 1), "enclosure": (0, 1),
        "category": (0, ANY), f"{DC}creator": (0, ANY), f"{A}updated": (1, 1), f"{CONTENT}encoded": (0, 1),
        f"{MEDIA}content": (0, 1),
    },
    f"{MEDIA}content": {f"{MEDIA}title": (0, 1), f"{MEDIA}credit": (0, 1)},
}  # fmt: skip

_WORDS = {"type": "string", "minLength": 1}
_ADDRESS = {"type": "string", "pattern": "^https?://"}
_TIME = {"type": "string", "format": "date-time"}
_AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {"properties": {"name": _WORDS, "url": _ADDRESS}, "minProperties": 1, "additionalProperties": False},
}
_ATTACHMENT = {
    "properties": {"url": _ADDRESS, "mime_type": {"pattern": "^[a-z]+/[a-z]+$"}, "size_in_bytes": {"type": "integer"}},
    "required": ["url", "mime_type"],
    "additionalProperties": False,
}
_ITEM = {
    "properties": {
        "id": _WORDS, "url": _ADDRESS, "title": _WORDS, "summary": _WORDS, "image": _ADDRESS, "language": _WORDS,
        "content_html": _WORDS, "content_text": _WORDS, "date_published": _TIME, "date_modified": _TIME,
        "authors": _AUTHORS, "tags": {"items": _WORDS, "uniqueItems": True}, "attachments": {"items": _ATTACHMENT},
    },
    "required": ["id"],
    "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "additionalProperties": False,
}  # fmt: skip
JSON_FEED = {
    "type": "object",
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"}, "title": _WORDS, "home_page_url": _ADDRESS,
        "feed_url": _ADDRESS, "description": _WORDS, "language": _WORDS, "authors": _AUTHORS,
        "hubs": {"items": {"required": ["type", "url"]}}, "items": {"type": "array", "items": _ITEM},
    },
    "required": ["version", "title", "items"],
    "additionalProperties": False,
}  # fmt: skip


@pytest.fixture(params=[False, True], ids=["summaries", "whole"])
def names(people, settings, request) -> list[str]:
    """Every kind of feed, with stories with and without a picture, an author, a summary."""
    settings.SITE_ADDRESS, settings.WEBSUB_HUB = "https://paper.example", "https://hub.example/"
    settings.FEEDS_FULL_TEXT = request.param
    photo = house.make_photo(people[Role.REPORTER])
    author = house.contributor_for(people[Role.REPORTER])
    house.story_in(
        State.PUBLISHED,
        people,
        headline="夜市 <今晚> & 明晚\n开张",
        summary="三条街 & 两百个摊位。",
        keywords="夜市，夜市，ＡＩ",
        bylines=[editing.Credit(author.pk, "reporter")],
        pictures=[editing.Picture(photo.pk, alt='灯火"')],
    )
    house.story_in(State.PUBLISHED, people, headline="夜市收摊")
    reading_rows.make_edition(pages=1)
    return [
        "all", "sections/city", f"authors/{author.slug}", "tags/夜市", "pages/1", "editions/2024-03-07", "search",
    ]  # fmt: skip


def fetch(client, name: str, form: str) -> bytes:
    response = client.get(f"/feeds/{name}.{form}", {"q": "夜市"} if name == "search" else {})
    assert response.status_code == 200, name
    return response.content


def read_by(rules: dict, content: bytes) -> ElementTree.Element:
    """The tree, after a count of what stands in each element."""
    tree = ElementTree.fromstring(content)
    for element in tree.iter():
        found = [child.tag for child in element]
        allowed = rules.get(element.tag, {})
        assert set(found) <= set(allowed), element.tag
        for tag, (least, most) in allowed.items():
            assert least <= found.count(tag) <= most, (element.tag, tag)
    return tree


def assert_moment(text: str) -> None:
    assert datetime.datetime.fromisoformat(text).tzinfo
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", text)


def test_an_atom_feed_keeps_rfc_4287(client, names):
    for name in names:
        feed = read_by(ATOM, fetch(client, name, "atom"))
        entries = feed.findall(f"{A}entry")
        ids = [entry.findtext(f"{A}id") for entry in entries]
        assert len(set(ids)) == len(ids) > 0, name
        for said in (feed, *entries):
            assert urlsplit(said.findtext(f"{A}id")).scheme in ("https", "tag")
            links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in said.findall(f"{A}link")]
            assert links.count(("alternate", None, None)) == 1
            assert all(link.get("href").startswith("http") for link in said.findall(f"{A}link"))
            for moment in said.findall(f"{A}updated") + said.findall(f"{A}published"):
                assert_moment(moment.text)
            for words in said.findall(f"{A}summary") + said.findall(f"{A}content"):
                assert words.get("type") in (None, "text", "html")
        assert [link.get("rel") for link in feed.findall(f"{A}link")].count("self") == 1
        for entry in entries:
            # Who wrote it is said there or for the whole feed.
            assert entry.find(f"{A}author") is not None or feed.find(f"{A}author") is not None
            assert entry.findtext(f"{A}published") <= entry.findtext(f"{A}updated")
            assert all(category.get("term") for category in entry.findall(f"{A}category"))


def test_an_rss_feed_keeps_its_specification(client, names):
    for name in names:
        tree = read_by(RSS, fetch(client, name, "rss"))
        channel = tree.find("channel")
        assert tree.get("version") == "2.0"
        items = channel.findall("item")
        assert len({item.findtext("guid") for item in items}) == len(items) > 0, name
        assert re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{2,8})*", channel.findtext("language"))
        for said in (channel, *items):
            assert said.findtext("link").startswith("http")
            assert said.findtext("title").strip()
            for moment in said.findall("pubDate") + said.findall("lastBuildDate"):
                assert parsedate_to_datetime(moment.text).tzinfo
        for item in items:
            # What is no address must say so.
            assert item.find("guid").get("isPermaLink") == "false"
            for enclosure in item.findall("enclosure"):
                assert enclosure.get("url").startswith(("http://", "https://"))
                assert int(enclosure.get("length")) > 0
                assert re.fullmatch(r"[a-z]+/[a-z]+", enclosure.get("type"))


def test_a_json_feed_keeps_version_1_1(client, names):
    schema = jsonschema_rs.Draft202012Validator(JSON_FEED, validate_formats=True)
    for name in names:
        feed = json.loads(fetch(client, name, "json"))
        assert [f"{error.instance_path}: {error.message}" for error in schema.iter_errors(feed)] == [], name
        ids = [item["id"] for item in feed["items"]]
        assert len(set(ids)) == len(ids) > 0, name
