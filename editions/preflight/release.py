"""Whether the edition may be printed at all: signed copy, embargoes, rights, proofs, signatures. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editions.preflight.dossier import Dossier
from editions.preflight.findings import Findings, blocks, warns
from newsroom.dates import day, zoned_moment
from newsroom.wording import comma_list


def check_copy(dossier: Dossier) -> Findings:
    """A page is made from signed copy: what it prints is the version that was signed off."""
    for number, (page, story) in dossier.once().items():
        said = {"story": dossier.title(number)}
        signed = dossier.stories[number].signed_version
        if signed is None or not story["signed"]:
            yield blocks("copy", _("“%(story)s” is not signed off.") % said, page=page, story=number)
        elif signed != story["version"]:
            yield blocks("copy", _("“%(story)s” is not printed as it was signed off.") % said, page=page, story=number)


def check_embargoes(dossier: Dossier) -> Findings:
    """An embargo forbids any release before its time, on paper too."""
    for number, (page, _story) in dossier.once().items():
        until = dossier.stories[number].embargo_until
        if until is not None and dossier.at < until:
            said = {"story": dossier.title(number), "time": zoned_moment(until)}
            sentence = _("“%(story)s” may not be released before %(time)s.") % said
            yield blocks("embargo", sentence, page=page, story=number)


def check_rights(dossier: Dossier) -> Findings:
    """No photo is printed after its rights have ended; the edition's date counts."""
    for page, number, picture in dossier.pictures():
        end = dossier.rights_end.get(picture["photo"])
        if end is not None and end < dossier.date:
            said = {"photo": picture["photo"], "story": dossier.title(number), "day": day(end)}
            sentence = _("The rights in photo %(photo)s of “%(story)s” expired on %(day)s.") % said
            yield blocks("rights", sentence, page=page, story=number, photo=picture["photo"])


def check_remarks(dossier: Dossier) -> Findings:
    """Nobody has anything left to say of a story; whoever signed it may have meant it all the same."""
    for number, (page, _story) in dossier.once().items():
        if count := dossier.stories[number].open_remarks:
            sentence = ngettext(
                "“%(story)s”: %(count)s remark is open.", "“%(story)s”: %(count)s remarks are open.", count
            )
            said = {"story": dossier.title(number), "count": count}
            yield warns("remarks", sentence % said, page=page, story=number)


def check_marks(dossier: Dossier) -> Findings:
    """Every mark on a proof is ticked off."""
    for page in dossier.pages:
        if page.open_marks:
            sentence = ngettext(
                "Page %(page)s: %(count)s mark on its proofs is not ticked off.",
                "Page %(page)s: %(count)s marks on its proofs are not ticked off.",
                page.open_marks,
            )
            yield blocks("marks", sentence % {"page": page.label, "count": page.open_marks}, page=page)


def check_proofs(dossier: Dossier) -> Findings:
    """A proof of the last round was pulled of what goes to press, where the title proofs in rounds."""
    for page in dossier.pages:
        if page.is_proofed is False:
            sentence = _("Page %(page)s goes to press otherwise than its last final proof, or without one.")
            yield warns("proof", sentence % {"page": page.label}, page=page)


def check_signatures(dossier: Dossier) -> Findings:
    """Every page has every signature that the title asks for, and all of them hold."""
    for page in dossier.pages:
        for signature in page.signatures:
            if signature.holds:
                continue
            said = {"page": page.label, "kind": signature.kind}
            sentence = _("Page %(page)s is not signed: %(kind)s.") % said
            if signature.changed:
                said["changed"] = comma_list(signature.changed)
                sentence = _("Page %(page)s, %(kind)s: the signature is void, changed since: %(changed)s.") % said
            yield blocks("signature", sentence, page=page)
