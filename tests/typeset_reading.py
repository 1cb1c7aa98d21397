"""Reading a page back from its PDF, object by object in the order in which it is drawn."""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from editions.typeset.drawing import elements_of
from tests import typeset_pages as tp


class Drawn(NamedTuple):
    """Words on one baseline: where their ink begins and ends, in points from the top left."""

    text: str
    base: float
    left: float
    right: float


def texts_drawn(pdf: bytes, page: int = 0) -> Iterator[Drawn]:
    """The text objects of a page in the order in which they are drawn."""
    with pypdfium2.PdfDocument(pdf) as document:
        opened = document[page]
        words = opened.get_textpage()
        for drawn in opened.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9):
            matrix = drawn.get_matrix()
            left, _bottom, right, _top = drawn.get_bounds()
            yield Drawn(_text(drawn, words), opened.get_height() - matrix.f, left, right)


def texts_composed(layout: Mapping[str, Any]) -> Iterator[Drawn]:
    """Every line of a layout, with the frame it has."""
    for element in elements_of(layout):
        if element["kind"] in {"text", "paragraph"}:
            ascent = (element["leading"] - element["size"]) / 2 + 0.88 * element["size"]
            for number, line in enumerate(element["lines"]):
                base = element["y"] + number * element["leading"] + ascent
                yield Drawn(line, base, element["x"], element["x"] + element["width"])


def on_one_line(texts: Iterable[Drawn]) -> list[Drawn]:
    """What follows from left to right on one baseline, joined; white left out."""
    lines: list[Drawn] = []
    for text, base, left, right in texts:
        if lines and abs(base - lines[-1].base) < 0.5 and right >= lines[-1].right:
            lines[-1] = lines[-1]._replace(text=lines[-1].text + tp.unspaced(text), right=right)
        else:
            lines.append(Drawn(tp.unspaced(text), base, left, right))
    return [line for line in lines if line.text]


def words_by_font(pdf: bytes, page: int = 0) -> dict[str, str]:
    """What is drawn in each font, by its name without the subset's mark."""
    found: dict[str, str] = defaultdict(str)
    with pypdfium2.PdfDocument(pdf) as document:
        opened = document[page]
        words = opened.get_textpage()
        for drawn in opened.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9):
            name = ctypes.create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(drawn.raw), name, 200)
            found[name.value.decode().rpartition("+")[2]] += tp.unspaced(_text(drawn, words))
    return found


def _text(drawn: pypdfium2.PdfObject, words: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(drawn.raw, words.raw, None, 0)
    buffer = (pdfium.FPDF_WCHAR * length)()
    pdfium.FPDFTextObj_GetText(drawn.raw, words.raw, buffer, length)
    # pdfium says U+0002 for a hyphen at the end of a line.
    return bytes(buffer).decode("utf-16-le").rstrip("\0").replace("\2", "-")


def lines_drawn(pdf: bytes, page: int = 0) -> list[str]:
    """The words of each line, without white."""
    return [line.text for line in on_one_line(texts_drawn(pdf, page))]


def all_words(pdf: bytes) -> str:
    """Every word of all pages and what the file says of itself, without the spaces between."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
        facts = document.get_metadata_dict()
    return "".join(" ".join([*texts, *facts.values()]).split())


def all_said(pdf: bytes) -> str:
    """Everything that a PDF says, shown or not, without the spaces between: its words, and every string that it holds,
    among them bookmarks and alternative texts.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        held = [text for one in document.objects for text in _strings(one)]
        metadata = document.Root.Metadata.read_bytes().decode()
    return "".join("".join([all_words(pdf), *held, metadata]).split())


def _strings(held: pikepdf.Object) -> Iterator[str]:
    """The strings of an object of the file; what it refers to is an object of its own."""
    if isinstance(held, pikepdf.String):
        yield str(held)
    elif isinstance(held, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
        parts = held if isinstance(held, pikepdf.Array) else [part for _name, part in held.items()]
        for part in parts:
            if isinstance(part, pikepdf.Object) and not part.is_indirect:
                yield from _strings(part)


def pictures_in(pdf: bytes) -> int:
    """How many pictures a PDF holds, shown or not."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return sum(
            isinstance(one, pikepdf.Stream) and one.get("/Subtype") == pikepdf.Name.Image for one in document.objects
        )
