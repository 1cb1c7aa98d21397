"""Lists and predicates say the same: `visible_to` as `can_view`, `awaiting_signature_of` as `can(SIGN)`."""

from __future__ import annotations

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from articles import rules
from articles.models import Article, Byline, Revision, Signature
from articles.states import State, Verb
from newsroom.staff import handovers
from newsroom.staff.models import Handover, RoleGrant, User
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

REVIEWS = [(State.SUBMITTED, 1), (State.IN_REVIEW, 2), (State.IN_REVIEW, 3), (State.IN_REVIEW, 4)]
STANDINGS = [*REVIEWS, *((state, None) for state in State if state not in {State.SUBMITTED, State.IN_REVIEW})]


@pytest.fixture
def everybody(title) -> dict[str, User | AnonymousUser]:
    people: dict[str, User | AnonymousUser] = {"nobody": AnonymousUser(), "no role": house.make_person("none")}
    people |= {role.value: house.make_person(role.value, role) for role in Role}
    people["editor elsewhere"] = house.make_person("e2", Role.SECTION_EDITOR, sections=("sports",))
    people["chief elsewhere"] = house.make_person("c2", Role.DESK_CHIEF, sections=("sports",))
    people["editor of both"] = house.make_person("e3", Role.SECTION_EDITOR, sections=("city", "sports"))
    people["two hats"] = house.make_person("h2", Role.SECTION_EDITOR, Role.EDITOR_IN_CHIEF)
    people["reporter and designer"] = house.make_person("rd", Role.REPORTER, Role.PAGE_DESIGNER)
    people["stands in"] = house.stand_in("s1", Role.REPORTER)
    people["editor who stands in"] = house.stand_in("s2")
    RoleGrant.objects.create(user=people["editor who stands in"], role=Role.SECTION_EDITOR, section=house.section())
    people["stood in"] = house.stand_in("s3", Role.REPORTER)
    for who in ("stands in", "editor who stands in", "stood in"):
        giver = house.make_person(f"before {who}", Role.DESK_CHIEF, sections=("city", "sports"))
        house.hand_over(giver, people[who])
    handovers.take_back(Handover.objects.latest("id").pk, acting_user=giver)
    people["inactive"] = house.make_person("gone", *Role)
    people["inactive"].is_active = False
    people["inactive"].save()
    return people


def make_stories(users: list[User]) -> list[Article]:
    """Every standing × section × relation: nobody's, filed by each, everybody's byline, signed, signed once."""
    contributors = [house.contributor_for(user) for user in users]
    for (state, step), slug in itertools.product(STANDINGS, ("city", "sports")):
        public = {"released_version": 1, "first_published_at": timezone.now()}
        values = {"state": state, "step": step, "section": house.section(slug), "headline": f"{state} {slug}"}
        values |= public if state == State.PUBLISHED else {}
        Article.objects.bulk_create(Article(**values, created_by=user) for user in users)
        Article.objects.create(**values)
        credited = Article.objects.create(**values)
        Byline.objects.bulk_create(
            Byline(article=credited, contributor=contributor, order=order)
            for order, contributor in enumerate(contributors)
        )
        for voided_at in (None, timezone.now()):
            _sign(Article.objects.create(**values), users, voided_at)
    return list(Article.objects.all())


def _sign(story: Article, users: list[User], voided_at) -> None:
    revision = Revision.objects.create(article=story, number=1, content={}, content_hash="x", author_label="x")
    Signature.objects.bulk_create(
        Signature(
            article=story,
            step=step,
            role="x",
            revision=revision,
            content_hash="x",
            signer=user,
            signer_label="x",
            voided_at=voided_at,
        )
        for step, user in enumerate(users, start=10)
    )


@pytest.mark.parametrize("steps", [3, 1, 0])
def test_the_queries_say_what_the_predicates_say(title, everybody, steps):
    users = [user for user in everybody.values() if isinstance(user, User)]
    stories = make_stories(users)
    title.review_steps.filter(order__gt=steps).delete()
    for who, user in everybody.items():
        visible = {story.pk for story in stories if rules.can_view(user, story)}
        assert set(rules.visible_to(user).values_list("pk", flat=True)) == visible, who
        to_sign = {story.pk for story in stories if rules.can(user, Verb.SIGN, story)}
        assert set(rules.awaiting_signature_of(user).values_list("pk", flat=True)) == to_sign, who
        owned = {story.pk for story in stories if rules.Part.OWNER in rules.parts_of(user, story)}
        assert set(rules.owned_by(user).values_list("pk", flat=True)) == owned, who
        assert to_sign <= visible, who
    for story in stories[::7]:
        may = {user.pk for user in users if rules.can(user, Verb.SIGN, story)}
        assert set(rules.signers_awaited(story).values_list("pk", flat=True)) & {u.pk for u in users} == may


