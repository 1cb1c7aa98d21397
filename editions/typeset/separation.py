"""From the colours of a screen to the inks of a newspaper press. Pure: Pillow alone.

A profile of the house's own printer would be better; none is free to ship. This is grey component
replacement, which keeps the sum of all four inks below 210 per cent: newsprint bears 240. Source of the
limit: ISO 12647-3 (newspaper printing).
"""

from __future__ import annotations

from PIL import Image, ImageChops

# How much of the grey that cyan, magenta and yellow have in common black takes over. Light greys stay in
# three inks, where a screen of black alone would look coarse.
_REPLACED = [round(0.85 * 255 * (value / 255) ** 1.4) for value in range(256)]


def to_cmyk(picture: Image.Image) -> Image.Image:
    """The RGB picture in four inks: its neutral shadows mostly in black."""
    inks = [ImageChops.invert(band) for band in picture.split()]
    grey = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    black = grey.point(_REPLACED)
    return Image.merge("CMYK", [*(ImageChops.subtract(ink, black) for ink in inks), black])
