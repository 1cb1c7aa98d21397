"""Which part of a photo is shown in a frame of another shape: geometry, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

RATIOS: Final = {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1), "3x4": (3, 4)}
"""The shapes that the house cuts photos to, width to height: wide screens, lists, squares, portraits."""

SMALLEST_ZOOM, LARGEST_ZOOM = 100, 400


class Part(NamedTuple):
    """A part of a photo: its edges as parts of one of the upright photo's sides."""

    left: float
    top: float
    right: float
    bottom: float


class Framing(NamedTuple):
    """Where a crop looks: the point it has in its middle, in per cent of the photo from the left and the top, and
    how much closer than needed it goes, in per cent: 100 keeps as much as the shape lets.
    """

    x: float
    y: float
    zoom: float = SMALLEST_ZOOM


def part_around(size: tuple[int, int], ratio: float, framing: Framing) -> Part:
    """What of a photo of `size` fills a frame of this ratio of width to height, with the point as near to the
    middle as the photo's edges let it.
    """
    width, height = _share(size, ratio)
    width, height = width * 100 / framing.zoom, height * 100 / framing.zoom
    left = min(max(framing.x / 100 - width / 2, 0.0), 1.0 - width)
    top = min(max(framing.y / 100 - height / 2, 0.0), 1.0 - height)
    return Part(left, top, left + width, top + height)


def framing_of(size: tuple[int, int], ratio: float, part: Part) -> Framing:
    """The framing, in whole per cent, that gives this part of this ratio."""
    share = _share(size, ratio)[0]
    return Framing(
        round(50 * (part.left + part.right)),
        round(50 * (part.top + part.bottom)),
        round(100 * share / (part.right - part.left)),
    )


def parts_of(size: tuple[int, int], focal_point: Framing, by_hand: Mapping[str, Sequence[float]]) -> dict[str, Part]:
    """What each house ratio shows of a photo: the edges set by hand, else the part around the focal point."""
    return {
        name: Part(*by_hand[name]) if name in by_hand else part_around(size, ratio_of(name), focal_point)
        for name in RATIOS
    }


def edges_of(size: tuple[int, int], by_hand: Mapping[str, Framing]) -> dict[str, list[float]]:
    """The edges of the crops that are set by hand, as they are kept. Raises KeyError for no house ratio."""
    return {
        name: [round(edge, 5) for edge in part_around(size, ratio_of(name), framing)]
        for name, framing in by_hand.items()
    }


def ratio_of(name: str) -> float:
    """Width to height of a house ratio. Raises KeyError."""
    width, height = RATIOS[name]
    return width / height


def _share(size: tuple[int, int], ratio: float) -> tuple[float, float]:
    """The largest part of this ratio: its width and height as parts of the photo's."""
    own = size[0] / size[1]
    return min(ratio / own, 1.0), min(own / ratio, 1.0)
