"""The container of an EPUB: a ZIP whose bytes follow from what is in it. Pure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import NamedTuple

MEDIA_TYPE = "application/epub+zip"
# A ZIP knows no earlier time: what is in the book has times of its own.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


class File(NamedTuple):
    """A file of the book; `is_packed` where its bytes are as few as they can be already."""

    name: str
    content: bytes
    is_packed: bool = False


def packed(files: Iterable[File]) -> bytes:
    """The book: its media type first and as it is, by which programs know it, then the files in their order."""
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        for file in (File("mimetype", MEDIA_TYPE.encode(), is_packed=True), *files):
            entry = zipfile.ZipInfo(file.name, _NO_TIME)
            entry.create_system, entry.external_attr = 3, _READABLE
            entry.compress_type = zipfile.ZIP_STORED if file.is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.content)
    return book.getvalue()
