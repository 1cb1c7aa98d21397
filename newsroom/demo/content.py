"""The demo newsroom's texts as they lie in the folder: TOML in, plain dictionaries out."""

from __future__ import annotations

import datetime
import re
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
WEEKDAYS = "一二三四五六日"
_DATE = re.compile(r"\{([dw])([+-]?\d+)\}")


def read_file(name: str) -> dict[str, Any]:
    """One TOML file of the demo, by its name without the ending."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def read_stories() -> dict[str, dict[str, Any]]:
    """Every story by the name of its file, in the order of the names."""
    return {path.stem: read_file(f"stories/{path.stem}") for path in sorted((HERE / "stories").glob("*.toml"))}


def with_dates(text: str, day: datetime.date) -> str:
    """`text` with {d0}, {d-1}, {w+2} … as dates (3月7日) and weekdays (星期四) counted from `day`."""

    def date_of(match: re.Match[str]) -> str:
        date = day + datetime.timedelta(days=int(match.group(2)))
        return f"{date.month}月{date.day}日" if match.group(1) == "d" else f"星期{WEEKDAYS[date.weekday()]}"

    return _DATE.sub(date_of, text)
