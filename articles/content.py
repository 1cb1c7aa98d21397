"""What a story says, as one plain value: what a revision keeps and a signature covers."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from articles.models import Article

# Whatever a reader or a page can show is signed; notes of the desk to itself are only kept.
SIGNED_FIELDS = (
    "kicker",
    "headline",
    "subhead",
    "web_headline",
    "body",
    "lead_in_kind",
    "lead_in_agency",
    "lead_in_place",
    "lead_in_day",
    "genre",
    "section_id",
    "keywords",
    "summary",
    "correction_note",
)
DESK_FIELDS = ("slugline", "desk_note")
SIGNED_LISTS = ("bylines", "pictures")

Content = dict[str, Any]


def content_of(article: Article) -> Content:
    """The story's content now, JSON-ready: every field, bylines as {contributor, role}, pictures as
    {photo, caption, credit, alt}, both in order. Two queries.
    """
    content = fields_of(article)
    content["bylines"] = list(article.bylines.order_by("order").values("contributor", "role"))
    content["pictures"] = list(article.article_photos.order_by("order").values("photo", "caption", "credit", "alt"))
    return content


def fields_of(article: Article) -> Content:
    """The part of the content that stands in the story's own row."""
    content: Content = {name: getattr(article, name) for name in SIGNED_FIELDS + DESK_FIELDS}
    content["lead_in_day"] = article.lead_in_day.isoformat() if article.lead_in_day else None
    return content


def reads_as(content: Content, before: Content) -> bool:
    """Whether `content` gives readers nothing else than `before` did: a correction it tells of is something else, one
    that was told of before is not.
    """
    return not content["correction_note"] and hash_of(content) == hash_of({**before, "correction_note": ""})


def hash_of(content: Content) -> str:
    """SHA-256 over the signed part of `content` in one canonical form: 64 hex digits."""
    signed = {name: content[name] for name in SIGNED_FIELDS + SIGNED_LISTS}
    canonical = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
