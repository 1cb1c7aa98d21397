"""The body as readers get it: lead-in set, the desk's pictures turned into public ones. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from articles.text.leadin import NAMED_IN_LEAD_IN, LeadIn, compose

if TYPE_CHECKING:
    from articles.content import Content
    from articles.public.files import PublicFiles

_FIGURE = re.compile(r"<figure><img([^>]*)>(?:<figcaption>(.*?)</figcaption>)?</figure>", re.S)
_PHOTO = re.compile(r'src="/desk/photos/(\d+)/preview"')
_FIRST_PARAGRAPH = re.compile(r"<p>")


def render(content: Content, byline: list[dict[str, str]], files: Mapping[int, PublicFiles]) -> str:
    """The public HTML of a signed body. `byline` as in `PublishedArticle`; `files` by photo id."""
    pictures = {picture["photo"]: picture for picture in content["pictures"]}
    html = _FIGURE.sub(lambda match: _figure(match, pictures, files), content["body"])
    return _with_lead_in(html, lead_in_of(content, byline))


def lead_in_of(content: Content, byline: list[dict[str, str]]) -> str:
    """The lead-in that this content prints, with the names of those who reported."""
    day = content["lead_in_day"]
    lead_in = LeadIn(
        content["lead_in_kind"],
        content["lead_in_agency"],
        content["lead_in_place"],
        datetime.date.fromisoformat(day) if day else None,
    )
    # An agency that stands in the byline under its own name is said already.
    named = [c for c in byline if c["code"] in NAMED_IN_LEAD_IN and c["name"] != lead_in.agency]
    return compose(lead_in, [(credit["role"], credit["name"]) for credit in named])


def _with_lead_in(html: str, lead_in: str) -> str:
    if not lead_in:
        return html
    opening = f'<p><span class="lead-in">{escape(lead_in)}</span>\u3000'
    set_in, found = _FIRST_PARAGRAPH.subn(lambda _match: opening, html, count=1)
    return set_in if found else f"{opening}</p>{html}"


def _figure(match: re.Match[str], pictures: Mapping[int, dict[str, str]], files: Mapping[int, PublicFiles]) -> str:
    source = _PHOTO.search(match.group(1))
    if source is None or int(source.group(1)) not in files:
        return ""
    number = int(source.group(1))
    file, picture = files[number], pictures[number]
    caption = match.group(2) or escape(picture["caption"], quote=False)
    credit = f' <span class="credit">{escape(picture["credit"], quote=False)}</span>' if picture["credit"] else ""
    size = f'width="{file.width}" height="{file.height}"'
    return (
        f'<figure><a href="{file.large}"><img src="{file.preview}" {size}'
        f' alt="{escape(picture["alt"] or picture["caption"])}" loading="lazy"></a>'
        f"<figcaption>{caption}{credit}</figcaption></figure>"
    )
