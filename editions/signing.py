"""Signatures under a page: each covers everything the page prints, and holds as long as it prints exactly that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.errors import NotAllowed, Refusal
from articles.models import Article
from editions import rules, typesetting
from editions.models import Page, PageSignatory, PageSignature, SignatureKind
from editions.planning import lock_open, lock_page
from editions.printed_parts import Parts, changes, parts_of, sentence_of, titles_in, token_of
from editions.proofs import open_marks
from editions.snapshot import describe_page
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.handovers import stands_in_for
from newsroom.staff.models import User


class PageChanged(Refusal):
    """The page prints something else than what was before the eyes of the person who signs."""


class NotToBeSigned(Refusal):
    """Something forbids this signature for now; the sentence names it."""


class Standing(StrEnum):
    """How a signature stands: nobody gave it, it holds, or the page has changed since."""

    MISSING = auto()
    HOLDS = auto()
    VOID = auto()


@dataclass(frozen=True)
class SignatureState:
    """One signature that the page needs, as it stands; `changed` says in words what makes it void."""

    kind: SignatureKind
    standing: Standing
    signature: PageSignature | None
    changed: tuple[str, ...] = ()


def parts_now(page: Page) -> dict[str, str]:
    """The digests of everything that the page prints now. Raises TypesettingFailed."""
    description = describe_page(page)
    [layout] = typesetting.layouts_of_descriptions([description])
    return parts_of(description, layout)


def sign_page(page_id: int, kind: SignatureKind, *, seen: str, acting_user: User) -> PageSignature:
    """Sign the page as `kind`, over everything it prints now; an earlier signature of this kind is replaced.

    `seen` is the token (`printed_parts.token_of`) of what was on the screen. The proofreader's signature says
    that every mark on the page's proofs is carried out, so it waits for the last one to be ticked off, of
    whatever round: a mark on a first proof is not settled by pulling the next. The editors sign what they read
    and wait for none; no page goes to press with a mark that is open.
    Nobody signs one page in two capacities. Who may is `rules.can_sign`. Raises NotAllowed, EditionClosed,
    PageChanged, NotToBeSigned, TypesettingFailed.
    """
    with transaction.atomic():
        page = lock_page(page_id)
        if not rules.can_sign(acting_user, page, kind):
            raise NotAllowed
        _refuse_second_capacity(page, kind, acting_user)
        _refuse_unsettled(page, kind)
        parts = parts_now(page)
        if token_of(parts) != seen:
            raise PageChanged(_("The page has changed since you saw it. Nothing was signed: look at it again."))
        _end_live(page, kind)
        giver = stands_in_for(acting_user, Q(role__in=rules.roles_signing(page, kind, acting_user)))
        signature = PageSignature.objects.create(
            page=page,
            kind=kind,
            signer=acting_user,
            signer_label=str(acting_user),
            signed_for=str(giver or ""),
            parts=parts,
        )
        audit.record(acting_user, Act.PAGE_SIGN, page, signed_as=kind)
    return signature


def withdraw_signature(page_id: int, kind: SignatureKind, *, acting_user: User) -> None:
    """Take one's own signature of this kind back; without effect where there is none.

    Raises NotAllowed for another's, EditionClosed.
    """
    page = Page.objects.get(pk=page_id)
    with transaction.atomic():
        lock_open(page.edition_id)
        live = page.signatures.filter(kind=kind, ended_at__isnull=True).first()
        if live is None:
            return
        if live.signer_id != acting_user.pk:
            raise NotAllowed(_("Only who gave a signature takes it back."))
        _end_live(page, kind)
        audit.record(acting_user, Act.PAGE_UNSIGN, page, signed_as=kind)


def kinds_asked(title_id: int) -> list[SignatureKind]:
    """The signatures that every page of the title needs, in their order."""
    kinds = PageSignatory.objects.filter(title=title_id).values_list("kind", flat=True)
    return [SignatureKind(kind) for kind in kinds]


def signature_states(
    page: Page, kinds: Sequence[SignatureKind], description: Mapping[str, Any], layout: Mapping[str, Any]
) -> list[SignatureState]:
    """Each of these signatures, held against what the page prints. One query, or none where signatures are
    prefetched; a void one that names a story that is gone asks for its title.
    """
    live = {signature.kind: signature for signature in page.signatures.all() if signature.ended_at is None}
    parts, titles = parts_of(description, layout), titles_in(description)
    return [_state(kind, live.get(kind), parts, titles) for kind in kinds]


def _state(
    kind: SignatureKind, signature: PageSignature | None, parts: Parts, titles: Mapping[int, str]
) -> SignatureState:
    if signature is None:
        return SignatureState(kind, Standing.MISSING, None)
    found = changes(signature.parts, parts)
    if not found:
        return SignatureState(kind, Standing.HOLDS, signature)
    gone = {change.story for change in found if change.story is not None} - set(titles)
    titles = {**titles, **{article.pk: str(article) for article in Article.objects.filter(pk__in=gone)}}
    return SignatureState(kind, Standing.VOID, signature, tuple(sentence_of(change, titles) for change in found))


def _refuse_second_capacity(page: Page, kind: SignatureKind, user: User) -> None:
    other = rules.signed_otherwise(user, page, kind)
    if other is not None:
        raise NotToBeSigned(
            _("You have signed this page as %(kind)s already; nobody signs a page twice.")
            % {"kind": SignatureKind(other.kind).label}
        )


def _refuse_unsettled(page: Page, kind: SignatureKind) -> None:
    left = open_marks(page) if kind == SignatureKind.PROOFREADER else 0
    if left:
        raise NotToBeSigned(
            ngettext(
                "%(count)s mark on the proofs of this page is not ticked off yet.",
                "%(count)s marks on the proofs of this page are not ticked off yet.",
                left,
            )
            % {"count": left}
        )


def _end_live(page: Page, kind: SignatureKind) -> None:
    page.signatures.filter(kind=kind, ended_at__isnull=True).update(ended_at=timezone.now())
