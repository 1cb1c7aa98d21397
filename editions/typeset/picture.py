"""A photo on a page: cropped around its focal point, its caption below it with the credit at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from articles.pictures.crops import Framing, part_around
from editions.typeset import elements
from editions.typeset.columns import rectangle_of
from editions.typeset.design import Design
from editions.typeset.elements import Element
from editions.typeset.fonts import Fonts
from editions.typeset.lines import break_lines, texts_of
from editions.typeset.measuring import is_mostly_latin
from editions.typeset.sheet import Sheet

# White between a picture and its caption, and the least height at which a picture is one; in points.
_GAP, _LOWEST = 3.0, 27.0
# The credit stands at the caption's end, a square's white before it.
CREDIT_SPACE = "\u3000"


class SetPicture(NamedTuple):
    """A picture as it is drawn. `over`: its caption leaves it no room."""

    elements: list[Element]
    over: bool


def caption_of(picture: Mapping[str, Any]) -> str:
    """The caption as it is printed: with the credit at its end."""
    words = (" ".join(picture[name].split()) for name in ("caption", "credit"))
    return CREDIT_SPACE.join(text for text in words if text)


def set_picture(picture: Mapping[str, Any], sheet: Sheet, design: Design, fonts: Fonts) -> SetPicture:
    """Set one picture into its rectangle."""
    frame = sheet.frame(rectangle_of(picture))
    style, words = design.caption, caption_of(picture)
    lines = texts_of(words, break_lines(words, style.face, round(frame.width / style.size, 4), 0.0, fonts))
    height = frame.height - len(lines) * sheet.leading - (_GAP if lines else 0)
    over = height < _LOWEST
    height = max(height, _LOWEST)
    drawn = [
        elements.picture(
            picture["photo"],
            picture["fingerprint"],
            picture["alt"] or picture["caption"],
            x=frame.x,
            # The picture's upper edge stands where the ink of a line beside it does.
            y=frame.y + (sheet.leading - sheet.body_size) / 2,
            width=frame.width,
            height=height - (sheet.leading - sheet.body_size) / 2,
            crop=crop(picture, frame.width / height),
        )
    ]
    if lines:
        drawn.append(
            elements.paragraph(
                "caption",
                lines,
                x=frame.x,
                y=frame.y + frame.height - len(lines) * sheet.leading,
                width=frame.width,
                face=style.face,
                size=style.size,
                leading=sheet.leading,
                indent=0.0,
                ends=True,
                latin=is_mostly_latin(words),
            )
        )
    return SetPicture(drawn, over)


def crop(picture: Mapping[str, Any], ratio: float) -> tuple[float, float, float, float]:
    """What of the photo fills a frame of this ratio of width to height: as much as goes, less with `zoom`, with
    the focal point as near to the middle as the photo's edges let it; left, top, right, bottom as parts of one.
    """
    x, y = picture["focal"]
    return part_around(tuple(picture["pixels"]), ratio, Framing(x, y, picture["zoom"]))
