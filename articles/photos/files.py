"""Files that belong to rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.fields.files import FieldFile


@contextmanager
def files_go_with_the_rows() -> Iterator[list[FieldFile]]:
    """Take the files listed back out of the store where their rows are not saved."""
    files: list[FieldFile] = []
    try:
        yield files
    except Exception:
        for file in files:
            file.storage.delete(str(file.name))
        raise
