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
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections import defaultdict
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("NEWSROOM_VAR", str(ROOT / "var" / "bench"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
# A process of gunicorn a core, each at its own port: those of one gunicorn share the connections as it happens, and
# one of two may get them all.
PORTS = (8395, 8396)
APPLICATION, FILES, FRONT = f"http://127.0.0.1:{PORTS[0]}", "http://127.0.0.1:8398", "http://127.0.0.1:8397"
YARDSTICK = "story as a file (nginx)"
CONNECTIONS = 16
ANY_STORY = 'request = function() return wrk.format("GET", "/stories/" .. math.random(10000) .. "/%s") end'
# Half of the connections to each process.
SHARED_OUT = f"""
local thread_number = 0
function setup(thread)
  local ports = {{"{PORTS[0]}", "{PORTS[1]}"}}
  thread_number = thread_number + 1
  thread.addr = wrk.lookup("127.0.0.1", ports[thread_number])[1]
end
"""
ANY_PASSAGE = """
local passages = {%s}
request = function() return wrk.format("GET", "/search/?q=" .. passages[math.random(#passages)]) end
"""


class Target(NamedTuple):
    """What is fetched, over how many connections, and what share of the yardstick it should reach; 0 for none."""

    name: str
    address: str
    aim: float = 0
    connections: int = CONNECTIONS
    script: str = ""


class Figures(NamedTuple):
    """Of one round: requests a second, and milliseconds within which half and 99 % were answered."""

    rate: float
    p50: float
    p99: float


def main() -> None:
    options = _options()
    for tool in ("wrk", "nginx"):
        if shutil.which(tool) is None and not Path(f"/usr/sbin/{tool}").exists():
            sys.exit(f"{tool} is missing: apt-get install wrk nginx-light")
    _set_up()
    targets = _targets()
    with _gunicorn(PORTS[0]), _gunicorn(PORTS[1]), _nginx(APPLICATION + _story()):
        _say_load("before")
        _print_table(targets, _measure(targets, options.rounds, options.seconds))
        _say_load("after")
        _print_seen(options.rounds)
    _print_publishing()


def _say_load(when: str) -> None:
    sys.stdout.write(f"load of the machine {when}: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8, help="of each round and target")
    return parser.parse_args()


def _set_up() -> None:
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

    from articles.keyset import Cursor
    from articles.models import PublishedArticle, PublishedSection
    from editions.models import PublishedEdition

    # What the benchmark itself publishes goes into the first section and after the loaded years.
    section = PublishedSection.objects.order_by("order")[1]
    deep = PublishedArticle.objects.filter(section=section).order_by("published_at", "number")[20]
    edition = PublishedEdition.objects.filter(date__lt=bench_data.FIRST_DESK_EDITION).order_by("-date")[5]
    listed, printed = f"/sections/{section.slug}/", f"/paper/{edition.date:%Y-%m-%d}/2/"
    last = f"{APPLICATION}{listed}?before={Cursor(deep.published_at, deep.number)}"
    return [
        Target(YARDSTICK, f"{FILES}/page.html"),
        Target("made: any story", APPLICATION, 0.022, script=ANY_STORY % "?made"),
        Target("made: section, first page", f"{APPLICATION}{listed}?made", 0.0096),
        Target("made: section, last page", last, 0.0080),
        Target("made: edition page", f"{APPLICATION}{printed}?made"),
        Target("made: home", f"{APPLICATION}/?made", 0.0161),
        Target("search: two characters", APPLICATION, 0.0096, script=_any_passage(2)),
        Target("search: four characters", APPLICATION, 0.0096, script=_any_passage(4)),
        Target("kept: story", APPLICATION + _story(), 0.1),
        Target("kept: home", f"{APPLICATION}/", 0.1),
        Target("kept: story, 64 connections", APPLICATION + _story(), connections=64),
        Target("through nginx: story", FRONT + _story(), 0.8),
        Target("through nginx: home", f"{FRONT}/"),
        Target("through nginx: any story", FRONT, script=ANY_STORY % ""),
        Target("through nginx: story, 64 connections", FRONT + _story(), connections=64),
    ]


@contextmanager
def _gunicorn(port: int) -> Iterator[None]:
    server = subprocess.Popen(
        [
            str(ROOT / ".venv/bin/gunicorn"),
            "newsroom.wsgi",
            f"--bind=127.0.0.1:{port}",
            "--threads=12",
            "--config=scripts/gunicorn.conf.py",
            "--log-level=error",
        ],
        cwd=ROOT,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/")
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


@contextmanager
def _nginx(page: str) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        root.chmod(0o755)
        (root / "page.html").write_bytes(urllib.request.urlopen(page).read())  # noqa: S310 (our own server)
        (root / "site.conf").write_text(_site(root))
        whose = "user root; " if os.getuid() == 0 else ""
        (root / "nginx.conf").write_text(
            f"{whose}pcre_jit on; worker_processes 2; daemon off; pid {root}/pid; error_log {root}/error.log;"
            f"events {{}} http {{ types {{ text/html html; }} access_log off; include {root}/site.conf;"
            f"server {{ listen 127.0.0.1:8398; root {root}; }} }}"
        )
        server = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(root / "nginx.conf")])
        try:
            _wait_for(f"{FILES}/page.html")
            yield
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def _wait_for(address: str) -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(address)  # noqa: S310 (our own server)
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"{address} does not answer")


def _site(root: Path) -> str:
    """The shipped site, before the application that is measured."""
    from django.core.management import call_command

    site = StringIO()
    applications = ["--application", *(f"127.0.0.1:{port}" for port in PORTS)]
    places = [*applications, "--listen=127.0.0.1:8397", f"--cache={root}/cache"]
    call_command("nginx_config", *places, stdout=site)
    return site.getvalue()


def _measure(targets: list[Target], rounds: int, seconds: int) -> dict[str, list[Figures]]:
    figures: dict[str, list[Figures]] = defaultdict(list)
    for round_number in range(rounds):
        for target in targets:
            _wrk(target, 1)
            figures[target.name].append(_wrk(target, seconds))
        sys.stdout.write(f"round {round_number + 1} of {rounds}\n")
        sys.stdout.flush()
    return figures


def _wrk(target: Target, seconds: int) -> Figures:
    is_shared_out = target.address.startswith(APPLICATION)
    threads = len(PORTS) if is_shared_out else 1
    command = ["wrk", f"-t{threads}", f"-c{target.connections}", f"-d{seconds}s", "--latency"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write((SHARED_OUT if is_shared_out else "") + target.script)
        script.flush()
        command += ["-s", script.name, target.address]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out:
        sys.exit(f"{target.address} was not answered with 200:\n{out}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    if rate is None:
        sys.exit(f"wrk said nothing of {target.address}:\n{out}")
    return Figures(float(rate[1]), _latency(out, "50%"), _latency(out, "99%"))


def _latency(out: str, share: str) -> float:
    """In milliseconds."""
    match = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", out)
    return float(match[1]) * {"us": 0.001, "ms": 1, "s": 1000}[match[2]] if match else float("nan")


def _print_table(targets: list[Target], figures: dict[str, list[Figures]]) -> None:
    yardstick = statistics.median(f.rate for f in figures[YARDSTICK])
    sys.stdout.write(f"\n{'':38}{'requests/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'of nginx':>10}{'aim':>9}\n")
    for target in targets:
        rate, p50, p99 = (statistics.median(values) for values in zip(*figures[target.name], strict=True))
        aim = f"{target.aim:9.4f}" if target.aim else ""
        sys.stdout.write(f"{target.name:38}{rate:11,.0f}{p50:9.1f}{p99:9.1f}{rate / yardstick:10.4f}{aim}\n")


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
