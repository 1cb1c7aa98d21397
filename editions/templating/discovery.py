"""What the head of a public page says to machines: its feeds, the picture to share, structured data, oEmbed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markupsafe import escape

from articles.addresses import absolute, address, path_of
from articles.models.published import PublicFrame, PublishedArticle, PublishedAuthor, PublishedPhoto
from articles.public import structured
from articles.public.feed_formats import FeedFormat
from articles.public.feeds import feed_address
from articles.public.wording import title_elsewhere
from articles.search.asking import Query
from articles.search.form import address_of, said_in
from editions.discovery import in_print
from editions.models.published import SMALL_WIDTH, PublishedPage
from editions.reading.printed import Printed

_FORMATS = {FeedFormat.RSS: "RSS", FeedFormat.ATOM: "Atom", FeedFormat.JSON: "JSON Feed"}


def feed_links(name: str, of: object, asked: str = "") -> SafeString:
    """Links to the feed of this name in each of its formats, for readers that of the thing; of a search with what was
    `asked`.
    """
    links = (
        f'<link rel="alternate" type="{form.type}" href="{escape(absolute(form.address))}"'
        f' title="{escape(f"{of} {form.called}".strip())}">'
        for form in in_formats(name, asked)
    )
    return mark_safe("\n  ".join(links))  # noqa: S308 (escaped above)


def search_feed_links(query: Query) -> SafeString:
    """Links to the feed of what was searched."""
    return feed_links("search", said_in(query), address_of(query))


class _InFormat(NamedTuple):
    """A feed in one format: what that is called, its media type, where it is read."""

    called: str
    type: str
    address: str


def in_formats(name: str, asked: str = "") -> list[_InFormat]:
    """The feed of this name in each of its formats, of a search with what was `asked`."""
    return [_InFormat(called, form.media_type, feed_address(name, form, asked)) for form, called in _FORMATS.items()]


class _Shared(NamedTuple):
    """A picture that stands for a page where somebody shares its address: its path, size and alternative text."""

    path: str
    width: int
    height: int
    alt: str


def shared_picture(frame: PublicFrame, shown: PublishedArticle | PublishedPage | None = None) -> SafeString:
    """The picture of what the page shows: a story's, else the card drawn for it; a printed page's; else the paper's."""
    picture = _picture_of(shown) or _Shared(structured.NAMEPLATE_CARD, *structured.CARD_SIZE, frame.name)
    # A large one is shown broad: of what is upright it would be a strip.
    card = "summary_large_image" if picture.width > picture.height else "summary"
    said = [
        f'property="og:image" content="{escape(absolute(picture.path))}"',
        f'property="og:image:width" content="{picture.width}"',
        f'property="og:image:height" content="{picture.height}"',
        *([f'property="og:image:alt" content="{escape(picture.alt)}"'] if picture.alt else []),
        f'name="twitter:card" content="{card}"',
    ]
    return mark_safe("\n    ".join(f"<meta {one}>" for one in said))  # noqa: S308 (escaped above)


def _picture_of(shown: PublishedArticle | PublishedPage | None) -> _Shared | None:
    """None where nothing is shown, and for a page that was never typeset."""
    if isinstance(shown, PublishedPage):
        return _of_page(shown) if shown.thumbnail_png else None
    if shown is None:
        return None
    if not shown.picture:
        return _Shared(structured.card_address(shown), *structured.CARD_SIZE, title_elsewhere(shown))
    said = shown.picture
    return _Shared(said["src"], said["width"], said["height"], said["alt"])


def _of_page(page: PublishedPage) -> _Shared:
    """The small picture: the large one weighs megabytes, and nobody reads a page where a link is shown."""
    height = round(page.image_height * SMALL_WIDTH / page.image_width)
    return _Shared(page.thumbnail_png, SMALL_WIDTH, height, f"{page.edition} {page}")


def oembed_links(article: PublishedArticle) -> SafeString:
    """Where another site learns how to show the story."""
    story, title, where = (
        absolute(article.get_absolute_url()),
        escape(title_elsewhere(article)),
        path_of("discovery:oembed"),
    )
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
) -> SafeString:
    """The story in schema.org's words."""
    return structured.for_script(structured.story(article, photos, in_print(printed), frame))


def way_data(article: PublishedArticle) -> SafeString:
    """The way to a story from the front page in schema.org's words."""
    steps = [
        (_("Front page"), address("home")),
        (str(article.section), article.section.get_absolute_url()),
        (article.title, article.get_absolute_url()),
    ]
    return structured.for_script(structured.breadcrumbs(steps))


def paper_data(frame: PublicFrame) -> SafeString:
    """The paper itself and its site in schema.org's words."""
    return structured.for_script(structured.front_page(frame))


def author_data(author: PublishedAuthor, frame: PublicFrame) -> SafeString:
    """An author in schema.org's words."""
    return structured.for_script(structured.profile(author, frame))


FILTERS = (in_formats,)
FUNCTIONS = (
    *(author_data, feed_links, oembed_links, paper_data, search_feed_links, shared_picture, story_data, way_data),
)
