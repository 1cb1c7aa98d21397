"""Who has a page open: heard of within half a minute, and never oneself."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from articles.errors import NotAllowed
from editions.models import Page, PagePresence
from editions.presence import note_presence, present_on
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

NOW = datetime.datetime(2024, 3, 7, 20, 0, tzinfo=datetime.UTC)


@pytest.fixture
def pages(people):
    return list(house.open_edition(people, pages=2).pages.all())


def test_others_on_the_same_page_are_seen(people, pages):
    designer, chief = people[Role.PAGE_DESIGNER], people[Role.DESK_CHIEF]
    note_presence(pages[0].pk, acting_user=designer)
    note_presence(pages[0].pk, acting_user=chief)
    note_presence(pages[1].pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    assert present_on(pages[0].pk, apart_from=designer) == [chief]
    assert present_on(pages[0].pk, apart_from=chief) == [designer]
    assert present_on(pages[1].pk, apart_from=designer) == [people[Role.EDITOR_IN_CHIEF]]


def test_whoever_is_not_heard_of_for_half_a_minute_has_gone(people, pages):
    designer, chief = people[Role.PAGE_DESIGNER], people[Role.DESK_CHIEF]
    with time_machine.travel(NOW, tick=False) as clock:
        note_presence(pages[0].pk, acting_user=chief)
        clock.shift(datetime.timedelta(seconds=30))
        assert present_on(pages[0].pk, apart_from=designer) == [chief]
        clock.shift(datetime.timedelta(seconds=1))
        assert present_on(pages[0].pk, apart_from=designer) == []
        note_presence(pages[0].pk, acting_user=chief)
        assert present_on(pages[0].pk, apart_from=designer) == [chief]
    assert PagePresence.objects.count() == 1


def test_nobody_without_a_role_is_present(people, pages):
    for nobody in (house.make_person("without_role"), AnonymousUser()):
        with pytest.raises(NotAllowed):
            note_presence(pages[0].pk, acting_user=nobody)
    assert not PagePresence.objects.exists()
    assert Page.objects.count() == 2
