"""Who may change people and settings: the one rule that stands below stories and editions alike."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from newsroom.staff.models import User
from newsroom.staff.roles import Role

Person = User | AnonymousUser


def can_administer(user: Person) -> bool:
    """Whether `user` may change people, roles, sections and the settings of the title."""
    return isinstance(user, User) and user.has_role(Role.ADMINISTRATOR)
