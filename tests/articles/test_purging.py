"""A CDN is told what to forget: in the act's own transaction, until it says yes; with a real server that fails."""

from __future__ import annotations

import datetime
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from articles import editing, purging
from articles.models import Article, PublishedPhoto, Purge
from articles.public.surrogates import MOST_STORIES, keys_of
from articles.publishing import follow_contributor, follow_section, follow_title
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

    @property
    def forgotten(self) -> set[str]:
        return {thing for _headers, body in self.calls for things in body.values() for thing in things}


class _Endpoint(BaseHTTPRequestHandler):
    server: Cdn

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        body = json.loads(sent) if self.headers["Content-Type"] == "application/json" else parse_qs(sent)
        self.server.calls.append((dict(self.headers), body))
        answer = self.server.answers.pop(0) if self.server.answers else (200, b'{"success": true}')
        if answer is None:
            self.close_connection = True
            return
        self.send_response(answer[0])
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
    """What was ordered since the last time."""
    things = {thing for purge in Purge.objects.all() for thing in [*purge.keys, *purge.files]}
    Purge.objects.all().delete()
    return things


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


def test_an_edition_a_section_an_author_and_the_title_are_followed(people, cdn):
    story = house.story_in(State.SIGNED_OFF, people)
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    assert ordered() >= {"home", "paper", "archive", "search", f"story-{story.pk}"}
    for follow in (lambda: follow_section(house.section(), "city"), follow_title):
        follow()
        assert ordered() == {"all"}
    author = house.contributor_for(people[Role.REPORTER])
    follow_contributor(author, author.slug)
    assert ordered() == {f"author-{author.slug}", "search"}


def test_every_page_names_what_it_is_and_every_story_it_leads_to(db):
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
    }
    for address, keys in expected.items():
        said = origin.get(address).headers["Surrogate-Key"].split(" ")
        assert keys <= set(said), address
        assert len(said) == len(set(said))


def test_a_page_with_more_stories_than_a_header_holds_is_forgotten_with_every_one():
    links = "".join(f'<a href="/stories/{number}/">' for number in range(MOST_STORIES + 1))
    assert keys_of("/specials/flood/", links) == ["all", "special-flood", "many-stories"]


def test_a_cdn_that_is_told_what_to_forget_keeps_pages_for_longer(db, client, settings):
    assert "CDN-Cache-Control" not in client.get("/").headers
    settings.CDN_PURGE_URL = "https://cdn.example/purge"
    assert "max-age=86400" in client.get("/")["CDN-Cache-Control"]


def test_an_order_is_sent_again_until_it_is_confirmed_and_then_once_more(db, cdn):
    cdn.answers = [(503, b""), None, (200, b'{"success": false}'), (200, b"")]
    purging.order(["story-7", "home"], ["/media/photos/a.webp"])
    now = timezone.now()
    pauses = []
    for _attempt in range(3):
        sent, problems = purging.send_due(now)
        assert (sent, len(problems)) == ([], 1)
        pause = Purge.objects.get().due_at - now
        assert purging.send_due(now + pause - SECOND / 2) == ([], [])
        pauses.append(pause)
        now += pause
    assert pauses == sorted(set(pauses))
    assert purging.send_due(now)[1] == []
    # What was fetched meanwhile from a cache on the way is forgotten too.
    later = Purge.objects.get().due_at
    assert later - now == datetime.timedelta(seconds=5)
    assert len(purging.send_due(later)[0]) == 1
    assert not Purge.objects.exists()
    headers, body = cdn.calls[0]
    assert body == {"tags": ["home", "story-7"]}
    assert (headers["Surrogate-Key"], headers["Authorization"]) == ("home story-7", "Bearer a-token")
    assert cdn.calls[-1][1] == {"files": ["https://paper.example/media/photos/a.webp"]}


def test_a_long_order_goes_out_in_calls_that_every_cdn_takes(db, cdn):
    purging.order(f"story-{number}" for number in range(95))
    purging.send_due(timezone.now())
    assert [len(body["tags"]) for _headers, body in cdn.calls] == [30, 30, 30, 5]
    assert len(cdn.forgotten) == 95


def test_a_cdn_that_is_gone_is_said_and_costs_no_order(db, cdn, settings):
    settings.CDN_PURGE_URL = "http://127.0.0.1:1/"
    purging.order(["home"])
    with pytest.raises(CommandError, match="purge"):
        call_command("send_purges")
    assert Purge.objects.get().tries == 1


def test_what_another_process_has_taken_up_is_left_to_it_for_a_while(db, cdn):
    purging.order(["home"])
    now = timezone.now()
    assert purging._take_up(Purge.objects.get().pk, now)
    assert purging.send_due(now) == ([], [])
    assert len(purging.send_due(now + purging.TAKEN_FOR)[0]) == 1


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
    purging.send_due(timezone.now())
    assert told(hub) == feeds
    Purge.objects.all().delete()
    house.act(story, Verb.WITHDRAW, chief, "失实")
    purging.send_due(timezone.now())
    assert told(hub) == feeds


def test_a_hub_is_told_of_an_edition_and_of_its_pages(people, hub, client):
    story = house.story_in(State.SIGNED_OFF, people)
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    purging.send_due(timezone.now())
    topics = told(hub)
    assert topics >= {"all", "pages/1", "editions/2024-03-07", "sections/city"}
    for name in topics:
        assert client.get(f"/feeds/{name}.atom").status_code == 200, name


def test_a_hub_that_fails_is_told_again_and_costs_the_cdn_nothing(db, cdn, hub):
    hub.answers = [(503, b"")]
    purging.order(["home"], ["/media/photos/a.webp"])
    now = timezone.now()
    sent, problems = purging.send_due(now)
    assert ([purge.receiver for purge in sent], len(problems)) == (["cdn"], 1)
    waiting = Purge.objects.get(receiver="hub")
    assert waiting.tries == 1
    hub.calls.clear()
    purging.send_due(waiting.due_at)
    assert told(hub) == {"all"}


def test_a_hub_hears_nothing_of_what_is_in_no_feed(db, hub):
    purging.order(["all", "archive", "paper", "many-stories", "story-7"], ["/media/photos/a.webp"])
    assert not Purge.objects.exists()


def test_what_waits_for_a_hub_that_was_given_up_goes(db, hub, settings):
    purging.order(["home"])
    settings.WEBSUB_HUB = ""
    now = timezone.now()
    purging.send_due(now)
    purging.send_due(now + purging.AGAIN_AFTER)
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
