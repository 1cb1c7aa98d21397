"""Rectangles held against the plainest model there is: a set of fields."""

from hypothesis import given
from hypothesis import strategies as st

from editions.geometry import Grid, Rectangle, first_overlap, lies_inside, overlap, percentages, reading_key

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
