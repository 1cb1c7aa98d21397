"""Crops: as large as the shape lets, around the point, never beyond the photo."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.pictures.crops import RATIOS, Framing, Part, framing_of, part_around, ratio_of

SIZES = st.tuples(st.integers(1, 20_000), st.integers(1, 20_000))
FRAMINGS = st.builds(Framing, st.integers(0, 100), st.integers(0, 100), st.integers(100, 400))


@given(SIZES, st.sampled_from(list(RATIOS)), FRAMINGS)
def test_a_crop_lies_on_the_photo_and_has_its_shape(size, name, framing):
    part = part_around(size, ratio_of(name), framing)
    assert part.left > -1e-9
    assert part.top > -1e-9
    assert part.right < 1 + 1e-9
    assert part.bottom < 1 + 1e-9
    shape = (part.right - part.left) * size[0] / ((part.bottom - part.top) * size[1])
    assert shape == pytest.approx(ratio_of(name))


@given(SIZES, st.sampled_from(list(RATIOS)))
def test_without_zoom_a_crop_reaches_two_opposite_edges(size, name):
    part = part_around(size, ratio_of(name), Framing(50, 50))
    whole = Part(0, 0, 1, 1)
    assert part[::2] == pytest.approx(whole[::2]) or part[1::2] == pytest.approx(whole[1::2])


@given(SIZES, st.sampled_from(list(RATIOS)), FRAMINGS)
def test_the_focal_point_stays_in_the_crop(size, name, framing):
    part = part_around(size, ratio_of(name), framing)
    assert part.left - 1e-9 <= framing.x / 100 <= part.right + 1e-9
    assert part.top - 1e-9 <= framing.y / 100 <= part.bottom + 1e-9


@pytest.mark.parametrize(
    ("framing", "part"),
    [
        (Framing(50, 50), (0.25, 0, 0.75, 1)),
        (Framing(0, 0), (0, 0, 0.5, 1)),
        (Framing(100, 50), (0.5, 0, 1, 1)),
        (Framing(60, 50), (0.35, 0, 0.85, 1)),
        (Framing(50, 50, 200), (0.375, 0.25, 0.625, 0.75)),
        (Framing(10, 95, 200), (0, 0.5, 0.25, 1)),
    ],
)
def test_a_square_of_a_photo_twice_as_wide_as_high(framing, part):
    assert part_around((2000, 1000), 1, framing) == pytest.approx(part)


@given(SIZES, st.sampled_from(list(RATIOS)), FRAMINGS)
def test_a_framing_read_back_gives_the_same_part(size, name, framing):
    part = part_around(size, ratio_of(name), framing)
    again = part_around(size, ratio_of(name), framing_of(size, ratio_of(name), part))
    assert again == pytest.approx(part, abs=0.015)
