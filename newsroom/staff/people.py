"""What has to stay true of the people as a whole, whoever of them is changed."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from newsroom.staff.models import Handover, RoleGrant, User
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


def holding(role: str, section_id: int | None, at: datetime.datetime) -> QuerySet[User]:
    """The active people who hold `role` for the section at that moment, those to whom it is handed over among
    them: `User.grants` the other way round.
    """
    granted = RoleGrant.objects.filter(user=OuterRef("pk"), role=role, section=section_id)
    taken_over = Handover.objects.in_force(at).filter(receiver=OuterRef("pk"), role=role, section=section_id)
    return User.objects.filter(Exists(granted) | Exists(taken_over), is_active=True)
