"""Fails where a string that a user sees has no Chinese translation, or the catalogue has fallen behind.

Collects the strings of the sources afresh with `makemessages` into a copy, and compares.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = "locale/zh_Hans/LC_MESSAGES/django.po"
SOURCES = ("newsroom", "articles", "editions", "templates", "locale", "manage.py")


def main() -> int:
    """Print every gap; 1 where there is one."""
    if shutil.which("xgettext") is None:
        sys.exit("xgettext is missing: apt-get install gettext")
    kept, fresh = _read(ROOT / CATALOGUE), _collect()
    gaps = [f"not translated: {name}" for name in _untranslated(kept)]
    gaps += [f"not in the catalogue (make messages): {name}" for name in _names(fresh) - _names(kept)]
    gaps += [f"no longer in the sources (make messages): {name}" for name in _names(kept) - _names(fresh)]
    sys.stdout.write("".join(f"{gap}\n" for gap in gaps))
    return 1 if gaps else 0


def _collect() -> Catalog:
    """The catalogue as `makemessages` makes it of the sources now, in a copy of them."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", "--locale", "zh_Hans", "--no-wrap", "--no-location"],
            cwd=copy,
            env={**os.environ, "NEWSROOM_VAR": str(copy / "var")},
            check=True,
            capture_output=True,
        )
        return _read(copy / CATALOGUE)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _names(catalogue: Catalog) -> set[str]:
    return {_name(message) for message in catalogue if message.id}


def _untranslated(catalogue: Catalog) -> list[str]:
    return [_name(m) for m in catalogue if m.id and (m.fuzzy or not _all(m.string))]


def _all(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def _name(message: Message) -> str:
    """The string with its context, where it has one: the same word in another context is another string."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"{text} [{message.context}]" if message.context else text


if __name__ == "__main__":
    sys.exit(main())
