"""Hide many stories and look for them everywhere: does anything of what no reader may see reach a reader?

    .venv/bin/python scripts/canary.py --stories 500

Works in a test database beside the one of DATABASE_URL and in a folder of its own, and removes both at the end.
Exits with 1 where a token was found or a page changed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("NEWSROOM_VAR", str(ROOT / "var" / "bench"))
os.environ.setdefault("NEWSROOM_FONTS", str(ROOT / "var" / "fonts"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path[:0] = [str(ROOT)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=500)
    count = parser.parse_args().stories
    import django

    django.setup()
    from django.test.utils import override_settings, setup_databases, setup_test_environment, teardown_databases

    setup_test_environment(debug=False)
    old = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder, override_settings(STORAGES=_stores(Path(folder))):
            wrong = _look(count)
    finally:
        teardown_databases(old, verbosity=0)
    sys.exit(1 if wrong else 0)


def _stores(folder: Path) -> dict[str, Any]:
    """The stores of the settings, the files of desk and public side in a folder of this run."""
    from django.conf import settings

    stores = {name: {**store, "OPTIONS": dict(store.get("OPTIONS", {}))} for name, store in settings.STORAGES.items()}
    for name in ("default", "public"):
        stores[name]["OPTIONS"]["location"] = folder / name
    stores["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return stores


def _look(count: int) -> list[str]:
    from tests import canary
    from tests import newsroom_of_tests as house

    house.make_title()
    begun = time.monotonic()
    done = canary.run(house.make_people(), count)
    sys.stdout.write(
        f"{done.hidden} stories hidden, {done.looked_at} addresses looked at in {time.monotonic() - begun:.0f} s: "
        f"{len(done.wrong)} things wrong\n"
    )
    for line in done.wrong[:50]:
        sys.stdout.write(f"  {line}\n")
    return done.wrong


if __name__ == "__main__":
    main()
