"""Who may do what to editions and pages: the only place that knows."""

from __future__ import annotations

from enum import StrEnum, auto

from django.contrib.auth.models import AnonymousUser

from editions.models import Page, PageSignature, SignatureKind
from newsroom.staff.models import User
from newsroom.staff.roles import SIGNING_ROLES, Role


class EditionVerb(StrEnum):
    """What a person can do with an edition; VIEW is seeing its plan, READ reading what its pages print, LAY_OUT
    placing, moving and removing on its pages, PROOF pulling proofs and marking them, PRESS releasing to press
    (付印) and taking back.
    """

    VIEW = auto()
    READ = auto()
    OPEN = auto()
    CHANGE = auto()
    LAY_OUT = auto()
    PROOF = auto()
    SIGN_PROOFREADER = auto()
    SIGN_PAGE_EDITOR = auto()
    SIGN_EDITOR_IN_CHIEF = auto()
    PRESS = auto()
    PUBLISH = auto()


_MAKERS = frozenset({Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF, Role.PAGE_DESIGNER})
MAY: dict[EditionVerb, frozenset[Role]] = {
    EditionVerb.VIEW: frozenset(Role),
    EditionVerb.READ: _MAKERS | {Role.PROOFREADER, Role.ADMINISTRATOR},
    EditionVerb.OPEN: frozenset({Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}),
    EditionVerb.CHANGE: frozenset({Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}),
    EditionVerb.LAY_OUT: _MAKERS,
    EditionVerb.PROOF: _MAKERS | {Role.PROOFREADER},
    EditionVerb.SIGN_PROOFREADER: frozenset({Role.PROOFREADER}),
    EditionVerb.SIGN_PAGE_EDITOR: frozenset({Role.SECTION_EDITOR, Role.DESK_CHIEF}),
    EditionVerb.SIGN_EDITOR_IN_CHIEF: frozenset({Role.EDITOR_IN_CHIEF}),
    EditionVerb.PRESS: frozenset({Role.EDITOR_IN_CHIEF}),
    EditionVerb.PUBLISH: frozenset({Role.EDITOR_IN_CHIEF}),
}
SIGNING: dict[SignatureKind, EditionVerb] = {
    SignatureKind.PROOFREADER: EditionVerb.SIGN_PROOFREADER,
    SignatureKind.PAGE_EDITOR: EditionVerb.SIGN_PAGE_EDITOR,
    SignatureKind.EDITOR_IN_CHIEF: EditionVerb.SIGN_EDITOR_IN_CHIEF,
}


def can(user: User | AnonymousUser, verb: EditionVerb) -> bool:
    """Whether `user` may say `verb` to editions; nobody signed in may nothing."""
    return isinstance(user, User) and user.has_role(*MAY[verb])


def can_sign(user: User | AnonymousUser, page: Page, kind: SignatureKind) -> bool:
    """Whether `user` may sign the page as `kind`. The page's own responsible editor signs as its editor,
    whichever signing role is theirs.
    """
    return isinstance(user, User) and user.has_role(*roles_signing(page, kind, user))


def roles_signing(page: Page, kind: SignatureKind, user: User) -> frozenset[Role]:
    """The roles any of which lets `user` sign the page as `kind`."""
    roles = MAY[SIGNING[kind]]
    is_their_page = kind == SignatureKind.PAGE_EDITOR and page.responsible_editor_id == user.pk
    return roles | set(SIGNING_ROLES) if is_their_page else roles


def signed_otherwise(user: User, page: Page, kind: SignatureKind) -> PageSignature | None:
    """The live signature of `user` under the page in another capacity: nobody signs one page twice."""
    return page.signatures.filter(signer=user, ended_at__isnull=True).exclude(kind=kind).first()
