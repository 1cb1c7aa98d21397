"""What a layout draws: text, pictures, lines, boxes and blank fields, in points from the top left of the paper. Pure.

Elements are plain dicts, so that a layout is JSON: it is kept, hashed, compared and handed to the engine as
it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Element = dict[str, Any]


def text(
    role: str,
    lines: Sequence[str],
    *,
    x: float,
    y: float,
    width: float,
    face: str,
    size: float,
    leading: float,
    align: str = "left",
    tracking: float = 0.0,
) -> Element:
    """Lines that each go on the width as they are; `y` is where the first line's row begins, `leading` its height."""
    return {
        "kind": "text",
        "role": role,
        "lines": list(lines),
        "x": _round(x),
        "y": _round(y),
        "width": _round(width),
        "face": face,
        "size": _round(size),
        "leading": _round(leading),
        "align": align,
        "tracking": _round(tracking),
    }


def paragraph(
    role: str,
    lines: Sequence[str],
    *,
    x: float,
    y: float,
    width: float,
    face: str,
    size: float,
    leading: float,
    indent: float,
    ends: bool,
    latin: bool,
    bold: Sequence[Sequence[int]] = (),
) -> Element:
    """Lines of a paragraph set to the full width; the first indented by `indent` em.

    `ends`: the paragraph ends here, and its last line is as short as it is. `latin`: it is set as English is.
    `bold` are (line, start, end).
    """
    return {
        "kind": "paragraph",
        "role": role,
        "lines": list(lines),
        "x": _round(x),
        "y": _round(y),
        "width": _round(width),
        "face": face,
        "size": _round(size),
        "leading": _round(leading),
        "indent": _round(indent),
        "ends": ends,
        "latin": latin,
        "bold": [list(run) for run in bold],
    }


def picture(
    photo: int, fingerprint: str, alt: str, *, x: float, y: float, width: float, height: float, crop: Sequence[float]
) -> Element:
    """A photo, of which `crop` (left, top, right, bottom, as parts of one) fills the frame."""
    return {
        "kind": "picture",
        "role": "picture",
        "photo": photo,
        "fingerprint": fingerprint,
        "alt": alt,
        "x": _round(x),
        "y": _round(y),
        "width": _round(width),
        "height": _round(height),
        "crop": [round(part, 5) for part in crop],
    }


def rule(x: float, y: float, to_x: float, to_y: float, weight: float) -> Element:
    """A straight line."""
    return {
        "kind": "rule",
        "x": _round(x),
        "y": _round(y),
        "to_x": _round(to_x),
        "to_y": _round(to_y),
        "weight": _round(weight),
    }


def box(x: float, y: float, width: float, height: float, weight: float) -> Element:
    """The outline of a rectangle."""
    return {
        "kind": "box",
        "x": _round(x),
        "y": _round(y),
        "width": _round(width),
        "height": _round(height),
        "weight": _round(weight),
    }


def blank(x: float, y: float, width: float, height: float) -> Element:
    """A field for what is not shown."""
    return {"kind": "blank", "x": _round(x), "y": _round(y), "width": _round(width), "height": _round(height)}


def _round(points: float) -> float:
    """A hundredth of a point is finer than any press; and the same on every machine."""
    return round(points, 2)
