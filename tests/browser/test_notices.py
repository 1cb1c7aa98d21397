"""What happens to a reporter's story appears in their open window, by the stream and without it."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import translation
from playwright.sync_api import expect

from articles.states import State, Verb
from editions.live import pulse
from newsroom.staff.models import NoticeKind, User
from newsroom.staff.models.notice import HEADS
from newsroom.staff.notices import tell
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.accessible import WCAG, violations
from tests.browser.writing import expect_saved, let_pass, open_story, save, sign_in, sign_in_here, wind_clock, write
from tests.browsing import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

REPORTER, EDITOR = Role.REPORTER, Role.SECTION_EDITOR
COUNT = "#bell [data-count]"
# Seconds between two questions of a window that has no stream.
ASK = 10


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(pulse, "TICK", 0.1)


def enter(window, live_server, user, address: str = "/desk/") -> None:
    session = signed_in(user).cookies["sessionid"].value
    window.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    window.goto(address)


def send_back(story, people) -> None:
    house.act(story, Verb.RETURN, people[EDITOR], "缺少第二个来源")


@pytest.mark.parametrize(("address", "language"), [("/en/desk/", "en"), ("/desk/", "zh-hans")])
def test_a_return_appears_without_reloading(open_browser, live_server, people, address, language):
    story = house.story_in(State.SUBMITTED, people, headline="河水今晨上涨")
    window = open_browser()
    with window.expect_response(lambda answer: answer.url.split("?")[0].endswith("/desk/live/")):
        enter(window, live_server, people[REPORTER], address)
    expect(window.locator(COUNT)).to_be_hidden()
    # The bell has heard how things stand; only what comes after is announced.
    expect(window.locator("#bell [data-newest]")).to_have_attribute("data-heard", "")
    send_back(story, people)
    expect(window.locator("[data-announcing]")).to_contain_text("河水今晨上涨")
    expect(window.locator("[data-announcing]")).to_contain_text("缺少第二个来源")
    with translation.override(language):
        expect(window.locator("[data-announcing] .kind")).to_have_text(str(HEADS[NoticeKind.RETURNED]))
    expect(window.locator(COUNT)).to_contain_text("1")
    assert window.title().startswith("(1) ")
    # By keyboard: open, go through, open the story; then it is read.
    window.locator("#bell summary").focus()
    window.keyboard.press("Enter")
    link = window.locator("#bell [data-newest] a")
    expect(link).to_be_visible()
    link.focus()
    window.keyboard.press("Enter")
    window.wait_for_url(re.compile(rf"{address}stories/{story.pk}/$"))
    expect(window.locator(COUNT)).to_be_hidden()


def test_what_is_announced_stays_within_its_frame(open_browser, live_server, people):
    story = house.story_in(State.SUBMITTED, people, headline="河水今晨上涨，" * 8)
    window = open_browser()
    enter(window, live_server, people[REPORTER], "/desk/")
    expect(window.locator("#bell [data-newest]")).to_have_attribute("data-heard", "")
    send_back(story, people)
    expect(window.locator("[data-announcing]")).to_contain_text("河水今晨上涨")
    assert (
        window.evaluate(
            "(() => { const it = document.querySelector('[data-announcing]');"
            " return it.scrollWidth - it.clientWidth; })()"
        )
        <= 0
    )


def test_with_streams_refused_it_still_appears(open_browser, live_server, people, settings):
    settings.LIVE_CONNECTIONS = 0
    story = house.story_in(State.SUBMITTED, people, headline="河水今晨上涨")
    window = open_browser()
    wind_clock(window)
    with window.expect_response(lambda answer: "/live/news/" in answer.url):
        enter(window, live_server, people[REPORTER], "/en/desk/")
    expect(window.locator("#bell [data-newest]")).to_have_attribute("data-heard", "")
    send_back(story, people)
    let_pass(window, ASK)
    expect(window.locator(COUNT)).to_contain_text("1")
    expect(window.locator("[data-announcing]")).to_contain_text("Returned")


def test_of_two_windows_one_holds_the_stream_and_both_hear(open_browser, live_server, people):
    story = house.story_in(State.SUBMITTED, people, headline="河水今晨上涨")
    first = open_browser()
    enter(first, live_server, people[REPORTER], "/en/desk/")
    expect(first.locator("#bell [data-newest]")).to_have_attribute("data-heard", "")
    second = first.context.new_page()
    streams = []
    second.on("request", lambda request: streams.append(request.url) if "/desk/live/" in request.url else None)
    second.goto("/en/desk/stories/")
    expect(second.locator("#bell [data-newest]")).to_have_attribute("data-heard", "")
    send_back(story, people)
    for window in (first, second):
        expect(window.locator(COUNT)).to_contain_text("1")
    assert streams == []
    # The window that held it goes; the other takes over.
    with second.expect_request(lambda request: "/desk/live/" in request.url):
        first.close()
    tell([people[REPORTER]], NoticeKind.LATE, story)
    expect(second.locator(COUNT)).to_contain_text("2")


def test_whoever_is_signed_out_hears_nothing_more_and_does_again_once_another_window_is_signed_in(
    open_browser, live_server, people, monkeypatch
):
    """Quietly: a browser that complains of anything fails the test."""
    monkeypatch.setattr(pulse, "ACCOUNTS", 0.1)
    story = house.story_in(State.SUBMITTED, people, headline="河水今晨上涨")
    first = open_browser()
    enter(first, live_server, people[REPORTER], "/en/desk/")
    expect(first.locator("#bell [data-newest]")).to_have_attribute("data-heard", "")
    with first.expect_response(lambda answer: "/live/news/" in answer.url) as ended:
        Session.objects.all().delete()
    assert ended.value.status == 204
    second = first.context.new_page()
    enter(second, live_server, people[REPORTER], "/en/desk/stories/")
    send_back(story, people)
    for window in (first, second):
        expect(window.locator(COUNT)).to_contain_text("1")


def test_who_signs_in_again_in_place_hears_again(open_browser, people, monkeypatch):
    monkeypatch.setattr(pulse, "ACCOUNTS", 0.1)
    mine = house.make_story(people[REPORTER], body="<p>第一段。</p>")
    returned = house.story_in(State.SUBMITTED, people, headline="河水今晨上涨")
    window = open_browser(locale="en-GB", expected="Failed to load resource")
    sign_in(window, people[REPORTER])
    open_story(window, mine)
    expect(window.locator("#bell [data-newest]")).to_have_attribute("data-heard", "")
    with window.expect_response(lambda answer: "/live/news/" in answer.url) as ended:
        Session.objects.all().delete()
    assert ended.value.status == 204
    write(window, "接着写。")
    save(window)
    sign_in_here(window, people[REPORTER])
    expect_saved(window, 2)
    send_back(returned, people)
    expect(window.locator(COUNT)).to_contain_text("1")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["", "/en"], ids=["zh", "en"])
def test_the_pages_are_open_to_everybody(open_browser, live_server, people, settings, language, width):
    settings.MAIL_IS_SET_UP = True
    User.objects.filter(pk=people[REPORTER].pk).update(email="reporter@paper.example")
    for number in range(3):
        story = house.story_in(State.SUBMITTED, people, headline=f"河水今晨上涨{'很' * 40}{number}")
        send_back(story, people)
    window = open_browser(width=width)
    enter(window, live_server, people[REPORTER], f"{language}/desk/notices/")
    expect(window.locator("#bell [data-newest] li")).not_to_have_count(0)
    window.locator("#bell summary").click()
    assert violations(window, standards=WCAG) == []
    window.goto(f"{language}/desk/notices/choices/")
    assert violations(window, standards=WCAG) == []
    assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")
