"""Takes a demo edition through its proofs and signatures to press and to its readers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from editions import proofs, signing
from editions.models import Edition, Page, Proof, ProofRound, SignatureKind
from editions.pressing import release_to_press
from editions.printed_parts import token_of
from editions.publishing import publish_edition
from newsroom.staff.models import User


class Hands(NamedTuple):
    """Who makes a page: its responsible editor, its designer, its proofreader."""

    editor: User
    designer: User
    proofreader: User


def print_edition(edition: Edition, hands: Mapping[int, Hands], *, duty: User, at: datetime.datetime) -> None:
    """Pull a final proof of every page, sign it thrice, release the edition to press, and at `at` to readers.

    `hands` are those of each page, by its number.
    """
    final = _rounds()[-1]
    for number, makers in hands.items():
        proofs.pull_proof(number, final.pk, acting_user=makers.designer)
        page = Page.objects.get(pk=number)
        for kind, signer in (
            (SignatureKind.PROOFREADER, makers.proofreader),
            (SignatureKind.PAGE_EDITOR, makers.editor),
            (SignatureKind.EDITOR_IN_CHIEF, duty),
        ):
            signing.sign_page(number, kind, seen=token_of(signing.parts_now(page)), acting_user=signer)
    release_to_press(edition.pk, acting_user=duty)
    publish_edition(edition.pk, acting_user=duty, at=at)


def pull_and_mark(page_id: int, mark: Mapping[str, Any], hands: Hands) -> Proof:
    """Pull a first proof of the page; its proofreader marks something on it that nobody has mended yet."""
    proof = proofs.pull_proof(page_id, _rounds()[0].pk, acting_user=hands.designer)
    proofs.mark_proof(proof.pk, proofs.Area(*mark["area"]), mark["remark"], acting_user=hands.proofreader)
    return proof


def _rounds() -> list[ProofRound]:
    return list(ProofRound.objects.order_by("order"))
