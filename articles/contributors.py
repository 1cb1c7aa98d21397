"""The people in bylines: finding them by name, and taking in those who are new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from articles import rules
from articles.editing import Credit
from articles.errors import NotAllowed
from articles.models import Contributor
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

_SLUG_LENGTH = 60


def add_contributor(name: str, *, acting_user: User) -> Contributor:
    """Take in somebody without an account (通讯员, an agency) for the byline; their address is their pinyin.

    Whoever may file. Raises NotAllowed, and ValidationError for a name that is empty, too long or unseen.
    """
    if not rules.can_file(acting_user):
        raise NotAllowed
    contributor = Contributor(name=" ".join(name.split()))
    contributor.clean_fields(exclude=["slug", "user"])
    with transaction.atomic():
        _save_under_free_slug(contributor)
        audit.record(acting_user, Act.STAFF_EDIT, contributor, added=True)
    return contributor


def contributors_named(name: str) -> list[Contributor]:
    """Everybody who is called exactly this; several people can share a name."""
    return list(Contributor.objects.filter(name=" ".join(name.split())))


def credits_for(byline: Iterable[tuple[Contributor | str, str]], *, acting_user: User) -> list[Credit]:
    """The byline to save: (contributor, role) in order, where a name that nobody has yet is taken in.

    The caller's transaction takes new names back when the story is refused. Raises what
    `add_contributor` raises, and ValidationError for a name that several people share.
    """
    return [Credit(_known(who, acting_user).pk, role) for who, role in byline]


def _known(who: Contributor | str, acting_user: User) -> Contributor:
    if isinstance(who, Contributor):
        return who
    found = contributors_named(who)
    if len(found) > 1:
        raise ValidationError(_("Several people are called %(name)s; choose one.") % {"name": who})
    return found[0] if found else add_contributor(who, acting_user=acting_user)


def _save_under_free_slug(contributor: Contributor) -> None:
    """Save under the first free address; one that is taken at this very moment leads to the next."""
    for slug in _slugs(contributor.name):
        if Contributor.objects.filter(slug=slug).exists():
            continue
        contributor.slug = slug
        try:
            with transaction.atomic():
                contributor.save()
        except IntegrityError:
            continue
        return


def _slugs(name: str) -> Iterator[str]:
    """zhang-san, zhang-san-2, zhang-san-3 …"""
    base = slugify("-".join(lazy_pinyin(name)))[:_SLUG_LENGTH].strip("-") or "author"
    yield base
    yield from (f"{base}-{number}" for number in count(2))
