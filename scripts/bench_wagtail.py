"""How fast pages are made and searched beside Wagtail: the same stories, this machine, the same minutes.

Loads the stories of `scripts/bench.py` into it and into a site on Wagtail (`scripts/wagtail_site`), which has an
environment of its own under var/bench/wagtail and a database of its own, newsroom_bench_wagtail, on the PostgreSQL that
PGHOST and PGUSER name. Both stay for the next run. Serves both with gunicorn and measures with wrk, in turns; each
figure is the median of its rounds.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import bench
from bench_wrk import Figures, Target, gunicorns, measure, need, say_load

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import PublishedArticle

HOME = Path(os.environ["NEWSROOM_VAR"]).resolve() / "wagtail"
PYTHON = HOME / "venv/bin/python"
PACKAGES = ["wagtail==8.0.1", "django==5.2.19", "psycopg2-binary==2.9.13", "gunicorn==27.0.1"]
DATABASE = "newsroom_bench_wagtail"
PORTS = (8395, 8396)
ENVIRONMENT = {
    "PGHOST": "127.0.0.1",
    "PGUSER": "postgres",
    **os.environ,
    "PYTHONPATH": str(bench.ROOT / "scripts"),
    "DJANGO_SETTINGS_MODULE": "wagtail_site.settings",
    "WAGTAIL_DATABASE": DATABASE,
    "WAGTAIL_MEDIA": str(HOME / "media"),
}
ANY_STORY = """
local sections = {%s}
request = function()
  local number = math.random(#sections)
  return wrk.format("GET", "/" .. sections[number] .. "/" .. number .. "/")
end
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=5, help="of each round and target")
    options = parser.parse_args()
    need("wrk", "createdb")
    bench.set_up()
    _set_up()
    pairs = _pairs()
    with bench.application(), _wagtail():
        say_load("before")
        targets = list(dict.fromkeys(target for pair in pairs for target in pair))
        figures = measure(targets, options.rounds, options.seconds)
        say_load("after")
    _print_table(pairs, figures)


def _set_up() -> None:
    """Wagtail installed and its site filled, where they are not yet."""
    if not PYTHON.exists():
        venv.create(HOME / "venv", with_pip=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True)
    databases = _run("psql", "--list", "--tuples-only", "--no-align", "--field-separator= ").split()
    if DATABASE not in databases:
        sys.stdout.write("loading 10,000 stories into Wagtail …\n")
        _run("createdb", DATABASE)
    _run(str(PYTHON), "-m", "wagtail_site.load", told="\n".join(_stories()))
    _run("vacuumdb", "--quiet", "--analyze", DATABASE)


def _run(*command: str, told: str = "") -> str:
    """What the command says, when it is told this."""
    run = subprocess.run(command, check=True, cwd=HOME, env=ENVIRONMENT, input=told, stdout=subprocess.PIPE, text=True)
    return run.stdout


def _loaded() -> QuerySet[PublishedArticle]:
    """The stories that both have, by number."""
    import bench_data

    from articles.models import PublishedArticle

    loaded = PublishedArticle.objects.filter(number__lte=bench_data.STORIES)
    return loaded.select_related("section").order_by("number")


def _stories() -> Iterator[str]:
    """The stories, one in JSON each."""
    for story in _loaded():
        told = {
            "section": [story.section.order, story.section.slug, story.section.name],
            "author": story.byline[0]["name"],
            "photo": story.picture is not None,
            "published_at": story.published_at.isoformat(),
        }
        same = {name: getattr(story, name) for name in ("number", "headline", "subhead", "summary", "body")}
        yield json.dumps({**told, **same})


def _pairs() -> list[tuple[Target, Target]]:
    """What is fetched at Wagtail, each with what is the same of ours."""
    from articles.public.reading import LIST_SIZE

    story, first, last, home, two, four = bench.made_and_searched()
    sections = ", ".join(f'"{slug}"' for slug in _loaded().values_list("section__slug", flat=True))
    stories = _loaded().filter(section=bench.section())
    section = f"/{bench.section().slug}/"
    pages = math.ceil(stories.count() / LIST_SIZE)
    return [
        (Target.at(PORTS, "story", f"{section}{stories[0].number}/", script=ANY_STORY % sections), story),
        (Target.at(PORTS, "section, first page", section), first),
        (Target.at(PORTS, "section, last page", f"{section}?page={pages}"), last),
        (Target.at(PORTS, "home", "/"), home),
        (_search("search, two characters", two, "/search/"), two),
        (_search("search, four characters", four, "/search/"), four),
        (_search("looked through, two characters", two, "/look-through/"), two),
        (_search("looked through, four characters", four, "/look-through/"), four),
    ]


def _search(name: str, ours: Target, path: str) -> Target:
    """The same passages looked for at this path of Wagtail's."""
    return Target.at(
        PORTS, name, bench.A_SEARCH.replace("/search/", path), script=ours.script.replace("/search/", path)
    )


def _wagtail() -> AbstractContextManager[None]:
    # Of 1, 2, 4 and 12 threads 12 made most pages, as they do of ours.
    command = [str(HOME / "venv/bin/gunicorn"), "django.core.wsgi:get_wsgi_application()"]
    return gunicorns(command, PORTS, folder=HOME, environment=ENVIRONMENT)


def _print_table(pairs: list[tuple[Target, Target]], figures: dict[str, Figures]) -> None:
    of_one = f"{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}"
    sys.stdout.write(f"\n{'':32}{'Wagtail':>30}{'Newsroom':>30}\n{'':32}{of_one}{of_one}{'times':>8}\n")
    for theirs, ours in pairs:
        told = [figures[target.name] for target in (theirs, ours)]
        columns = "".join(f"{rate:12,.1f}{p50:9.1f}{p99:9.1f}" for rate, p50, p99 in told)
        times = told[1].rate / (told[0].rate or math.nan)
        sys.stdout.write(f"{theirs.name:32}{columns}{times:8.1f}\n")


if __name__ == "__main__":
    main()
