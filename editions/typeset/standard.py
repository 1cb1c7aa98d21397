"""The page templates every new newspaper begins with: broadsheet, Berliner and tabloid, from `templates/`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"
NAMES = ("broadsheet", "berliner", "tabloid")


def standard_template(name: str) -> dict[str, Any]:
    """The fields of one standard page template, by the names of `PageTemplate`'s own."""
    data = tomllib.loads((TEMPLATES / f"{name}.toml").read_text(encoding="utf-8"))
    common = tomllib.loads((TEMPLATES / "common.toml").read_text(encoding="utf-8"))
    return {**data["sheet"], "design": {**common, **data["design"]}}


def standard_design() -> dict[str, Any]:
    """The broadsheet's design: what a new page template begins with."""
    design: dict[str, Any] = standard_template("broadsheet")["design"]
    return design
