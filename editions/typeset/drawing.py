"""From layouts to what the engine draws: elements in reading order, with the pictures cut to their frames.

Runs in the worker. Photos are cut from their originals, upright and in sRGB, as the web shows them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from PIL import Image

from articles.pictures.imaging import cut
from editions.typeset.fonts import FILES
from editions.typeset.measuring import is_mostly_latin, narrow_marks
from editions.typeset.separation import to_cmyk

# Bleed (出血) and the whole margin of a press sheet, in points: 3 mm and 10 mm.
BLEED, AROUND = 8.504, 28.346
# Pictures are cut to what a newspaper press can show, and to what a screen page needs.
PRESS_DPI, READER_DPI = 240, 150
_QUALITY = 88
# What stands for a character that no font has (倒空): seen on a proof by everybody, and printed by no press.
_TURNED_SORT = "〓"

Layout = Mapping[str, Any]


def drawing_of(
    layouts: Sequence[Layout], files: Mapping[str, str], folder: Path, *, press: bool, dpi: float, tagged: bool
) -> str:
    """The JSON that `page.typ` draws. `files` are paths of photos by fingerprint; what is cut of them is
    written into `folder`.
    """
    first = layouts[0]
    cutter = _Cutter(files, folder, dpi=dpi, press=press)
    pages = {layout["page"]["order"]: number for number, layout in enumerate(layouts, start=1)}
    labels = {layout["page"]["label"]: pages[layout["page"]["order"]] for layout in layouts}
    return json.dumps(
        {
            "press": press,
            "tagged": tagged,
            "around": AROUND if press else 0,
            "bleed": BLEED,
            "title": first["title"] if len(layouts) == 1 else first["title"].rpartition(" 第")[0],
            "author": first["author"],
            "day": [int(part) for part in first["day"].split("-")],
            "faces": {face: {"family": font.family, "weight": font.weight} for face, font in FILES.items()},
            "pages": [
                {
                    "width": layout["width"],
                    "height": layout["height"],
                    "elements": [
                        _drawn(element, cutter, labels, _stand_ins(layout)) for element in elements_of(layout)
                    ],
                }
                for layout in layouts
            ],
        },
        ensure_ascii=False,
    )


def elements_of(layout: Layout) -> Iterator[Mapping[str, Any]]:
    """Everything drawn on the page: what it says of itself, then story by story as it is read."""
    yield from layout["furniture"]
    for story in layout["stories"]:
        yield from story["elements"]


def _stand_ins(layout: Mapping[str, Any]) -> dict[int, str]:
    """What is drawn for characters that no font has, by their codes."""
    return {ord(one["character"]): _TURNED_SORT for one in layout["missing"]}


def _drawn(
    element: Mapping[str, Any], cutter: _Cutter, labels: Mapping[str, int], stand_ins: Mapping[int, str]
) -> dict[str, Any]:
    if element["kind"] == "picture":
        return {**element, "file": cutter.cut(element)}
    if element["kind"] not in {"text", "paragraph"}:
        return dict(element)
    runs = element.get("bold", [])
    latin = element["latin"] if element["kind"] == "paragraph" else is_mostly_latin("".join(element["lines"]))
    lines = [
        _segments(
            line.translate(stand_ins), [run for run in runs if run[0] == number], set(narrow_marks(line, latin=latin))
        )
        for number, line in enumerate(element["lines"])
    ]
    drawn = {**element, "lines": lines, "lang": "en" if latin else "zh"}
    if element["role"] == "turn":
        label = element["lines"][0].partition("第")[2].partition("版")[0]
        drawn["to"] = labels.get(label)
    return drawn


def _segments(line: str, runs: Sequence[Sequence[int]], narrow: Collection[int]) -> list[tuple[str, bool, bool]]:
    """A line as (text, bold, narrow) in order; `narrow` are the places of marks that fill no square."""
    bold = {place for _number, start, end in runs for place in range(start, end)}
    looks = groupby(range(len(line)), key=lambda place: (place in bold, place in narrow))
    return [("".join(line[place] for place in places), *look) for look, places in looks]


class _Cutter:
    """Cuts photos to their frames, each cut once a job."""

    def __init__(self, files: Mapping[str, str], folder: Path, *, dpi: float, press: bool) -> None:
        self.files, self.folder, self.dpi, self.press = files, folder, dpi, press

    def cut(self, element: Mapping[str, Any]) -> str | None:
        """The file name of the part of the photo that fills the frame; None where there is no such photo, for which
        a grey field stands on a proof. Raises FileNotFoundError for the press, which prints no grey field.
        """
        source = self.files.get(element["fingerprint"])
        if source is None or not Path(source).is_file():
            if self.press:
                raise FileNotFoundError(f"the original of photo {element['photo']} is not in the store")
            return None
        number = len(list(self.folder.iterdir()))
        name = f"{number}.jpg"
        part = self._part(Path(source).read_bytes(), element)
        part.save(self.folder / name, "JPEG", quality=_QUALITY, dpi=(self.dpi, self.dpi))
        return f"{self.folder.name}/{name}"

    def _part(self, photo: bytes, element: Mapping[str, Any]) -> Image.Image:
        left, top, right, bottom = element["crop"]
        size = (
            max(round(element["width"] / 72 * self.dpi), 1),
            max(round(element["height"] / 72 * self.dpi), 1),
        )
        part = cut(photo, (left, top, right, bottom), size)
        return to_cmyk(part) if self.press else part
