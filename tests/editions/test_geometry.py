"""Rectangles held against the plainest model there is: a set of fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions.geometry import (
    Grid,
    Rectangle,
    first_overlap,
    free_place,
    free_places,
    lies_inside,
    open_areas,
    overlap,
    percentages,
    reading_key,
)

NUMBERS = st.integers(min_value=-2, max_value=7)
SIZES = st.integers(min_value=1, max_value=6)
ANYTHING = st.builds(Rectangle, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
RECTANGLES = st.builds(Rectangle, NUMBERS, NUMBERS, SIZES, SIZES)
GRIDS = st.builds(Grid, SIZES, SIZES)


def fields(rectangle: Rectangle) -> set[tuple[int, int]]:
    column, row, width, height = rectangle
    return {(column + across, row + down) for across in range(width) for down in range(height)}


def fields_of(grid: Grid) -> set[tuple[int, int]]:
    return fields(Rectangle(1, 1, *grid))


@given(RECTANGLES, RECTANGLES)
def test_two_overlap_where_they_share_a_field(one, other):
    assert overlap(one, other) == bool(fields(one) & fields(other))
    assert overlap(one, other) == overlap(other, one)


@given(ANYTHING, GRIDS)
def test_inside_is_where_every_field_is_the_grids(rectangle, grid):
    has_a_size = rectangle.width > 0 and rectangle.height > 0
    assert lies_inside(rectangle, grid) == (has_a_size and fields(rectangle) <= fields_of(grid))


@given(RECTANGLES, st.lists(RECTANGLES, max_size=4))
def test_the_first_overlap_is_the_first_that_shares_a_field(rectangle, others):
    sharing = [other for other in others if fields(other) & fields(rectangle)]
    assert first_overlap(rectangle, others) == (sharing[0] if sharing else None)


@given(RECTANGLES)
def test_the_area_counts_the_fields(rectangle):
    assert rectangle.area == len(fields(rectangle))
    assert (rectangle.right, rectangle.bottom) == tuple(max(axis) + 1 for axis in zip(*fields(rectangle), strict=True))


def test_edges_that_touch_share_nothing():
    assert not overlap(Rectangle(1, 1, 3, 10), Rectangle(4, 1, 3, 10))
    assert not overlap(Rectangle(1, 1, 3, 10), Rectangle(1, 11, 3, 10))
    assert overlap(Rectangle(1, 1, 3, 10), Rectangle(3, 10, 1, 1))


def test_a_page_is_read_from_the_top_and_from_the_left():
    top_right, top_left, below = Rectangle(4, 1, 3, 5), Rectangle(1, 1, 3, 20), Rectangle(1, 21, 6, 5)
    assert sorted([below, top_right, top_left], key=reading_key) == [top_left, top_right, below]


@given(GRIDS)
def test_the_whole_grid_is_the_whole_picture(grid):
    assert percentages(Rectangle(1, 1, *grid), grid) == (0, 0, 100, 100)


# -- free places

SIX = Grid(6, 102)


def test_a_free_place_is_the_first_in_reading_order():
    assert free_place(2, 10, SIX, []) == (1, 1, 2, 10)
    masthead, ear = Rectangle(1, 1, 4, 14), Rectangle(5, 1, 1, 14)
    assert free_place(1, 10, SIX, [masthead, ear]) == (6, 1, 1, 10)
    assert free_place(2, 10, SIX, [masthead, ear]) == (1, 15, 2, 10)
    assert free_place(1, 15, SIX, [masthead]) == (5, 1, 1, 15)


@pytest.mark.parametrize(("width", "height"), [(7, 1), (1, 103), (6, 89)])
def test_where_there_is_no_room_there_is_no_place(width, height):
    assert free_place(width, height, SIX, [Rectangle(1, 1, 4, 14)]) is None


def test_a_group_goes_as_it_lies_or_together_or_one_by_one():
    group = [Rectangle(1, 20, 2, 10), Rectangle(3, 20, 1, 30)]
    assert free_places(group, SIX, []) == group
    assert free_places(group, SIX, [Rectangle(1, 1, 6, 25)]) == [(1, 26, 2, 10), (3, 26, 1, 30)]
    torn = [Rectangle(3, 1, 1, 102), Rectangle(1, 11, 2, 92), Rectangle(6, 1, 1, 102), Rectangle(4, 31, 2, 72)]
    assert free_places(group, SIX, torn) == [(1, 1, 2, 10), (4, 1, 1, 30)]
    assert free_places(group, SIX, [Rectangle(1, 1, 6, 90)]) is None


LYING = st.builds(Rectangle, st.integers(1, 6), st.integers(1, 30), st.integers(1, 3), st.integers(1, 9))


@given(st.lists(LYING, max_size=8), st.integers(1, 6), st.integers(1, 30))
def test_no_place_before_the_one_found_is_free(taken, width, height):
    grid = Grid(6, 30)
    rows = ((column, row) for row in range(1, 31) for column in range(1, 7))
    places = (Rectangle(column, row, width, height) for column, row in rows)
    every = (p for p in places if lies_inside(p, grid) and not any(overlap(p, other) for other in taken))
    assert free_place(width, height, grid, taken) == next(every, None)


@given(GRIDS, st.lists(RECTANGLES, max_size=4))
def test_open_areas_are_every_field_on_which_nothing_lies(grid, taken):
    areas = open_areas(grid, taken, 1)
    covered = [field for area in areas for field in fields(area)]
    assert len(covered) == len(set(covered))
    assert set(covered) == fields_of(grid) - {field for one in taken for field in fields(one)}
    assert open_areas(grid, taken, 3) == [area for area in areas if area.height >= 3]
