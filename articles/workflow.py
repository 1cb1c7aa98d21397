"""The only writer of `Article.state`: one function moves a story, under its lock."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import audience, rules
from articles.content import content_of, hash_of
from articles.due import reckon_story_anew, review_steps, set_due
from articles.errors import (
    IllegalTransition,
    Incomplete,
    NotAllowed,
    NotYet,
    SignatureBroken,
)
from articles.models import Article, ReturnReason, ReviewStep, Signature
from articles.scheduling import earliest_release
from articles.states import AWAITING_REVIEW, LONGEST_REASON, PLACEABLE, REASON_REQUIRED, TARGETS, State, Verb
from articles.validators import checked_reason
from articles.versions.meanwhile import refuse_unseen
from articles.versions.revisions import current_revision, write_revision
from articles.writing import missing_for_submitting
from newsroom.dates import zoned_moment
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.handovers import stands_in_for
from newsroom.staff.models import User
from newsroom.staff.roles import SECTION_ROLES


def move_story(
    article_id: int,
    verb: str,
    *,
    seen: str,
    acting_user: User,
    reason: str = "",
    listed: Sequence[int] = (),
    knowing: Mapping[str, Any] | None = None,
) -> Article:
    """Let `acting_user` say `verb` to the story as they saw it (`Article.seen`); returns the story moved.

    `listed` are the numbers of usual reasons (`ReturnReason`) that a return gives, with or without words of its
    own; `knowing` is what was open and said to them before, for the trail. Called by the door alone
    (`publishing.act_on_story`), which lets the reading side follow in the same transaction. Who may is `rules.MAY`,
    what follows `states.TARGETS`. Raises IllegalTransition, NotAllowed,
    StaleVersion, Incomplete, NotYet or SignatureBroken, and then nothing has changed.
    """
    verb = Verb(verb)
    usual = _usual_reasons(verb, listed)
    reason = checked_reason(reason, is_required=verb in REASON_REQUIRED and not usual, most=LONGEST_REASON)
    if verb not in _MOVES:
        raise IllegalTransition(_("A story is edited by saving it."))
    with transaction.atomic():
        article = Article.objects.locked(article_id)
        _refuse(article, verb, seen, acting_user)
        came_from = article.state
        because = _Because(reason, usual)
        _MOVES[verb](article, acting_user, because)
        _check_target(came_from, verb, article)
        _save_state(article)
        details = _details(article, came_from, reason) | _with({"reasons": usual, "knowing": knowing})
        audit.record(acting_user, Act(f"story.{verb}"), article, **details)
        audience.tell_of_move(article, verb, by=acting_user, reason=because.in_words)
    return article


def _usual_reasons(verb: Verb, listed: Sequence[int]) -> list[str]:
    """The words of the usual reasons that were picked. Raises Incomplete where one is not offered any more."""
    if verb != Verb.RETURN or not listed:
        return []
    offered = ReturnReason.objects.filter(is_active=True, pk__in=listed)
    if len(offered) != len(set(listed)):
        raise Incomplete(_("One of these reasons is not offered any more: pick again."))
    return [reason.text for reason in offered]


def release(article: Article, *, acting_user: User | None, at: datetime.datetime) -> Article:
    """Publish a locked, signed-off story at the moment `at`: for an edition or for the clock (None).

    Nobody is asked about this one story then, so the trail keeps how many remarks on it were open. The caller holds
    the story's lock and has the right to what releases it. Raises IllegalTransition,
    NotYet, SignatureBroken.
    """
    if (article.state, Verb.PUBLISH) not in TARGETS:
        raise IllegalTransition(_("“%(story)s” is not signed off.") % {"story": article})
    came_from = article.state
    _set_public(article, at)
    _save_state(article)
    remarks = article.remarks.filter(settled_at__isnull=True).count()
    details = _details(article, came_from, "") | _with({"knowing": _with({"remarks": remarks})})
    audit.record(acting_user, Act.STORY_PUBLISH, article, **details)
    audience.tell_published(article, by=acting_user)
    return article


def take_signature_back(article_id: int, *, seen: str, acting_user: User) -> Article:
    """Strike the signature out that `acting_user` has just given to the story as they saw it (`Article.seen`), and
    let it stand where it stood, due when it was due. Who may is `rules.signature_to_take_back`.

    Raises StaleVersion where anything has happened to the story since, NotAllowed.
    """
    with transaction.atomic():
        article = Article.objects.locked(article_id)
        refuse_unseen(article, seen, acting_user)
        signature = rules.signature_to_take_back(acting_user, article)
        if signature is None:
            raise NotAllowed(_("This signature is not taken back any more. Return the story instead."))
        signature.voided_at, signature.void_reason = timezone.now(), "taken_back"
        signature.save(update_fields=["voided_at", "void_reason"])
        came_from = article.state
        _stand_again(article, signature.stood)
        audit.record(acting_user, Act.STORY_UNSIGN, article, **_details(article, came_from, ""))
        audience.tell_taken_back(article, signature, by=acting_user)
    return article


# What waits for a signature, or for its release with all that it needs.
_UNDER_WAY = AWAITING_REVIEW | {State.SIGNED_OFF}


def settle_steps(*, acting_user: User) -> None:
    """After a change of the review's steps: let every story under way await a step that there is.

    A story that awaited a step taken away awaits the last one again, by whoever holds its role, the one who
    signed it before among them; one signed off without a step that was added awaits that step. What is
    public stays as it is. Called with the change, in its transaction, by whoever may administer.
    """
    steps = review_steps()
    # Which of them are under way is known under the lock alone: somebody may be submitting one at this moment.
    stories = Article.objects.filter(state__in=[State.DRAFT, State.RETURNED, *_UNDER_WAY]).order_by("pk")
    locked = list(stories.select_for_update().prefetch_related("signatures"))
    for article in (one for one in locked if one.state in _UNDER_WAY):
        signed = {signature.step for signature in article.signatures.all() if signature.voided_at is None}
        awaited = _step_to_settle_on(article, signed, len(steps))
        if awaited is None:
            reckon_story_anew(article, steps)
        else:
            came_from = article.state
            _void(article, "steps", by=acting_user, step_from=awaited)
            article.state, article.step = State.IN_REVIEW, awaited
            _save_state(article, steps)
            audit.record(acting_user, Act.STORY_REOPEN, article, **_details(article, came_from, ""))
            audience.tell_awaited(article, by=acting_user)


def _step_to_settle_on(article: Article, signed: set[int], steps: int) -> int | None:
    """The step that the story has to await under a review of `steps` steps; None where it stands rightly."""
    if article.step is not None:
        return steps if article.step > steps else None
    return next((step for step in range(1, steps + 1) if step not in signed), None)


def reopen_last_step(article: Article, *, by: User) -> dict[str, object]:
    """After a change to signed content: void the last signature and await it again; the caller saves, and keeps in the
    trail what is answered: from where the story was moved and to where.

    Does nothing to a story that is not signed off: the signatures of a running review cover what they signed.
    """
    if article.state not in PLACEABLE:
        return {}
    came_from = article.state
    _await_last_step(article, by)
    audience.tell_awaited(article, by=by)
    return {"from": came_from, "to": article.state, "step": article.step}


def _await_last_step(article: Article, by: User) -> None:
    last = max(len(rules.review_roles()), 1)
    _void(article, "edited", by=by, step_from=last)
    article.state, article.step = State.IN_REVIEW, last
    _stamp_move(article)


def _refuse(article: Article, verb: Verb, seen: str, user: User) -> None:
    """The decision, on the locked row: have they seen what stands, does the verb follow, may they."""
    refuse_unseen(article, seen, user)
    if (article.state, verb) not in TARGETS:
        raise IllegalTransition(
            _("“%(verb)s” does not follow here: the story is %(state)s.")
            % {"verb": verb.label, "state": article.state_label}
        )
    if not rules.can(user, verb, article):
        raise NotAllowed(_refusal_of(user, verb, article))


def _refusal_of(user: User, verb: Verb, article: Article) -> str:
    """Why not, where a rule of the house has a sentence for it."""
    if verb == Verb.SIGN and rules.is_on_byline(user, article):
        return _("Nobody signs a story that carries their own byline.")
    if verb == Verb.SIGN and rules.has_signed(user, article):
        return _("No person signs two steps of one story.")
    if verb == Verb.SPIKE and article.is_public:
        return _("Readers see this story: withdraw it instead.")
    return ""


def _check_target(source: str, verb: Verb, article: Article) -> None:
    if article.state not in TARGETS[source, verb]:
        raise AssertionError(f"{source} --{verb}--> {article.state} is not in TRANSITIONS")


def _stamp_move(article: Article, steps: Sequence[ReviewStep] | None = None) -> None:
    """Since now it stands where it stands: when that has to end, and that nobody was told yet that it is late."""
    article.moved_at, article.late_told_at = timezone.now(), None
    set_due(article, steps)


# The times of where a story stands.
_STANDS_SINCE = ("moved_at", "review_began_at", "due_at", "late_told_at")


def _where_it_stands(article: Article) -> dict[str, Any]:
    times = {name: getattr(article, name) for name in _STANDS_SINCE}
    return {"state": article.state, "step": article.step} | {
        name: time and time.isoformat() for name, time in times.items()
    }


def _stand_again(article: Article, stood: Mapping[str, Any]) -> None:
    """Let the locked story stand where it stood. What it is for may have changed since, and with it when it is due."""
    article.state, article.step, article.updated_at = stood["state"], stood["step"], timezone.now()
    for name in _STANDS_SINCE:
        setattr(article, name, stood[name] and datetime.datetime.fromisoformat(stood[name]))
    article.save(update_fields=["state", "step", "updated_at", *_STANDS_SINCE])
    reckon_story_anew(article, review_steps())


def _save_state(article: Article, steps: Sequence[ReviewStep] | None = None) -> None:
    article.updated_at = timezone.now()
    _stamp_move(article, steps)
    article.save(
        update_fields=[
            "state",
            "step",
            "moved_at",
            "review_began_at",
            "due_at",
            "late_told_at",
            "released_version",
            "first_published_at",
            "return_reason",
            "return_reasons",
            "spiked_from",
            "correction_note",
            "version",
            "updated_at",
        ]
    )


def _details(article: Article, source: str, reason: str) -> dict[str, object]:
    details: dict[str, object] = {"from": source, "to": article.state, "version": article.version}
    if article.step is not None:
        details["step"] = article.step
    if reason:
        details["reason"] = reason
    return details


def _with(details: Mapping[str, object]) -> dict[str, object]:
    """Those of the details that say something."""
    return {name: value for name, value in details.items() if value}


# -- what each verb does to the locked story -----------------------------------------------------------------


class _Because(NamedTuple):
    """Why a story comes to stand where it stands: somebody's own words, and the usual reasons that were picked."""

    reason: str = ""
    usual: Sequence[str] = ()

    @property
    def in_words(self) -> str:
        """All of it on one line, as people are told."""
        return " · ".join(filter(None, [*self.usual, self.reason]))


