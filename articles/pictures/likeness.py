"""Whether two photos are the same picture in another size or quality: 64 bits of each, held against each other.

A difference hash: of the picture made 9 × 8 grey fields, whether each field is lighter than the one to its left.
Scaling, compression and small corrections change a few bits of it, another picture about half.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image

MOST_BITS_APART: Final = 5
"""Up to how many bits two hashes of one picture differ."""

BANDS: Final = ((0, 0x7FF), (11, 0x7FF), (22, 0x7FF), (33, 0x7FF), (44, 0x3FF), (54, 0x3FF))
"""The 64 bits in one band more than hashes of one picture differ in, so that they agree in at least one: how far
each is shifted, and its mask.
"""

# A plain sky has no lines to tell it by: with so few bits set, or unset, everything plain would look alike.
_FEWEST_BITS: Final = 6
_SIGN: Final = 1 << 63


def likeness_of(picture: bytes) -> int | None:
    """The hash of a picture that is upright and opaque, as a signed number of 64 bits; None where it shows too
    little to be told by.
    """
    grey = Image.open(BytesIO(picture)).convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    fields = grey.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (fields[9 * row + column + 1] > fields[9 * row + column])
    return bits - (bits & _SIGN) * 2 if _FEWEST_BITS <= bits.bit_count() <= 64 - _FEWEST_BITS else None


def band_of(likeness: int, shift: int, mask: int) -> int:
    """The bits of a hash that are in a band."""
    return likeness >> shift & mask


def bits_apart(one: int, other: int) -> int:
    """In how many of their 64 bits two hashes differ."""
    return ((one ^ other) & (2 * _SIGN - 1)).bit_count()
