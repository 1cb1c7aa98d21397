"""Two handovers of one duty at once: the lock lets one through and refuses the other."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from newsroom.staff import handovers
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, Handover, Notice, NoticeKind
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.concurrency.racing import meet_at, meet_before_locking, race, refusals, take_the_locks_out

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def handed_to_two(people) -> list:
    chief, now = people[Role.DESK_CHIEF], timezone.now()
    times = {"begins_at": now, "ends_at": now + datetime.timedelta(hours=8)}
    own = [chief.role_grants.get().pk]

    def hands(receiver):
        return lambda: handovers.hand_over(own, receiver.pk, **times, acting_user=chief)

    return race(hands(people[Role.EDITOR_IN_CHIEF]), hands(house.stand_in()))


def test_of_two_who_are_handed_one_duty_one_gets_it(people, monkeypatch):
    meet_before_locking(monkeypatch, 2)
    assert refusals(handed_to_two(people)) == [ValidationError]
    assert Handover.objects.count() == Notice.objects.filter(kind=NoticeKind.HANDED_OVER).count() == 1


def test_without_the_lock_both_get_it(people, monkeypatch):
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "newsroom.staff.rules.can_stand_in")
    assert refusals(handed_to_two(people)) == []
    assert Handover.objects.count() == 2


def test_what_is_taken_back_twice_at_once_is_taken_back_once(people, monkeypatch):
    both = house.make_person("both", Role.SECTION_EDITOR, sections=("city", "sports"))
    grants, now = list(both.role_grants.values_list("pk", flat=True)), timezone.now()
    handovers.hand_over(
        grants, house.stand_in().pk, begins_at=now, ends_at=now + datetime.timedelta(hours=1), acting_user=both
    )
    meet_before_locking(monkeypatch, 2)
    results = race(
        *(
            lambda pk=pk: handovers.take_back(pk, acting_user=both)
            for pk in list(Handover.objects.values_list("pk", flat=True))
        )
    )
    assert refusals(results) == []
    assert AuditEntry.objects.filter(act=Act.DUTY_TAKE_BACK).count() == 2
    assert Notice.objects.filter(kind=NoticeKind.TAKEN_BACK).count() == 1
