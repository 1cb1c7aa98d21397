"""Kept pages: given out as long as the reading side stands as it stood, and never a moment longer."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext

from articles.models import PublicFrame, PublishedArticle
from articles.public.kept import LARGEST, KeptPage, Shelf, accepts_gzip
from articles.states import State, Verb
from editions.views import reading
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows
from tests.origin import Origin


@pytest.fixture
def paper(db):
    return reading_rows.make_edition()


@pytest.fixture
def origin():
    return Origin()


def queries_of(origin, address, **headers):
    with CaptureQueriesContext(connection) as queries:
        answer = origin.get(address, **headers)
    return len(queries), answer


def test_a_page_made_in_this_generation_is_not_made_again(paper, origin):
    made, first = queries_of(origin, "/stories/1/")
    kept, again = queries_of(origin, "/stories/1/")
    assert made > 3
    assert kept == 0
    assert again == first


@pytest.mark.parametrize(
    "address", ["/stories/1/", "/en/", "/search/", "/feeds/all.json", "/sitemap.xml", "/robots.txt"]
)
def test_a_kept_page_says_what_the_made_one_said(paper, origin, client, settings, address):
    settings.CDN_PURGE_URL = "https://cdn.example/purge"
    settings.SECURE_HSTS_SECONDS = 60
    made = client.get(address)
    origin.get(address)
    kept = origin.get(address)
    assert kept.sent == made.content
    differing = {name for name in {*kept.headers, *made.headers} if kept.headers.get(name) != made.get(name)}
    # Whoever forwards the page has to know its length, and that neither language nor session decides.
    assert differing <= {"Content-Length", "Vary"}
    assert kept.headers["Vary"] == "Accept-Encoding"


def saying_something_to_one_reader(get_response):
    """A middleware that answers a reader who says so with a cookie or a header of their own."""

    def answer(request):
        response = get_response(request)
        if request.META.get("HTTP_GIVE") == "cookie":
            response.set_cookie("whose", "a stranger's")
        if request.META.get("HTTP_GIVE") == "header":
            response["X-Whose"] = "a stranger's"
        return response

    return answer


@pytest.fixture
def with_strangers(settings):
    """Origins made from now on say something to one reader."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.saying_something_to_one_reader"]


def test_what_comes_with_a_cookie_is_kept_by_nobody(paper, settings, with_strangers):
    settings.CDN_PURGE_URL = "https://cdn.example/purge"
    origin = Origin()
    for address in ("/stories/1/", "/stories/99999/"):
        given = origin.get(address, give="cookie")
        assert "a stranger's" in given.headers["Set-Cookie"]
        assert {given.headers.get(name, "") for name in ("Cache-Control", "CDN-Cache-Control")} <= {
            "private, no-store",
            "",
        }
        after = origin.get(address)
        assert "Set-Cookie" not in after.headers
    assert queries_of(origin, "/stories/1/")[0] == 0


def test_of_what_is_said_beside_a_page_what_is_meant_for_everybody_is_kept(paper, with_strangers):
    origin = Origin()
    origin.get("/stories/1/", give="header")
    assert queries_of(origin, "/stories/1/") == (0, origin.get("/stories/1/"))
    assert "X-Whose" not in origin.get("/stories/1/").headers


def test_nothing_kept_outlives_a_change(paper, origin):
    assert "第2条消息" in origin.get("/stories/2/").text
    PublishedArticle.objects.filter(number=2).update(headline="换了标题")
    reading_rows.changed()
    assert "换了标题" in origin.get("/stories/2/").text


def test_a_withdrawn_story_is_gone_from_every_process_at_once(people, origin):
    other = Origin()
    story = house.story_in(State.PUBLISHED, people)
    for process in (origin, other):
        assert [process.get(f"/stories/{story.pk}/").status for _time in range(2)] == [200, 200]
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    assert [process.get(f"/stories/{story.pk}/").status for process in (origin, other)] == [410, 410]


