"""Who may change people and settings, and hand duties over: what stands below stories and editions alike."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from newsroom.staff.models import Handover, RoleGrant, User
from newsroom.staff.roles import STAND_INS, Role

Person = User | AnonymousUser


def can_administer(user: Person) -> bool:
    """Whether `user` may change people, roles, sections and the settings of the title."""
    return isinstance(user, User) and user.has_role(Role.ADMINISTRATOR)


def can_end_address(user: Person, whose: User) -> bool:
    """Whether `user` may end the secret address of `whose` calendar: their own, or an administrator anybody's."""
    return user.pk == whose.pk or can_administer(user)


def can_hand_over(user: Person, grant: RoleGrant) -> bool:
    """Whether `user` may hand this role over: their own, held in their own right, and not an administrator's."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return grant.user_id == user.pk and grant.role != Role.ADMINISTRATOR


def duties_of(user: User) -> QuerySet[RoleGrant]:
    """The roles that `user` may hand over. The same rule as `can_hand_over`, as a query."""
    if not user.is_active:
        return RoleGrant.objects.none()
    held = RoleGrant.objects.filter(user=user).exclude(role=Role.ADMINISTRATOR)
    return held.select_related("section").order_by("role", "section__order", "pk")


def can_stand_in(receiver: User, role: str) -> bool:
    """Whether `role` may be handed over to `receiver`: by `STAND_INS`, for roles held in their own right."""
    return stand_ins([role]).filter(pk=receiver.pk).exists()


def stand_ins(roles: Iterable[str]) -> QuerySet[User]:
    """The active people to whom one of `roles`, at least, may be handed over. The same rule as a query."""
    wanted = frozenset[Role]().union(*(STAND_INS[role] for role in roles))
    held = RoleGrant.objects.filter(user=OuterRef("pk"), role__in=sorted(wanted))
    return User.objects.filter(Exists(held), is_active=True)


def can_take_back(user: Person, handover: Handover) -> bool:
    """Whether `user` may end this handover before its time: who handed the duty over."""
    return isinstance(user, User) and user.is_active and handover.giver_id == user.pk
