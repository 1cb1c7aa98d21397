"""Drawn pages: geometry alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import pagemap
from editions.geometry import Grid, Rectangle

SHEET = pagemap.Sheet(Grid(6, 102), 390, 545)


@st.composite
def rectangles(draw):
    column, row = draw(st.integers(1, 6)), draw(st.integers(1, 102))
    return Rectangle(column, row, draw(st.integers(1, 7 - column)), draw(st.integers(1, 103 - row)))


@given(rectangles(), st.text(max_size=80))
def test_whatever_is_drawn_stays_on_the_sheet(rectangle, headline):
    box = pagemap.text_box(rectangle, SHEET, headline)
    assert pagemap.MARGIN <= box.x < box.right <= SHEET.width - pagemap.MARGIN
    assert pagemap.MARGIN <= box.y < box.foot <= SHEET.height - pagemap.MARGIN
    assert box.text_height >= 0
    if rectangle.height >= 3:
        assert all(box.y < baseline <= box.foot for _line, baseline in box.lines)


@given(st.text(alphabet="云川日报 Aa1，", max_size=40), st.floats(2, 30))
def test_a_wrapped_headline_loses_no_character_and_fits(text, ems):
    lines = pagemap.wrap(text, ems)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(sum(0.55 if c.isascii() else 1 for c in line) <= ems + 1e-6 for line in lines)


def test_neighbours_are_parted_by_a_gutter():
    left = pagemap.text_box(Rectangle(1, 1, 3, 50), SHEET, "左")
    right = pagemap.text_box(Rectangle(4, 1, 3, 50), SHEET, "右")
    assert right.x - left.right == pytest.approx(pagemap.GUTTER)


def test_a_larger_box_has_a_larger_headline():
    lead = pagemap.text_box(Rectangle(1, 15, 6, 40), SHEET, "头条新闻标题")
    brief = pagemap.text_box(Rectangle(1, 60, 1, 12), SHEET, "头条新闻标题")
    assert lead.size > 2 * brief.size


def test_the_masthead_has_what_is_free_at_the_top_left():
    ear, lead = Rectangle(5, 1, 2, 14), Rectangle(1, 16, 6, 40)
    head = pagemap.free_box([ear, lead], SHEET)
    expected = pagemap.picture_box(Rectangle(1, 1, 4, 15), SHEET, "")
    assert (head.x, head.y, head.width, head.height) == (expected.x, expected.y, expected.width, expected.height)


def test_no_masthead_where_a_story_stands_at_the_top():
    assert pagemap.free_box([Rectangle(1, 1, 2, 14)], SHEET) is None
