"""The second half of `make bench`: how fast pages are set, and what the worker needs over two hundred of them.

Every round sets new copy, so nothing is remembered from the round before; figures are medians of ten, warm.
A page has seven stories of together some 6,000 characters and one photo, on a broadsheet of 6 × 102.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

# (column, row, width, height) of a page's stories, their headline styles, and the photo's rectangle.
_STORIES = [
    ((1, 1, 4, 34), "lead"),
    ((5, 1, 2, 34), "second"),
    ((1, 69, 3, 34), "third"),
    ((4, 69, 3, 34), "third"),
    ((5, 35, 1, 34), "brief"),
    ((6, 35, 1, 17), "brief"),
    ((6, 52, 1, 17), "brief"),
]
_PHOTO = {"column": 1, "row": 35, "width": 4, "height": 34}
_PAGES = 8


def main() -> None:
    options = _options()
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder) / "photo.jpg")
        bench.run(options.rounds, options.pages)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--pages", type=int, default=200, help="set one after the other for the memory's figure")
    return parser.parse_args()


class Bench:
    """One run: its engine, its photo, and copy that never comes twice."""

    def __init__(self, photo: Path) -> None:
        from django.conf import settings
        from PIL import Image

        from editions.typeset.engine import Engine

        Image.effect_noise((3000, 2000), 60).convert("RGB").save(photo, quality=90)
        self.files = {"photo": str(photo)}
        self.one, self.both = Engine(settings.FONTS, workers=1), Engine(settings.FONTS, workers=2)
        self.random = random.Random(20240307)

    def run(self, rounds: int, pages: int) -> None:
        self._set_edition()
        self._say("fit of one story", rounds, lambda: self._compose(self.one, [self._page(stories=1)]))
        self._say("fit of a page", rounds, lambda: self._compose(self.one, [self._page()]))
        for name, job in self._drawings().items():
            self._say(name, rounds, job)
        self._say("an edition of 8 pages: fit and PDFs", rounds, self._set_edition)
        self._say_memory(pages)

    def _drawings(self) -> dict[str, Callable[[], Any]]:
        def drawn(**job: Any) -> Callable[[], Any]:
            # The fit is known by the time a page is drawn.
            layouts = iter([self._compose(self.one, [self._page()]) for _round in range(40)])
            return lambda: self._draw(next(layouts), **job)

        return {
            "page PDF, for readers": drawn(do="pdf", press=False),
            "page PDF, for the press": drawn(do="pdf", press=True),
            "page image, 1,000 pixels wide": drawn(do="picture", width=1000, formats=["png"]),
            "page image, 1,600 pixels wide": drawn(do="picture", width=1600, formats=["webp"]),
        }

    def _draw(self, layouts: list[dict[str, Any]], **job: Any) -> None:
        self.one.do({**job, "layout": layouts[0], "layouts": layouts, "files": self.files})

    def _compose(self, engine: Any, descriptions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        header, _pieces = engine.do({"do": "compose", "descriptions": descriptions})
        layouts: list[dict[str, Any]] = header["layouts"]
        return layouts

    def _set_edition(self) -> None:
        from editions.typesetting import side_by_side

        def page(order: int, description: dict[str, Any]) -> None:
            layouts = self._compose(self.both, [description])
            self.both.do({"do": "pdf", "press": False, "layouts": layouts, "files": self.files})

        described = [self._page(order=order) for order in range(1, _PAGES + 1)]
        side_by_side([lambda d=d, n=n: page(n, d) for n, d in enumerate(described, start=1)])

    def _say(self, name: str, rounds: int, job: Callable[[], Any]) -> None:
        job()
        seconds = []
        for _round in range(rounds):
            started = time.perf_counter()
            job()
            seconds.append(time.perf_counter() - started)
        low, high = min(seconds), max(seconds)
        sys.stdout.write(f"{name:40}{statistics.median(seconds):8.3f} s   ({low:.3f} to {high:.3f})\n")

    def _say_memory(self, pages: int) -> None:
        for number in range(1, pages + 1):
            layouts = self._compose(self.one, [self._page()])
            self._draw(layouts, do="picture", width=1000, formats=["png"])
            if number % 20 == 0:
                self._draw(layouts, do="pdf", press=True)
            if number in {20, pages}:
                now, peak = _memory(self.one)
                sys.stdout.write(f"worker after {number:4} pages: {now:.0f} MB, at most {peak:.0f} MB\n")

    # -- what is set ----------------------------------------------------------------------------------------

    def _page(self, *, stories: int = len(_STORIES), order: int = 2) -> dict[str, Any]:
        """A description as `snapshot` gives it."""
        from editions.typeset.standard import standard_template

        template = standard_template("broadsheet")
        names = ("width_mm", "height_mm", "columns", "rows", "characters", "body_size", "leading")
        sheet = {name: template[name] for name in names}
        return {
            "format": 1,
            "page": {"order": order, "label": str(order), "name": "综合"},
            "sheet": {**sheet, "side_mm": template["side_margin_mm"], "top_mm": template["top_margin_mm"]},
            "design": template["design"],
            "furniture": _furniture(order),
            "stories": [self._story(n, order) for n in range(stories)],
        }

    def _story(self, number: int, order: int) -> dict[str, Any]:
        (column, row, width, height), style = _STORIES[number]
        frame = {"part": 1, "column": column, "row": row, "width": width, "height": height}
        length = width * (height - 8) * 16
        return {
            "number": number + 1,
            "order": number + 1,
            "genre": "news",
            "version": 1,
            "signed": True,
            "byline": "",
            "blocks": [{"kind": "p", "text": self._text(size), "bold": []} for size in _parted(length)],
            "treatments": [
                {
                    "page": order,
                    "label": str(order),
                    "style": style,
                    "headline_columns": 0,
                    "text_columns": 0,
                    "boxed": False,
                    "mark": "",
                    "kicker": "",
                    "headline": self._text(11),
                    "subhead": self._text(14) if style == "lead" else "",
                    "differs": [],
                    "frames": [frame],
                }
            ],
            "pictures": [self._photo()] if number == 0 else [],
        }

    def _photo(self) -> dict[str, Any]:
        return {
            "photo": 1,
            **_PHOTO,
            "caption": self._text(30),
            "credit": "甲某 摄",
            "alt": "",
            "differs": False,
            "focal": [50, 50],
            "zoom": 100,
            "pixels": [3000, 2000],
            "fingerprint": "photo",
        }

    def _text(self, length: int) -> str:
        from bench_data import WORDS

        text = "".join(self.random.choice([*WORDS, "，", "，", "。", "“", "”", "12"]) for _word in range(length))
        return text[:length]


def _parted(length: int) -> list[int]:
    """The lengths of a story's paragraphs."""
    return [120] * (length // 120) + [length % 120 or 1]


def _furniture(order: int) -> dict[str, Any]:
    day = datetime.date(2024, 3, 7)
    return {
        "kind": "masthead" if order == 1 else "folio",
        "title": "测速日报",
        "title_en": "Bench Daily",
        "publisher": "测速日报社",
        "cn_number": "CN 00-0002",
        "series": 1,
        "day": day.isoformat(),
        "date": "2024年3月7日",
        "weekday": "星期四",
        "lunar": "农历甲辰年正月廿七",
        "pages_today": "今日8版",
        "label": str(order),
        "name": "综合",
        "editor": "甲某",
        "designer": "乙某",
        "proofreader": "丙某",
        "extra": "",
    }


def _memory(engine: Any) -> tuple[float, float]:
    """Resident memory of the engine's one worker now and at most, in megabytes."""
    [process] = engine.process_ids()
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    said = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    now, peak = (int(said[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, peak


if __name__ == "__main__":
    main()
