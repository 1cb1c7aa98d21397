"""How large a picture can be printed with the dots that it has."""

from __future__ import annotations

from typing import Final

FINE_DPI: Final = 200
"""Dots an inch that are wanted of a picture on newsprint."""

COARSE_DPI: Final = 100
"""Dots an inch below which a picture goes to no press."""

SMALL_MM: Final = 60
"""A picture that is not even dots enough for this, about a column of a broadsheet, is worth a word."""


def width_in_print(pixels: int) -> int:
    """The width in whole millimetres up to which so many pixels across are `FINE_DPI`."""
    return pixels * 254 // (10 * FINE_DPI)
