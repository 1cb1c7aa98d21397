"""The process that sets pages: `python -m editions.typeset.worker FONTS`. Reads jobs, answers each, no network.

It is given no database and no secret. A job that breaks it costs that job alone: the desk starts another.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pikepdf
import pypdfium2
import typst
from django.conf import settings
from PIL import Image

from articles.pictures.imaging import ImageRefused
from editions.typeset.compose import compose
from editions.typeset.confinement import confine
from editions.typeset.drawing import AROUND, BLEED, PRESS_DPI, READER_DPI, drawing_of
from editions.typeset.fonts import Fonts
from editions.typeset.lines import break_lines
from editions.typeset.messages import receive, send
from editions.typeset.needs import needs_of

_TEMPLATE = Path(__file__).parent / "page.typ"
_NOTHING, _COMPILATIONS_REMEMBERED = "nothing.typ", 11
# A picture of a page is looked at, not kept for good: quick to make before small.
_PNG_EFFORT, _WEBP_QUALITY, _WEBP_EFFORT = 1, 75, 2

Job = Mapping[str, Any]


class Worker:
    """The engine with its fonts, in a folder that holds nothing but the template and one job's pictures."""

    def __init__(self, fonts_folder: Path, root: Path) -> None:
        self.fonts = Fonts(fonts_folder)
        self.root = root
        shutil.copy(_TEMPLATE, root / _TEMPLATE.name)
        (root / _NOTHING).touch()
        self.jobs = 0
        self._answers: dict[str, Callable[[Job], tuple[dict[str, Any], list[bytes]]]] = {
            "compose": self._compose,
            "rows": self._rows,
            "needs": self._needs,
            "picture": self._picture,
            "pdf": self._pdf,
        }

    def answer(self, job: Job) -> tuple[dict[str, Any], list[bytes]]:
        """Do one job."""
        return self._answers[job["do"]](job)

    @cached_property
    def _compiler(self) -> typst.Compiler:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(self.fonts.folder)]
        )
        return typst.Compiler(root=str(self.root), font_paths=fonts, ignore_system_fonts=True)

    def _compose(self, job: Job) -> tuple[dict[str, Any], list[bytes]]:
        return {"layouts": [compose(description, self.fonts) for description in job["descriptions"]]}, []

    def _rows(self, job: Job) -> tuple[dict[str, Any], list[bytes]]:
        """How many lines each text takes: paragraphs in a column of so many em, first lines indented."""
        rows = [
            sum(len(break_lines(text, "song", job["width"], job["indent"], self.fonts)) for text in paragraphs)
            for paragraphs in job["texts"]
        ]
        return {"rows": rows}, []

    def _needs(self, job: Job) -> tuple[dict[str, Any], list[bytes]]:
        return {"needs": needs_of(job["description"], job["styles"], self.fonts)}, []

    def _picture(self, job: Job) -> tuple[dict[str, Any], list[bytes]]:
        layout = job["layout"]
        scale = job["width"] / layout["width"]
        pdf = self._compile([layout], job["files"], press=False, dpi=72 * scale, tagged=False)
        page = pypdfium2.PdfDocument(pdf)[0]
        image = page.render(scale=scale).to_pil().convert("RGB")
        # Pages of one design are of one width to the pixel, whatever the rounding.
        if image.width != job["width"]:
            image = image.resize((job["width"], image.height), Image.Resampling.BILINEAR)
        return {"width": image.width, "height": image.height}, [_encoded(image, name) for name in job["formats"]]

    def _pdf(self, job: Job) -> tuple[dict[str, Any], list[bytes]]:
        press = job["press"]
        dpi = PRESS_DPI if press else READER_DPI
        pdf = self._compile(job["layouts"], job["files"], press=press, dpi=dpi, tagged=not press)
        return {}, [_with_boxes(pdf) if press else pdf]

    def _compile(
        self, layouts: list[dict[str, Any]], files: Mapping[str, str], *, press: bool, dpi: float, tagged: bool
    ) -> bytes:
        """The PDF of these pages. Pictures lie in a folder of the job's own, which goes with it."""
        self.jobs += 1
        folder = self.root / f"job-{self.jobs}"
        folder.mkdir()
        try:
            drawing = drawing_of(layouts, files, folder, press=press, dpi=dpi, tagged=tagged)
            pdf = self._compiler.compile(
                str(self.root / _TEMPLATE.name),
                format="pdf",
                sys_inputs={"drawing": drawing},
                pdf_standards="a-2a" if tagged else None,
                pdf_tags=tagged,
            )
        finally:
            shutil.rmtree(folder)
            self._forget()
        return cast(bytes, pdf)

    def _forget(self) -> None:
        """Let the engine drop what it remembers of earlier pages, their decoded pictures above all.

        It keeps what was of use in its last compilations; a few of nothing are enough to age it out.
        """
        for _number in range(_COMPILATIONS_REMEMBERED):
            self._compiler.compile(str(self.root / _NOTHING), format="png", ppi=1)


def _encoded(image: Image.Image, name: str) -> bytes:
    out = io.BytesIO()
    if name == "webp":
        image.save(out, "WEBP", quality=_WEBP_QUALITY, method=_WEBP_EFFORT)
    else:
        image.save(out, "PNG", compress_level=_PNG_EFFORT)
    return out.getvalue()


def _with_boxes(pdf: bytes) -> bytes:
    """The press sheets with their boxes: where they are trimmed (TrimBox), and how far colour may bleed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as sheets:
        for page in sheets.pages:
            _left, _bottom, width, height = (float(side) for side in page.mediabox)
            page.trimbox = pikepdf.Rectangle(AROUND, AROUND, width - AROUND, height - AROUND)
            edge = AROUND - BLEED
            page.bleedbox = pikepdf.Rectangle(edge, edge, width - edge, height - edge)
        sheets.save(out, deterministic_id=True)
    return out.getvalue()


def serve(worker: Worker) -> None:
    """Answer jobs until the desk goes. What a job does wrong is said; the worker lives on."""
    # Whatever else writes to standard output must not get between the messages.
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while True:
        try:
            job, _pieces = receive(jobs)
        except EOFError:
            return
        try:
            header, pieces = worker.answer(job)
        except (RuntimeError, ValueError, OSError, LookupError, MemoryError, ImageRefused) as error:
            header, pieces = {"failed": f"{type(error).__name__}: {error}"[:2000]}, []
        send(answers, header, pieces)


def main() -> None:
    settings.configure(USE_I18N=False)
    with tempfile.TemporaryDirectory(prefix="typeset-") as root:
        worker = Worker(Path(sys.argv[1]), Path(root))
        confine()
        serve(worker)


if __name__ == "__main__":
    main()
