"""The same picture in another size or quality is told from other pictures."""

from __future__ import annotations

import io
from itertools import combinations

import pytest
from PIL import Image, ImageEnhance

from articles.pictures.likeness import MOST_BITS_APART, bits_apart, likeness_of
from newsroom.demo.pictures import draw

KEYS = ("river-dawn", "market-stalls", "heron", "bus-stop", "kite-sky")


def saved(image: Image.Image, format: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def pictures():
    return {key: Image.open(io.BytesIO(draw(key))).convert("RGB") for key in KEYS}


CHANGED = {
    "a third of the size": lambda image: saved(image.resize((image.width // 3, image.height // 3)), quality=90),
    "the size of a stamp": lambda image: saved(image.resize((image.width // 12, image.height // 12))),
    "poor quality": lambda image: saved(image, quality=15),
    "another format": lambda image: saved(image, "WEBP", quality=70),
    "in grey": lambda image: saved(image.convert("L")),
    "with more contrast": lambda image: saved(ImageEnhance.Contrast(image).enhance(1.15)),
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_the_same_picture_is_known_again(pictures, change):
    for image in pictures.values():
        assert bits_apart(likeness_of(saved(image)), likeness_of(change(image))) <= MOST_BITS_APART


def test_other_pictures_are_other_pictures(pictures):
    hashes = [likeness_of(saved(image)) for image in pictures.values()]
    assert min(bits_apart(one, other) for one, other in combinations(hashes, 2)) > 2 * MOST_BITS_APART


def test_a_hash_fits_a_column_of_signed_numbers(pictures):
    for image in pictures.values():
        for turned in (image, image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)):
            assert -(2**63) <= likeness_of(saved(turned)) < 2**63


@pytest.mark.parametrize("colour", ["black", "white", "teal"])
def test_what_shows_nothing_is_like_nothing(colour):
    assert likeness_of(saved(Image.new("RGB", (300, 200), colour))) is None
    assert likeness_of(saved(Image.linear_gradient("L"))) is None


@pytest.mark.parametrize(("one", "other", "apart"), [(0, 0, 0), (-1, 0, 64), (-1, 1, 63), (-(2**63), 0, 1)])
def test_bits_are_counted_over_the_sign(one, other, apart):
    assert bits_apart(one, other) == apart
