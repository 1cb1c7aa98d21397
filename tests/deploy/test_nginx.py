"""The shipped nginx site with a real nginx: readers see what is published, and go on reading when nothing answers."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

import pytest
from django.core.files.storage import storages

from articles import editing
from articles.models import PublishedPhoto
from articles.states import State, Verb
from newsroom.staff import subscriptions
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.deploy.standing import Application, WebServer, ask, ask_until

pytestmark = pytest.mark.django_db(transaction=True)
NO_DATABASE = "postgres://nobody@127.0.0.1:1/nothing"


@pytest.fixture
def application(people, tmp_path):
    application = Application(tmp_path)
    application.start()
    yield application
    application.stop()


@pytest.fixture
def web(application, tmp_path):
    web = WebServer([application.port], tmp_path / "nginx")
    web.start()
    yield web
    web.stop()


def published(people, **fields):
    story = house.story_in(State.PUBLISHED, people, **fields)
    return story, f"/stories/{story.pk}/"


def withdraw(story, people):
    return house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")


def test_what_is_published_is_seen_and_what_is_withdrawn_is_gone(web, people):
    assert ask(web.address + "/").status == 200
    story, address = published(people, headline="城西夜市今晚开市")
    ask_until(lambda home: "城西夜市今晚开市" in home.text, web.address + "/")
    first = ask(web.address + address, Cookie="sessionid=x")
    assert (first.status, first.headers["Vary"]) == (200, "Accept-Encoding")
    assert "Set-Cookie" not in first.headers
    packed = ask(web.address + address, Accept_Encoding="br;q=1, gzip;q=0.8")
    assert gzip.decompress(packed.body) == first.body
    assert ask(web.address + address, Accept_Encoding="gzip;q=0").body == first.body
    for known, accepts in ((first, ""), (packed, "gzip")):
        again = ask(web.address + address, If_None_Match=known.headers["ETag"], Accept_Encoding=accepts)
        assert again.status == 304
    # What changed within one second is told by the ETag alone.
    assert ask(web.address + address, If_Modified_Since=first.headers["Last-Modified"]).status == 200
    withdraw(story, people)
    for accepts in ("", "gzip"):
        assert ask(web.address + address, Accept_Encoding=accepts).status == 410
        assert "城西夜市" not in ask(web.address + "/").text


def test_readers_go_on_reading_while_the_application_is_down(web, application, people):
    _story, address = published(people)
    read = ask(web.address + address)
    application.stop()
    assert ask(web.address + address) == read._replace(headers=ask(web.address + address).headers)
    assert ask(web.address + "/stories/999999/").status == 502
    application.start()
    ask_until(lambda answer: answer.status == 404, web.address + "/stories/999999/")


def test_of_several_gunicorns_the_others_answer_for_one_that_is_gone(application, people, tmp_path):
    other = Application(tmp_path)
    other.start()
    web = WebServer([application.port, other.port], tmp_path / "nginx")
    web.start()
    try:
        for gone, back in ((application, other), (other, application)):
            gone.stop()
            # Of pages that nobody has read: nothing that is kept is given out for them.
            missing = {ask(f"{web.address}/stories/{900_000 + number}/?{gone.port}").status for number in range(8)}
            assert missing == {404}
            gone.start()
            assert ask(f"http://127.0.0.1:{back.port}/").status == 200
    finally:
        web.stop()
        other.stop()


def test_readers_go_on_reading_while_the_database_is_down(web, application, people):
    _story, address = published(people)
    read = ask(web.address + address)
    application.stop()
    application.start(NO_DATABASE)
    assert ask(f"http://127.0.0.1:{application.port}{address}").status == 500
    assert ask(web.address + address).body == read.body


def test_what_was_withdrawn_or_corrected_is_read_no_more_even_where_nothing_answers(web, application, people):
    story, address = published(people)
    corrected, other = published(people)
    for path in (address, other, "/"):
        assert ask(web.address + path).status == 200
    application.stop()
    chief = people[Role.EDITOR_IN_CHIEF]
    withdraw(story, people)
    for path in (address, "/"):
        assert ask(web.address + path).status == 502
    application.start()
    assert ask_until(lambda answer: answer.status != 502, web.address + address).status == 410
    assert ask(web.address + other).status == 200
    corrected = house.act(corrected, Verb.CORRECT, chief, "时间有误")
    application.stop()
    assert ask(web.address + other).status == 200
    house.act(corrected, Verb.SIGN, chief)
    assert ask(web.address + other).status == 502


def test_what_a_cdn_hears_was_said_now_and_nothing_of_what_is_given_out_for_want_of_an_answer(web, application, people):
    application.stop()
    application.start(CDN_PURGE_URL="https://cdn.example/purge", SITE_ADDRESS="https://paper.example")
    first = ask(web.address + "/").headers["CDN-Cache-Control"]
    assert first.startswith("public, max-age=")
    # The same page, a second nearer to midnight.
    ask_until(lambda answer: answer.headers["CDN-Cache-Control"] != first, web.address + "/")
    application.stop()
    late = ask_until(lambda answer: "CDN-Cache-Control" not in answer.headers, web.address + "/")
    assert (late.status, "s-maxage=1" in late.headers["Cache-Control"]) == (200, True)


def test_pictures_are_kept_for_good_and_gone_with_their_story(web, people):
    photo = house.make_photo(people[Role.PHOTOGRAPHER])
    story, _address = published(people, pictures=[editing.Picture(photo.pk)])
    shown = PublishedPhoto.objects.get()
    [[_width, avif]] = shown.sources["avif"]
    for address in (shown.thumbnail, shown.preview, shown.large, avif):
        answer = ask(web.address + address)
        assert (answer.status, answer.headers["Content-Type"]) == (200, f"image/{address[-4:]}")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    withdraw(story, people)
    gone = ask(web.address + shown.preview)
    assert (gone.status, gone.headers["Cache-Control"]) == (410, "no-store")
    assert ask(web.address + "/media/photos/nothing.webp").status == 404
    where_it_leads = Path(storages["public"].path("epoch")).resolve().name
    for name in ("epoch", f"{where_it_leads}/", ".epoch.lock"):
        assert ask(f"{web.address}/media/{name}").status == 404, name


def test_the_desk_passes_through_unkept(web, people):
    for address in ("/desk/", "/en/desk/", "/accounts/login/"):
        first, second = ask(web.address + address), ask(web.address + address)
        assert first.status == second.status == 200
        # Each visitor's own: the token of the form.
        assert first.body != second.body


def test_the_secret_address_of_a_calendar_is_in_no_log_and_its_answer_is_not_kept(web, people):
    reporter = subscriptions.renew_address(acting_user=people[Role.REPORTER])
    address = f"/calendar/{reporter.pk}/{subscriptions.secret_of(reporter)}/assignments.ics"
    for path in (address, f"/en{address}", "/accounts/login/"):
        assert ask(web.address + path).status == 200
    subscriptions.end_address(reporter, acting_user=reporter)
    assert ask(web.address + address).status == 404
    logged = web.log.read_text()
    assert '"GET /accounts/login/ HTTP/1.1" 200' in logged
    assert "calendar" not in logged


def test_who_searches_without_end_is_told_to_wait_and_reads_on(web):
    answers = {ask(f"{web.address}/search/?q={number}").status for number in range(60)}
    assert answers == {200, 429}
    assert ask(web.address + "/").status == 200


def test_a_site_with_a_certificate_is_one_that_nginx_takes(people, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-days", "1", "-nodes"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-keyout", key, "-out", certificate, *subject]
    subprocess.run(made, check=True, capture_output=True)
    web = WebServer([1], tmp_path / "nginx", f"--certificate={certificate}", f"--key={key}")
    web.check()
    site = (tmp_path / "nginx" / "site.conf").read_text()
    assert "ssl http2;" in site
    assert "return 301 https://" in site
    assert "@" not in site
