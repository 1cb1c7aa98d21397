"""Charts of the desk, drawn as SVG by the server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django import template

from articles.readership.numbers import Bar

register = template.Library()

# Units of the drawing: a bar with the space beside it, and the highest bar.
WIDTH, HEIGHT = 10, 100


class Drawn(NamedTuple):
    """A bar in the drawing, from its upper left corner; one that counts something is seen."""

    bar: Bar
    x: int
    y: float
    height: float


@register.inclusion_tag("desk/_chart.html")
def chart(bars: Sequence[Bar], name: str) -> dict[str, object]:
    """A column chart of `bars`, which is called `name`, with the same numbers as a table for those who don't see it."""
    highest = max((bar.reads for bar in bars), default=0)
    heights = [max(round(HEIGHT * bar.reads / highest, 1), 1) if bar.reads else 0 for bar in bars]
    return {
        "name": name,
        "bars": bars,
        "highest": highest,
        "width": WIDTH * len(bars),
        "drawn": [
            Drawn(bar, WIDTH * place, HEIGHT - height, height)
            for place, (bar, height) in enumerate(zip(bars, heights, strict=True))
        ],
    }
