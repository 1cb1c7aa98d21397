"""A spreadsheet of words, CSV or XLSX, read into rows; pure, and nothing is decided about them here."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

COLUMNS = ("word", "kind", "replacements", "note", "exceptions")
MOST_ROWS = 50_000
MOST_BYTES = 8_000_000
# What the first cell of a heading says; such a first row is no word.
_HEADINGS = frozenset(["word", "词语", "词", "词条", "原词", "字词"])


class UnreadableSheet(ValueError):
    """The file is no CSV or XLSX, or larger than a word list is."""


class SheetRow(NamedTuple):
    """One row as it was typed, with its number in the sheet."""

    number: int
    word: str
    kind: str = ""
    replacements: str = ""
    note: str = ""
    exceptions: str = ""


def read_sheet(data: bytes) -> list[SheetRow]:
    """The rows of a CSV (UTF-8 or GB 18030) or of the first sheet of an XLSX, empty ones and a heading left out.

    Raises UnreadableSheet.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableSheet
    cells = _cells_of_workbook(data) if data.startswith(b"PK") else _cells_of_csv(data)
    rows = []
    for number, row in enumerate(cells, start=1):
        if number > MOST_ROWS:
            raise UnreadableSheet
        texts = [" ".join(text.split()) for text in row[: len(COLUMNS)]]
        if any(texts) and not (number == 1 and texts[0].lower() in _HEADINGS):
            rows.append(SheetRow(number, *texts))
    return rows


def as_csv(rows: Iterable[SheetRow]) -> str:
    """The rows as a CSV that `read_sheet` reads as the same rows; row numbers are kept by empty lines."""
    out = io.StringIO()
    writer = csv.writer(out)
    next_number = 1
    for row in rows:
        for _gap in range(row.number - next_number):
            writer.writerow([""])
        writer.writerow(row[1:])
        next_number = row.number + 1
    return out.getvalue()


def _cells_of_csv(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _as_gb18030(data)
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error as error:
        raise UnreadableSheet from error


def _as_gb18030(data: bytes) -> str:
    """The text of a file that a Chinese spreadsheet program saved by its own default."""
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnreadableSheet from error


def _cells_of_workbook(data: bytes) -> Iterator[list[str]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(max_col=len(COLUMNS), values_only=True):
            yield ["" if value is None else str(value) for value in row]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError) as error:
        raise UnreadableSheet from error
