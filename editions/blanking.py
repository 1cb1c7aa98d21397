"""The picture of a printed page with places on it left blank. Pure: Pillow alone."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

from PIL import Image

# What a place becomes: paler than any picture, darker than the paper, so that nobody takes it for a fault of print.
BLANK = (228, 228, 228)
# As the pictures of pages are made: see `editions.typeset.worker`.
_ENCODING: dict[str, dict[str, Any]] = {"webp": {"quality": 75, "method": 2}, "png": {"compress_level": 1}}


def blanked(picture: bytes, zones: Iterable[Sequence[float]], format: str, width: int | None = None) -> bytes:
    """The picture, made anew in `format`, webp or png, without what stands in `zones`: each left, top, width,
    height in per cent of it; `width` pixels across where it is given.

    A pixel of which a zone has any part is blank. Raises OSError where it is no picture.
    """
    with Image.open(io.BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    for zone in zones:
        image.paste(BLANK, _box(zone, image.size))
    if width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, format, **_ENCODING[format])
    return out.getvalue()


def _box(zone: Sequence[float], size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, width, height = zone
    across, down = size[0] / 100, size[1] / 100
    return (
        math.floor(left * across),
        math.floor(top * down),
        math.ceil((left + width) * across),
        math.ceil((top + height) * down),
    )
