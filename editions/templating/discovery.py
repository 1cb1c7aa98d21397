"""What the head of a public page says to machines: its feeds, the picture to share, structured data, oEmbed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markupsafe import escape

from articles.addresses import Absolute, address
from articles.models.published import PublicFrame, PublishedArticle, PublishedAuthor, PublishedPhoto
from articles.public import structured
from articles.public.feed_formats import FeedFormat
from articles.public.feeds import feed_address
from articles.search.asking import Query
from articles.search.form import address_of, said_in
from editions.discovery import in_print
from editions.reading.printed import Printed

_FORMATS = {FeedFormat.RSS: "RSS", FeedFormat.ATOM: "Atom", FeedFormat.JSON: "JSON Feed"}


def feed_links(name: str, of: object, absolute: Absolute, asked: str = "") -> SafeString:
    """Links to the feed of this name in each of its formats, for readers that of the thing; of a search with what was
    `asked`.
    """
    links = (
        f'<link rel="alternate" type="{form.type}" href="{escape(absolute(form.address))}"'
        f' title="{escape(f"{of} {form.called}".strip())}">'
        for form in in_formats(name, asked)
    )
    return mark_safe("\n  ".join(links))  # noqa: S308 (escaped above)


def search_feed_links(query: Query, absolute: Absolute) -> SafeString:
    """Links to the feed of what was searched."""
    return feed_links("search", said_in(query), absolute, address_of(query))


class _InFormat(NamedTuple):
    """A feed in one format: what that is called, its media type, where it is read."""

    called: str
    type: str
    address: str


def in_formats(name: str, asked: str = "") -> list[_InFormat]:
    """The feed of this name in each of its formats, of a search with what was `asked`."""
    return [_InFormat(called, form.media_type, feed_address(name, form, asked)) for form, called in _FORMATS.items()]


def shared_picture(absolute: Absolute, frame: PublicFrame, article: PublishedArticle | None = None) -> SafeString:
    """The picture that stands for the page where somebody shares its address: the story's, else the card drawn for it,
    and where the page is no story's the paper's.
    """
    picture = article.picture if article else None
    if picture:
        width, height, path, alt = picture["width"], picture["height"], picture["src"], picture["alt"]
    else:
        width, height = structured.CARD_SIZE
        path = structured.card_address(article) if article else structured.NAMEPLATE_CARD
        alt = article.title if article else frame.name
    said = [
        f'property="og:image" content="{escape(absolute(path))}"',
        f'property="og:image:width" content="{width}"',
        f'property="og:image:height" content="{height}"',
        *([f'property="og:image:alt" content="{escape(alt)}"'] if alt else []),
        'name="twitter:card" content="summary_large_image"',
    ]
    return mark_safe("\n    ".join(f"<meta {one}>" for one in said))  # noqa: S308 (escaped above)


def oembed_links(article: PublishedArticle, absolute: Absolute) -> SafeString:
    """Where another site learns how to show the story."""
    story, title, where = absolute(article.get_absolute_url()), escape(article.title), reverse("discovery:oembed")
    links = (
        f'<link rel="alternate" type="{kind}+oembed" href="{escape(absolute(where))}?{escape(asked)}" title="{title}">'
        for kind, form in (("application/json", "json"), ("text/xml", "xml"))
        for asked in [urlencode({"url": story, "format": form})]
    )
    return mark_safe("\n    ".join(links))  # noqa: S308 (escaped above)


def story_data(
    article: PublishedArticle,
    photos: Sequence[PublishedPhoto],
    printed: Printed | None,
    frame: PublicFrame,
    absolute: Absolute,
) -> SafeString:
    """The story in schema.org's words."""
    return structured.for_script(structured.story(article, photos, in_print(printed), frame, absolute))


def way_data(article: PublishedArticle, absolute: Absolute) -> SafeString:
    """The way to a story from the front page in schema.org's words."""
    steps = [
        (_("Front page"), address("home")),
        (str(article.section), article.section.get_absolute_url()),
        (article.title, article.get_absolute_url()),
    ]
    return structured.for_script(structured.breadcrumbs(steps, absolute))


def paper_data(frame: PublicFrame, absolute: Absolute) -> SafeString:
    """The paper itself and its site in schema.org's words."""
    return structured.for_script(structured.front_page(frame, absolute))


def author_data(author: PublishedAuthor, frame: PublicFrame, absolute: Absolute) -> SafeString:
    """An author in schema.org's words."""
    return structured.for_script(structured.profile(author, frame, absolute))


FILTERS = (in_formats,)
FUNCTIONS = (
    *(author_data, feed_links, oembed_links, paper_data, search_feed_links, shared_picture, story_data, way_data),
)
