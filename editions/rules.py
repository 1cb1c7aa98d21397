"""Who may do what to editions and pages: the only place that knows."""

from __future__ import annotations

from enum import StrEnum, auto

from django.contrib.auth.models import AnonymousUser

from newsroom.staff.models import User
from newsroom.staff.roles import Role


class EditionVerb(StrEnum):
    """What a person can do with an edition; LAY_OUT is placing, moving and removing on its pages."""

    VIEW = auto()
    OPEN = auto()
    CHANGE = auto()
    LAY_OUT = auto()
    PUBLISH = auto()


_MAKERS = frozenset({Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF, Role.PAGE_DESIGNER})
MAY: dict[EditionVerb, frozenset[Role]] = {
    EditionVerb.VIEW: frozenset(Role),
    EditionVerb.OPEN: frozenset({Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}),
    EditionVerb.CHANGE: frozenset({Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}),
    EditionVerb.LAY_OUT: _MAKERS,
    EditionVerb.PUBLISH: frozenset({Role.EDITOR_IN_CHIEF}),
}


def can(user: User | AnonymousUser, verb: EditionVerb) -> bool:
    """Whether `user` may say `verb` to editions; nobody signed in may nothing."""
    return isinstance(user, User) and user.has_role(*MAY[verb])