_NOTHING_SAID = _Because()


def _put(article: Article, state: State, step: int | None = None, because: _Because = _NOTHING_SAID) -> None:
    """Let the story stand in `state`, for no other reason than `because`."""
    article.state, article.step = state, step
    article.return_reason, article.return_reasons = because.reason, list(because.usual)


def _submit(article: Article, user: User, _because: _Because) -> None:
    if missing := missing_for_submitting(content_of(article)):
        raise Incomplete(missing)
    _void(article, "resubmitted", by=user)
    _put(article, State.SUBMITTED, 1)


def _recall(article: Article, _user: User, _because: _Because) -> None:
    _put(article, State.DRAFT)


def _sign(article: Article, user: User, _because: _Because) -> None:
    roles, step = rules.review_roles(), article.step or 1
    _write_signature(article, step, rules.role_of_step(step, roles), user)
    if step < len(roles):
        _put(article, State.IN_REVIEW, step + 1)
    elif article.is_public:
        _set_public(article, timezone.now())
    else:
        _put(article, State.SIGNED_OFF)


def _write_signature(article: Article, step: int, role: str, user: User) -> None:
    section = article.section_id if role in SECTION_ROLES else None
    giver = stands_in_for(user, Q(role=role, section=section))
    Signature.objects.create(
        article=article,
        step=step,
        role=role,
        revision=current_revision(article),
        content_hash=hash_of(content_of(article)),
        signer=user,
        signer_label=str(user),
        signed_for=str(giver or ""),
        stood=_where_it_stands(article),
    )


