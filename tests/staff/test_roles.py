"""Roles: several a person, some of them for a section, none of them for somebody who is gone."""

import pytest
from django.db import IntegrityError, transaction

from newsroom.staff.models import RoleGrant, User
from newsroom.staff.roles import ADMIN_SITE_ROLES, SECTION_ROLES, SIGNING_ROLES, WRITING_ROLES, Role
from tests import newsroom_of_tests as house


@pytest.fixture
def somebody(title):
    return house.make_person("somebody", Role.REPORTER, Role.SECTION_EDITOR, sections=("city", "sports"))


def test_a_person_can_have_several_roles_in_several_sections(somebody):
    city, sports = house.section("city").pk, house.section("sports").pk
    assert somebody.grants == {("reporter", None), ("section_editor", city), ("section_editor", sports)}
    assert somebody.sections_of(Role.SECTION_EDITOR) == {city, sports}
    assert somebody.sections_of(Role.REPORTER) == set()
    assert somebody.has_role(Role.REPORTER)
    assert somebody.has_role(Role.PROOFREADER, Role.REPORTER)
    assert not somebody.has_role(Role.DESK_CHIEF)
    assert not somebody.has_role()


def test_who_is_inactive_holds_nothing(somebody):
    somebody.is_active = False
    somebody.save()
    gone = house.person("somebody")
    assert gone.grants == frozenset()
    assert not gone.has_role(*Role)
    assert not gone.is_staff


WRONG = {
    "unknown": ("nonsense", None),
    "section role without its section": (Role.DESK_CHIEF, None),
    "house role with a section": (Role.REPORTER, "city"),
    "role twice": (Role.REPORTER, None),
    "section role twice": (Role.SECTION_EDITOR, "city"),
}


@pytest.mark.parametrize(("role", "slug"), WRONG.values(), ids=WRONG.keys())
def test_the_database_refuses_a_role_that_makes_no_sense(somebody, role, slug):
    section = house.section(slug) if slug else None
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=somebody, role=role, section=section)
    assert somebody.role_grants.count() == 3


@pytest.mark.parametrize("role", Role)
def test_whom_the_admin_opens_for(people, role):
    wanted = {Role.ADMINISTRATOR, Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}
    assert people[role].is_staff == (role in wanted)
    assert wanted == ADMIN_SITE_ROLES


def test_a_superuser_of_the_command_line_is_an_administrator_like_any_other(title):
    user = User.objects.create_superuser("root", password=house.PASSWORD)
    assert user.grants == {("administrator", None)}
    assert house.person("root").is_staff


def test_being_staff_follows_from_the_roles_and_is_not_stored(title):
    user = User.objects.create_user("x", password=house.PASSWORD, name="x", is_staff=True, is_superuser=True)
    assert not house.person("x").is_staff
    assert not user.role_grants.exists()


def test_the_groups_of_roles_name_known_ones():
    assert SECTION_ROLES | set(SIGNING_ROLES) | WRITING_ROLES | ADMIN_SITE_ROLES <= set(Role)
    assert set(SIGNING_ROLES) >= SECTION_ROLES
