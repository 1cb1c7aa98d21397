"""The search server: told by the clock, never believed against the published rows, left alone when it has failed.

A stand-in answers: it refuses whatever is not of the form
that the documented API asks for, and carries out the few kinds of conditions that are used.
"""

from __future__ import annotations

import datetime
import json
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import PublishedArticle, PublishedSearch, PublishedSearchChange
from articles.search import finding
from articles.search import server as server_module
from articles.search.asking import Order, Query, terms_of
from articles.search.finding import found
from articles.search.index import remove, write
from articles.search.server import deliver
from articles.search.stores import StoreFailed
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows


class StandIn(BaseHTTPRequestHandler):
    """Knows one index, `/paper`."""

    def log_message(self, *_args):
        """Silent."""

    def do_HEAD(self):
        self._answer(200 if self.server.mapping else 404)

    def do_PUT(self):
        body = self._body()
        properties = body["mappings"]["properties"]
        assert body["settings"]["analysis"]["tokenizer"]["pairs"] == {"type": "ngram", "min_gram": 2, "max_gram": 2}
        assert body["settings"]["analysis"]["analyzer"]["pairs"]["tokenizer"] == "pairs"
        assert {properties[name]["type"] for name in ("plain", "headline")} == {"text"}
        self.server.mapping = properties
        self._answer(200, {"acknowledged": True})

    def do_POST(self):
        if self.path.startswith("/paper/_bulk"):
            return self._bulk()
        if self.path == "/paper/_search" and self.server.mapping:
            return self._search(self._body())
        return self._answer(404, {"error": "no such index"})

    def _bulk(self):
        assert self.headers["Content-Type"] == "application/x-ndjson"
        raw = self._raw()
        assert raw.endswith(b"\n")
        lines, items = [json.loads(line) for line in raw.decode().splitlines()], []
        while lines:
            [(action, named)] = lines.pop(0).items()
            assert named["version_type"] == "external_gte"
            pk, version = named["_id"], named["version"]
            current = self.server.versions.get(pk, 0)
            document = lines.pop(0) if action == "index" else None
            assert document is None or set(document) == set(self.server.mapping)
            if version < current:
                items.append({action: {"_id": pk, "status": 409}})
                continue
            self.server.versions[pk] = version
            there = self.server.documents.pop(pk, None)
            if document is not None:
                self.server.documents[pk] = document
            items.append({action: {"_id": pk, "status": 200 if there or document else 404}})
        self._answer(200, {"errors": False, "items": items})

    def _search(self, body):
        conditions = body["query"]["bool"]["filter"]
        found = [
            (pk, document)
            for pk, document in self.server.documents.items()
            if all(self._meets(document, condition) for condition in conditions)
        ]
        if body["size"] == 0:
            assert set(body) == {"size", "track_total_hits", "query"}
            return self._answer(200, {"hits": {"total": {"value": len(found), "relation": "eq"}, "hits": []}})
        assert set(body) == {"size", "track_total_hits", "_source", "query", "sort"}
        assert body["size"] <= 10_000
        hits = [{"_id": pk, "_source": {name: document[name] for name in body["_source"]}} for pk, document in found]
        if body["sort"] != ["_doc"]:
            assert body["sort"] == [{"published_at": "desc"}, {"number": "desc"}]
            hits.sort(key=lambda hit: (hit["_source"]["published_at"], hit["_source"]["number"]), reverse=True)
        return self._answer(200, {"hits": {"hits": hits[: body["size"]]}})

    def _meets(self, document, condition):
        [(kind, said)] = condition.items()
        [(field, value)] = said.items()
        if kind == "term":
            assert field == "tokens" or len(value) == 2
            return value in document[field]
        if kind == "terms":
            return bool(set(value) & set(document[field]))
        if kind == "match_phrase":
            # A phrase of pairs, each behind the last, is the passage itself.
            return len(value) >= 2 and value in document[field]
        assert kind == "range"
        assert set(value) <= {"gte", "lt"}
        return value.get("gte", "") <= document[field] and document[field] < value.get("lt", "9")

    def _raw(self):
        return self.rfile.read(int(self.headers["Content-Length"]))

    def _body(self):
        assert self.headers["Content-Type"] == "application/json"
        return json.loads(self._raw())

    def _answer(self, status, body=None):
        said = json.dumps(body or {}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said)


@pytest.fixture
def server(settings):
    stand_in = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    stand_in.documents, stand_in.versions, stand_in.mapping = {}, {}, None
    threading.Thread(target=stand_in.serve_forever, daemon=True).start()
    settings.SEARCH_URL = f"http://reader:secret@127.0.0.1:{stand_in.server_port}/paper"
    yield stand_in
    stand_in.shutdown()
    stand_in.server_close()


def publish(*texts: str) -> list[PublishedArticle]:
    rows = reading_rows.make_articles(len(texts))
    for row, text in zip(rows, texts, strict=True):
        row.body = f"<p>{text}</p>"
        row.save()
    write(rows)
    return rows


def numbers(said: str, **asked) -> set[int]:
    return {hit.article.number for hit in found(Query(terms_of(said), **asked)).hits}