SEES = {
    Role.REPORTER: set(),
    Role.PHOTOGRAPHER: set(),
    Role.SECTION_EDITOR: set(State) - {State.DRAFT},
    Role.DESK_CHIEF: set(State) - {State.DRAFT},
    Role.EDITOR_IN_CHIEF: set(State) - {State.DRAFT},
    Role.PAGE_DESIGNER: {State.SIGNED_OFF, State.PUBLISHED},
    Role.PROOFREADER: {State.SIGNED_OFF, State.PUBLISHED},
    Role.ADMINISTRATOR: set(State),
}


@pytest.mark.parametrize("role", Role)
def test_what_each_role_sees_of_another_persons_stories(title, everybody, role):
    make_stories([])
    city = rules.visible_to(everybody[role.value]).filter(section__slug="city")
    assert set(city.values_list("state", flat=True)) == {state.value for state in SEES[role]}


def test_section_roles_end_at_their_section(title, everybody):
    make_stories([])
    assert not rules.visible_to(everybody[Role.SECTION_EDITOR]).filter(section__slug="sports").exists()
    assert rules.visible_to(everybody["editor elsewhere"]).filter(section__slug="sports").exists()
    assert rules.visible_to(everybody[Role.EDITOR_IN_CHIEF]).filter(section__slug="sports").exists()


@pytest.mark.parametrize("role", Role)
def test_who_may_sign_which_step(title, everybody, role):
    make_stories([])
    mine = rules.awaiting_signature_of(everybody[role.value]).filter(section__slug="city")
    steps = {Role.SECTION_EDITOR: {1}, Role.DESK_CHIEF: {2}, Role.EDITOR_IN_CHIEF: {3, 4}}.get(role, set())
    assert set(mine.values_list("step", flat=True)) == steps


def test_the_buttons_are_the_verbs_that_may_be_said(everybody):
    users = [user for user in everybody.values() if isinstance(user, User)]
    for story in make_stories(users[:2])[::3]:
        for user in everybody.values():
            assert rules.verbs_for(user, story) == [verb for verb in Verb if rules.can(user, verb, story)]


WRITERS = {"reporter", "photographer", "section_editor", "desk_chief", "editor_in_chief"}


@pytest.mark.parametrize("role", Role)
def test_who_files_and_who_enters_the_desk(everybody, role):
    assert rules.can_file(everybody[role.value]) == (role.value in WRITERS)
    assert rules.can_enter_desk(everybody[role.value])


@pytest.mark.parametrize("who", ["nobody", "no role", "inactive"])
def test_without_a_role_nothing_opens(everybody, who):
    user = everybody[who]
    assert not rules.can_file(user)
    assert not rules.can_enter_desk(user)
    assert not rules.can_administer(user)
    assert not rules.visible_to(user).exists()


def test_a_photo_is_changed_by_who_took_it_in_and_by_those_who_sign(everybody):
    photo = house.make_photo(everybody["photographer"])
    may = {who for who, user in everybody.items() if rules.can_edit_photo(user, photo)}
    assert may == {
        "photographer",
        "section_editor",
        "desk_chief",
        "editor_in_chief",
        "editor elsewhere",
        "chief elsewhere",
        "editor of both",
        "two hats",
        "stands in",
        "editor who stands in",
        "stood in",
    }


TIMES = {
    State.DRAFT: {"reporter"},
    State.RETURNED: {"reporter", "section_editor", "desk_chief", "editor_in_chief"},
    State.SUBMITTED: {"section_editor", "desk_chief", "editor_in_chief"},
    State.IN_REVIEW: {"section_editor", "desk_chief", "editor_in_chief"},
    State.SIGNED_OFF: {"section_editor", "desk_chief", "editor_in_chief"},
}


@pytest.mark.parametrize("state", State)
def test_who_sets_embargo_and_schedule(people, state):
    story = house.story_in(state, people)
    may = {role.value for role, user in people.items() if rules.can_set_times(user, story)}
    assert may == TIMES.get(state, set())


def test_page_people_see_no_past_in_the_query_either(people):
    story = house.story_in(State.SIGNED_OFF, people)
    for role, person in people.items():
        listed = rules.history_visible_to(person).filter(pk=story.pk).exists()
        assert listed == rules.can_see_history(person, story), role
    assert not rules.history_visible_to(people[Role.PAGE_DESIGNER]).exists()
