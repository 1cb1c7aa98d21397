"""The three ways in which a feed is written: RSS 2.0, Atom 1.0 and JSON Feed 1.1, from the same items. Pure.

An item has beside what Django's generators know: `summary` in plain words, `text` as HTML or empty, `authors`
as (name, address), `picture` as a `FeedPicture` or None.
"""

from __future__ import annotations

import datetime
import json
from enum import StrEnum
from html import escape
from typing import Any, NamedTuple

from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed

from articles.public.site import LANGUAGE
from articles.public.wording import stamp

# When a feed without stories changed: whatever else is published, nothing of it did.
_NEVER = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class FeedFormat(StrEnum):
    """A format, as addresses name it."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"

    @property
    def media_type(self) -> str:
        return "application/feed+json" if self is FeedFormat.JSON else f"application/{self}+xml"


class FeedPicture(NamedTuple):
    """A picture with its absolute address; `size` in bytes, width and height in pixels; what stands under it."""

    address: str
    media_type: str
    size: int
    width: int
    height: int
    caption: str
    credit: str

    @property
    def enclosure(self) -> Enclosure:
        return Enclosure(self.address, str(self.size), self.media_type)


class _Feed(SyndicationFeed):
    """What the formats share: a feed is as new as its newest item, and an empty one has a time of its own."""

    def latest_post_date(self) -> datetime.datetime:
        newest: datetime.datetime = max((item["updateddate"] for item in self.items), default=_NEVER)
        return newest


class RssFeed(_Feed, Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name, _address in item["authors"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("atom:updated", stamp(item["updateddate"]))
        if item["text"]:
            handler.addQuickElement("content:encoded", item["text"])
        _add_media(handler, item["picture"])


class AtomFeed(_Feed, Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": "http://search.yahoo.com/mrss/"}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("link", None, {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name, address in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            if address:
                handler.addQuickElement("uri", address)
            handler.endElement("author")
        if item["text"]:
            handler.addQuickElement("content", item["text"], {"type": "html"})
        _add_media(handler, item["picture"])


class JsonFeed(_Feed):
    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        feed = self.feed
        said = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "description": feed["description"],
            "language": LANGUAGE,
            "authors": [{"name": feed["author_name"]}] if feed["author_name"] else [],
            "hubs": [{"type": "WebSub", "url": feed["hub"]}] if feed["hub"] else [],
        }
        items = [_json_item(item) for item in self.items]
        json.dump(_without_nothing(said) | {"items": items}, outfile, ensure_ascii=False)


FEEDS: dict[FeedFormat, type[RssFeed | AtomFeed | JsonFeed]] = {
    FeedFormat.RSS: RssFeed,
    FeedFormat.ATOM: AtomFeed,
    FeedFormat.JSON: JsonFeed,
}


def as_html(words: str) -> str:
    """Plain words for the places where RSS and Atom hold HTML."""
    return escape(words, quote=False)


def _json_item(item: dict[str, Any]) -> dict[str, Any]:
    picture: FeedPicture | None = item["picture"]
    said = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "summary": item["summary"],
        "image": picture.address if picture else "",
        "date_published": stamp(item["pubdate"]),
        "date_modified": stamp(item["updateddate"]),
        "authors": [_without_nothing({"name": name, "url": address}) for name, address in item["authors"]],
        "tags": list(item["categories"]),
        "language": LANGUAGE,
        "attachments": [_attachment(picture)] if picture else [],
    }
    content = {"content_html": item["text"]} if item["text"] else {"content_text": item["summary"] or item["title"]}
    return _without_nothing(said) | content


def _attachment(picture: FeedPicture) -> dict[str, Any]:
    return {"url": picture.address, "mime_type": picture.media_type, "size_in_bytes": picture.size}


def _without_nothing(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value}


def _add_media(handler: Any, picture: FeedPicture | None) -> None:
    if picture is None:
        return
    size = {"width": str(picture.width), "height": str(picture.height), "fileSize": str(picture.size)}
    handler.startElement(
        "media:content", {"url": picture.address, "type": picture.media_type, "medium": "image", **size}
    )
    # What stands in `media:description` readers may take for the story's text: feedparser does where there is none.
    if picture.caption:
        handler.addQuickElement("media:title", picture.caption, {"type": "plain"})
    if picture.credit:
        handler.addQuickElement("media:credit", picture.credit)
    handler.endElement("media:content")
