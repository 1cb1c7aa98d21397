"""Browsers and servers that are killed: what was acknowledged is on the server, what was not is offered back."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from articles.models import Article
from newsroom.staff.models import User
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.conftest import ARGUMENTS, PATIENCE, end_browsers, path_of_chromium
from tests.browser.visiting import signed_in
from tests.browser.writing import EDITOR, expect_saved, kept, open_story, said, save, write
from tests.databases import database_url

pytestmark = pytest.mark.django_db(transaction=True)


# -- a browser of its own, which can be killed


class Device:
    """A person's own browser: what it keeps is there when it is started again."""

    def __init__(self, chromium, profile: Path, site) -> None:
        self.launch, self.profile, self.site = chromium.browser_type.launch_persistent_context, profile, site

    def start(self, user: User):
        options = {"executable_path": path_of_chromium(), "args": ARGUMENTS, "locale": "en-GB"}
        context = self.launch(str(self.profile), base_url=self.site.url, **options)
        # The copy is the person's, whichever session it was written in.
        context.clear_cookies()
        return signed_in(context.pages[0], user, self.site.url)

    def kill(self) -> None:
        end_browsers(f"--user-data-dir={self.profile}")


@pytest.fixture
def device(chromium, site, tmp_path):
    device = Device(chromium, tmp_path, site)
    yield device
    device.kill()


def test_what_a_killed_browser_had_not_saved_is_offered_back(device, people):
    """That it is kept is said once it is on the disk: the browser is killed at that moment."""
    story = house.make_story(people[Role.REPORTER], body="<p>第一段。</p>")
    page = device.start(people[Role.REPORTER])
    open_story(page, story)
    write(page, "已经存了。")
    save(page)
    expect_saved(page, 2)
    page.route("**/save/", lambda route: route.abort())
    write(page, "服务器不在时写的。")
    save(page)
    expect(kept(page)).to_have_text("Kept on this device")
    device.kill()
    assert Article.objects.get().body == "<p>第一段。已经存了。</p>"
    page = device.start(people[Role.REPORTER])
    open_story(page, story)
    expect(page.locator("[data-offer]")).to_be_visible()
    page.click("[data-take]")
    expect(page.locator(EDITOR)).to_contain_text("第一段。已经存了。服务器不在时写的。")
    save(page)
    expect_saved(page, 3)
    assert Article.objects.get().body == "<p>第一段。已经存了。服务器不在时写的。</p>"


# -- a server of its own, which can be killed


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
        for _attempt in range(10 * PATIENCE):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        self.kill()
        pytest.fail("the server did not start")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)


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
    # The passwords of tests are hashed as no server would.
    signed_in(page, people[Role.REPORTER], server.address)
    open_story(page, story)
    write(page, "已经存了。")
    save(page)
    expect_saved(page, 2)
    server.kill()
    write(page, "服务器没了时写的。")
    save(page)
    expect(said(page)).to_contain_text("No connection")
    assert Article.objects.get().body == "<p>第一段。已经存了。</p>"
    server.start()
    expect_saved(page, 3)
    assert Article.objects.get().body == "<p>第一段。已经存了。服务器没了时写的。</p>"
