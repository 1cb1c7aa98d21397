"""A list of stories as a file for a spreadsheet, which does nothing but show it.

A spreadsheet runs what looks like a formula, in CSV whatever begins with one of `= + - @`, a tab or a line
end (OWASP, CSV Injection; the full-width forms count too, for Excel reads them alike). Such a cell gets an
apostrophe before it in CSV; in XLSX it is text by its type, and marked so that it stays text when edited.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from articles.lists.columns import Column, Value, said_of
from articles.models import Article
from newsroom.dates import zone

# More rows than this are no list to work on but an archive.
MOST_ROWS = 10_000
# Excel knows a UTF-8 file by it.
BYTE_ORDER_MARK = "\ufeff"

_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
# What XML cannot hold, and with it XLSX: control characters, lone surrogates, the two that are no characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTHS = {"story": 46, "time": 18, "people": 22, "number": 10}


class _Line:
    """Something to write to that hands back what was written."""

    def write(self, text: str) -> str:
        return text


def as_csv(stories: Iterable[Article], columns: Sequence[Column], ending: Iterable[str] = ()) -> Iterator[str]:
    """The file line by line, as it is read from the database; `ending` stands below the last row."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(headings(columns))
    for article in stories:
        yield writer.writerow([_harmless(_text(value)) for _column, value in said_of(article, columns)])
    yield from (writer.writerow([line]) for line in ending)


def as_xlsx(stories: Iterable[Article], columns: Sequence[Column], ending: Iterable[str] = ()) -> bytes:
    """The file as a whole: times as a spreadsheet's own, numbers as numbers, everything else as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Stories")[:31])
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        width = _WIDTHS.get(column.name) or _WIDTHS.get(column.kind, 16)
        sheet.column_dimensions[get_column_letter(place)].width = width
    rows = ([_cell(sheet, value) for _column, value in said_of(article, columns)] for article in stories)
    heading = [_cell(sheet, text) for text in headings(columns)]
    for row in chain([heading], rows, ([_cell(sheet, line)] for line in ending)):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def headings(columns: Sequence[Column]) -> list[str]:
    """The names of the columns; those of times say their zone."""
    return [
        _("%(column)s, %(zone)s") % {"column": column.label, "zone": zone()}
        if column.kind == "time"
        else str(column.label)
        for column in columns
    ]


def _cell(sheet: object, value: Value) -> WriteOnlyCell:
    if isinstance(value, datetime.datetime):
        cell = WriteOnlyCell(sheet, timezone.make_naive(value).replace(second=0, microsecond=0))
        cell.number_format = "yyyy-mm-dd hh:mm"
        return cell
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    text = _UNWRITABLE.sub("", value or "")
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = bool(_FORMULA.match(text))
    return cell


def _text(value: Value) -> str:
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return _UNWRITABLE.sub("", "" if value is None else str(value))


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
