"""`make bench`: how fast the public pages are made, kept and served, and how soon readers see what is published.

Loads ten thousand stories once (SQLite under var/bench, or the database that DATABASE_URL names), serves them with
gunicorn, puts the shipped nginx site before it, and measures with wrk; nginx serving one story as a file is the
yardstick of the same run. Rounds alternate over all targets; each figure is the median of its rounds.

A page is made every time where a question mark stands behind its address, and kept since its first reader where
none does.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from bench_wrk import Figures, Target, gunicorns, measure, need, say_load, serving

if TYPE_CHECKING:
    from articles.models import PublishedSection

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("NEWSROOM_VAR", str(ROOT / "var" / "bench"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
PORTS, FILES, FRONT = (8399, 8400), "http://127.0.0.1:8398", "http://127.0.0.1:8397"
YARDSTICK = "story as a file (nginx)"
ANY_STORY = 'request = function() return wrk.format("GET", "/stories/" .. math.random(10000) .. "/%s") end'
A_SEARCH = f"/search/?q={urllib.parse.quote('老桥')}"
ANY_PASSAGE = """
local passages = {%s}
request = function() return wrk.format("GET", "/search/?q=" .. passages[math.random(#passages)]) end
"""


def main() -> None:
    options = _options()
    need("wrk", "nginx")
    set_up()
    targets = _targets()
    with application(), _nginx(_story()):
        say_load("before")
        _print_table(targets, measure(targets, options.rounds, options.seconds))
        say_load("after")
        _print_seen(options.rounds)
    _print_publishing()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8, help="of each round and target")
    return parser.parse_args()


def set_up() -> None:
    """The stories loaded, where they are not there yet, and found by the search."""
    import django

    django.setup()
    import bench_data
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not bench_data.is_loaded():
        sys.stdout.write("loading 10,000 stories …\n")
        bench_data.load()
    call_command("rebuild_search", stdout=StringIO())


def _story() -> str:
    from articles.models import PublishedArticle

    return f"/stories/{PublishedArticle.objects.order_by('number')[5000].number}/"


def _any_passage(length: int) -> str:
    """The script that searches for passages of so many characters, each from another story."""
    from articles.models import PublishedArticle

    rng = random.Random(length)
    bodies = PublishedArticle.objects.filter(number__lte=10_000, number__endswith="7").values_list("body", flat=True)
    found = [rng.choice(re.findall(rf"[一-龥]{{{length}}}", body)) for body in bodies.order_by("number")[:200]]
    return ANY_PASSAGE % ", ".join(f'"{urllib.parse.quote(passage)}"' for passage in found)


def _targets() -> list[Target]:
    """What is fetched: addresses as a reader follows them. The aims are the issue's, five times Wagtail and so on."""
    import bench_data

    from editions.models import PublishedEdition

    edition = PublishedEdition.objects.filter(date__lt=bench_data.FIRST_DESK_EDITION).order_by("-date")[5]
    return [
        Target(YARDSTICK, f"{FILES}/page.html"),
        *made_and_searched(),
        Target.at(PORTS, "made: edition page", f"/paper/{edition.date:%Y-%m-%d}/2/?made"),
        Target.at(PORTS, "kept: story", _story(), 0.1),
        Target.at(PORTS, "kept: home", "/", 0.1),
        Target.at(PORTS, "kept: story, 64 connections", _story(), connections=64),
        Target("through nginx: story", FRONT + _story(), 0.8),
        Target("through nginx: home", f"{FRONT}/"),
        Target("through nginx: any story", FRONT + _story(), script=ANY_STORY % ""),
        Target("through nginx: story, 64 connections", FRONT + _story(), connections=64),
    ]


def made_and_searched() -> list[Target]:
    """Pages made for whoever asks, and searches."""
    from articles.keyset import Cursor
    from articles.models import PublishedArticle

    deep = PublishedArticle.objects.filter(section=section()).order_by("published_at", "number")[20]
    listed = f"/sections/{section().slug}/"
    return [
        Target.at(PORTS, "made: any story", f"{_story()}?made", 0.022, script=ANY_STORY % "?made"),
        Target.at(PORTS, "made: section, first page", f"{listed}?made", 0.0096),
        Target.at(
            PORTS, "made: section, last page", f"{listed}?before={Cursor(deep.published_at, deep.number)}", 0.008
        ),
        Target.at(PORTS, "made: home", "/?made", 0.0161),
        Target.at(PORTS, "search: two characters", A_SEARCH, 0.0096, script=_any_passage(2)),
        Target.at(PORTS, "search: four characters", A_SEARCH, 0.0096, script=_any_passage(4)),
    ]


def section() -> PublishedSection:
    """The section that is looked at: what the benchmark itself publishes goes into the first one."""
    from articles.models import PublishedSection

    return PublishedSection.objects.order_by("order")[1]


def application() -> AbstractContextManager[None]:
    """The application, at PORTS."""
    command = [str(ROOT / ".venv/bin/gunicorn"), "newsroom.wsgi", "--config=scripts/gunicorn.conf.py"]
    return gunicorns(command, PORTS, folder=ROOT)


@contextmanager
def _nginx(story: str) -> Iterator[None]:
    page = f"http://127.0.0.1:{PORTS[0]}{story}"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        root.chmod(0o755)
        (root / "page.html").write_bytes(urllib.request.urlopen(page).read())
        (root / "site.conf").write_text(_site(root))
        whose = "user root; " if os.getuid() == 0 else ""
        (root / "nginx.conf").write_text(
            f"{whose}pcre_jit on; worker_processes 2; daemon off; pid {root}/pid; error_log {root}/error.log;"
            f"events {{}} http {{ types {{ text/html html; }} access_log off; include {root}/site.conf;"
            f"server {{ listen 127.0.0.1:8398; root {root}; }} }}"
        )
        command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(root / "nginx.conf")]
        with serving(command, f"{FILES}/page.html", folder=root):
            yield


def _site(root: Path) -> str:
    """The shipped site, before the application that is measured."""
    from django.core.management import call_command

    site = StringIO()
    applications = ["--application", *(f"127.0.0.1:{port}" for port in PORTS)]
    places = [*applications, "--listen=127.0.0.1:8397", f"--cache={root}/cache"]
    call_command("nginx_config", *places, stdout=site)
    return site.getvalue()


def _print_table(targets: list[Target], figures: dict[str, Figures]) -> None:
    sys.stdout.write(f"\n{'':38}{'requests/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'of nginx':>10}{'aim':>9}\n")
    for target in targets:
        rate, p50, p99 = figures[target.name]
        aim = f"{target.aim:9.4f}" if target.aim else ""
        share = rate / figures[YARDSTICK].rate
        sys.stdout.write(f"{target.name:38}{rate:11,.0f}{p50:9.1f}{p99:9.1f}{share:10.4f}{aim}\n")


def _print_seen(rounds: int) -> None:
    """How long after its publication a reader of the front page, through nginx, first sees a story."""
    import bench_data

    from articles.publishing import act_on_story
    from articles.states import Verb
    from newsroom.staff.models import User

    chief = User.objects.get(username="bench_editor_in_chief")
    seconds = []
    for _round in range(rounds):
        story = bench_data.signed_story(random.Random())
        urllib.request.urlopen(f"{FRONT}/").read()  # noqa: S310 (our own server)
        act_on_story(story.pk, Verb.PUBLISH, seen=story.seen, acting_user=chief)
        published, address = time.perf_counter(), f"/stories/{story.pk}/".encode()
        while address not in urllib.request.urlopen(f"{FRONT}/").read():  # noqa: S310 (our own server)
            time.sleep(0.01)
        seconds.append(time.perf_counter() - published)
    sys.stdout.write(f"\na published story on the front page through nginx: at most {max(seconds):.2f} s later\n")


def _print_publishing() -> None:
    import datetime

    import bench_data
    from django.utils import timezone

    from editions.models import Edition
    from editions.publishing import publish_edition
    from newsroom.staff.models import User

    chief = User.objects.get(username="bench_editor_in_chief")
    seconds = []
    for _round in range(3):
        last = Edition.objects.order_by("-date").first()
        date = (last.date if last else bench_data.FIRST_DESK_EDITION) + datetime.timedelta(days=1)
        edition = bench_data.prepare_edition(date)
        started = time.perf_counter()
        publish_edition(edition.pk, acting_user=chief, at=timezone.now())
        seconds.append(time.perf_counter() - started)
    sys.stdout.write(f"\npublish an edition of eight pages and sixty stories: {statistics.median(seconds):.2f} s\n")


if __name__ == "__main__":
    main()
