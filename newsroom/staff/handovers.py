"""Handing one's duty over to somebody else for a night, and taking it back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from newsroom.dates import short_moment
from newsroom.staff import audit, notices, rules
from newsroom.staff.acts import Act
from newsroom.staff.models import Handover, NoticeKind, RoleGrant, User
from newsroom.staff.people import lock_people

# Who stands in for longer than that holds the role, and an administrator gives it.
LONGEST = datetime.timedelta(days=7)


def hand_over(
    grant_ids: Sequence[int],
    receiver_id: int,
    *,
    begins_at: datetime.datetime,
    ends_at: datetime.datetime,
    acting_user: User,
) -> list[Handover]:
    """Let `receiver_id` hold roles of `acting_user`'s too, from one moment to another: all of them or none.

    Whoever holds the roles in their own right (`rules.can_hand_over`), to somebody active. Raises
    ValidationError; then nothing has changed.
    """
    with transaction.atomic():
        lock_people()
        receiver = User.objects.filter(pk=receiver_id, is_active=True).first()
        if receiver is None:
            raise ValidationError(_("A duty is handed over to somebody who works here."))
        made = []
        for grant in _own_grants(grant_ids, acting_user):
            handover = Handover(giver=acting_user, receiver=receiver, role=grant.role, section=grant.section)
            handover.begins_at, handover.ends_at = begins_at, ends_at
            _check(handover)
            handover.save()
            audit.record(acting_user, Act.DUTY_HAND_OVER, handover, **_span(handover))
            made.append(handover)
        duties = " · ".join(handover.duty for handover in made)
        _tell(NoticeKind.HANDED_OVER, made[0], by=acting_user, text=duties)
    return made


def _tell(kind: NoticeKind, handover: Handover, *, by: User, text: str = "") -> None:
    """Tell the stand-in, with the hours it was for."""
    hours = lazy(_from_until, str)(handover.begins_at, handover.ends_at)
    notices.tell([handover.receiver], kind, handover, by=by, done=hours, text=text)


def _from_until(begins_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    return f"{short_moment(begins_at)} – {short_moment(ends_at)}"


def _own_grants(grant_ids: Sequence[int], user: User) -> list[RoleGrant]:
    """The roles, if every one of them is `user`'s to hand over."""
    grants = list(RoleGrant.objects.select_related("section").filter(pk__in=grant_ids).order_by("pk"))
    if not grants or len(grants) != len(set(grant_ids)) or not all(rules.can_hand_over(user, g) for g in grants):
        raise ValidationError(_("You hand over roles that you hold yourself."))
    return grants


def take_back(handover_id: int, *, acting_user: User) -> Handover:
    """End a handover now and tell who stood in; without effect where it has ended. Its giver
    (`rules.can_take_back`).

    Raises ValidationError.
    """
    with transaction.atomic():
        handover = Handover.objects.select_for_update().get(pk=handover_id)
        if not rules.can_take_back(acting_user, handover):
            raise ValidationError(_("Who handed a duty over takes it back."))
        now = timezone.now()
        if handover.taken_back_at is None and handover.ends_at > now:
            handover.taken_back_at = now
            handover.save(update_fields=["taken_back_at"])
            audit.record(acting_user, Act.DUTY_TAKE_BACK, handover)
            _tell(NoticeKind.TAKEN_BACK, handover, by=acting_user)
    return handover


@contextmanager
def telling_stand_ins(giver_id: int, *, acting_user: User) -> Iterator[None]:
    """Around a change of a person by an administrator, in its transaction: whoever stands in for them is told of a
    duty that ended with their role or their account, and of one that stands again.
    """
    before = _standing_of(giver_id)
    yield
    after = _standing_of(giver_id)
    for number, handover in before.items():
        if number not in after:
            _tell(NoticeKind.TAKEN_BACK, handover, by=acting_user)
    for number, handover in after.items():
        if number not in before:
            _tell(NoticeKind.HANDED_OVER, handover, by=acting_user)


def _standing_of(giver_id: int) -> dict[int, Handover]:
    """What that person has handed over and what has not ended, by number."""
    standing = Handover.objects.unfinished(timezone.now()).backed().filter(giver=giver_id)
    return {one.pk: one for one in standing.select_related("giver", "receiver", "section").order_by("pk")}


def concerning(user: User, at: datetime.datetime) -> QuerySet[Handover]:
    """What `user` has handed over and what was handed over to them, as far as it has not ended. One query."""
    theirs = Handover.objects.unfinished(at).filter(Q(giver=user) | Q(receiver=user))
    return theirs.select_related("giver", "receiver", "section").order_by("begins_at", "id")


def stands_in_for(user: User, duty: Q) -> User | None:
    """Whose `duty` it is that `user` does, a condition on role and section; None where one that fits is their own.
    At most two queries.
    """
    if RoleGrant.objects.filter(duty, user=user).exists():
        return None
    taken = Handover.objects.in_force(timezone.now()).filter(duty, receiver=user)
    handover = taken.select_related("giver").order_by("id").first()
    return handover.giver if handover else None


def _check(handover: Handover) -> None:
    """Raises ValidationError where the time or the people make no sense."""
    if handover.ends_at <= max(handover.begins_at, timezone.now()):
        raise ValidationError({"ends_at": _("It ends before it begins, or has ended already.")})
    if handover.ends_at - handover.begins_at > LONGEST:
        raise ValidationError(
            {
                "ends_at": _("At most %(days)s days: for longer, an administrator gives the role.")
                % {"days": LONGEST.days}
            }
        )
    if handover.receiver_id == handover.giver_id:
        raise ValidationError({"receiver": _("A duty is handed over to somebody else.")})


def _span(handover: Handover) -> dict[str, str]:
    return {"begins_at": handover.begins_at.isoformat(), "ends_at": handover.ends_at.isoformat()}
