"""On a page: inside its grid, never over one another, and a continued story stays one story."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from articles.editing import Picture
from articles.errors import NotAllowed
from articles.states import PLACEABLE, State, Verb
from editions import placing
from editions.geometry import Rectangle
from editions.models import Placement
from editions.placeable import NotPlaceable
from editions.planning import EditionClosed
from editions.publishing import publish_edition
from editions.room import DoesNotFit
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

FINAL = Role.EDITOR_IN_CHIEF


@pytest.fixture
def edition(people):
    return house.open_edition(people)


@pytest.fixture
def story(people):
    return house.story_in(State.SIGNED_OFF, people)


@pytest.fixture
def designer(people):
    return people[Role.PAGE_DESIGNER]


def as_placed() -> tuple:
    return list(Placement.objects.order_by("pk").values()), AuditEntry.objects.count()


def parts(story) -> list[tuple[int, int]]:
    """(part, page) of a story, in their order."""
    placed = story.placements.filter(photo=None).order_by("part")
    return list(placed.values_list("part", "page__order"))


@pytest.mark.parametrize("state", State)
def test_only_signed_copy_is_placed(people, edition, state):
    story = house.story_in(state, people)
    if state in PLACEABLE:
        assert house.place(edition, 1, story, people).part == 1
        return
    before = as_placed()
    with pytest.raises(NotPlaceable):
        house.place(edition, 1, story, people)
    assert as_placed() == before


@pytest.mark.parametrize("role", Role)
def test_who_places(people, edition, story, role):
    page, rectangle = edition.pages.first(), Rectangle(1, 20, 2, 10)
    if role in {Role.PAGE_DESIGNER, Role.SECTION_EDITOR, Role.DESK_CHIEF, FINAL}:
        placement = placing.place_story(page.pk, story.pk, rectangle, acting_user=people[role])
        placing.move_placement(placement.pk, page.pk, Rectangle(2, 20, 2, 10), acting_user=people[role])
        placing.remove_placement(placement.pk, acting_user=people[role])
        return
    placement = house.place(edition, 1, story, people)
    for change in (
        lambda: placing.place_story(page.pk, story.pk, rectangle, acting_user=people[role]),
        lambda: placing.move_placement(placement.pk, page.pk, rectangle, acting_user=people[role]),
        lambda: placing.remove_placement(placement.pk, acting_user=people[role]),
    ):
        with pytest.raises(NotAllowed):
            change()
    assert Placement.objects.get().rectangle == (1, 20, 3, 20)


OUTSIDE = [(0, 1, 1, 1), (1, 0, 1, 1), (7, 1, 1, 1), (1, 103, 1, 1), (5, 1, 3, 1), (1, 100, 1, 4), (1, 1, 0, 1)]


@pytest.mark.parametrize("rectangle", [*OUTSIDE, (1, 1, 1, 0), (-1, 1, 3, 3), (1, 1, -1, -1)])
def test_nothing_lies_outside_the_grid(people, edition, story, rectangle):
    before = as_placed()
    with pytest.raises(DoesNotFit):
        house.place(edition, 1, story, people, rectangle)
    assert as_placed() == before


@pytest.mark.parametrize("rectangle", [(1, 20, 3, 20), (2, 30, 1, 1), (3, 39, 3, 5), (1, 15, 6, 88)])
def test_nothing_lies_over_another_story(people, edition, story, rectangle):
    house.place(edition, 1, story, people, (1, 20, 3, 20))
    other = house.story_in(State.SIGNED_OFF, people, headline="另一条")
    before = as_placed()
    with pytest.raises(DoesNotFit, match="城西夜市今晚开市"):
        house.place(edition, 1, other, people, rectangle)
    assert as_placed() == before
    assert house.place(edition, 2, other, people, rectangle).part == 1


def test_edges_may_touch(people, edition, story, designer):
    house.place(edition, 1, story, people, (1, 20, 3, 20))
    for rectangle in ((4, 20, 3, 20), (1, 40, 6, 5), (1, 15, 6, 5)):
        house.place(edition, 1, story, people, rectangle)
    assert [part for part, _page in parts(story)] == [1, 2, 3, 4]


@pytest.mark.postgresql
@pytest.mark.parametrize("rectangle", [(1, 20, 3, 20), (3, 39, 1, 1)])
def test_the_database_itself_refuses_an_overlap(people, edition, story, rectangle):
    placed = house.place(edition, 1, story, people, (1, 20, 3, 20))
    values = Rectangle(*rectangle)._asdict()
    with pytest.raises(IntegrityError, match="placements_never_overlap"), transaction.atomic():
        Placement.objects.create(page=placed.page, article=story, part=2, **values)
    Placement.objects.create(page=edition.pages.get(order=2), article=story, part=2, **values)
    touching = Rectangle(4, 20, 3, 20)._asdict()
    Placement.objects.create(page=placed.page, article=story, part=3, **touching)


@pytest.mark.parametrize(
    "wrong", [{"column": 0}, {"height": 0}, {"part": 0}, {"part": 1}], ids=["column", "height", "no part", "part twice"]
)
def test_the_database_refuses_a_placement_without_a_place(people, edition, story, wrong):
    house.place(edition, 1, story, people)
    values = {"part": 2, "column": 1, "row": 1, "width": 1, "height": 1} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(page=edition.pages.first(), article=story, **values)


def test_a_story_lies_in_one_edition(people, edition, story):
    house.place(edition, 1, story, people)
    tomorrow = house.open_edition(people, datetime.date(2024, 3, 8))
    with pytest.raises(NotPlaceable, match=str(edition)):
        house.place(tomorrow, 1, story, people)
    assert Placement.objects.count() == 1


# -- continued


def test_a_continued_story_is_one_story_in_parts(people, edition, story):
    house.place(edition, 1, story, people, (1, 20, 2, 10))
    house.place(edition, 2, story, people, (1, 20, 2, 10))
    house.place(edition, 2, story, people, (5, 1, 2, 10))
    assert parts(story) == [(1, 1), (2, 2), (3, 2)]


@pytest.mark.parametrize(("gone", "left"), [(1, [(1, 2), (2, 2)]), (2, [(1, 1), (2, 2)]), (3, [(1, 1), (2, 2)])])
def test_when_a_part_goes_the_later_ones_move_up(people, edition, story, designer, gone, left):
    placed = [
        house.place(edition, 1, story, people, (1, 20, 2, 10)),
        house.place(edition, 2, story, people, (1, 20, 2, 10)),
        house.place(edition, 2, story, people, (5, 1, 2, 10)),
    ]
    placing.remove_placement(placed[gone - 1].pk, acting_user=designer)
    assert parts(story) == left
    assert house.place(edition, 1, story, people, (1, 50, 2, 10)).part == 3


# -- pictures


def test_a_picture_is_placed_with_its_story_and_is_no_part_of_the_text(people, edition):
    photo = house.make_photo(people[Role.REPORTER])
    story = house.story_in(State.SIGNED_OFF, people, pictures=[Picture(photo.pk)])
    house.place(edition, 1, story, people)
    assert house.place(edition, 1, story, people, (5, 1, 2, 10), photo).part == 0
    with pytest.raises(NotPlaceable):
        house.place(edition, 2, story, people, (5, 1, 2, 10), photo)


def test_another_storys_picture_is_not_placed(people, edition, story):
    photo = house.make_photo(people[Role.REPORTER])
    with pytest.raises(NotPlaceable):
        house.place(edition, 1, story, people, photo=photo)
    assert not Placement.objects.exists()


# -- moving


def test_a_placement_moves_within_its_edition(people, edition, story, designer):
    placement = house.place(edition, 1, story, people, (1, 20, 2, 10))
    second = edition.pages.get(order=2)
    placing.move_placement(placement.pk, second.pk, Rectangle(2, 2, 3, 11), acting_user=designer)
    placement.refresh_from_db()
    assert (placement.page, placement.rectangle) == (second, (2, 2, 3, 11))


def test_a_placement_may_overlap_the_place_it_leaves(people, edition, story, designer):
    placement = house.place(edition, 1, story, people, (1, 20, 2, 10))
    placing.move_placement(placement.pk, placement.page_id, Rectangle(1, 21, 2, 10), acting_user=designer)
    assert Placement.objects.get().row == 21


def test_a_move_onto_another_story_or_another_edition_is_refused(people, edition, story, designer):
    placement = house.place(edition, 1, story, people, (1, 20, 2, 10))
    house.place(edition, 2, house.story_in(State.SIGNED_OFF, people), people, (1, 20, 2, 10))
    tomorrow = house.open_edition(people, datetime.date(2024, 3, 8)).pages.first()
    before = as_placed()
    with pytest.raises(DoesNotFit):
        placing.move_placement(
            placement.pk, edition.pages.get(order=2).pk, Rectangle(2, 25, 2, 10), acting_user=designer
        )
    with pytest.raises(DoesNotFit):
        placing.move_placement(placement.pk, placement.page_id, Rectangle(6, 1, 2, 10), acting_user=designer)
    with pytest.raises(NotPlaceable):
        placing.move_placement(placement.pk, tomorrow.pk, Rectangle(1, 20, 2, 10), acting_user=designer)
    assert as_placed() == before


def test_nothing_moves_in_a_published_edition(people, edition, story, designer):
    placement = house.place(edition, 1, story, people)
    house.place(edition, 2, story, people)
    publish_edition(edition.pk, acting_user=people[FINAL])
    before = as_placed()
    for change in (
        lambda: house.place(edition, 1, story, people, (1, 60, 2, 10)),
        lambda: placing.move_placement(placement.pk, placement.page_id, Rectangle(5, 1, 1, 1), acting_user=designer),
        lambda: placing.remove_placement(placement.pk, acting_user=designer),
    ):
        with pytest.raises(EditionClosed):
            change()
    assert as_placed() == before


def test_each_change_leaves_a_row(people, edition, story, designer):
    placement = house.place(edition, 1, story, people)
    placing.move_placement(placement.pk, placement.page_id, Rectangle(5, 1, 1, 1), acting_user=designer)
    placing.remove_placement(placement.pk, acting_user=designer)
    page = edition.pages.first()
    assert [entry.act for entry in AuditEntry.objects.about(page)] == ["page.remove", "page.move", "page.place"]


def test_a_story_edited_after_it_was_placed_stays_on_its_page_unsigned(people, edition, story):
    house.place(edition, 1, story, people)
    story = house.save(story, people[FINAL], headline="改")
    assert story.state == State.IN_REVIEW
    assert parts(story) == [(1, 1)]
    house.act(story, Verb.SIGN, people[FINAL])