def test_a_generation_of_the_same_number_after_a_restored_backup_is_another(paper, origin):
    origin.get("/stories/2/")
    PublishedArticle.objects.filter(number=2).update(headline="另一份备份")
    generation = PublicFrame.current().generation
    reading_rows.changed()
    PublicFrame.objects.update(generation=generation)
    assert "另一份备份" in origin.get("/stories/2/").text


def test_a_kept_page_ends_with_the_newsrooms_day(paper, origin):
    with time_machine.travel("2024-03-07T23:59:50+08:00", tick=False):
        origin.get("/")
        assert queries_of(origin, "/")[0] == 0
    with time_machine.travel("2024-03-08T00:00:00+08:00", tick=False):
        assert queries_of(origin, "/")[0] > 0


def test_a_page_is_kept_once_however_the_host_is_written(paper, origin):
    origin.get("/stories/1/")
    for host in ("TestServer", "testserver.", "testserver:8099"):
        assert queries_of(origin, "/stories/1/", host=host)[0] == 0, host
    for host in ("elsewhere.example", "testserver:port", "testserver/"):
        assert origin.get("/stories/1/", host=host).status == 400, host


def test_a_query_string_of_somebody_elses_makes_no_page_to_keep(paper, origin):
    address = "/stories/1/?utm_source=a"
    origin.get(address)
    assert queries_of(origin, address)[0] == queries_of(origin, address)[0] > 0


