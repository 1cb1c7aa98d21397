"""The log of reads as gunicorn alone and the shipped nginx write it, each with the real program, counted alike."""

from __future__ import annotations

import time

import pytest

from articles.models import ReadCount
from articles.readership.counting import count_reads
from articles.states import State
from tests import newsroom_of_tests as house
from tests.deploy.standing import PATIENCE_SECONDS, Application, WebServer, ask

pytestmark = pytest.mark.django_db(transaction=True)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"


@pytest.fixture
def story(people):
    return house.story_in(State.PUBLISHED, people)


@pytest.fixture
def alone(story, settings, tmp_path):
    application = Application(tmp_path)
    application.start("", "--logger-class=newsroom.reads_log.ReadsLogger", f"--access-logfile={settings.READS_LOG}")
    yield f"http://127.0.0.1:{application.port}"
    application.stop()


@pytest.fixture
def behind_nginx(story, tmp_path):
    application = Application(tmp_path)
    application.start()
    web = WebServer([application.port], tmp_path / "nginx")
    web.start()
    yield web.address
    web.stop()
    application.stop()


@pytest.mark.parametrize("site", ["alone", "behind_nginx"])
def test_what_people_read_is_counted_and_nothing_about_them_is_written(site, story, settings, request):
    address = request.getfixturevalue(site)
    first = ask(f"{address}/stories/{story.pk}/", User_Agent=BROWSER)
    ask(f"{address}/stories/{story.pk}/", User_Agent=BROWSER, If_None_Match=first.headers["ETag"])
    ask(f"{address}/en/stories/{story.pk}/?from=mail", User_Agent=BROWSER)
    ask(f"{address}/stories/{story.pk}/", "HEAD", User_Agent=BROWSER)
    ask(f"{address}/stories/{story.pk}/", User_Agent="Mozilla/5.0 (compatible; Baiduspider/2.0)")
    ask(f"{address}/stories/{story.pk}/", User_Agent=BROWSER, Sec_Purpose="prefetch")
    ask(f"{address}/stories/999999/", User_Agent=BROWSER)
    ask(f"{address}/en/search/?q=secret", User_Agent=BROWSER, X_Forwarded_For="203.0.113.9")
    wait_for_lines(settings.READS_LOG, 4)
    written = settings.READS_LOG.read_text(encoding="utf-8")
    assert written.count("\n") == 4
    assert not any(trace in written for trace in ("127.0.0.1", "203.0.113.9", "secret", "Mozilla", "mail"))
    assert count_reads(settings.READS_LOG) == 4
    row = ReadCount.objects.get(kind="story")
    assert (row.key, row.count) == (str(story.pk), 3)


def wait_for_lines(log, count: int) -> None:
    """nginx writes what it has gathered every few seconds."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not log.exists() or log.read_text(encoding="utf-8").count("\n") < count:
        if time.monotonic() > ends:
            pytest.fail("the log of reads has not been written")
        time.sleep(0.05)
