"""What the pages about proofs show: composed here, decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from editions.models import Page, Proof, ProofMark
from editions.printed_parts import parts_of
from editions.snapshot import describe_page
from editions.typesetting import layouts_of_descriptions

# The width of a plate's drawing; its height follows from the paper.
WIDTH = 1000


class SetNow(NamedTuple):
    """A page as it stands: what it prints, how it is set, and the digests of both."""

    description: dict[str, Any]
    layout: dict[str, Any]
    parts: dict[str, str]


@dataclass(frozen=True)
class Box:
    """A rectangle of a drawing, in its own units; a mark has its figure, and is done or not."""

    x: float
    y: float
    width: float
    height: float
    figure: int | None = None
    done: bool = False


@dataclass(frozen=True)
class Plate:
    """A proof's picture as a drawing with rectangles over it."""

    proof: Proof
    width: int
    height: int
    boxes: list[Box]


def set_page_of(page: Page) -> SetNow:
    """The page as it stands, set. Raises TypesettingFailed."""
    description = describe_page(page)
    [layout] = layouts_of_descriptions([description])
    return SetNow(description, layout, parts_of(description, layout))


def marked_plate(proof: Proof, marks: Sequence[ProofMark]) -> Plate:
    """The proof with the marks on it, counted from 1."""
    plate = changed_plate(proof, [(mark.left, mark.top, mark.width, mark.height) for mark in marks])
    boxes = [
        replace(box, figure=figure, done=mark.settled_at is not None)
        for figure, (box, mark) in enumerate(zip(plate.boxes, marks, strict=True), start=1)
    ]
    return replace(plate, boxes=boxes)


def changed_plate(proof: Proof, areas: Iterable[tuple[float, float, float, float]]) -> Plate:
    """The proof with these areas on it, given in per cent of the paper."""
    across = WIDTH / 100
    down = across * proof.layout["height"] / proof.layout["width"]
    boxes = [Box(left * across, top * down, width * across, height * down) for left, top, width, height in areas]
    return Plate(proof, WIDTH, round(down * 100), boxes)