def test_a_reader_who_has_the_page_hears_so_in_either_packing(paper, origin):
    plain, packed = origin.get("/stories/1/"), origin.get("/stories/1/", accept_encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.text == plain.text
    assert plain.headers["ETag"] != packed.headers["ETag"]
    for address in ("/stories/1/", "/stories/1/?page=1"):
        for known in (plain.headers["ETag"], f"W/{packed.headers['ETag']}", f'"x", {plain.headers["ETag"]}', "*"):
            again = origin.get(address, if_none_match=known, accept_encoding="gzip")
            assert (again.status, again.sent) == (304, b"")
            assert again.headers["Cache-Control"] == plain.headers["Cache-Control"]
    assert origin.get("/stories/1/", if_none_match='"another"').status == 200


def test_when_a_page_changed_decides_nothing_and_is_never_too_early(paper, origin):
    first = origin.get("/stories/1/")
    modified = first.headers["Last-Modified"]
    assert origin.get("/stories/1/", if_modified_since=modified).status == 200
    with time_machine.travel("2126-03-07T12:00:00+08:00", tick=False):
        PublishedArticle.objects.filter(number=2).update(headline="邻居改了题")
        reading_rows.changed()
        assert origin.get("/stories/1/").headers["Last-Modified"] == "Thu, 07 Mar 2126 04:00:00 GMT"


@pytest.mark.parametrize("address", ["/stories/1/", "/stories/1/?a=b"])
def test_head_is_the_page_without_its_content(paper, origin, address):
    whole = origin.get(address)
    for _time in range(2):
        head = origin.get(address, method="HEAD")
        assert (head.status, head.sent, head.headers) == (200, b"", whole.headers)


def test_nothing_but_public_pages_is_kept(people, origin):
    for address in ("/desk/", "/accounts/login/", "/stories/99999/"):
        first, second = queries_of(origin, address), queries_of(origin, address)
        assert first[1].status == second[1].status != 304
        assert "ETag" not in second[1].headers
    assert origin.get("/", method="POST").status != 200


def test_without_the_database_nothing_kept_is_given_out(paper, origin, monkeypatch):
    origin.get("/stories/1/")

    def gone(*_args, **_kwargs):
        raise OperationalError("no database")

    monkeypatch.setattr(PublicFrame, "serial", gone)
    monkeypatch.setattr(connections["default"], "close", lambda: None)
    assert origin.get("/stories/1/").status == 500


def test_a_shelf_holds_so_many_bytes_and_keeps_what_is_asked_for():
    shelf, page = Shelf(limit=20_000), KeptPage(b"x" * 500, [])
    assert shelf.get(1, "a") is None
    for name in "abcd":
        shelf.put(1, name, page)
    assert shelf.get(1, "a")
    for name in "ef":
        shelf.put(1, name, page)
    assert [name for name in "abcdef" if shelf.get(1, name)] == ["a", "d", "e", "f"]
    assert shelf.get(2, "a") is None
    shelf.put(2, "a", page)
    assert [name for name in "abcdef" if shelf.get(2, name)] == ["a"]


def test_a_page_that_took_long_takes_no_newer_ones_place():
    shelf, page = Shelf(limit=20_000), KeptPage(b"x" * 500, [])
    shelf.get(1, "slow")
    shelf.get(2, "new")
    shelf.put(2, "new", page)
    shelf.put(1, "slow", page)
    assert [name for name in ("slow", "new") if shelf.get(2, name)] == ["new"]


def test_a_book_of_megabytes_pushes_no_pages_out():
    shelf = Shelf(limit=4 * LARGEST)
    assert shelf.get(1, "page") is None
    for number in range(50):
        shelf.put(1, number, KeptPage(b"x" * 40_000, [("Content-Type", "text/html")]))
    for book in ("one.epub", "other.epub"):
        shelf.put(1, book, KeptPage(b"x" * 3 * LARGEST, [("Content-Type", "application/epub+zip")]))
        assert shelf.get(1, book) is None
    assert all(shelf.get(1, number) for number in range(50))


@pytest.mark.parametrize(
    ("said", "accepts"),
    [
        ("", False),
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0, br", False),
        ("*;q=0.1", True),
        ("*;q=0, gzip", True),
        ("gzip;q=0.000", False),
        ("identity", False),
        ("gzipped", False),
    ],
)
def test_who_takes_packed_pages(said, accepts):
    assert accepts_gzip(said) is accepts


def kept_by_a_cdn_for(answer) -> int:
    """In seconds."""
    return int(re.search(r"max-age=(\d+)", answer.headers["CDN-Cache-Control"])[1])


def test_a_cdn_keeps_no_page_beyond_midnight_whenever_it_was_made_and_whoever_says_so(paper, origin, settings):
    settings.CDN_PURGE_URL = "https://cdn.example/purge"
    evening = datetime.datetime(2024, 3, 7, 22, tzinfo=reading_rows.SHANGHAI)
    with time_machine.travel(evening, tick=False) as now:
        for address in ("/", "/?made=anew", "/oembed/?url=http://testserver/stories/99/"):
            assert kept_by_a_cdn_for(origin.get(address)) == 2 * 3600, address
        now.shift(datetime.timedelta(hours=1, minutes=59))
        kept = origin.get("/")
        assert kept_by_a_cdn_for(kept) == 60
        for address in ("/", "/?made=anew"):
            again = origin.get(address, if_none_match=kept.headers["ETag"])
            assert (again.status, kept_by_a_cdn_for(again)) == (304, 60), address
            assert again.headers["Surrogate-Key"] == kept.headers["Surrogate-Key"]
        now.shift(datetime.timedelta(minutes=1))
        assert kept_by_a_cdn_for(origin.get("/")) == 86_400


def test_a_page_that_is_finished_after_midnight_is_of_the_day_before(paper, origin, settings, monkeypatch):
    settings.CDN_PURGE_URL = "https://cdn.example/purge"
    midnight = datetime.datetime(2024, 3, 8, tzinfo=reading_rows.SHANGHAI)
    with time_machine.travel(midnight - datetime.timedelta(seconds=1), tick=False) as now:
        made = reading.front_page
        monkeypatch.setattr(reading, "front_page", lambda today, most_read: (made(today, most_read), now.shift(2))[0])
        assert kept_by_a_cdn_for(origin.get("/")) == 0
