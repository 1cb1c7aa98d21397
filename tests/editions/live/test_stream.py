"""The stream: what happens reaches those who may know of it, nothing is lost, and it costs a thread at most."""

from __future__ import annotations

import threading

import pytest
from django.utils import translation

from articles.states import State, Verb
from editions.live import channel, pulse
from editions.live.pulse import PULSE
from newsroom.staff.models import NoticeKind, User
from newsroom.staff.models.notice import HEADS
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import signed_in
from tests.editions.live.conftest import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)

REPORTER, EDITOR, DESIGNER = Role.REPORTER, Role.SECTION_EDITOR, Role.PAGE_DESIGNER


def test_a_return_reaches_the_reporter_and_what_changed_reaches_those_who_may_read_it(people, listen):
    story = house.story_in(State.SUBMITTED, people, headline="河水今晨上涨")
    reporter, designer = listen(people[REPORTER]), listen(people[DESIGNER])
    reporter.until("hello")
    designer.until("hello")
    house.act(story, Verb.RETURN, people[EDITOR], "缺少来源")
    heard = dict(reporter.until("notice", lambda told: told["unread"]))
    assert heard["story"] == {"number": story.pk, "version": 1, "state": "returned", "step": 0}
    [notice] = [one for one in heard["notice"]["newest"] if one["kind"] == "returned"]
    assert (notice["head"], notice["about"], notice["text"]) == ("Returned", "河水今晨上涨", "缺少来源")
    assert notice["address"] == f"/en/desk/stories/{story.pk}/"
    # Designers see signed copy alone: that the desk changed is all they hear.
    assert "story" not in dict(designer.until("board"))


def test_of_a_story_nobody_hears_what_was_done_to_it_and_by_whom(people, listen):
    """Who makes pages reads the signed copy and not its past: a remark on it is of that."""
    story = house.story_in(State.SIGNED_OFF, people)
    designer = listen(people[DESIGNER])
    designer.until("hello")
    house.remark(story, people[EDITOR], "今晚")
    heard = dict(designer.until("board"))
    assert heard["story"] == {"number": story.pk, "version": story.version, "state": "signed_off", "step": 0}


def test_each_hears_in_their_language(people, listen):
    story = house.story_in(State.SUBMITTED, people)
    chinese = listen(people[REPORTER], language="zh-hans")
    chinese.until("hello")
    house.act(story, Verb.RETURN, people[EDITOR], "缺少来源")
    heard = dict(chinese.until("notice", lambda told: told["unread"]))
    [notice, *_older] = heard["notice"]["newest"]
    with translation.override("zh-hans"):
        assert notice["head"] == HEADS[NoticeKind.RETURNED] != "Returned"
    assert notice["address"] == f"/desk/stories/{story.pk}/"


def test_after_a_reconnect_nothing_is_missing(people, listen):
    story = house.make_story(people[REPORTER])
    session = signed_in(people[REPORTER]).cookies["sessionid"].value
    first = listen(people[REPORTER], session)
    first.until("hello")
    first.close()
    house.save(story, people[REPORTER], headline="断线时改的")
    again = listen(people[REPORTER], session, last=first.position)
    heard = again.until("hello")
    assert [data["version"] for name, data in heard if name == "story"] == [2]
    # And from there on; what both the reading and the thread found may be said twice.
    house.save(story, people[REPORTER], headline="连上后改的")
    again.until("story", lambda data: data["version"] == 3)


def test_what_happened_since_the_page_was_asked_for_is_heard(people, listen):
    story = house.make_story(people[REPORTER])
    heard = listen(people[REPORTER], query="?age=30").until("hello")
    assert story.pk in [data["number"] for name, data in heard if name == "story"]


def test_where_the_process_is_full_it_says_so_without_an_error(people, listen, settings):
    settings.LIVE_CONNECTIONS = 1
    first = listen(people[REPORTER])
    first.until("hello")
    # What an `EventSource` takes for the end; the browser asks for the news from then on.
    assert listen(people[EDITOR]).answer.status == 204
    # The same browser again takes its own place.
    session = signed_in(people[EDITOR]).cookies["sessionid"].value
    PULSE.end_all()
    listen(people[EDITOR], session).until("hello")
    listen(people[EDITOR], session).until("hello")


def test_a_browsers_new_stream_ends_its_old_one(people, listen):
    session = signed_in(people[REPORTER]).cookies["sessionid"].value
    old = listen(people[REPORTER], session)
    old.until("hello")
    listen(people[REPORTER], session).until("hello")
    assert "hello" not in dict(old.events())


def test_signing_out_ends_the_stream(people, listen):
    client = signed_in(people[REPORTER])
    stream = listen(people[REPORTER], client.cookies["sessionid"].value)
    stream.until("hello")
    client.post("/en/accounts/logout/")
    list(stream.events())


@pytest.mark.parametrize("how", ["deactivated", "without a role"])
def test_who_may_no_longer_enter_the_desk_hears_no_more(people, listen, how):
    stream = listen(people[EDITOR])
    stream.until("hello")
    if how == "deactivated":
        User.objects.filter(pk=people[EDITOR].pk).update(is_active=False)
    else:
        people[EDITOR].role_grants.all().delete()
    list(stream.events())


def test_a_stream_ends_after_its_time_and_comes_again_by_itself(people, listen, monkeypatch):
    monkeypatch.setattr(channel, "LIFE", 0.2)
    stream = listen(people[REPORTER])
    heard = [name for name, _data in stream.events()]
    assert "hello" in heard
    assert stream.position


def test_nobody_signed_out_hears_anything(people, listen):
    stream = listen(people[REPORTER], session="none")
    assert stream.answer.status == 204


def test_it_goes_through_a_web_server_as_it_comes(people, listen):
    headers = listen(people[REPORTER]).answer.headers
    assert headers["Content-Type"] == "text/event-stream"
    assert headers["X-Accel-Buffering"] == "no"
    assert {"no-cache", "no-transform", "private"} <= set(headers["Cache-Control"].split(", "))


def test_one_thread_reads_for_all_and_ends_with_the_last(people, listen):
    for role in (REPORTER, EDITOR, DESIGNER):
        listen(people[role]).until("hello")
    assert [thread.name for thread in threading.enumerate()].count("live") == 1
    PULSE.end_all()
    assert PULSE.wait_until_quiet(PATIENCE)
    assert "live" not in [thread.name for thread in threading.enumerate()]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_broke_ends_its_streams_and_is_replaced(people, listen, monkeypatch):
    with monkeypatch.context() as broken:
        stream = listen(people[REPORTER])
        stream.until("hello")
        broken.setattr(pulse, "marks_of", None)
        list(stream.events())
    story = house.make_story(people[REPORTER])
    again = listen(people[REPORTER], last=stream.position)
    again.until("story", lambda data: data["number"] == story.pk)
