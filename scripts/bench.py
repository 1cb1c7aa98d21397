"""`make bench`: how fast the public pages are served and an edition is published.

Loads ten thousand stories once (SQLite under var/bench, or the database that DATABASE_URL names), serves
them with gunicorn, and measures with wrk at 16 connections; nginx serving one page as a file is the yardstick
of the same run. Rounds alternate over all targets; each figure is the median of its rounds.

One address asked for again and again is a page kept since its first reader; "any story" asks for stories at
random among all, of which a process keeps three thousand pages; a deep page of a section is made every time.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("NEWSROOM_VAR", str(ROOT / "var" / "bench"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
APPLICATION, FILES = "http://127.0.0.1:8399", "http://127.0.0.1:8398"
CONNECTIONS = 16


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
    with _gunicorn(options.workers), _nginx(APPLICATION + targets["story"]):
        addresses = {name: APPLICATION + path for name, path in targets.items()}
        addresses["any story"] = APPLICATION
        addresses["story as a file (nginx)"] = f"{FILES}/page.html"
        _print_table(_measure(addresses, options.rounds, options.seconds))
    _print_publishing()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8, help="of each round and target")
    parser.add_argument("--workers", type=int, default=2, help="gunicorn's processes")
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


def _targets() -> dict[str, str]:
    """What is fetched, by name: addresses as a reader follows them."""
    import bench_data

    from articles.keyset import Cursor
    from articles.models import PublishedArticle, PublishedSection
    from editions.models import PublishedEdition

    # What the benchmark itself publishes goes into the first section and after the loaded years.
    section = PublishedSection.objects.order_by("order")[1]
    deep = PublishedArticle.objects.filter(section=section).order_by("published_at", "number")[20]
    edition = PublishedEdition.objects.filter(date__lt=bench_data.FIRST_DESK_EDITION).order_by("-date")[5]
    return {
        "story": f"/stories/{PublishedArticle.objects.order_by('number')[5000].number}/",
        "section, first page": f"/sections/{section.slug}/",
        "section, last page": f"/sections/{section.slug}/?before={Cursor(deep.published_at, deep.number)}",
        "edition page": f"/paper/{edition.date:%Y-%m-%d}/2/",
        "home": "/",
    }


@contextmanager
def _gunicorn(workers: int) -> Iterator[None]:
    server = subprocess.Popen(
        [
            str(ROOT / ".venv/bin/gunicorn"),
            "newsroom.wsgi",
            "--bind=127.0.0.1:8399",
            f"--workers={workers}",
            "--threads=4",
            "--log-level=error",
        ],
        cwd=ROOT,
    )
    try:
        _wait_for(APPLICATION + "/")
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
        (root / "nginx.conf").write_text(
            f"worker_processes 2; daemon off; pid {root}/pid; error_log {root}/error.log;"
            "events {} http { types { text/html html; } access_log off;"
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


def _measure(addresses: dict[str, str], rounds: int, seconds: int) -> dict[str, list[Figures]]:
    figures: dict[str, list[Figures]] = defaultdict(list)
    for round_number in range(rounds):
        for name, address in addresses.items():
            _wrk(address, 1)
            figures[name].append(_wrk(address, seconds))
        sys.stdout.write(f"round {round_number + 1} of {rounds}\n")
    return figures


ANY_STORY = 'request = function() return wrk.format("GET", "/stories/" .. math.random(10000) .. "/") end'


def _wrk(address: str, seconds: int) -> Figures:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", address]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(ANY_STORY)
        script.flush()
        if address == APPLICATION:
            command[1:1] = ["-s", script.name]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in out:
        sys.exit(f"{address} was not answered with 200:\n{out}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    if rate is None:
        sys.exit(f"wrk said nothing of {address}:\n{out}")
    return Figures(float(rate[1]), _latency(out, "50%"), _latency(out, "99%"))


def _latency(out: str, share: str) -> float:
    """In milliseconds."""
    match = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", out)
    return float(match[1]) * {"us": 0.001, "ms": 1, "s": 1000}[match[2]] if match else float("nan")


def _print_table(figures: dict[str, list[Figures]]) -> None:
    yardstick = statistics.median(f.rate for f in figures["story as a file (nginx)"])
    sys.stdout.write(f"\n{'':26}{'requests/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'of nginx':>10}\n")
    for name, rounds in figures.items():
        rate, p50, p99 = (statistics.median(values) for values in zip(*rounds, strict=True))
        sys.stdout.write(f"{name:26}{rate:11,.0f}{p50:9.1f}{p99:9.1f}{rate / yardstick:10.1%}\n")


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
