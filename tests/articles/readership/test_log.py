"""What a read is, and what the log of reads says of it."""

from __future__ import annotations

import datetime

import pytest

from articles.readership.log import Read, is_of_the_paper, is_read, line, parse

AT = datetime.datetime(2026, 3, 7, 21, 5, 9, tzinfo=datetime.UTC)
BROWSERS = [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49",
]
PROGRAMS = [
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers)",
    "curl/8.5.0",
    "python-requests/2.31.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36",
    "",
]


@pytest.mark.parametrize("agent", BROWSERS)
def test_what_a_browser_is_given_is_read(agent):
    assert is_read("GET", 200, agent, "")
    assert is_read("GET", 304, agent, "")
    assert not is_read("HEAD", 200, agent, "")
    assert not is_read("GET", 404, agent, "")
    assert not is_read("GET", 410, agent, "")
    assert not is_read("GET", 200, agent, "prefetch;prerender")


@pytest.mark.parametrize("agent", PROGRAMS)
def test_what_a_program_fetches_is_not_read(agent):
    assert not is_read("GET", 200, agent, "")


def test_a_line_says_when_and_which_page_and_not_what_was_searched():
    written = line(AT, "/zh-hant/search/?q=%E5%A4%9C%E5%B8%82")
    assert written == "2026-03-07T21:05:09+00:00 /zh-hant/search/"
    assert parse(written + "\n") == Read(AT, "/search/")


def test_addresses_are_read_as_people_read_them():
    assert parse(line(AT, "/en/tags/%E5%A4%9C%E5%B8%82/")).path == "/tags/夜市/"
    assert parse(line(AT, "/english/")).path == "/english/"


@pytest.mark.parametrize(
    "text", ["", "\n", "yesterday /", "2026-03-07T21:05:09 /", "2026-03-07T21:05:09+00:00", "\x00\x00"]
)
def test_what_is_no_line_is_none(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    "address",
    ["/desk/", "/en/desk/stories/1/", "/calendar/7/secret/a.ics", "/en/accounts/login/", "/media/a"],
)
def test_what_is_of_the_house_is_no_page_of_the_paper(address):
    assert not is_of_the_paper(address)
    assert is_of_the_paper("/calendars/")
    assert is_of_the_paper("/stories/1/")
