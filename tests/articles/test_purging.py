"""A CDN is told what to forget: in the act's own transaction, until it says yes; with a real server that fails."""

from __future__ import annotations

import datetime
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from articles import editing, purging
from articles.generations import follow_contributor, follow_section, follow_title
from articles.models import Article, PublicFrame, PublishedPhoto, Purge, Title
from articles.models.purge import Receiver
from articles.public.surrogates import MOST_STORIES, keys_of
from articles.states import State, Verb
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows
from tests.origin import Origin

SECOND = datetime.timedelta(seconds=1)


class Cdn(ThreadingHTTPServer):
    """Answers what it is told to, in order, and then 200; notes what it was asked to forget."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Endpoint)
        self.answers: list[tuple[int, bytes] | None] = []
        self.calls: list[tuple[dict[str, str], dict]] = []
        self.elsewhere: list[dict[str, str]] = []
        self.heard: list[float] = []

    @property
    def forgotten(self) -> set[str]:
        return {thing for _headers, body in self.calls for things in body.values() for thing in things}


class _Endpoint(BaseHTTPRequestHandler):
    server: Cdn

    def do_GET(self) -> None:
        self.server.elsewhere.append(dict(self.headers))
        self.send_response(200)
        self.end_headers()

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        body = json.loads(sent) if self.headers["Content-Type"] == "application/json" else parse_qs(sent)
        self.server.calls.append((dict(self.headers), body))
        self.server.heard.append(time.monotonic())
        answer = self.server.answers.pop(0) if self.server.answers else (200, b'{"success": true}')
        if answer is None:
            self.close_connection = True
            return
        self.send_response(answer[0])
        if 300 <= answer[0] < 400:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(answer[1])

    def log_message(self, *_args) -> None:
        pass


@contextmanager
def standing():
    receiver = Cdn()
    thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield receiver
    receiver.shutdown()
    thread.join()
    receiver.server_close()


@pytest.fixture
def cdn(settings):
    with standing() as cdn:
        settings.CDN_PURGE_URL = f"http://127.0.0.1:{cdn.server_port}/purge"
        settings.CDN_PURGE_TOKEN = "a-token"
        settings.SITE_ADDRESS = "https://paper.example"
        yield cdn


@pytest.fixture
def hub(settings):
    with standing() as hub:
        settings.WEBSUB_HUB = f"http://127.0.0.1:{hub.server_port}/"
        settings.SITE_ADDRESS = "https://paper.example"
        yield hub


def told(hub: Cdn) -> set[str]:
    """The feeds of which the hub was told, without their formats; of each in all of them."""
    topics = [topic for _headers, body in hub.calls for topic in body["hub.url"]]
    assert all(body["hub.mode"] == ["publish"] for _headers, body in hub.calls)
    hub.calls.clear()
    names = {topic.rpartition(".")[0] for topic in topics}
    assert set(topics) == {f"{name}.{form}" for name in names for form in ("rss", "atom", "json")}
    return {name.removeprefix("https://paper.example/feeds/") for name in names}


def ordered() -> set[str]:
    """What the CDN was ordered to forget since the last time, in one order."""
    [purge] = Purge.objects.filter(receiver=Receiver.CDN)
    Purge.objects.all().delete()
    return {*purge.keys, *purge.files}


def order(keys: set[str], files: set[str] = frozenset()) -> None:
    purging.order(purging.Change(set(keys), set(files)))


def send_due(now: datetime.datetime):
    return purging.send_due(Receiver.CDN, Receiver.HUB, clock=lambda: now)


def test_what_shows_a_story_is_forgotten_when_it_appears_changes_and_goes(people, cdn):
    reporter, chief = people[Role.REPORTER], people[Role.EDITOR_IN_CHIEF]
    author = house.contributor_for(reporter)
    photo = house.make_photo(reporter)
    story = house.story_in(
        State.PUBLISHED,
        people,
        keywords="夜市",
        bylines=[editing.Credit(author.pk, "reporter")],
        pictures=[editing.Picture(photo.pk)],
    )
    lists = {"home", "archive", "search", "many-stories", "section-city"}
    lists |= {f"author-{author.slug}", "tag-%E5%A4%9C%E5%B8%82"}
    assert ordered() == {f"story-{story.pk}", *lists}
    story = house.act(house.act(story, Verb.CORRECT, chief, "时间有误"), Verb.SIGN, chief)
    assert ordered() >= {f"story-{story.pk}", *lists}
    shown = PublishedPhoto.objects.get()
    house.act(story, Verb.WITHDRAW, chief, "失实")
    sizes = {address for widths in shown.sources.values() for _width, address in widths}
    assert len(sizes) > 1
    assert ordered() == {f"story-{story.pk}", *lists, shown.thumbnail, shown.preview, shown.large, *sizes}


def test_an_edition_and_every_change_of_section_author_and_title_are_followed(people, cdn):
    author = house.contributor_for(people[Role.REPORTER])
    story = house.story_in(State.SIGNED_OFF, people, bylines=[house.credit(people[Role.REPORTER])])
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    assert ordered() >= {"home", "paper", "archive", "search", f"story-{story.pk}", "section-city"}
    title, section = Title.objects.get(), house.section()
    lists = {f"author-{author.slug}", "authors", "search"}
    for thing, changed, follow, forgotten in (
        (title, {"name": "晨报"}, lambda _title: follow_title(), {"all"}),
        (section, {"order": 7}, lambda section: follow_section(section, section.slug), {"all"}),
        (author, {"bio": "跑夜市。"}, lambda author: follow_contributor(author, author.slug), lists),
    ):
        for name, value in changed.items():
            setattr(thing, name, value)
        thing.save()
        follow(thing)
        assert ordered() == forgotten
        # What readers see already is no change.
        generation = PublicFrame.objects.get().generation
        follow(thing)
        assert not Purge.objects.exists()
        assert PublicFrame.objects.get().generation == generation


def test_every_page_names_what_it_is_and_every_story_it_leads_to(db, with_cdn):
    reading_rows.make_edition()
    origin = Origin()
    expected = {
        "/": {"all", "home", "story-1"},
        "/en/": {"all", "home", "story-1"},
        "/sections/city/": {"all", "section-city", "story-1"},
        "/en/stories/1/": {"all", "story-1", "story-2"},
        "/authors/jia/": {"all", "author-jia", "story-1"},
        "/paper/2024-03-07/": {"all", "paper", "edition-2024-03-07", "story-1"},
        "/paper/2024-03-07/2/": {"all", "paper", "edition-2024-03-07", "story-5"},
        "/archive/": {"all", "archive"},
        "/archive/2024/03/": {"all", "archive", "story-1"},
        "/search/?q=x": {"all", "search"},
        "/zh-hant/search/suggest/?q=x": {"all", "search"},
        "/feeds/search.rss?by=x": {"all", "search"},
    }
    for address, keys in expected.items():
        said = origin.get(address).headers["Surrogate-Key"].split(" ")
        assert keys <= set(said), address
        assert len(said) == len(set(said))


def test_no_page_names_itself_to_a_cdn_that_is_not_there(db):
    reading_rows.make_edition()
    for address in ("/", "/stories/1/", f"/oembed/?{urlencode({'url': 'http://testserver/stories/1/'})}"):
        answer = Origin().get(address)
        assert (answer.status, "Surrogate-Key" in answer.headers) == (200, False), address


def test_a_page_with_more_stories_than_a_header_holds_is_forgotten_with_every_one():
    links = "".join(f'<a href="/stories/{number}/">' for number in range(MOST_STORIES + 1))
    assert keys_of("/specials/flood/", links) == ["all", "special-flood", "many-stories"]


def test_a_cdn_that_is_told_what_to_forget_keeps_pages_for_longer(db, client, settings):
    assert "CDN-Cache-Control" not in client.get("/").headers
    settings.CDN_PURGE_URL = "https://cdn.example/purge"
    assert "max-age=" in client.get("/")["CDN-Cache-Control"]


def test_an_order_is_sent_again_until_it_is_confirmed_and_then_once_more(db, cdn):
    cdn.answers = [(503, b""), None, (200, b'{"success": false}'), (200, b"")]
    order({"story-7", "home"}, {"/media/photos/a.webp"})
    now = timezone.now()
    pauses = []
    for _attempt in range(3):
        sent, problems = send_due(now)
        assert (sent, len(problems)) == ([], 1)
        pause = Purge.objects.get().due_at - now
        assert send_due(now + pause - SECOND / 2) == ([], [])
        pauses.append(pause)
        now += pause
    assert pauses == sorted(set(pauses))
    assert send_due(now)[1] == []
    # What was fetched meanwhile from a cache on the way is forgotten too.
    later = Purge.objects.get().due_at
    assert later - now == datetime.timedelta(seconds=5)
    assert len(send_due(later)[0]) == 1
    assert not Purge.objects.exists()
    headers, body = cdn.calls[0]
    assert body == {"tags": ["home", "story-7"]}
    assert (headers["Surrogate-Key"], headers["Authorization"]) == ("home story-7", "Bearer a-token")
    assert cdn.calls[-1][1] == {"files": ["https://paper.example/media/photos/a.webp"]}


@pytest.mark.parametrize("status", [301, 302, 303, 304, 307, 308, 400, 404, 500])
def test_only_a_success_is_a_confirmation_and_nobody_follows_a_redirect_with_the_token(db, cdn, status):
    cdn.answers = [(status, b"")]
    order({"home"})
    sent, problems = send_due(timezone.now())
    assert (sent, len(problems)) == ([], 1)
    assert Purge.objects.get().confirmed == 0
    assert (len(cdn.calls), cdn.elsewhere) == (1, [])


def test_a_long_order_goes_out_in_calls_that_every_cdn_takes(db, cdn):
    order({f"story-{number}" for number in range(95)})
    send_due(timezone.now())
    assert [len(body["tags"]) for _headers, body in cdn.calls] == [30, 30, 30, 5]
    assert len(cdn.forgotten) == 95


def test_a_cdn_that_is_gone_is_said_and_costs_no_order(db, cdn, settings):
    settings.CDN_PURGE_URL = "http://127.0.0.1:1/"
    order({"home"})
    with pytest.raises(CommandError, match="purge"):
        call_command("send_purges")
    assert Purge.objects.get().tries == 1


def test_a_receiver_that_fails_is_left_for_the_next_time_and_keeps_nobody_waiting(db, cdn, hub):
    cdn.answers = [(503, b"")]
    for _order in range(3):
        order({"home"})
    now = timezone.now()
    sent, problems = send_due(now)
    assert ([purge.receiver for purge in sent], len(problems)) == (["hub"] * 3, 1)
    assert len(cdn.calls) == 1
    # The others do not wait for the one that was refused.
    sent, problems = send_due(now + SECOND / 2)
    assert ([purge.receiver for purge in sent], problems) == (["cdn"] * 2, [])


def test_the_cdn_is_told_before_the_hub_fetches_from_it(db, cdn, hub):
    for _order in range(2):
        order({"home"})
    call_command("send_purges")
    assert cdn.heard + hub.heard == sorted(cdn.heard + hub.heard)


def test_each_order_is_reckoned_from_the_moment_of_its_answer(db, cdn):
    order({"home"})
    order({"home"})
    began = timezone.now()
    minutes = (began + datetime.timedelta(minutes=number) for number in range(10))
    purging.send_due(Receiver.CDN, clock=lambda: next(minutes))
    first, second = Purge.objects.order_by("pk").values_list("due_at", flat=True)
    assert first > began + purging.AGAIN_AFTER
    assert second - first >= datetime.timedelta(minutes=1)


def test_what_another_process_has_taken_up_is_left_to_it_for_a_while(db, cdn):
    order({"home"})
    now = timezone.now()
    assert purging._take_up(Purge.objects.get().pk, now)
    assert send_due(now) == ([], [])
    assert len(send_due(now + purging.TAKEN_FOR)[0]) == 1


def test_where_nobody_is_told_nobody_asks_what_shows_a_story(people, monkeypatch):
    monkeypatch.setattr("articles.public.surrogates.keys_of_change", None)
    house.act(house.story_in(State.PUBLISHED, people), Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")


def test_nothing_is_ordered_where_nothing_happened_or_no_cdn_is_there(people, cdn, settings):
    with transaction.atomic():
        house.story_in(State.PUBLISHED, people)
        transaction.set_rollback(True)
    assert not Purge.objects.exists()
    assert not Article.objects.exists()
    settings.CDN_PURGE_URL = ""
    house.story_in(State.PUBLISHED, people)
    assert not Purge.objects.exists()


def test_a_hub_is_told_of_every_feed_in_which_a_story_appears_changes_and_goes(people, hub):
    reporter, chief = people[Role.REPORTER], people[Role.EDITOR_IN_CHIEF]
    author = house.contributor_for(reporter)
    story = house.story_in(State.PUBLISHED, people, keywords="夜市", bylines=[house.credit(reporter)])
    feeds = {"all", "sections/city", f"authors/{author.slug}", "tags/%E5%A4%9C%E5%B8%82"}
    send_due(timezone.now())
    assert told(hub) == feeds
    Purge.objects.all().delete()
    house.act(story, Verb.WITHDRAW, chief, "失实")
    send_due(timezone.now())
    assert told(hub) == feeds


def test_a_hub_is_told_of_an_edition_and_of_its_pages(people, hub, client):
    story = house.story_in(State.SIGNED_OFF, people)
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    send_due(timezone.now())
    topics = told(hub)
    assert topics >= {"all", "pages/1", "editions/2024-03-07", "sections/city"}
    for name in topics:
        assert client.get(f"/feeds/{name}.atom").status_code == 200, name


def test_a_hub_that_fails_is_told_again_and_costs_the_cdn_nothing(db, cdn, hub):
    hub.answers = [(503, b"")]
    order({"home"}, {"/media/photos/a.webp"})
    now = timezone.now()
    sent, problems = send_due(now)
    assert ([purge.receiver for purge in sent], len(problems)) == (["cdn"], 1)
    waiting = Purge.objects.get(receiver="hub")
    assert waiting.tries == 1
    hub.calls.clear()
    send_due(waiting.due_at)
    assert told(hub) == {"all"}


def test_a_hub_hears_nothing_of_what_is_in_no_feed(db, hub):
    order({"all", "archive", "paper", "many-stories", "story-7"}, {"/media/photos/a.webp"})
    assert not Purge.objects.exists()


def test_what_waits_for_a_hub_that_was_given_up_goes(db, hub, settings):
    order({"home"})
    settings.WEBSUB_HUB = ""
    now = timezone.now()
    send_due(now)
    send_due(now + purging.AGAIN_AFTER)
    assert not Purge.objects.exists()
    assert hub.calls == []


def test_a_feed_a_sitemap_and_a_card_are_forgotten_with_what_they_show():
    story = "<loc>https://paper.example/stories/12/</loc>"
    expected = {
        "/feeds/all.rss": ["all", "home", "story-12"],
        "/feeds/sections/city.atom": ["all", "section-city", "story-12"],
        "/feeds/tags/夜市.json": ["all", "tag-%E5%A4%9C%E5%B8%82", "story-12"],
        "/feeds/pages/3.rss": ["all", "page-3", "story-12"],
        "/feeds/editions/2024-03-07.rss": ["all", "edition-2024-03-07", "story-12"],
        "/sitemaps/stories-2024-03.xml": ["all", "archive", "story-12"],
    }
    for path, keys in expected.items():
        assert keys_of(path, story) == keys, path
    assert keys_of("/cards/12.png", "") == ["all", "story-12"]
    assert keys_of("/feeds/all.json", '{"url": "https://paper.example/stories/12/"}') == ["all", "home", "story-12"]


def test_answers_to_programs_and_books_are_forgotten_with_what_they_show():
    story = '{"href": "https://paper.example/stories/12/"}'
    expected = {
        "/api/v1/stories/": ["all", "home", "story-12"],
        "/api/v1/stories/12/": ["all", "story-12"],
        "/api/v1/withdrawals/": ["all", "home", "story-12"],
        "/api/v1/editions/": ["all", "paper", "story-12"],
        "/api/v1/editions/2024-03-07/": ["all", "edition-2024-03-07", "paper", "story-12"],
        "/api/v1/": ["all", "story-12"],
    }
    for path, keys in expected.items():
        assert keys_of(path, story) == keys, path
    assert keys_of("/paper/2024-03-07.epub", "") == ["all", "edition-2024-03-07", "paper", "many-stories"]
