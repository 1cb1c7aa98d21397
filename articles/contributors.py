"""The people and agencies of the bylines: finding them by name, adding the ones that are new."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pypinyin import lazy_pinyin

from articles import rules
from articles.errors import Incomplete, NotAllowed
from articles.models import Contributor
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User


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
    with transaction.atomic():
        known = Contributor.objects.filter(name=name).order_by("id").first()
        if known is not None:
            return known
        contributor = Contributor(name=name, slug=_free_slug(name))
        contributor.full_clean()
        contributor.save()
        audit.record(acting_user, Act.CONTRIBUTOR_ADD, contributor)
    return contributor


def _free_slug(name: str) -> str:
    wanted = slugify("-".join(lazy_pinyin(name)))[:70].strip("-") or "author"
    taken = set(Contributor.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
