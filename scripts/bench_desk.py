"""How quick the desk is on the server: each part is measured through Django's client, in a test database of its own.

    .venv/bin/python scripts/bench_desk.py            all parts, on SQLite
    DATABASE_URL=postgres://… .venv/bin/python scripts/bench_desk.py save

A part is a module `bench_desk_NAME` with a function `measure` that gives names and timings (`bench_timing`).
"""

from __future__ import annotations

import argparse
import importlib
import os
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench_timing import Timing

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("NEWSROOM_VAR", str(ROOT / "var" / "bench"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
PARTS = sorted(path.stem.removeprefix("bench_desk_") for path in (ROOT / "scripts").glob("bench_desk_*.py"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=PARTS)
    options = parser.parse_args()
    import django

    django.setup()
    from django.conf import settings
    from django.test.utils import override_settings, setup_test_environment

    setup_test_environment(debug=False)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}).enable()
    for name in options.parts:
        for what, timings in _measured(name).items():
            sys.stdout.write(_line(what, timings))


def _measured(name: str) -> dict[str, list[Timing]]:
    """The part's timings. Each makes the house that it is measured in, so none meets another's."""
    from django.test.utils import setup_databases, teardown_databases

    old = setup_databases(verbosity=0, interactive=False)
    try:
        timings: dict[str, list[Timing]] = importlib.import_module(f"bench_desk_{name}").measure()
    finally:
        teardown_databases(old, verbosity=0)
    return timings


def _line(what: str, timings: list[Timing]) -> str:
    clock, worked = ([1000 * seconds for seconds in kind] for kind in zip(*timings, strict=True))
    worst = statistics.quantiles(clock, n=20)[-1]
    return (
        f"{what:<42} median {statistics.median(clock):6.1f} ms (of which worked {statistics.median(worked):5.1f}), "
        f"95 % within {worst:6.1f} ms, {len(timings)} times\n"
    )


if __name__ == "__main__":
    main()
