"""The people and agencies of the bylines: finding them by name, adding the ones that are new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from articles import rules
from articles.errors import Incomplete, NotAllowed
from articles.models import AddressKind, Contributor, FormerAddress
from articles.text.body import strip_unseen
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

_LONGEST_PINYIN = 30


def add_contributor(name: str, *, acting_user: User) -> Contributor:
    """The contributor of this name, added without an account where there is none yet.

    Whoever may file. The address is the name in pinyin and can be changed afterwards, for pinyin reads rare
    surnames wrong. Raises NotAllowed, Incomplete without a name, ValidationError for one that is too long.
    """
    if not rules.can_file(acting_user):
        raise NotAllowed
    name = " ".join(name.split())
    if not name:
        raise Incomplete(_("A contributor needs a name."))
    known = contributors_named(name)
    if known:
        return known[0]
    contributor = Contributor(name=name)
    contributor.clean_fields(exclude=["slug", "user"])
    with transaction.atomic():
        added = _added_under_free_slug(contributor)
        if added is contributor:
            audit.record(acting_user, Act.CONTRIBUTOR_ADD, contributor)
    return added


def contributors_named(name: str) -> list[Contributor]:
    """Everybody who is called exactly this, for several people can share a name; the oldest first."""
    return list(Contributor.objects.filter(name=" ".join(name.split())).order_by("id"))


def contributors_like(typed: str) -> QuerySet[Contributor]:
    """Contributors whose name contains `typed`, or whose name in pinyin begins so, whole (zhangs) or by the
    first letters of its syllables (zs).
    """
    typed = strip_unseen(typed).strip()[:60]
    if not typed:
        return Contributor.objects.none()
    letters = typed.lower().replace(" ", "")
    found = Q(name__icontains=typed)
    if letters.isascii() and letters.isalpha() and len(letters) <= _LONGEST_PINYIN:
        found |= Q(slug__regex="^" + "-?".join(letters)) | Q(slug__regex="^" + "[a-z]*-".join(letters))
    return Contributor.objects.filter(found)


def find_or_add(people: Iterable[Contributor | str], *, acting_user: User) -> list[Contributor]:
    """Everybody of a byline in order, where a name that nobody has yet is added.

    The caller's transaction takes new names back when the story is refused. Raises what `add_contributor`
    raises, and ValidationError for a name that several people share.
    """
    people = list(people)
    # In one order, so that of two who add the same names neither waits for the other.
    named = {name: _one_named(name, acting_user) for name in sorted({who for who in people if isinstance(who, str)})}
    return [named[who] if isinstance(who, str) else who for who in people]


def _one_named(name: str, acting_user: User) -> Contributor:
    if len(contributors_named(name)) > 1:
        raise ValidationError(_("Several people are called %(name)s; choose one.") % {"name": name})
    return add_contributor(name, acting_user=acting_user)


def _added_under_free_slug(contributor: Contributor) -> Contributor:
    """The contributor, saved under the first free address. One that is taken at this very moment leads to the next,
    or to whoever took it, where that is the same name.
    """
    free = (slug for slug in _slugs(contributor.name) if not _is_taken(slug))
    while True:
        contributor.slug = next(free)
        try:
            with transaction.atomic():
                contributor.save()
        except IntegrityError:
            if same := contributors_named(contributor.name):
                return same[0]
        else:
            return contributor


def _is_taken(slug: str) -> bool:
    return Contributor.objects.filter(slug=slug).exists() or _was_anothers(slug)


def _was_anothers(slug: str) -> bool:
    return FormerAddress.objects.filter(kind=AddressKind.AUTHOR, slug=slug).exists()


def _slugs(name: str) -> Iterator[str]:
    """zhang-san, zhang-san-2, zhang-san-3 …"""
    wanted = slugify("-".join(lazy_pinyin(name)))[:70].strip("-") or "author"
    yield wanted
    yield from (f"{wanted}-{number}" for number in count(2))
