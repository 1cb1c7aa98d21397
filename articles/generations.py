"""The door for what public pages share: their frame, and what of the newspaper, its sections, authors and specials
readers see. Every change of the reading side begins a generation here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import F, JSONField, TextField, Value
from django.db.models.functions import Cast, Replace
from django.utils import timezone

from articles import purging
from articles.models import (
    AddressKind,
    Contributor,
    FormerAddress,
    PublicFrame,
    PublishedArticle,
    PublishedAuthor,
    PublishedSection,
    PublishedSpecial,
    Section,
    Special,
    Title,
)
from articles.public import specials as public_specials
from articles.public import surrogates
from articles.purging import Change

# As many as stand beside each other.
SPECIALS_ON_HOME = 4
Follower = Callable[[Change], None]
_FOLLOWERS: list[Follower] = []


def follow_also(follower: Follower) -> None:
    """Let `follower` bring what else shows stories in line with those of a change, which appeared, changed or went:
    in the same transaction, before readers can ask for anything. Pages are not known here.
    """
    _FOLLOWERS.append(follower)


def begin_generation(change: Change) -> None:
    """Say that the reading side has changed: let what shows the stories of `change` follow, order to be forgotten what
    shows it, and renew the frame of its pages.

    When all is written: nothing of the desk may be locked any more (`PublicFrame.lock`).
    """
    PublicFrame.lock()
    for follow in _FOLLOWERS:
        follow(change)
    purging.order(change)
    title = Title.objects.get()
    sections = PublishedSection.objects.order_by("order", "id").values("slug", "name", "name_en")
    PublicFrame.objects.filter(pk=PublicFrame.THE_ONE).update(
        generation=F("generation") + 1,
        changed_at=timezone.now(),
        name=title.name,
        name_en=title.name_en,
        **title.imprint,
        sections=list(sections),
        specials=public_specials.on_home(SPECIALS_ON_HOME),
    )


def show_most_read(articles: Sequence[PublishedArticle]) -> None:
    """Let the home page show these as read most, the most read first. Nothing is done where it shows them already."""
    ids = [article.pk for article in articles]
    with transaction.atomic():
        PublicFrame.lock()
        if PublicFrame.current().most_read == ids:
            return
        PublicFrame.objects.update(most_read=ids)
        begin_generation(Change({surrogates.MOST_READ}))


def follow_special(special: Special, address: str) -> None:
    """Let what readers see of a special that they know by `address` follow the desk's: written anew while it is
    public, else taken away.
    """
    PublicFrame.lock()
    if address != special.slug:
        _keep_address(AddressKind.SPECIAL, address, special.slug)
    was_public = PublishedSpecial.objects.filter(slug=address).update(slug=special.slug)
    if not (was_public or special.is_public):
        return
    if special.is_public:
        named_on = public_specials.write(
            special.slug,
            name=special.name,
            introduction=special.introduction,
            on_home=special.on_home,
            places=[public_specials.Place(*row) for row in special.stories.values_list("article_id", "order", "group")],
            at=special.changed_at,
        )
    else:
        named_on = public_specials.take_away(special.slug)
    # Specials are named by the page that lists the feeds, which goes with the paper, and by a sitemap.
    shown = {*map(surrogates.special, (address, special.slug)), *map(surrogates.story, named_on)}
    lists = {surrogates.SPECIALS, surrogates.HOME, surrogates.PAPER, surrogates.ARCHIVE}
    begin_generation(Change(shown | lists, takes_away=bool(was_public)))


def follow_title() -> None:
    """Let every public page follow the newspaper's name and imprint, where they show another one."""
    title = Title.objects.get()
    if not PublicFrame.objects.filter(name=title.name, name_en=title.name_en, **title.imprint).exists():
        begin_generation(Change({surrogates.ALL}))


def follow_section(section: Section, address: str) -> None:
    """Let the public name, place and address of a section that readers know by `address` follow the desk's, where they
    differ.
    """
    PublicFrame.lock()
    said = {"slug": section.slug, "name": section.name, "name_en": section.name_en, "order": section.order}
    changed = PublishedSection.objects.filter(slug=address).exclude(**said).update(**said)
    if moved := address != section.slug:
        _keep_address(AddressKind.SECTION, address, section.slug)
    if changed or moved:
        begin_generation(Change({surrogates.ALL}))


def follow_contributor(contributor: Contributor, address: str) -> None:
    """Let the public page of an author whom readers know by `address` follow the desk's, where it differs. Printed
    bylines stay, but for where they lead.
    """
    PublicFrame.lock()
    said = {"slug": contributor.slug, "name": contributor.name, "bio": contributor.bio}
    changed = PublishedAuthor.objects.filter(slug=address).exclude(**said).update(**said)
    if moved := address != contributor.slug:
        _keep_address(AddressKind.AUTHOR, address, contributor.slug)
        _lead_bylines(address, contributor.slug)
    if changed or moved:
        lists = {surrogates.author(contributor.slug), surrogates.SEARCH, surrogates.AUTHORS}
        begin_generation(Change({surrogates.ALL} if moved else lists))


def has_address(kind: AddressKind, address: str) -> bool:
    """Whether readers know a section or an author by this address, or did and will again."""
    known = {AddressKind.SECTION: PublishedSection, AddressKind.AUTHOR: PublishedAuthor}[kind]._default_manager
    return known.filter(slug=address).exists() or FormerAddress.objects.filter(kind=kind, current=address).exists()


def _keep_address(kind: AddressKind, before: str, after: str) -> None:
    """Let the address `before`, and whatever leads there, lead to `after` for good."""
    FormerAddress.objects.filter(kind=kind, current=before).update(current=after)
    FormerAddress.objects.filter(kind=kind, slug=after).delete()
    FormerAddress.objects.update_or_create(kind=kind, slug=before, defaults={"current": after})


def _lead_bylines(before: str, after: str) -> None:
    """Let the bylines that led to one address lead to the other: one statement however many there are, since nobody
    can publish or withdraw until it is done.
    """
    # As both databases write JSON. No name holds it: a quotation mark in one has a backslash before it.
    member = '"slug": "{}"'.format
    led = Replace(Cast("byline", TextField()), Value(member(before)), Value(member(after)))
    stories = PublishedArticle.objects.filter(author_links__author__slug=after)
    stories.update(byline=Cast(led, JSONField()))
