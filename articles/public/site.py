"""The paper's site as it names itself and what it published, for machines."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from articles.models.published import PublicFrame

# What the paper is written in.
LANGUAGE = "zh-Hans"


@dataclass(frozen=True)
class Site:
    """The root of every address, like https://paper.example, and the paper's name."""

    root: str
    name: str


def site_of(request: HttpRequest) -> Site:
    """The site, by the name that the paper has as this public page is made."""
    frame: PublicFrame = request.public_frame  # type: ignore[attr-defined]
    return Site(settings.SITE_ADDRESS, frame.name)


def tag_uri(day: object, path: str) -> str:
    """A name for ever of what `path` names, given on that day: a tag URI (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_ADDRESS).hostname},{day}:{path}"
