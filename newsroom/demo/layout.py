"""From a page as `editions.toml` describes it to the arrangement that the desk takes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_WORDS = ("kicker", "headline", "subhead")
_RECTANGLE = ("column", "row", "width", "height")


def arrangement(
    stories: Sequence[Mapping[str, Any]], numbers: Mapping[str, int], photos: Mapping[str, int]
) -> dict[str, Any]:
    """The page's stories in its order, and their places; `numbers` and `photos` by the names the files use."""
    return {
        "stories": [_treatment(order, story, numbers) for order, story in enumerate(stories, start=1)],
        "placements": [
            {"article": numbers[story["story"]], **place} for story in stories for place in _places(story, photos)
        ],
    }


def _treatment(order: int, story: Mapping[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "article": numbers[story["story"]],
        "order": order,
        "headline_style": story["style"],
        "headline_columns": story.get("headline_columns", 0),
        "text_columns": story.get("text_columns", 0),
        "boxed": story.get("boxed", False),
        "label": story.get("label", ""),
        **{name: story.get(name) for name in _WORDS},
    }


def _places(story: Mapping[str, Any], photos: Mapping[str, int]) -> list[dict[str, Any]]:
    """Where its text lies, in reading order, and its pictures."""
    texts = [_rectangle(place) for place in story.get("text", [])]
    pictures = [
        {
            "photo": photos[picture["photo"]],
            **_rectangle(picture["at"]),
            **dict(zip(("focal_x", "focal_y"), picture.get("focal", [50, 50]), strict=True)),
            "zoom": picture.get("zoom", 100),
            "caption": picture.get("caption"),
        }
        for picture in story.get("photos", [])
    ]
    return texts + pictures


def _rectangle(place: Sequence[int]) -> dict[str, int]:
    return dict(zip(_RECTANGLE, place, strict=True))