def _return(article: Article, user: User, because: _Because) -> None:
    _void(article, "returned", by=user, said=because.in_words)
    _put(article, State.RETURNED, because=because)


def _spike(article: Article, user: User, because: _Because) -> None:
    _void(article, "spiked", by=user, said=because.in_words)
    article.spiked_from = {
        "state": article.state,
        "reason": article.return_reason,
        "reasons": article.return_reasons,
    }
    _put(article, State.SPIKED, because=because)


def _revive(article: Article, user: User, _because: _Because) -> None:
    """An owner's draft is their draft again. Whatever else is revived stands as returned, with the reasons of its
    return where it was spiked so: there its owner works on, and whoever revived it goes on seeing it.
    """
    stood = article.spiked_from or {}
    is_own_draft = stood.get("state") == State.DRAFT and rules.Part.OWNER in rules.parts_of(user, article)
    was_returned = stood.get("state") == State.RETURNED
    as_returned = _Because(stood["reason"], stood["reasons"]) if was_returned else _NOTHING_SAID
    _put(article, State.DRAFT if is_own_draft else State.RETURNED, because=as_returned)
    article.spiked_from = None
    # A correction that readers were told of, or never saw, is not part of its text any more; the door keeps the former.
    if content_of(article) != current_revision(article).content:
        _write_next_revision(article, user)


