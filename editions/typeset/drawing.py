"""From layouts to what the engine draws: elements in reading order, with the pictures cut to their frames.

Runs in the worker; Pillow alone besides the standard library.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from PIL import Image

from editions.typeset.fonts import FILES
from editions.typeset.measuring import is_mostly_latin, narrow_quotes
from editions.typeset.separation import to_cmyk

# Bleed (出血) and the whole margin of a press sheet, in points: 3 mm and 10 mm.
BLEED, AROUND = 8.504, 28.346
# Pictures are cut to what a newspaper press can show, and to what a screen page needs.
PRESS_DPI, READER_DPI = 240, 150
_QUALITY = 88

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
                    "elements": [_drawn(element, cutter, labels) for element in elements_of(layout)],
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


def _drawn(element: Mapping[str, Any], cutter: _Cutter, labels: Mapping[str, int]) -> dict[str, Any]:
    if element["kind"] == "picture":
        return {**element, "file": cutter.cut(element)}
    if element["kind"] not in {"text", "paragraph"}:
        return dict(element)
    runs = element.get("bold", [])
    latin = element["latin"] if element["kind"] == "paragraph" else is_mostly_latin("".join(element["lines"]))
    lines = [
        _segments(line, [run for run in runs if run[0] == number], set(narrow_quotes(line, latin=latin)))
        for number, line in enumerate(element["lines"])
    ]
    drawn = {**element, "lines": lines, "lang": "en" if latin else "zh"}
    if element["role"] == "turn":
        label = element["lines"][0].partition("第")[2].partition("版")[0]
        drawn["to"] = labels.get(label)
    return drawn


def _segments(line: str, runs: Sequence[Sequence[int]], narrow: Collection[int]) -> list[tuple[str, bool, bool]]:
    """A line as (text, bold, narrow) in order; `narrow` are the places of quotation marks that fill no square."""
    bold = {place for _number, start, end in runs for place in range(start, end)}
    looks = groupby(range(len(line)), key=lambda place: (place in bold, place in narrow))
    return [("".join(line[place] for place in places), *look) for look, places in looks]


class _Cutter:
    """Cuts photos to their frames, each cut once a job."""

    def __init__(self, files: Mapping[str, str], folder: Path, *, dpi: float, press: bool) -> None:
        self.files, self.folder, self.dpi, self.press = files, folder, dpi, press

    def cut(self, element: Mapping[str, Any]) -> str | None:
        """The file name of the part of the photo that fills the frame; None where there is no such photo."""
        source = self.files.get(element["fingerprint"])
        if source is None or not Path(source).is_file():
            return None
        number = len(list(self.folder.iterdir()))
        name = f"{number}.jpg"
        with Image.open(source) as photo:
            part = self._part(photo, element)
        part.save(self.folder / name, "JPEG", quality=_QUALITY, dpi=(self.dpi, self.dpi))
        return f"{self.folder.name}/{name}"

    def _part(self, photo: Image.Image, element: Mapping[str, Any]) -> Image.Image:
        left, top, right, bottom = element["crop"]
        size = (
            max(round(element["width"] / 72 * self.dpi), 1),
            max(round(element["height"] / 72 * self.dpi), 1),
        )
        across = photo.width * (right - left)
        if photo.format == "JPEG" and across > 2 * size[0]:
            photo.draft("RGB", (round(photo.width * size[0] / across), round(photo.height * size[0] / across)))
        crop = (left * photo.width, top * photo.height, right * photo.width, bottom * photo.height)
        # Never enlarged: what a photo does not have, no engine can add.
        target = min(size[0], max(round(crop[2] - crop[0]), 1)), min(size[1], max(round(crop[3] - crop[1]), 1))
        part = photo.convert("RGB").resize(target, Image.Resampling.LANCZOS, box=crop)
        return to_cmyk(part) if self.press else part
