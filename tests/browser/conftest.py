"""A real browser: the system's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, BrowserType, expect, sync_playwright

from editions.live.pulse import PULSE

# Playwright runs an event loop in this thread; Django only has to know that it is meant.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Seconds after which something that never comes fails the test.
PATIENCE = 30
# A page is typeset for real, on a machine that may have other things to do.
expect.set_options(timeout=PATIENCE * 1000)


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


# By the last word the browsers of this process are known among all that run.
MARK = f"--tests-of={os.getpid()}"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", MARK]
# Seconds after which a test is not waited for any longer.
LONGEST = 180


def path_of_chromium() -> str | None:
    """The one without a window where it is installed: it does the same in half the time."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def end_browsers(mark: str) -> None:
    """Kill every browser that was started with this among its arguments."""
    for process in Path("/proc").glob("[0-9]*"):
        # What ended meanwhile needs no end.
        with suppress(OSError):
            if mark in (process / "cmdline").read_bytes().decode(errors="replace").split("\0"):
                os.kill(int(process.name), signal.SIGKILL)


class Chromium:
    """The browser of a test run; one that was ended because it did not answer is followed by another."""

    def __init__(self, browser_type: BrowserType, path: str) -> None:
        self.browser_type, self._path = browser_type, path
        self._browser: Browser | None = None

    def new_context(self, **options) -> BrowserContext:
        if self._browser is None or not self._browser.is_connected():
            self._browser = self.browser_type.launch(executable_path=self._path, args=ARGUMENTS)
        return self._browser.new_context(**options)


@pytest.fixture(scope="session")
def chromium():
    path = path_of_chromium()
    if path is None:
        said = "no Chromium here: apt-get install chromium-headless-shell"
        pytest.fail(said) if os.environ.get("NEWSROOM_REQUIRE_BROWSER") else pytest.skip(said)
    with sync_playwright() as playwright:
        yield Chromium(playwright.chromium, path)
        # Killed and not asked: one that does not answer would be waited for without end.
        end_browsers(MARK)


@pytest.fixture(autouse=True)
def _bounded():
    """Not everything that a browser is asked has a limit of its own: closing a window that is loading may never end.
    A browser that is killed answers at once, the test fails where it waited, and the next one has another browser.
    """
    impatience = threading.Timer(LONGEST, end_browsers, [MARK])
    impatience.daemon = True
    impatience.start()
    yield
    is_late = not impatience.is_alive()
    impatience.cancel()
    assert not is_late, f"after {LONGEST} seconds the browser was ended"


class Answering:
    """What the site is answering now, streams apart: a window that closes still sends its last words, and the
    database is emptied after the test.
    """

    def __init__(self) -> None:
        self._changed, self._threads = threading.Condition(), set()

    def begin(self, environ, **_more) -> None:
        if not environ["PATH_INFO"].endswith("/live/"):
            with self._changed:
                self._threads.add(threading.get_ident())

    def end(self, **_more) -> None:
        with self._changed:
            self._threads.discard(threading.get_ident())
            self._changed.notify_all()

    def wait_until_quiet(self) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: not self._threads, timeout=PATIENCE)


@pytest.fixture
def answering():
    """The requests under way while a test lasts."""
    counted = Answering()
    request_started.connect(counted.begin)
    request_finished.connect(counted.end)
    yield counted
    request_started.disconnect(counted.begin)
    request_finished.disconnect(counted.end)


@pytest.fixture
def site(live_server, settings, answering):
    """The running site. Whoever opens windows on it closes them; then it answers what is under way, and is quiet
    before the database is emptied.
    """
    # A refused stream is an error to the console, and a day of the newsroom has more people than a process streams.
    settings.LIVE_CONNECTIONS = 20
    settings.SITE_ADDRESS = live_server.url
    yield live_server
    # Streams would notice at their next word only.
    PULSE.end_all()
    assert PULSE.wait_until_quiet(PATIENCE), "a stream is still open"
    assert answering.wait_until_quiet(), "the site is still answering"


@pytest.fixture
def hear_last_words(chromium, site, answering):
    """Wait until the site has dealt with what windows sent as they were left."""

    def hear() -> None:
        # It has been taken up once the browser's next question is answered.
        context = chromium.new_context()
        context.new_page().goto(f"{site.url}/static/desk/desk.css")
        context.close()
        assert answering.wait_until_quiet(), "the site is still answering"

    return hear


@pytest.fixture
def open_browser(chromium, site, hear_last_words):
    """Open a fresh window, as another person would, on the running site; whatever its console says of errors
    or of the content security policy fails the test, but for what says `expected`."""
    contexts, complaints = [], []

    def open_one(locale: str = "zh-CN", width: int = 1280, height: int = 900, expected: str | None = None, **options):
        size = {"width": width, "height": height}
        options.setdefault("base_url", site.url)
        context = chromium.new_context(locale=locale, viewport=size, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complain(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complain(str(error)))

        def complain(text: str) -> None:
            if not expected or expected not in text:
                complaints.append(text)

        return page

    yield open_one
    with ExitStack() as closing:
        # From the last to the first, all of them, whatever one of them answers.
        if contexts:
            closing.callback(hear_last_words)
        for context in contexts:
            closing.callback(context.close)
    assert complaints == []
