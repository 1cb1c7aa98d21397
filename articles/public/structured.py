"""What public pages say to machines in schema.org's words, as JSON-LD. No queries."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from articles.addresses import absolute, address
from articles.models.published import PublicFrame, PublishedArticle, PublishedAuthor, PublishedPhoto
from articles.public.reading import ADVERTISEMENT
from articles.public.site import LANGUAGE
from articles.public.wording import stamp, standfirst
from articles.text.body import plain_text

# How large the picture is that stands for the paper and, drawn, for a story without one.
CARD_SIZE = (1200, 630)

Thing = dict[str, Any]


@dataclass(frozen=True)
class InPrint:
    """Where a story was printed: the edition's name and date, the page's label and name."""

    edition: str
    date: datetime.date
    page: str
    section: str


def card_address(article: PublishedArticle) -> str:
    """The card drawn for a story: with its version, for whoever shows it keeps it by its address."""
    return f"/cards/{article.number}.png?v={article.version}"


NAMEPLATE_CARD = "/cards/nameplate.png"


def story(
    article: PublishedArticle,
    photos: Sequence[PublishedPhoto],
    printed: InPrint | None,
    frame: PublicFrame,
) -> Thing:
    """The story as a NewsArticle, or as the AdvertiserContentArticle that somebody paid for."""
    return {
        "@context": "https://schema.org",
        "@type": "AdvertiserContentArticle" if article.genre == ADVERTISEMENT else "NewsArticle",
        "mainEntityOfPage": absolute(article.get_absolute_url()),
        "url": absolute(article.get_absolute_url()),
        "headline": article.title,
        # In print the dash says that it is a subhead; here its name does.
        "alternativeHeadline": article.subhead.removeprefix("——").strip(),
        "inLanguage": LANGUAGE,
        "datePublished": stamp(article.published_at),
        "dateModified": stamp(article.modified_at),
        "articleSection": article.section.name,
        "keywords": article.keywords,
        "description": standfirst(article, 120),
        "articleBody": plain_text(article.body),
        "wordCount": article.character_count,
        "isAccessibleForFree": True,
        "image": [_image(photo) for photo in photos] or [_card(card_address(article))],
        "author": [
            {"@type": "Person", "name": person["name"], "url": absolute(address("author", person["slug"]))}
            for person in article.byline
        ],
        "publisher": publisher(frame),
        "isPartOf": _is_part_of(printed, frame),
        **_place_in_print(printed if article.genre != ADVERTISEMENT else None),
        "correction": [
            {"@type": "CorrectionComment", "text": correction["note"], "datePublished": _stamp(correction["at"])}
            for correction in article.corrections
        ],
    }


def _stamp(kept: str) -> str:
    """A moment that a row keeps as words, as machines read it."""
    return stamp(datetime.datetime.fromisoformat(kept))


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> Thing:
    """The way to a page from the front page, as (name, path)."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(path)}
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }


def front_page(frame: PublicFrame) -> Thing:
    """The paper itself and its site, as the front page says them: from it search engines take the site's name."""
    name = {"name": frame.name, "alternateName": frame.name_en, "url": absolute("/")}
    paper = publisher(frame)
    site = {"@type": "WebSite", "@id": absolute("/#site"), **name, "publisher": {"@id": paper["@id"]}}
    return {"@context": "https://schema.org", "@graph": [paper, site]}


def profile(author: PublishedAuthor, frame: PublicFrame) -> Thing:
    """An author, as the page of their stories says it."""
    person = {
        "@type": "Person",
        "name": author.name,
        "description": author.bio,
        "url": absolute(author.get_absolute_url()),
        "worksFor": publisher(frame),
    }
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "mainEntity": {name: value for name, value in person.items() if value},
    }


def publisher(frame: PublicFrame) -> Thing:
    return {
        "@type": "NewsMediaOrganization",
        "@id": absolute("/#publisher"),
        "name": frame.name,
        "alternateName": frame.name_en,
        "url": absolute("/"),
        "logo": _card(NAMEPLATE_CARD),
    }


def for_script(data: Thing) -> SafeString:
    """JSON that nothing in it can end the script element of; what is empty is left out."""
    said = {name: value for name, value in data.items() if value not in ("", None, [])}
    text = json.dumps(said, ensure_ascii=False)
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return mark_safe(escaped)  # noqa: S308 (see above)


def _is_part_of(printed: InPrint | None, frame: PublicFrame) -> Thing | None:
    if printed is None:
        return None
    issue = {"@type": "PublicationIssue", "datePublished": printed.date.isoformat(), "name": printed.edition}
    return {**issue, "isPartOf": {"@type": "Newspaper", "name": frame.name}}


def _place_in_print(printed: InPrint | None) -> Thing:
    """What schema.org lets a NewsArticle, and nothing else, say of where it was printed."""
    if printed is None:
        return {}
    return {"printPage": printed.page, "printSection": printed.section, "printEdition": printed.edition}


def _image(photo: PublishedPhoto) -> Mapping[str, Any]:
    """The widest there is: search engines show a picture large from 1,200 pixels on."""
    width, path = max(photo.sources.get("webp") or [(photo.width, photo.preview)])
    said = {
        "@type": "ImageObject",
        "url": absolute(path),
        "width": width,
        "height": round(photo.height * width / photo.width),
        "caption": photo.caption,
        "creditText": photo.credit,
    }
    return {name: value for name, value in said.items() if value}


def _card(path: str) -> Thing:
    width, height = CARD_SIZE
    return {"@type": "ImageObject", "url": absolute(path), "width": width, "height": height}
