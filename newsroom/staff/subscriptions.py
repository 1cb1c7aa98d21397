"""The secret address under which somebody's calendar is read without signing in: made, renewed, ended.

The secret is computed from a seed of the person's and the installation's key, so that whoever reads the database, or
a copy of it, can read no calendar.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from newsroom.staff import audit, rules
from newsroom.staff.acts import Act
from newsroom.staff.models import User

# 128 bits, which nobody guesses, in an address that can still be read out.
_LENGTH = 32
# Part of every secret: with another one all addresses would end.
_SALT = "newsroom.staff.calendars"


def renew_address(*, acting_user: User) -> User:
    """Give `acting_user`'s calendar a new secret address; the one before, if there was one, is none any more."""
    return _set_seed(acting_user, uuid4(), acting_user)


def end_address(user: User, *, acting_user: User) -> User:
    """Let the calendar of `user` have no address; without effect where it has none. Its owner, or an administrator
    (`rules.can_end_address`).

    Raises PermissionDenied.
    """
    if not rules.can_end_address(acting_user, user):
        raise PermissionDenied
    return _set_seed(user, None, acting_user)


def secret_of(user: User) -> str:
    """The secret part of the address of `user`'s calendar, empty where there is none."""
    if user.calendar_seed is None:
        return ""
    made_of = f"{user.pk}.{user.calendar_seed}"
    return salted_hmac(_SALT, made_of, algorithm="sha256").hexdigest()[:_LENGTH]


def holder_of(number: int, secret: str) -> User | None:
    """The person with this number, if `secret` is that of their calendar and they still work here."""
    user = User.objects.filter(pk=number, is_active=True, calendar_seed__isnull=False).first()
    return user if user is not None and constant_time_compare(secret, secret_of(user)) else None


def _set_seed(whose: User, seed: UUID | None, acting_user: User) -> User:
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=whose.pk)
        if user.calendar_seed != seed:
            user.calendar_seed = seed
            user.save(update_fields=["calendar_seed"])
            audit.record(acting_user, Act.STAFF_EDIT, user, fields=["calendar_seed"])
    return user
