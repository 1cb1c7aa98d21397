"""ARCHITECTURE.md's rooms against the code: every module has its place there, and nothing there is gone.

A module is named in the entry of its folder. Where an entry names no module of its folder, the folder stands for all
that is in it; so does a folder inside it that the entry names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("newsroom", "articles", "editions")
NAME = re.compile(r"\w+(?:/|\.py)")


def entries(app: str) -> Iterator[tuple[list[str], set[str]]]:
    """What the tree says of an app's rooms: the files and folders that begin an entry, and all names in its words."""
    tree = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## Rooms")[1].split("```")[1]
    [block] = re.findall(rf"^{app}/(?: .*)?\n((?:  .*\n)+)", tree, re.M)
    for entry in re.split(r"^  (?! )", block, flags=re.M)[1:]:
        heads, _, words = re.sub(r" {2,}|\n", "\t", entry).partition("\t")
        yield heads.split(), set(NAME.findall(words))


def modules(app: str) -> list[Path]:
    found = (path.relative_to(ROOT / app) for path in (ROOT / app).rglob("*.py"))
    return sorted(path for path in found if path.name != "__init__.py" and "migrations" not in path.parts)


def is_placed(path: Path, rooms: list[tuple[list[str], set[str]]]) -> bool:
    head, *inside = path.parts
    if not inside:
        return any(head in heads for heads, _words in rooms)
    for heads, words in rooms:
        if f"{head}/" in heads:
            names_modules = any(word.endswith(".py") for word in words)
            return not names_modules or path.name in words or any(f"{folder}/" in words for folder in inside[:-1])
    return False


@pytest.mark.parametrize("app", APPS)
def test_every_module_has_its_place_in_the_rooms(app):
    rooms = list(entries(app))
    assert [str(path) for path in modules(app) if not is_placed(path, rooms)] == []


@pytest.mark.parametrize("app", APPS)
def test_what_the_rooms_name_is_there(app):
    here = {f"{path.name}/" if path.is_dir() else path.name for path in (ROOT / app).rglob("*")}
    named = {name for heads, words in entries(app) for name in (*heads, *words)}
    assert named - here == set()
