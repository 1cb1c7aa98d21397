"""Proposing a page, without a database: what the search gives is legal, filled, and laid out as a paper does it."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.geometry import Grid, Rectangle, first_overlap, lies_inside
from editions.proposing.areas import ways_to_cut
from editions.proposing.items import Headline, Item, PictureRows, Standing, TextRows, Weight
from editions.proposing.scoring import tombstones
from editions.proposing.search import Space, propose

BROADSHEET = Grid(6, 102)
MASTHEAD = Rectangle(1, 1, 4, 14)
# Points by the headline's columns.
SIZES = {
    "lead": [22, 34, 44, 52, 58, 64],
    "second": [18, 27, 34, 40, 46, 50],
    "third": [15, 21, 26, 30, 34, 36],
    "brief": [12, 15, 18, 20, 22, 24],
    "picture": [15, 21, 26, 30, 34, 36],
}
STYLES = {
    Weight.LEAD: ("lead",),
    Weight.SECOND: ("second", "third"),
    Weight.BRIEF: ("brief",),
    Weight.PICTURE: ("picture",),
}


class Paper:
    """Needs as a page of 17 characters a column has them, for stories of so many lines."""

    def __init__(self, lines: dict[int, int], shapes: dict[int, float]) -> None:
        self.line_counts, self.shapes = lines, shapes

    def headline(self, item: Item, style: str, columns: int) -> Headline | None:
        size = SIZES[style][columns - 1]
        return Headline(math.ceil(1.2 * size * 14 / (columns * 12) / 13.5 + 1), size)

    def text(self, item: Item, columns: int) -> TextRows:
        rows = math.ceil(self.line_counts[item.key] / columns)
        return TextRows(rows, rows - max(self.line_counts[item.key] - (columns - 1) * rows, 0))

    def lines(self, item: Item) -> int:
        return self.line_counts[item.key]

    def picture_rows(self, item: Item, columns: int) -> PictureRows:
        height = (columns * 163 - 10) / self.shapes[item.key]
        least, whole, most = (math.ceil((height * part + 14) / 13.5) for part in (0.75, 1, 1.25))
        return PictureRows(least, whole, most)


def stories(*specified: tuple[Weight, int, float | None]) -> tuple[list[Item], Paper]:
    """Items of a weight, so many lines and a picture of this ratio of width to height, or none; keys from 1."""
    items = [
        Item(key, weight, STYLES[weight], picture=key if shape else None)
        for key, (weight, _lines, shape) in enumerate(specified, start=1)
    ]
    lines = {key: lines for key, (_weight, lines, _shape) in enumerate(specified, start=1)}
    return items, Paper(lines, {key: shape for key, (_w, _l, shape) in enumerate(specified, start=1) if shape})


FRONT = [
    (Weight.LEAD, 120, 1.5),
    (Weight.SECOND, 70, None),
    (Weight.SECOND, 60, None),
    *[(Weight.BRIEF, lines, None) for lines in (16, 14, 18, 12)],
    (Weight.PICTURE, 12, 1.4),
]
INSIDE = [
    (Weight.LEAD, 150, 1.5),
    (Weight.SECOND, 100, 1.3),
    (Weight.SECOND, 80, None),
    (Weight.SECOND, 60, None),
    (Weight.PICTURE, 20, 1.5),
]
HALF = [(Weight.SECOND, 90, 1.5), (Weight.SECOND, 60, None), (Weight.BRIEF, 15, None), (Weight.BRIEF, 14, None)]
PAGES = {
    "front": (FRONT, [MASTHEAD]),
    "inside": (INSIDE, []),
    "half": (HALF, [MASTHEAD, Rectangle(1, 15, 4, 40), Rectangle(5, 1, 2, 54)]),
}


def plans_for(page: str):
    specified, occupied = PAGES[page]
    items, paper = stories(*specified)
    return propose(Space(BROADSHEET, occupied), items, paper), paper


def assert_legal(plan, items, occupied, grid, paper) -> None:
    placed = [rectangle for module in plan.modules for rectangle in module.rectangles] + list(plan.free)
    for number, rectangle in enumerate(placed):
        assert lies_inside(rectangle, grid)
        assert first_overlap(rectangle, occupied) is None
        assert first_overlap(rectangle, placed[:number]) is None
    named = [module.item.key for module in plan.modules] + [item.key for item in plan.left_out]
    assert sorted(named) == sorted(item.key for item in items)
    for module in plan.modules:
        room = sum(frame.area for frame in module.frames) - module.banner.area
        assert room >= paper.lines(module.item)
        assert module.picture or not (module.item.picture and module.item.weight == Weight.PICTURE)
        assert any(set_over(module.banner, frame) for frame in module.frames)
        if module.picture is not None:
            rows = paper.picture_rows(module.item, module.picture.width)
            assert rows.least <= module.picture.height <= rows.most


def longest_gap(taken: list[Rectangle], grid: Grid) -> int:
    """The most rows under one another that nothing takes."""
    longest = 0
    for column in range(1, grid.columns + 1):
        run = 0
        for row in range(1, grid.rows + 1):
            free = first_overlap(Rectangle(column, row, 1, 1), taken) is None
            run = run + 1 if free else 0
            longest = max(longest, run)
    return longest


def white_at_the_foot(module, paper) -> int:
    """Rows; what is more than that below a story in one rectangle goes to its headline."""
    if len(module.frames) == 1:
        [frame] = module.frames
        rows, white = paper.text(module.item, frame.width)
        assert 0 <= frame.height - module.banner.height - rows <= 2
        return white
    return module.hole


def set_over(banner: Rectangle, frame: Rectangle) -> bool:
    return banner[:2] == frame[:2] and banner.width <= frame.width and banner.height <= frame.height


weights = st.sampled_from(Weight)
specifications = st.lists(
    st.tuples(weights, st.integers(4, 160), st.none() | st.floats(0.6, 2.0)), min_size=1, max_size=5
)
grids = st.sampled_from([BROADSHEET, Grid(5, 86), Grid(5, 70), Grid(1, 60)])


@st.composite
def occupations(draw, grid: Grid) -> list[Rectangle]:
    """What lies on a page already: nothing, or a few rectangles beside one another."""
    found: list[Rectangle] = []
    for _number in range(draw(st.integers(0, 3))):
        column, row = draw(st.integers(1, grid.columns)), draw(st.integers(1, grid.rows))
        width = draw(st.integers(1, grid.columns - column + 1))
        rectangle = Rectangle(column, row, width, draw(st.integers(1, grid.rows - row + 1)))
        if first_overlap(rectangle, found) is None:
            found.append(rectangle)
    return found


@settings(max_examples=40)
@given(data=st.data(), specified=specifications, grid=grids)
def test_whatever_is_proposed_is_legal(data, specified, grid):
    occupied = data.draw(occupations(grid))
    items, paper = stories(*specified)
    for plan in propose(Space(grid, occupied), items, paper):
        assert_legal(plan, items, occupied, grid, paper)


@settings(max_examples=100)
@given(data=st.data(), grid=grids)
def test_regions_are_free_and_apart(data, grid):
    occupied = data.draw(occupations(grid))
    for way in ways_to_cut(grid, occupied):
        for region in way:
            taken = [one for one in occupied if first_overlap(one, [region.rectangle])]
            corner = region.corner and Rectangle(*region.rectangle[:2], *region.corner)
            assert all(corner and one.right <= corner.right and one.bottom <= corner.bottom for one in taken)
            others = [other.rectangle for other in way if other is not region]
            assert first_overlap(region.rectangle, others) is None


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_filled_without_a_hole(page):
    plans, paper = plans_for(page)
    assert len(plans) == 6
    for plan in plans:
        assert plan.left_out == ()
        assert_legal(plan, [module.item for module in plan.modules], PAGES[page][1], BROADSHEET, paper)
        assert longest_gap(rectangles(plan) + PAGES[page][1], BROADSHEET) <= 2
        assert all(white_at_the_foot(module, paper) <= 2 for module in plan.modules)


@pytest.mark.parametrize("page", PAGES)
def test_no_two_headlines_stand_abreast_at_one_size(page):
    plans, _paper = plans_for(page)
    assert [tombstones(plan.modules) for plan in plans] == [[]] * len(plans)


@pytest.mark.parametrize("page", ["front", "inside"])
def test_the_lead_shouts_loudest_and_stands_at_the_top_left(page):
    plans, _paper = plans_for(page)
    for plan in plans:
        lead, *others = plan.modules
        assert lead.item.weight == Weight.LEAD
        assert lead.size > max(module.size for module in others)
        assert min(rectangle.column for rectangle in lead.rectangles) == 1
        assert min(rectangle.row for rectangle in lead.rectangles) <= (40 if page == "front" else 1)
    lead, *others = plans[0].modules
    assert lead.banner.width >= max(module.banner.width for module in others)


def test_proposals_really_differ():
    plans, _paper = plans_for("front")
    assert len(plans) == 6
    for one, other in combinations(plans, 2):
        same = sum(first.area for first in rectangles(one) for second in rectangles(other) if first == second)
        assert same < 0.6 * BROADSHEET.columns * BROADSHEET.rows


def rectangles(plan):
    return [rectangle for module in plan.modules for rectangle in module.rectangles]


def test_what_is_too_much_stays_out_the_lightest_first():
    items, paper = stories(
        (Weight.LEAD, 250, None), (Weight.SECOND, 150, None), (Weight.SECOND, 120, None), (Weight.BRIEF, 30, None)
    )
    best = propose(Space(BROADSHEET, [MASTHEAD, Rectangle(1, 15, 6, 10)]), items, paper)[0]
    assert best.left_out
    assert {item.weight for item in best.left_out} <= {Weight.BRIEF, Weight.SECOND}
    assert best.modules[0].item.key == 1


def test_where_there_is_too_little_what_stays_free_is_said():
    items, paper = stories((Weight.LEAD, 60, None))
    best = propose(Space(BROADSHEET, []), items, paper)[0]
    assert longest_gap([*rectangles(best), *best.free], BROADSHEET) <= 1
    assert sum(area.area for area in best.free) > 300


def test_a_headline_that_stands_already_is_not_answered_at_its_size():
    items, paper = stories((Weight.SECOND, 90, 1.5), (Weight.SECOND, 60, None))
    occupied = [Rectangle(1, 1, 4, 102)]
    [alone, *_] = propose(Space(BROADSHEET, occupied), items, paper)
    beside = Standing(Rectangle(3, alone.modules[0].banner.row, 2, 5), alone.modules[0].size)
    best = propose(Space(BROADSHEET, occupied, [beside]), items, paper)[0]
    assert tombstones([*best.modules, beside]) == []


def test_a_headline_too_long_for_a_width_does_not_get_it():
    class Narrow(Paper):
        def headline(self, item, style, columns):
            return super().headline(item, style, columns) if columns >= 3 else None

    items, paper = stories((Weight.SECOND, 70, None), (Weight.SECOND, 80, 1.4), (Weight.BRIEF, 20, None))
    plans = propose(Space(BROADSHEET, []), items, Narrow(paper.line_counts, paper.shapes))
    assert plans
    assert all(module.banner.width >= 3 for plan in plans for module in plan.modules)


def test_a_full_page_gets_no_proposal():
    items, paper = stories((Weight.SECOND, 70, None))
    assert propose(Space(BROADSHEET, [Rectangle(1, 1, 6, 100)]), items, paper) == []
