"""What the head of a public page says to machines: its feeds, the picture to share, structured data, oEmbed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from jinja2 import pass_context
from jinja2.runtime import Context

from articles.addresses import absolute
from articles.models.published import PublicFrame, PublishedArticle, PublishedAuthor, PublishedPhoto
from articles.public import structured
from articles.public.feed_formats import FeedFormat
from articles.public.feeds import feed_address
from articles.public.wording import title_elsewhere
from articles.search.form import address_of, said_in
from editions.discovery import in_print
from editions.reading.printed import Printed

# Pages that show what one thing gathers, by the name of their view and of the thing in it.
_GATHERING = ("section", "author", "tag", "special")
_FORMATS = {FeedFormat.RSS: "RSS", FeedFormat.ATOM: "Atom", FeedFormat.JSON: "JSON Feed"}


@pass_context
def feed_links(context: Context) -> SafeString:
    """Links to the feeds of everything, and before them to those of what this page shows."""
    frame: PublicFrame = context["frame"]
    found = [*_own_feeds(context), ("all", frame.name, "")]
    return format_html_join(
        "\n  ",
        '<link rel="alternate" type="{}" href="{}" title="{}">',
        (
            (form.type, absolute(form.address), f"{called} {form.called}".strip())
            for name, called, asked in found
            for form in in_formats(name, asked)
        ),
    )


class _InFormat(NamedTuple):
    """A feed in one format: what that is called, its media type, where it is read."""

    called: str
    type: str
    address: str


def in_formats(name: str, asked: str = "") -> list[_InFormat]:
    """The feed of this name in each of its formats, of a search with what was `asked`."""
    return [_InFormat(called, form.media_type, feed_address(name, form, asked)) for form, called in _FORMATS.items()]


def _own_feeds(context: Context) -> list[tuple[str, str, str]]:
    """The feeds of what this page shows, each with what readers call it and what was searched; none where the page is
    of something that is not there.
    """
    match = context["request"].resolver_match
    view = match.view_name.removeprefix("reading:") if match else ""
    if view == "page" and "paper_page" in context:
        page = context["paper_page"].page
        return [(f"pages/{page.order}", str(page), ""), (f"editions/{page.edition.key}", str(page.edition), "")]
    if view == "edition" and "edition" in context:
        return [(f"editions/{context['edition'].key}", str(context["edition"]), "")]
    if view == "search" and context.get("found"):
        query = context["found"].query
        return [("search", said_in(query), address_of(query))]
    if view in _GATHERING and view in context:
        return [(f"{view}s/{context[view].slug}", str(context[view]), "")]
    return []


@pass_context
def shared_picture(context: Context, article: PublishedArticle | None = None) -> SafeString:
    """The picture that stands for the page where somebody shares its address: the story's, else the card drawn for it,
    and where the page is no story's the paper's.
    """
    picture = article.picture if article else None
    if picture:
        width, height, path, alt = picture["width"], picture["height"], picture["src"], picture["alt"]
    else:
        width, height = structured.CARD_SIZE
        path = structured.card_address(article) if article else structured.NAMEPLATE_CARD
        alt = article.title if article else context["frame"].name
    said = [
        ("property", "og:image", absolute(path)),
        ("property", "og:image:width", width),
        ("property", "og:image:height", height),
        *([("property", "og:image:alt", alt)] if alt else []),
        ("name", "twitter:card", "summary_large_image"),
    ]
    return format_html_join("\n    ", '<meta {}="{}" content="{}">', said)


def oembed_links(article: PublishedArticle) -> SafeString:
    """Where another site learns how to show the story."""
    story = absolute(article.get_absolute_url())
    return format_html_join(
        "\n    ",
        '<link rel="alternate" type="{}+oembed" href="{}" title="{}">',
        (
            (kind, absolute(_oembed(story, form)), title_elsewhere(article))
            for kind, form in (("application/json", "json"), ("text/xml", "xml"))
        ),
    )


def _oembed(story: str, form: str) -> str:
    return f"{reverse('discovery:oembed')}?{urlencode({'url': story, 'format': form})}"


@pass_context
def story_data(
    context: Context, article: PublishedArticle, photos: Sequence[PublishedPhoto], printed: Printed | None
) -> SafeString:
    """The story in schema.org's words."""
    frame: PublicFrame = context["frame"]
    return structured.for_script(structured.story(article, photos, in_print(printed), frame, absolute))


def way_data(article: PublishedArticle) -> SafeString:
    """The way to a story from the front page in schema.org's words."""
    steps = [
        (_("Front page"), reverse("reading:home")),
        (str(article.section), article.section.get_absolute_url()),
        (article.title, article.get_absolute_url()),
    ]
    return structured.for_script(structured.breadcrumbs(steps, absolute))


@pass_context
def paper_data(context: Context) -> SafeString:
    """The paper itself and its site in schema.org's words."""
    frame: PublicFrame = context["frame"]
    return structured.for_script(structured.front_page(frame, absolute))


@pass_context
def author_data(context: Context, author: PublishedAuthor) -> SafeString:
    """An author in schema.org's words."""
    frame: PublicFrame = context["frame"]
    return structured.for_script(structured.profile(author, frame, absolute))


FILTERS = (in_formats,)
FUNCTIONS = (author_data, feed_links, oembed_links, paper_data, shared_picture, story_data, way_data)
