"""The newsroom as it stands on a machine: gunicorn with the test's own database, and nginx before it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.databases import database_url

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
# How long a test waits for what comes within a second or two on a machine that has nothing else to do.
PATIENCE_SECONDS = 120


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(address: str, method: str = "GET", **headers: str) -> Answer:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, headers=said, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            return Answer(answer.status, dict(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, dict(error.headers), error.read())


def ask_until(wanted, address: str, **headers: str) -> Answer:
    """Ask again and again until the answer is as wanted."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not wanted(answer := ask(address, **headers)):
        if time.monotonic() > ends:
            pytest.fail(f"{address} still answers {answer.status}: {answer.body[:200]!r}")
        time.sleep(0.05)
    return answer


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen) -> None:
    for _attempt in range(PATIENCE_SECONDS * 10):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail("what a test needs did not start")


class Application:
    def __init__(self, var: Path) -> None:
        self.port = free_port()
        self._var = var
        self._process: subprocess.Popen | None = None

    def start(self, database: str = "", *options: str, **settings_of_its_own: str) -> None:
        environment = (
            os.environ
            | settings_of_its_own
            | {
                "DATABASE_URL": database or database_url(),
                "NEWSROOM_VAR": str(self._var),
                # What is made of the key here is what the application makes of it.
                "SECRET_KEY": settings.SECRET_KEY,
                # Nothing is collected for a test: style and scripts go by their own names.
                "DEBUG": "1",
            }
        )
        server = [sys.executable, "-m", "gunicorn", "newsroom.wsgi"]
        command = [*server, f"--bind=127.0.0.1:{self.port}", "--threads=4", *options]
        self._process = subprocess.Popen(command, env=environment, **QUIET)
        wait_for(self.port, self._process)
        # The port is open before the worker has read its code: the first answer waits for it, the web server would not.
        ask(f"http://127.0.0.1:{self.port}/media/nothing")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None


class WebServer:
    def __init__(self, applications: list[int], folder: Path, *options: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "access.log"
        folder.mkdir()
        site = StringIO()
        call_command(
            "nginx_config",
            "--application",
            *(f"127.0.0.1:{port}" for port in applications),
            f"--listen=127.0.0.1:{self.port}",
            f"--cache={folder}/cache",
            *options,
            stdout=site,
        )
        (folder / "site.conf").write_text(site.getvalue(), encoding="utf-8")
        whose = "user root; " if os.getuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"{whose}daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
            f"http {{ access_log {self.log}; include {folder}/site.conf; }}\n"
        )
        self._command = [nginx(), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", f"{folder}/error.log"]

    def start(self) -> None:
        self._process = subprocess.Popen(self._command)
        wait_for(self.port, self._process)

    def check(self) -> None:
        subprocess.run([*self._command, "-t"], check=True, capture_output=True)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


def nginx() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        pytest.skip("nginx is not installed") if not os.environ.get("NEWSROOM_REQUIRE_BROWSER") else pytest.fail(
            "nginx is not installed"
        )
    return found
