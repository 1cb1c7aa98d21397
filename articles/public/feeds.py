"""What the feeds of the public site hold: the newest stories of a section, of an author, … in three formats.

What is paid for is no news: feeds leave it out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.addresses import absolute, address
from articles.models.published import PublicFrame, PublishedArticle, PublishedAuthor, PublishedPhoto, PublishedSection
from articles.models.published_collections import PublishedSpecial, PublishedTag
from articles.public import reading
from articles.public.feed_formats import FEEDS, FeedFormat, FeedPicture, as_html
from articles.public.site import LANGUAGE, tag_uri
from articles.public.wording import standfirst
from articles.public.xhtml import writable

FEED_SIZE = 30
# What an item says of a story where the text is not given.
SUMMARY_CHARACTERS = 200
_OURS = re.compile(r'\b(src|href)="/(?!/)')


@dataclass(frozen=True)
class FeedSource:
    """What a feed is of: `name` is how its address names it (`sections/city`), `of` what readers call it, empty for
    everything; `page` is the address of the page that shows the same; `asked` what was searched, as the part of an
    address that begins with a question mark.
    """

    name: str
    of: str
    page: str
    stories: list[PublishedArticle]
    asked: str = ""

    @property
    def hub(self) -> str:
        """The hub that hears of every change of it, empty where none does: what a search finds is told to nobody."""
        return "" if self.asked else settings.WEBSUB_HUB

    def address(self, form: FeedFormat) -> str:
        return feed_address(self.name, form, self.asked)


def feed_address(name: str, form: FeedFormat | str, asked: str = "") -> str:
    """Where the feed called `name` is read in a format, of a search with what was `asked`."""
    return f"{get_script_prefix()}feeds/{quote(name)}.{form}{asked}"


def everything() -> FeedSource:
    stories = reading.listed().exclude(genre=reading.ADVERTISEMENT).order_by(*reading.NEWEST_FIRST)
    return FeedSource("all", "", address("home"), list(stories[:FEED_SIZE]))


def of_section(section: PublishedSection) -> FeedSource:
    stories = reading.listed().filter(section=section).exclude(genre=reading.ADVERTISEMENT)
    newest = list(stories.order_by(*reading.NEWEST_FIRST)[:FEED_SIZE])
    return FeedSource(f"sections/{section.slug}", section.name, section.get_absolute_url(), newest)


def of_author(author: PublishedAuthor) -> FeedSource:
    links = reading.links_of_author(author.pk).exclude(article__genre=reading.ADVERTISEMENT)
    newest = reading.stories_of(links.order_by(*reading.NEWEST_FIRST)[:FEED_SIZE])
    return FeedSource(f"authors/{author.slug}", author.name, author.get_absolute_url(), newest)


def of_tag(tag: PublishedTag) -> FeedSource:
    links = reading.links_of_tag(tag.pk).exclude(article__genre=reading.ADVERTISEMENT)
    newest = reading.stories_of(links.order_by(*reading.NEWEST_FIRST)[:FEED_SIZE])
    return FeedSource(f"tags/{tag.slug}", tag.name, tag.get_absolute_url(), newest)


def of_special(special: PublishedSpecial) -> FeedSource:
    """The stories of a special, the newest first, however they are put together there."""
    stories = [story for _group, found in reading.groups_of_special(special) for story in found]
    newest = sorted(editorial(stories), key=lambda story: (story.published_at, story.number), reverse=True)
    return FeedSource(f"specials/{special.slug}", special.name, special.get_absolute_url(), newest[:FEED_SIZE])


def editorial(stories: Iterable[PublishedArticle]) -> list[PublishedArticle]:
    """Those that nobody paid for."""
    return [story for story in stories if story.genre != reading.ADVERTISEMENT]


def answer(request: HttpRequest, form: FeedFormat, source: FeedSource) -> HttpResponse:
    """The feed of `source`."""
    written = _written(request, form, source)
    response = HttpResponse(written.writeString("utf-8"), content_type=written.content_type)
    if source.hub:
        # JSON Feed has no place for the feed's own address where a subscriber of WebSub looks for it.
        own = absolute(source.address(form))
        response["Link"] = f'<{source.hub}>; rel="hub", <{own}>; rel="self"'
    return response


def _written(request: HttpRequest, form: FeedFormat, source: FeedSource) -> Any:
    frame: PublicFrame = request.public_frame  # type: ignore[attr-defined]
    title = writable(" – ".join(part for part in (source.of, frame.name) if part) or _("News"))
    feed = FEEDS[form](
        title=title,
        link=absolute(source.page),
        description=_("The newest stories: %(feed)s") % {"feed": title},
        language=LANGUAGE,
        author_name=writable(frame.name) or None,
        feed_url=absolute(source.address(form)),
        feed_guid=absolute(source.page),
        hub=source.hub,
    )
    photos = reading.photos_by_story(source.stories)
    texts = _texts(source.stories, photos) if settings.FEEDS_FULL_TEXT else {}
    for story in source.stories:
        _add(feed, story, _picture(story, photos[story.pk]), texts.get(story.pk, ""))
    return feed


def _add(feed: Any, story: PublishedArticle, picture: FeedPicture | None, text: str) -> None:
    summary = writable(standfirst(story, SUMMARY_CHARACTERS))
    link = absolute(story.get_absolute_url())
    feed.add_item(
        title=writable(story.title),
        link=link,
        description=as_html(summary),
        unique_id=permanent_id(story),
        unique_id_is_permalink=False,
        pubdate=_to_the_second(story.published_at),
        updateddate=_to_the_second(story.modified_at),
        categories=list(dict.fromkeys(map(writable, [story.section.name, *story.keywords]))),
        enclosures=[picture.enclosure] if picture else [],
        summary=summary,
        text=writable(text),
        authors=[(writable(person["name"]), absolute(address("author", person["slug"]))) for person in story.byline],
        picture=picture,
    )


def _to_the_second(moment: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(moment).replace(microsecond=0)


def permanent_id(story: PublishedArticle) -> str:
    """A name of the story that stays whatever becomes of its words and of the address at which the site is read: a
    tag URI (RFC 4151).
    """
    return tag_uri(timezone.localdate(story.published_at), f"stories/{story.number}")


def _picture(story: PublishedArticle, photos: Sequence[PublishedPhoto]) -> FeedPicture | None:
    if not story.picture:
        return None
    store, source = storages["public"], story.picture["src"]
    try:
        size = store.size(source.removeprefix(store.url("")))
    except OSError:
        # Taken away this moment; the row follows.
        return None
    shown = next((photo for photo in photos if photo.preview == source), None)
    return FeedPicture(
        absolute(source),
        f"image/{source.rpartition('.')[2]}",
        size,
        story.picture["width"],
        story.picture["height"],
        writable(shown.caption) if shown else "",
        writable(shown.credit) if shown else "",
    )


def _texts(stories: Sequence[PublishedArticle], photos: Mapping[int, Sequence[PublishedPhoto]]) -> dict[int, str]:
    """The stories' whole text with their pictures as HTML that can be read anywhere, by id: one query."""
    bodies = dict(PublishedArticle.objects.filter(pk__in=[story.pk for story in stories]).values_list("pk", "body"))
    root = absolute("/")
    return {
        story.pk: _OURS.sub(rf'\1="{root}', _figures(photos.get(story.pk, [])) + bodies[story.pk] + _corrections(story))
        for story in stories
        if story.pk in bodies
    }


def _figures(photos: Iterable[PublishedPhoto]) -> str:
    """The pictures that do not stand in the text."""
    return "".join(_figure(photo) for photo in photos if not photo.in_body)


def _figure(photo: PublishedPhoto) -> str:
    said = " ".join(escape(words) for words in (photo.caption, photo.credit) if words)
    size = f'width="{photo.width}" height="{photo.height}"'
    caption = f"<figcaption>{said}</figcaption>" if said else ""
    return f'<figure><img src="{photo.preview}" {size} alt="{escape(photo.alt or photo.caption)}">{caption}</figure>'


def _corrections(story: PublishedArticle) -> str:
    called = _("Correction")
    return "".join(f"<p><strong>{called}</strong> {escape(said['note'])}</p>" for said in story.corrections)
