"""ARCHITECTURE.md's rule index against the code: every place and every test it names exists."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (?P<rule>[^|]+) \| (?P<places>`[^|]+) \| (?P<tests>`tests/[^|]+) \|$", re.M)
ROWS = [match.groupdict() for match in ROW.finditer((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_index_is_there():
    assert len(ROWS) > 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["rule"])
def test_what_the_index_names_exists(row):
    for place in names(row["places"]):
        assert exists(place), place
    for test in names(row["tests"]):
        path, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), test


def exists(place: str) -> bool:
    """`module.attribute`, `module.Class.attribute`, a script by its path, or `constraint name` of one of the models
    or migrations.
    """
    if place.endswith(".js"):
        return (ROOT / place).is_file()
    if place.startswith("constraint "):
        folders = ("*/models", "newsroom/staff/models", "*/migrations")
        sources = [source for folder in folders for source in ROOT.glob(f"{folder}/*.py")]
        return any(re.search(rf"\b{place.split()[1]}\b", source.read_text(encoding="utf-8")) for source in sources)
    parts = place.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        return all((found := getattr(found, part, None)) is not None for part in parts[cut:])
    return False
