"""The desk's scripts have no build that would notice: what one imports is there, and what one exports is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

SCRIPTS = Path(settings.BASE_DIR) / "newsroom" / "static" / "desk"
_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";', re.M)
_EXPORT = re.compile(r"^export (?:async )?(?:function|class|const) (\w+|\{[^}]*\})", re.M)


def imports_of(script: Path) -> list[tuple[Path, str]]:
    """(file, name) of everything that a script imports from another of ours."""
    found = _IMPORT.findall(script.read_text())
    return [
        ((script.parent / path).resolve(), name.split(" as ")[0].strip())
        for names, path in found
        for name in names.split(",")
    ]


def exports_of(script: Path) -> list[str]:
    found = _EXPORT.findall(script.read_text())
    return [name.strip() for names in found for name in names.strip("{}").split(",")]


ALL = sorted(SCRIPTS.rglob("*.js"))


@pytest.mark.parametrize("script", ALL, ids=lambda script: str(script.relative_to(SCRIPTS)))
def test_what_a_script_imports_is_there(script):
    for file, name in imports_of(script):
        assert file.exists(), file
        assert name in exports_of(file)


def test_what_a_script_exports_another_one_imports():
    imported = {one for script in ALL for one in imports_of(script)}
    unused = [(script.name, name) for script in ALL for name in exports_of(script) if (script, name) not in imported]
    assert unused == []
