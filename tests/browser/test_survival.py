"""Browsers and servers that are killed: what was acknowledged is on the server, what was not is offered back."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import expect

from articles.models import Article
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.conftest import ARGUMENTS, path_of_chromium
from tests.browser.writing import EDITOR, expect_saved, open_story, said, sign_in, write
from tests.browsing import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def processes_of(profile: Path) -> list[int]:
    """The browser's processes with this profile."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if f"--user-data-dir={profile}" in command:
            found.append(int(process.name))
    return found


def launch(browser, profile: Path, address: str):
    options = {"executable_path": path_of_chromium(), "args": ARGUMENTS, "base_url": address, "locale": "en-GB"}
    context = browser.browser_type.launch_persistent_context(str(profile), **options)
    return context, context.pages[0]


def test_what_a_killed_browser_had_not_saved_is_offered_back(chromium, live_server, people, tmp_path):
    story = house.make_story(people[Role.REPORTER], body="<p>第一段。</p>")
    _context, page = launch(chromium, tmp_path, live_server.url)
    sign_in(page, people[Role.REPORTER])
    open_story(page, story)
    write(page, "已经存了。")
    expect_saved(page, 2)
    page.route("**/save/", lambda _route: None)
    write(page, "还没有存。")
    # The copy is written when the keys pause, the browser's file a moment later.
    page.wait_for_timeout(6000)
    for process in processes_of(tmp_path):
        os.kill(process, signal.SIGKILL)
    assert Article.objects.get().body == "<p>第一段。已经存了。</p>"
    again, page = launch(chromium, tmp_path, live_server.url)
    # A session begun just before may be lost with the browser; the copy is the person's all the same.
    page.context.clear_cookies()
    sign_in(page, people[Role.REPORTER])
    open_story(page, story)
    expect(page.locator("[data-offer]")).to_be_visible()
    page.click("[data-take]")
    expect(page.locator(EDITOR)).to_contain_text("第一段。已经存了。还没有存。")
    expect_saved(page, 3)
    assert Article.objects.get().body == "<p>第一段。已经存了。还没有存。</p>"
    again.close()


# -- a server of its own, which can be killed


def database_url() -> str:
    """The test's own database, for another process."""
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{here['NAME']}"
    return f"postgres://{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Server:
    def __init__(self, port: int) -> None:
        self.port = port
        self.address = f"http://127.0.0.1:{port}"

    def start(self) -> None:
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}"]
        environment = os.environ | {"DATABASE_URL": database_url(), "DEBUG": "1", "PYTHONUNBUFFERED": "1"}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, env=environment, **quiet)
        for _attempt in range(300):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        pytest.fail("the server did not start")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def bring_session(page, user, address: str) -> None:
    """The passwords of tests are hashed as no server would."""
    client = signed_in(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


@pytest.fixture
def server(people):
    server = Server(free_port())
    server.start()
    yield server
    server.kill()


def test_a_killed_server_costs_nothing_that_was_acknowledged_and_the_rest_is_saved_when_it_is_back(
    open_browser, server, people
):
    story = house.make_story(people[Role.REPORTER], body="<p>第一段。</p>")
    page = open_browser(locale="en-GB", expected="net::ERR_CONNECTION", base_url=server.address)
    bring_session(page, people[Role.REPORTER], server.address)
    open_story(page, story)
    write(page, "已经存了。")
    expect_saved(page, 2)
    server.kill()
    write(page, "服务器没了时写的。")
    expect(said(page)).to_contain_text("No connection")
    assert Article.objects.get().body == "<p>第一段。已经存了。</p>"
    server.start()
    expect_saved(page, 3)
    assert Article.objects.get().body == "<p>第一段。已经存了。服务器没了时写的。</p>"
