"""Many writers at one story for a long time: is anything lost that was acknowledged?

    DATABASE_URL=postgres://… .venv/bin/python scripts/race_writers.py --writers 64 --saves 10000
    … --without-check      the same with the version check taken out: it has to fail

Works in a test database beside the one named and removes it at the end. Exits with 1 where something was lost.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("NEWSROOM_VAR", str(ROOT / "var" / "bench"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path[:0] = [str(ROOT)]


def main() -> None:
    options = _options()
    import django

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment(debug=False)
    old = setup_databases(verbosity=0, interactive=False)
    try:
        lost = _race(options.writers, options.saves, options.without_check)
    finally:
        teardown_databases(old, verbosity=0)
    sys.exit(1 if lost else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--writers", type=int, default=64)
    parser.add_argument("--saves", type=int, default=10_000, help="of all writers together")
    parser.add_argument("--without-check", action="store_true", help="whatever a text continues counts as the latest")
    return parser.parse_args()


def _race(count: int, saves: int, without_check: bool) -> list[str]:
    from articles.models import Article
    from articles.versions.revisions import current_revision
    from newsroom.staff.roles import Role
    from tests import newsroom_of_tests as house
    from tests.concurrency.racing import race, refusals
    from tests.concurrency.writers import Writer, first_body, what_was_lost

    house.make_title()
    reporter = house.make_people()[Role.REPORTER]
    story = house.make_story(reporter, body=first_body(count))
    writers = [Writer(n, story.pk, house.person("reporter"), 1, story.body) for n in range(count)]
    each = -(-saves // count)
    begun = time.monotonic()
    runners = [lambda writer=writer: writer.write(each, often=0.05) for writer in writers]
    if without_check:
        with mock.patch("articles.editing.continued_revision", lambda article, *_: current_revision(article)):
            broken = refusals(race(*runners))
    else:
        broken = refusals(race(*runners))
    seconds = time.monotonic() - begun
    lost = what_was_lost(story.pk, writers) + [f"a writer broke off: {error.__name__}" for error in broken]
    merged, asked = sum(w.merged for w in writers), sum(w.asked for w in writers)
    sys.stdout.write(
        f"{count} writers, {count * each} saves acknowledged in {seconds:.0f} s: {merged} merged, {asked} times "
        f"somebody was asked, version {Article.objects.get().version}, {len(lost)} things lost\n"
    )
    for thing in lost[:20]:
        sys.stdout.write(f"  lost: {thing}\n")
    return lost


if __name__ == "__main__":
    main()
