"""Sections, authors, tags and what was withdrawn, as the API tells them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from articles.addresses import address
from articles.api.properties import ADDRESS, MOMENT, NUMBER, TEXT, Property
from articles.models.published import PublishedAuthor, PublishedSection, WithdrawnArticle
from articles.models.published_collections import PublishedTag
from articles.public.site import Site
from articles.public.wording import stamp


@dataclass(frozen=True)
class ToldName:
    """What gathers stories under a name, and where its page is."""

    named: PublishedSection | PublishedAuthor | PublishedTag
    site: Site


_LITERAL = Property(
    "literal", TEXT, _("The address, by which stories are asked for."), lambda one: one.named.slug, always=True
)
_NAME = Property("name", TEXT, _("As the paper writes it."), lambda one: one.named.name, always=True)
_URI = Property("uri", ADDRESS, _("Its page."), lambda one: one.site.root + one.named.get_absolute_url(), always=True)

SECTION = (
    _LITERAL,
    _NAME,
    Property("name_en", TEXT, _("The name in English."), lambda one: one.named.name_en),
    _URI,
)
AUTHOR = (_LITERAL, _NAME, Property("bio", TEXT, _("About the author."), lambda one: one.named.bio), _URI)
TAG = (_LITERAL, _NAME, _URI)


@dataclass(frozen=True)
class ToldWithdrawal:
    """A story that is told no more."""

    withdrawn: WithdrawnArticle
    site: Site


WITHDRAWAL = (
    Property("number", NUMBER, _("The story's number."), lambda one: one.withdrawn.number, always=True),
    Property(
        "uri",
        ADDRESS,
        _("Where it stood."),
        lambda one: one.site.root + address("story", one.withdrawn.number),
        always=True,
    ),
    Property(
        "withdrawn_at", MOMENT, _("Since when it is gone."), lambda one: stamp(one.withdrawn.withdrawn_at), always=True
    ),
)
