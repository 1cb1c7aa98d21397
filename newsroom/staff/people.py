"""What has to stay true of the people as a whole, whoever of them is changed."""

from __future__ import annotations

from newsroom.staff.models import RoleGrant, User
from newsroom.staff.roles import Role


def lock_people() -> None:
    """Hold the roles of all administrators until the surrounding transaction ends.

    Whoever changes a person takes this lock first, so that two administrators who dismiss each other at the
    same moment decide one after the other. On SQLite the transaction itself holds the one write lock.
    """
    list(RoleGrant.objects.select_for_update().filter(role=Role.ADMINISTRATOR).values_list("pk", flat=True))


def has_other_administrator(user: User) -> bool:
    """Whether an active administrator other than `user` is there to give roles and accounts back."""
    return RoleGrant.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).exclude(user=user.pk).exists()