def _publish(article: Article, _user: User, _because: _Because) -> None:
    _set_public(article, timezone.now())


def _correct(article: Article, user: User, because: _Because) -> None:
    _await_last_step(article, user)
    article.correction_note = because.reason
    _write_next_revision(article, user)


def _call_off(article: Article, user: User, _because: _Because) -> None:
    """Readers see what it says but for the note, and go on seeing it under the signature that was struck out for it."""
    struck = article.signatures.filter(step=article.step or 0, void_reason="edited").order_by("-voided_at").first()
    if struck is not None:
        struck.voided_at, struck.void_reason = None, ""
        struck.save(update_fields=["voided_at", "void_reason"])
    _put(article, State.PUBLISHED)
    article.correction_note = ""
    _write_next_revision(article, user)


def _write_next_revision(article: Article, user: User) -> None:
    article.version += 1
    article.save(update_fields=["correction_note", "version"])
    write_revision(article, user)


def _withdraw(article: Article, user: User, because: _Because) -> None:
    _void(article, "withdrawn", by=user, said=because.in_words)
    _put(article, State.WITHDRAWN, because=because)
    article.released_version = None
    # A correction that no reader saw must not stand under a later publication.
    article.correction_note = ""


_MOVES = {
    Verb.SUBMIT: _submit,
    Verb.RECALL: _recall,
    Verb.SIGN: _sign,
    Verb.RETURN: _return,
    Verb.SPIKE: _spike,
    Verb.REVIVE: _revive,
    Verb.PUBLISH: _publish,
    Verb.CORRECT: _correct,
    Verb.CALL_OFF: _call_off,
    Verb.WITHDRAW: _withdraw,
}


def _set_public(article: Article, at: datetime.datetime) -> None:
    """Let the current version be the released one, unless it is too early or not what was signed."""
    earliest = earliest_release(article)
    if earliest is not None and at < earliest:
        time = zoned_moment(earliest)
        raise NotYet(_("“%(story)s” may not be released before %(time)s.") % {"story": article, "time": time})
    _check_signatures(article)
    article.state, article.step = State.PUBLISHED, None
    article.released_version = article.version
    article.first_published_at = article.first_published_at or at
    # The released revision keeps the note; the next correction begins with none.
    article.correction_note = ""


def _check_signatures(article: Article) -> None:
    """Every step signed, nobody of the signers on the byline, the last signature over exactly what stands."""
    live = {signature.step: signature for signature in article.signatures.filter(voided_at__isnull=True)}
    steps = len(rules.review_roles())
    if not live or not set(range(1, steps + 1)) <= live.keys():
        raise SignatureBroken(_("“%(story)s” lacks a signature.") % {"story": article})
    authors = {byline.contributor.user_id for byline in article.byline_list}
    if authors & {signature.signer_id for signature in live.values() if signature.signer_id}:
        raise SignatureBroken(_("“%(story)s” carries the byline of somebody who signed it.") % {"story": article})
    # What readers get is the revision, what the desk shows is the row: both are what was signed.
    stands = {hash_of(content_of(article)), hash_of(current_revision(article).content)}
    if stands != {live[max(live)].content_hash}:
        raise SignatureBroken(_("“%(story)s” is not what was signed last.") % {"story": article})


def _void(article: Article, reason: str, *, by: User, step_from: int = 1, said: str = "") -> None:
    """Strike the signatures from this step on out, and tell those who gave them."""
    struck = article.signatures.filter(voided_at__isnull=True, step__gte=step_from)
    signers = [signer for signer in struck.values_list("signer", flat=True) if signer is not None]
    struck.update(voided_at=timezone.now(), void_reason=reason)
    if signers:
        audience.tell_voided(article, signers, by=by, reason=said)
