"""How the public site writes what it knows: dates, bylines, excerpts, addresses in the other language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import iri_to_uri
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.addresses import absolute, in_language
from articles.models.published import PublicFrame, PublishedArticle, PublishedPhoto
from articles.models.published_collections import PublishedTag, tags_of
from articles.public.bylines import credits
from articles.public.reading import ADVERTISEMENT, PICTURE
from articles.public.wording import in_two, opening, stamp, standfirst, title_elsewhere
from articles.templating.pictures import with_sizes
from articles.text import correcting
from newsroom.dates import day, interface, moment, month, short_moment

# Where a headline may break, and how wide a part may be, in characters: a column of cards holds ten.
_END_OF_PART = re.compile(r"(?<=[，、：；。！？—…”》\s])")
WIDEST_PARTS = {"kept": 10, "kept-wide": 14}


def from_iso(value: str) -> datetime.datetime:
    """The moment that published rows keep as text."""
    return datetime.datetime.fromisoformat(value)


def focus_class(picture: Mapping[str, Any]) -> str:
    """The classes by which a frame of another shape keeps a picture's focal point; none where none was set."""
    point = picture.get("focus")
    return f"focus-x{round(point[0] / 10)} focus-y{round(point[1] / 10)}" if point else ""


def is_advertisement(article: PublishedArticle) -> bool:
    """Whether readers must be told that somebody paid for it."""
    return article.genre == ADVERTISEMENT


@lru_cache(maxsize=4096)
def kept(headline: str) -> str:
    """The class of a headline that breaks after its own commas and colons alone, because every part fits: a narrow
    column (kept), or the width of a page (kept-wide).

    A longer part would be broken anywhere, before a comma too, which no line may begin with (避头尾).
    """
    parts = _END_OF_PART.split(headline)
    widest = max(sum(1 if character > "\u2e7f" else 0.55 for character in part) for part in parts)
    if widest > WIDEST_PARTS["kept-wide"]:
        return ""
    return " kept" if widest <= WIDEST_PARTS["kept"] else " kept-wide"


def is_photo_story(article: PublishedArticle) -> bool:
    """Whether its pictures are the story and its words go with them."""
    return article.genre == PICTURE


def text_of(article: PublishedArticle, photos: Sequence[PublishedPhoto], sizes: str) -> SafeString:
    """The text of a story, marked where it was corrected, its pictures in every width for a place of `sizes`."""
    return with_sizes(correcting.marked(article.body, article.corrections, _mark_label), photos, sizes)


def _mark_label(number: int) -> str:
    return _("Corrected here: note %(number)s") % {"number": number}


def stands_in(correction: Mapping[str, Any], article: PublishedArticle) -> bool:
    """Whether there is a place in the text that this correction left as it reads now."""
    return correcting.stands(article.body, correction)


def tags(article: PublishedArticle) -> list[PublishedTag]:
    """The tags of a story without asking for them: their addresses follow from the keywords."""
    return [PublishedTag(slug=slug, name=name) for slug, name in tags_of(article.keywords).items()]


def outside_body(photos: Sequence[PublishedPhoto]) -> list[PublishedPhoto]:
    """The pictures that stand before the text because nothing in the text shows them."""
    return [photo for photo in photos if not photo.in_body]


def mail_link(own: str, article: PublishedArticle) -> str:
    """What opens a letter with the story's headline and its `own` address in it, to nobody yet."""
    return f"mailto:?subject={quote(title_elsewhere(article))}&body={quote(own)}"


def around(request: HttpRequest) -> dict[str, object]:
    """What every public page is drawn with: the `frame`, which `public_page` has read already and an error page reads
    where it shows it, the `language` of the interface and the name of the `view`, empty where none was found; the
    page's `own` address and its paths `in_languages`, which lead on within the site where somebody reads it.
    """
    view = request.resolver_match.view_name if request.resolver_match else ""
    path, place = iri_to_uri(request.path), _place(request, view)
    languages = (code for code, _name in settings.LANGUAGES)
    return {
        "frame": getattr(request, "public_frame", None) or SimpleLazyObject(PublicFrame.current),
        "language": get_language(),
        "view": view,
        "own": absolute(path) + place,
        "in_languages": {language: in_language(path, language) + place for language in languages},
    }


def _place(request: HttpRequest, view: str) -> str:
    """What of the query string belongs to a page's address: what names a page of a list, and of a search all of it, for
    that is what was asked.
    """
    if view == "reading:search":
        said = request.GET.urlencode()
    else:
        said = urlencode([(name, request.GET[name]) for name in ("before", "after") if name in request.GET][:1])
    return f"?{said}" if said else ""


FILTERS = (
    credits,
    day,
    focus_class,
    from_iso,
    in_two,
    is_advertisement,
    is_photo_story,
    kept,
    moment,
    month,
    opening,
    outside_body,
    short_moment,
    stamp,
    standfirst,
    stands_in,
    tags,
    title_elsewhere,
)
FUNCTIONS = (absolute, interface, mail_link, text_of)
