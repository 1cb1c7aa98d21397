"""`typeset 2024-03-07 [--page 2] --out DIR [--press]`: an edition's pages as PDF, picture and data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.errors import Refusal
from editions.models import Edition
from editions.reading.keys import EditionKey
from editions.typeset.layout import report_of
from editions.typesetting import Files, layouts_of, photo_files, picture_of, press_pdf, reader_pdf, side_by_side

PICTURE_WIDTH = 1600


class Command(BaseCommand):
    help = "Typeset the pages of an edition into a folder: page-02.pdf, page-02.png and page-02.json of each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", help="its date, 2024-03-07; an extra's with its number, 2024-03-07-1")
        parser.add_argument("--page", type=int, help="this page alone, by its order")
        parser.add_argument("--out", type=Path, required=True, help="the folder to write into; it is made")
        parser.add_argument("--press", action="store_true", help="PDFs for the press: CMYK, bleed, crop marks")

    def handle(self, *, edition: str, page: int | None, out: Path, press: bool, **options: Any) -> None:
        pages = [
            (found.order, layout)
            for found, _description, layout in self._layouts(_edition(edition))
            if page in (None, found.order)
        ]
        if not pages:
            raise CommandError(_("This edition has no page %(page)s.") % {"page": page})
        files = photo_files(layout for _order, layout in pages)
        jobs = [job for order, layout in pages for job in _jobs(out / f"page-{order:02d}", layout, files, press=press)]
        try:
            out.mkdir(parents=True, exist_ok=True)
            side_by_side(jobs)
        except (Refusal, OSError) as refused:
            raise CommandError(str(refused)) from refused
        for order, layout in pages:
            self.stdout.write(f"page-{order:02d}: " + _summary(layout))

    def _layouts(self, edition: Edition) -> Any:
        try:
            return layouts_of(edition)
        except Refusal as refused:
            raise CommandError(str(refused)) from refused


def _edition(said: str) -> Edition:
    try:
        key = EditionKey.parse(said)
        return Edition.objects.get(date=key.date, extra_number=key.extra_number)
    except (ValueError, Edition.DoesNotExist) as missing:
        raise CommandError(_("There is no edition %(edition)s.") % {"edition": said}) from missing


def _jobs(stem: Path, layout: dict[str, Any], files: Files, *, press: bool) -> list[Callable[[], Any]]:
    """What there is to do for one page: its files, each written when it is made."""
    pdf = press_pdf if press else reader_pdf
    data = json.dumps(report_of(layout), ensure_ascii=False, indent=1)
    return [
        lambda: stem.with_suffix(".pdf").write_bytes(pdf([layout], files=files)),
        lambda: stem.with_suffix(".png").write_bytes(picture_of(layout, width=PICTURE_WIDTH, files=files)),
        lambda: stem.with_suffix(".json").write_text(data + "\n", encoding="utf-8"),
    ]


def _summary(layout: dict[str, Any]) -> str:
    """What does not fit, in a line."""
    over = [story for story in layout["stories"] if story["fit"]["over"]]
    words = [
        ngettext("“%(story)s” is %(lines)s line over", "“%(story)s” is %(lines)s lines over", story["fit"]["over"])
        % {"story": story["headline"], "lines": story["fit"]["over"]}
        for story in over
    ]
    words += [
        _("no font has %(character)s (%(code)s)") % {"character": one["character"], "code": one["code"]}
        for one in layout["missing"]
    ]
    return "; ".join(words) or _("all fits")
