"""A published picture as pages show it: AVIF, WebP, in the width that the screen needs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from articles.models.published import PublishedPhoto

_IN_BODY = re.compile(r'<img src="([^"]*)"([^>]*?)(?: loading="lazy")?>')

Sources = Mapping[str, Sequence[tuple[int, str]]]


class _Picture(NamedTuple):
    """What the two places that know of a picture (a story's first one, its photos) say of it."""

    preview: str
    thumbnail: str
    width: int
    height: int
    sources: Sources


def _of(picture: PublishedPhoto | Mapping[str, Any]) -> _Picture:
    if isinstance(picture, PublishedPhoto):
        return _Picture(picture.preview, picture.thumbnail, picture.width, picture.height, picture.sources)
    said = picture
    return _Picture(said["src"], said["thumbnail"], said["width"], said["height"], said.get("sources") or {})


def picture(
    picture: PublishedPhoto | Mapping[str, Any],
    alt: str = "",
    sizes: str = "100vw",
    css: str = "",
    *,
    lead: bool = False,
) -> SafeString:
    """The picture with every width there is of it; `sizes` says how wide it is shown, as CSS does. `lead` is loaded
    first, every other one when it is scrolled to.
    """
    attributes = f' alt="{conditional_escape(alt)}"' + (f' class="{conditional_escape(css)}"' if css else "")
    return _drawn(_of(picture), attributes, sizes, lead=lead)


def with_sizes(body: str, photos: Sequence[PublishedPhoto], sizes: str) -> SafeString:
    """A published body whose pictures come in every width; the first is the lead where none stands before the text."""
    by_preview = {photo.preview: photo for photo in photos if photo.in_body}
    leads = [not any(not photo.in_body for photo in photos)]

    def drawn(match: re.Match[str]) -> str:
        photo = by_preview.get(match.group(1))
        if photo is None:
            return match.group(0)
        attributes = re.sub(r' (?:width|height)="\d+"', "", match.group(2))
        lead = leads.pop() if leads else False
        return _drawn(_of(photo), attributes, sizes, lead=lead)

    return mark_safe(_IN_BODY.sub(drawn, body))  # noqa: S308 (the door has sanitised it)


def _drawn(picture: _Picture, attributes: str, sizes: str, *, lead: bool) -> SafeString:
    how = ' fetchpriority="high"' if lead else ' loading="lazy"'
    size = f' width="{picture.width}" height="{picture.height}"'
    image = f'<img src="{picture.preview}"{size}{attributes}{how}>'
    kinds = {kind: list(picture.sources.get(kind, [])) for kind in ("avif", "webp")}
    if not kinds["webp"]:
        # Taken in before there were sizes for screens, or smaller than any of them.
        kinds["webp"] = [(min(360, picture.width), picture.thumbnail), (picture.width, picture.preview)]
    sources = "".join(
        f'<source type="image/{kind}" srcset="{_srcset(widths)}" sizes="{conditional_escape(sizes)}">'
        for kind, widths in kinds.items()
        if widths
    )
    return mark_safe(f"<picture>{sources}{image}</picture>")  # noqa: S308 (addresses and numbers of ours)


def _srcset(widths: Sequence[tuple[int, str]]) -> str:
    return ", ".join(f"{address} {width}w" for width, address in sorted(dict(widths).items()))


FILTERS = ()
FUNCTIONS = (picture,)
