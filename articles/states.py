"""A story's life as data: its states, the verbs that move it, and what follows what.

Who may say which verb is `rules.MAY`; the only code that moves a story is `workflow.py`.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where the working copy of a story stands.

    SUBMITTED awaits the first review (一审); IN_REVIEW awaits the step that `Article.step` names (二审, 三审,
    or the last one again after an edit); SIGNED_OFF is 签发. What readers see is another thing: a public
    story can be IN_REVIEW again while its signed version stays public.
    """

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned")
    SIGNED_OFF = "signed_off", _("Signed off")
    PUBLISHED = "published", _("Published")
    SPIKED = "spiked", _("Spiked")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Verb(TextChoices):
    """What a person can do with a story: 退稿 is return, 毙稿 spike, 撤稿 withdraw, 更正 correct, 取消更正 call off."""

    EDIT = "edit", _("Edit")
    SUBMIT = "submit", _("Submit")
    RECALL = "recall", _("Recall")
    SIGN = "sign", _("Sign")
    RETURN = "return", _("Return")
    SPIKE = "spike", _("Spike")
    REVIVE = "revive", _("Revive")
    PUBLISH = "publish", _("Publish on the web")
    CORRECT = "correct", _("Correct")
    CALL_OFF = "call_off", _("Call the correction off")
    WITHDRAW = "withdraw", _("Withdraw")


class Transition(NamedTuple):
    """From `source`, `verb` leads to one of `targets`: the first that applies, see `workflow`."""

    source: State
    verb: Verb
    targets: tuple[State, ...]


AWAITING_REVIEW = frozenset({State.SUBMITTED, State.IN_REVIEW})
PLACEABLE = frozenset({State.SIGNED_OFF, State.PUBLISHED})
# A return, a spike or a withdrawal without its reason would leave nothing to learn from.
REASON_REQUIRED = frozenset({Verb.RETURN, Verb.SPIKE, Verb.WITHDRAW, Verb.CORRECT})
LONGEST_REASON = 1000  # what `Article.correction_note` holds: the reason of a correction is read by readers
# These act on what readers see, so they stand open wherever the working copy happens to be.
LIVE_STATES = tuple(state for state in State if state not in {State.SPIKED, State.WITHDRAWN})

_S, _V = State, Verb
TRANSITIONS: tuple[Transition, ...] = (
    Transition(_S.DRAFT, _V.EDIT, (_S.DRAFT,)),
    Transition(_S.DRAFT, _V.SUBMIT, (_S.SUBMITTED,)),
    Transition(_S.DRAFT, _V.SPIKE, (_S.SPIKED,)),
    Transition(_S.RETURNED, _V.EDIT, (_S.RETURNED,)),
    Transition(_S.RETURNED, _V.SUBMIT, (_S.SUBMITTED,)),
    Transition(_S.RETURNED, _V.SPIKE, (_S.SPIKED,)),
    Transition(_S.SUBMITTED, _V.EDIT, (_S.SUBMITTED,)),
    Transition(_S.SUBMITTED, _V.RECALL, (_S.DRAFT,)),
    Transition(_S.SUBMITTED, _V.SIGN, (_S.IN_REVIEW, _S.PUBLISHED, _S.SIGNED_OFF)),
    Transition(_S.SUBMITTED, _V.RETURN, (_S.RETURNED,)),
    Transition(_S.SUBMITTED, _V.SPIKE, (_S.SPIKED,)),
    Transition(_S.IN_REVIEW, _V.EDIT, (_S.IN_REVIEW,)),
    Transition(_S.IN_REVIEW, _V.SIGN, (_S.IN_REVIEW, _S.PUBLISHED, _S.SIGNED_OFF)),
    Transition(_S.IN_REVIEW, _V.RETURN, (_S.RETURNED,)),
    Transition(_S.IN_REVIEW, _V.SPIKE, (_S.SPIKED,)),
    Transition(_S.SIGNED_OFF, _V.EDIT, (_S.IN_REVIEW,)),
    Transition(_S.SIGNED_OFF, _V.RETURN, (_S.RETURNED,)),
    Transition(_S.SIGNED_OFF, _V.SPIKE, (_S.SPIKED,)),
    Transition(_S.SIGNED_OFF, _V.PUBLISH, (_S.PUBLISHED,)),
    Transition(_S.PUBLISHED, _V.EDIT, (_S.IN_REVIEW,)),
    Transition(_S.PUBLISHED, _V.CORRECT, (_S.IN_REVIEW,)),
    Transition(_S.IN_REVIEW, _V.CALL_OFF, (_S.PUBLISHED,)),
    # Its owner has their draft again; whatever else is revived is with its owner and before its reviewers.
    Transition(_S.SPIKED, _V.REVIVE, (_S.DRAFT, _S.RETURNED)),
    Transition(_S.WITHDRAWN, _V.REVIVE, (_S.RETURNED,)),
    *(Transition(state, _V.WITHDRAW, (_S.WITHDRAWN,)) for state in LIVE_STATES),
)
TARGETS: dict[tuple[str, str], tuple[State, ...]] = {(t.source, t.verb): t.targets for t in TRANSITIONS}