def test_it_is_told_by_the_clock(server, db, capsys):
    rows = publish("夜市开张了", "市夜开张", "The night market runs 5G")
    call_command("tell_search")
    assert "3 stories told" in capsys.readouterr().out
    assert len(server.documents) == 3
    assert not PublishedSearchChange.objects.exists()
    for said, expected in [
        ("夜市", {0}), ("夜市开张", {0}), ("开张", {0, 1}), ("张", {0, 1}), ("running", {2}), ("夜市 了", {0}),
        ("5g", {2}), ("火星", set()),
    ]:  # fmt: skip
        assert numbers(said) == {rows[place].number for place in expected}, said
    assert numbers("夜市", section="city", byline="甲某", since=reading_rows.NOON.date()) == {rows[0].number}
    assert numbers("夜市", section="sports") == set()
    # The database would have found the same.
    assert not server_module.is_resting()


def test_what_could_be_asked_instead_is_counted_by_it(server, db, client):
    publish("夜市开张", "夜市")
    deliver()
    instead = client.get("/search/", {"q": "夜市 火星"}).context["instead"]
    assert [(other.query.terms[0].text, other.count) for other in instead] == [("夜市", 2)]
    assert not server_module.is_resting()


def test_of_too_many_the_newest_are_asked_for(server, db, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 5)
    monkeypatch.setattr(finding, "MOST_SHOWN", 3)
    rows = publish(*["夜市"] * 6)
    deliver()
    result = found(Query(terms_of("夜市")))
    assert result.is_capped
    assert [hit.article.number for hit in result.hits] == [row.number for row in rows[:3]]
    assert not server_module.is_resting()


def test_what_it_was_not_told_yet_is_never_shown_as_it_was(server, db):
    kept, gone = publish("夜市香蕉", "夜市苹果")
    deliver()
    kept.body, kept.updated_at = "<p>夜市</p>", reading_rows.NOON.replace(hour=23)
    kept.save()
    write([kept])
    remove([gone.number])
    gone.delete()
    assert numbers("香蕉") == numbers("苹果") == set()
    assert deliver() == 2
    assert set(server.documents) == {str(kept.pk)}
    assert numbers("夜市") == {kept.number}


def test_when_it_does_not_answer_the_database_does_and_it_is_told_later(server, settings, db, client, capsys):
    address, settings.SEARCH_URL = settings.SEARCH_URL, "http://127.0.0.1:9/paper"
    [row] = publish("夜市开张")
    for command in ("tell_search", "rebuild_search"):
        with pytest.raises(CommandError, match="could not be told"):
            call_command(command)
        # Another process, which knows nothing of the failure.
        server_module._rests_until.clear()
    assert row.get_absolute_url() in client.get("/search/", {"q": "夜市"}).text
    assert PublishedSearchChange.objects.count() == 1
    settings.SEARCH_URL = address
    call_command("tell_search")
    assert len(server.documents) == 1
    assert not PublishedSearchChange.objects.exists()


@pytest.fixture
def hanging(settings, monkeypatch):
    """A server that takes connections and says nothing; how often somebody knocked."""
    monkeypatch.setattr(server_module, "TIMEOUT_SECONDS", 0.05)
    listening = socket.create_server(("127.0.0.1", 0), backlog=100)
    listening.setblocking(False)
    settings.SEARCH_URL = f"http://127.0.0.1:{listening.getsockname()[1]}/paper"

    def knocks() -> int:
        count = 0
        with suppress(BlockingIOError):
            while True:
                listening.accept()[0].close()
                count += 1
        return count

    yield knocks
    listening.close()


@pytest.mark.django_db(transaction=True)
def test_who_publishes_waits_for_no_search_server(people, hanging):
    story = house.story_in(State.PUBLISHED, people)
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    call_command("publish_due")
    assert hanging() == 0
    assert PublishedSearchChange.objects.get().number == story.pk


def test_a_server_that_failed_is_left_alone_for_a_while_by_who_searches_and_who_tells(db, hanging):
    [row] = publish("夜市开张")
    with time_machine.travel(reading_rows.NOON, tick=False) as now:
        for _search in range(3):
            assert numbers("夜市") == {row.number}
        assert deliver() == 0
        assert hanging() == 1
        now.shift(29)
        assert numbers("夜市") == {row.number}
        assert hanging() == 0
        now.shift(1)
        with pytest.raises(StoreFailed):
            deliver()
        assert numbers("夜市") == {row.number}
        assert hanging() == 1


def test_a_server_that_is_back_is_asked_again(server, settings, db):
    rows = publish("夜市开张")
    deliver()
    server_module.rest()
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=30), tick=False):
        PublishedSearch.objects.all().delete()
        assert numbers("夜市") == {rows[0].number}


def test_of_two_that_tell_it_the_late_one_changes_nothing(server, db):
    [row] = publish("新的")
    deliver()
    PublishedSearchChange.objects.create(number=row.number, article_id=row.pk, changed_at=row.updated_at)
    server.versions[str(row.pk)] += 1
    before = dict(server.documents)
    PublishedSearch.objects.filter(pk=row.pk).update(plain="旧的")
    deliver()
    assert server.documents == before
    assert not PublishedSearchChange.objects.exists()


def test_a_new_server_is_filled(server, db):
    reading_rows.make_articles(3)
    call_command("rebuild_search", "--all")
    assert len(server.documents) == 3
    assert len(found(Query(terms_of("正文"), order=Order.NEWEST)).hits) == 3
