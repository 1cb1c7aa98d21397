"""Handing one's duty over to somebody else for a night, and taking it back."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

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
from newsroom.staff.roles import STAND_INS, Role

# Who stands in for longer than that holds the role, and an administrator gives it.
LONGEST = datetime.timedelta(days=7)


class StandIn(NamedTuple):
    """What one person has handed over to another for the same hours: told, shown and ended as one."""

    handovers: tuple[Handover, ...]

    @property
    def first(self) -> Handover:
        """Who, to whom and when; by its number the whole is named."""
        return self.handovers[0]

    @property
    def duties(self) -> str:
        """The roles in words, with their sections."""
        return " · ".join(handover.duty for handover in self.handovers)

    def __str__(self) -> str:
        return f"{self.duties} · {self.first.giver} → {self.first.receiver}"


def hand_over(
    grant_ids: Sequence[int],
    receiver_id: int,
    *,
    begins_at: datetime.datetime,
    ends_at: datetime.datetime,
    acting_user: User,
) -> StandIn:
    """Let `receiver_id` hold roles of `acting_user`'s too, from one moment to another: all of them or none.

    Whoever holds the roles in their own right (`rules.can_hand_over`), to somebody whose own roles let them stand in
    (`rules.can_stand_in`), and each role to one person at a time. Raises ValidationError; then nothing has changed.
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
        stand_in = StandIn(tuple(made))
        _tell(NoticeKind.HANDED_OVER, stand_in, by=acting_user)
    return stand_in


def _tell(kind: NoticeKind, stand_in: StandIn, *, by: User) -> None:
    """Tell the stand-in, with the hours it was for and the duties."""
    first = stand_in.first
    hours = lazy(_from_until, str)(first.begins_at, first.ends_at)
    notices.tell([first.receiver], kind, first, by=by, done=hours, text=stand_in.duties)


def _from_until(begins_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    return f"{short_moment(begins_at)} – {short_moment(ends_at)}"


def _own_grants(grant_ids: Sequence[int], user: User) -> list[RoleGrant]:
    """The roles under their locks, if every one of them is `user`'s to hand over: of two handovers of one role the
    second sees the first.
    """
    locked = RoleGrant.objects.select_for_update(of=("self",)).select_related("section")
    grants = list(locked.filter(pk__in=grant_ids).order_by("pk"))
    if not grants or len(grants) != len(set(grant_ids)) or not all(rules.can_hand_over(user, g) for g in grants):
        raise ValidationError(_("You hand over roles that you hold yourself."))
    return grants


def take_back(handover_id: int, *, acting_user: User) -> StandIn:
    """End now what was handed over with that handover, and tell who stood in; without effect where it has ended. Its
    giver (`rules.can_take_back`).

    Raises ValidationError.
    """
    with transaction.atomic():
        asked = Handover.objects.select_related("giver", "receiver", "section").get(pk=handover_id)
        if not rules.can_take_back(acting_user, asked):
            raise ValidationError(_("Who handed a duty over takes it back."))
        now = timezone.now()
        standing = list(_with_its_like(asked, now))
        if not standing:
            return StandIn((asked,))
        for handover in standing:
            handover.taken_back_at = now
            handover.save(update_fields=["taken_back_at"])
            audit.record(acting_user, Act.DUTY_TAKE_BACK, handover)
        stand_in = StandIn(tuple(standing))
        _tell(NoticeKind.TAKEN_BACK, stand_in, by=acting_user)
    return stand_in


def _with_its_like(handover: Handover, at: datetime.datetime) -> QuerySet[Handover]:
    """What of the same two people for the same hours has not ended, under its locks."""
    same = Handover.objects.unfinished(at).filter(
        giver=handover.giver, receiver=handover.receiver, begins_at=handover.begins_at, ends_at=handover.ends_at
    )
    return same.select_for_update(of=("self",)).select_related("giver", "receiver", "section").order_by("pk")


@contextmanager
def telling_stand_ins(giver_id: int, *, acting_user: User) -> Iterator[None]:
    """Around a change of a person by an administrator, in its transaction: whoever stands in for them is told of a
    duty that ended with their role or their account, and of one that stands again.
    """
    before = _standing_of(giver_id)
    yield
    after = _standing_of(giver_id)
    for stand_in in together(handover for number, handover in before.items() if number not in after):
        _tell(NoticeKind.TAKEN_BACK, stand_in, by=acting_user)
    for stand_in in together(handover for number, handover in after.items() if number not in before):
        _tell(NoticeKind.HANDED_OVER, stand_in, by=acting_user)


def _standing_of(giver_id: int) -> dict[int, Handover]:
    """What that person has handed over and what has not ended, by number."""
    standing = Handover.objects.unfinished(timezone.now()).backed().filter(giver=giver_id)
    return {one.pk: one for one in standing.select_related("giver", "receiver", "section").order_by("pk")}


def together(handovers: Iterable[Handover]) -> list[StandIn]:
    """`handovers` with those of the same two people and hours as one, in the order of the first of each."""
    found: dict[tuple[object, ...], list[Handover]] = defaultdict(list)
    for one in handovers:
        found[one.giver_id, one.receiver_id, one.begins_at, one.ends_at].append(one)
    return [StandIn(tuple(ones)) for ones in found.values()]


def concerning(user: User, at: datetime.datetime) -> list[StandIn]:
    """What `user` has handed over and what was handed over to them, as far as it has not ended. One query."""
    theirs = Handover.objects.unfinished(at).filter(Q(giver=user) | Q(receiver=user))
    return together(theirs.select_related("giver", "receiver", "section").order_by("begins_at", "id"))


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
    """Raises ValidationError where the time or the people make no sense, and where the duty is handed over already."""
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
    if not rules.can_stand_in(handover.receiver, handover.role):
        words = {"name": handover.receiver, "duty": handover.duty, "roles": _roles_standing_in(handover.role)}
        raise ValidationError({"receiver": _("%(name)s cannot stand in for %(duty)s. Who can: %(roles)s.") % words})
    _refuse_second(handover)


def _roles_standing_in(role: str) -> str:
    """The roles that let somebody stand in for `role`, in words."""
    return " · ".join(str(one.label) for one in Role if one in STAND_INS[role])


def _refuse_second(handover: Handover) -> None:
    """Raises ValidationError where the same duty of the giver's is handed over for some of these hours already."""
    same = Handover.objects.meeting(handover.begins_at, handover.ends_at).filter(
        giver=handover.giver, role=handover.role, section=handover.section
    )
    if first := same.select_related("receiver").order_by("begins_at").first():
        words = {"duty": handover.duty, "name": first.receiver, "hours": _from_until(first.begins_at, first.ends_at)}
        raise ValidationError(
            _("%(duty)s is handed over to %(name)s already, %(hours)s: take that back first.") % words
        )


def _span(handover: Handover) -> dict[str, str]:
    return {"begins_at": handover.begins_at.isoformat(), "ends_at": handover.ends_at.isoformat()}
