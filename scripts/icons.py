"""Draws the icons for what reads no SVG, from the one that does: `python scripts/icons.py`, after a change of it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, ImageDraw

STATIC = Path(__file__).resolve().parents[1] / "newsroom"
SOURCE = STATIC / "static" / "reading" / "favicon.svg"
AT_ROOT = STATIC / "at_root"
# A phone's home screen rounds the corners itself, and fills in black what is left open.
TOUCH_SIZE = 180
ICO_SIZES = [16, 32, 48]
# Drawn so many times as large and made small, so that edges are smooth.
FINER = 8

SVG = "{http://www.w3.org/2000/svg}"
_BOX = re.compile(r"([mM])(\d+) (\d+)h(\d+)v(\d+)")


def icon(size: int, *, rounded: bool) -> Image.Image:
    """The icon, `size` pixels wide and high."""
    root = ElementTree.parse(SOURCE).getroot()  # noqa: S314 (a file of ours)
    ground, boxes = root.find(f"{SVG}rect"), root.find(f"{SVG}path")
    scale = size * FINER / float(ground.get("width"))
    drawn = Image.new("RGBA", (size * FINER, size * FINER))
    draw = ImageDraw.Draw(drawn)
    radius = float(ground.get("rx")) * scale if rounded else 0
    draw.rounded_rectangle((0, 0, drawn.width - 1, drawn.height - 1), radius, ground.get("fill"))
    for x, y, width, height in _boxes(boxes.get("d")):
        corner = x * scale, y * scale, (x + width) * scale - 1, (y + height) * scale - 1
        draw.rectangle(corner, boxes.get("fill"))
    return drawn.resize((size, size), Image.Resampling.BOX)


def _boxes(path: str) -> list[tuple[int, int, int, int]]:
    """(x, y, width, height) of the boxes of a path that is made of nothing else; `m` counts from the box before."""
    found, at = [], (0, 0)
    for move, x, y, width, height in _BOX.findall(path):
        at = (int(x) + at[0] * (move == "m"), int(y) + at[1] * (move == "m"))
        found.append((*at, int(width), int(height)))
    return found


def draw_all(folder: Path) -> None:
    """Write the icons that are asked for at the root of a site."""
    icon(max(ICO_SIZES), rounded=True).save(
        folder / "favicon.ico",
        sizes=[(size, size) for size in ICO_SIZES],
        append_images=[icon(size, rounded=True) for size in ICO_SIZES],
    )
    icon(TOUCH_SIZE, rounded=False).convert("RGB").save(folder / "apple-touch-icon.png", optimize=True)


if __name__ == "__main__":
    draw_all(AT_ROOT)
