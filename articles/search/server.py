"""The index on an Elasticsearch or OpenSearch server, for where one machine no longer does.

The server's own table stays the database's: a story is written there first, in its transaction, with a row that says
so, and the clock tells the server: nobody who publishes waits for it. What the server was not told yet is never shown
as it was, for what is found is held against the published rows. Passages are exact here as well: they are phrases
over pairs of characters.
"""

from __future__ import annotations

import base64
import datetime
import http.client
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from articles.models.published_search import PublishedSearch, PublishedSearchChange
from articles.search import tokens
from articles.search.stores import Candidate, StoreFailed, Wanted

TIMEOUT_SECONDS = 3
# How long a process leaves the server alone after a failure: else every search waited for one that hangs.
REST_SECONDS = 30
BATCH = 500
# What is not there cannot be taken away, and what is there is newer: neither is a failure.
_SETTLED = {404, 409}
_WHOLE = {"type": "keyword", "index": False, "doc_values": False}
_PAIRED = {"type": "text", "analyzer": "pairs", "index_options": "positions", "norms": False}
# Every two characters in a row, spaces and marks among them, each at its own position.
SETTINGS: dict[str, Any] = {
    "settings": {
        "analysis": {
            "tokenizer": {"pairs": {"type": "ngram", "min_gram": 2, "max_gram": 2}},
            "analyzer": {"pairs": {"type": "custom", "tokenizer": "pairs"}},
        }
    },
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "number": {"type": "long"},
            "published_at": {"type": "date"},
            "updated_at": {"type": "date"},
            "section": {"type": "keyword"},
            "genre": {"type": "keyword"},
            "authors": _WHOLE,
            "headline": _PAIRED,
            "deck": _WHOLE,
            "plain": _PAIRED,
            "tokens": {"type": "keyword"},
        },
    },
}
_SHOWN = ["number", "published_at", "updated_at", "section", "genre", "authors", "headline", "deck"]


class SearchServer:
    """The index at `url`: https://user:password@host:9200/name-of-the-index. See `stores.Store`."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._index = self._url.path.strip("/")

    def count(self, wanted: Wanted, most: int) -> int:
        answer = self._search(wanted, size=0, track_total_hits=most)
        try:
            return min(int(answer["hits"]["total"]["value"]), most)
        except (KeyError, TypeError, ValueError) as error:
            raise StoreFailed(f"an answer of another form: {error}") from error

    def all_of(self, wanted: Wanted, most: int) -> list[Candidate] | None:
        found = self._candidates(wanted, size=most + 1, sort=["_doc"])
        return None if len(found) > most else found

    def newest(self, wanted: Wanted, limit: int, stretches: Iterable[tuple[str, ...]]) -> list[Candidate]:
        return self._candidates(wanted, size=limit, sort=[{"published_at": "desc"}, {"number": "desc"}])

    def prepare(self) -> None:
        """Make the index where there is none. Raises StoreFailed."""
        if self._send("HEAD", f"/{self._index}", b"", "application/json")[0] == 404:
            self._ask("PUT", f"/{self._index}", SETTINGS)

    def tell(self, rows: Sequence[PublishedSearch], gone: Mapping[int, datetime.datetime]) -> None:
        """Write these rows and take away the stories of these ids that went at these moments. Raises StoreFailed.

        Each carries its moment as its version, so that of two processes the one that comes late changes nothing.
        """
        lines: list[dict[str, Any]] = []
        for row in rows:
            lines += [{"index": _named(row.pk, row.updated_at)}, _document(row)]
        lines += [{"delete": _named(pk, moment)} for pk, moment in gone.items()]
        if not lines:
            return
        body = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()
        status, answer = self._send("POST", f"/{self._index}/_bulk?refresh=true", body, "application/x-ndjson")
        items = [result for item in _read(status, answer).get("items", []) for result in item.values()]
        refused = [item for item in items if item.get("status", 500) >= 300 and item.get("status") not in _SETTLED]
        if refused or len(items) != len(rows) + len(gone):
            raise StoreFailed(f"{len(refused)} of {len(items)} were refused: {str(refused[:1])[:300]}")

    def _candidates(self, wanted: Wanted, **asked: Any) -> list[Candidate]:
        answer = self._search(wanted, track_total_hits=False, _source=_SHOWN, **asked)
        try:
            return [_candidate(hit, wanted) for hit in answer["hits"]["hits"]]
        except (KeyError, TypeError, ValueError) as error:
            raise StoreFailed(f"an answer of another form: {error}") from error

    def _search(self, wanted: Wanted, **asked: Any) -> dict[str, Any]:
        asked["query"] = {"bool": {"filter": _filters(wanted)}}
        return self._ask("POST", f"/{self._index}/_search", asked)

    def _ask(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        said = json.dumps(body, ensure_ascii=False).encode()
        return _read(*self._send(method, path, said, "application/json"))

    def _send(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        secure = self._url.scheme == "https"
        connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = connect(self._url.hostname or "", self._url.port or 9200, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body=body or None, headers={"Content-Type": kind, **self._credentials()})
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise StoreFailed(f"{method} {path}: {error}") from error
        finally:
            connection.close()

    def _credentials(self) -> dict[str, str]:
        if not self._url.username:
            return {}
        pair = f"{unquote(self._url.username)}:{unquote(self._url.password or '')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


_rests_until: dict[str, float] = {}


def rest() -> None:
    """Leave the server alone for a while, in this process: it has just failed."""
    _rests_until[settings.SEARCH_URL] = time.time() + REST_SECONDS


def is_resting() -> bool:
    return time.time() < _rests_until.get(settings.SEARCH_URL, 0)


def deliver() -> int:
    """Tell the search server what it has to be told; returns how much that was, nothing while it rests.

    Raises StoreFailed; what was not told then is told the next time.
    """
    if not settings.SEARCH_URL or is_resting() or not PublishedSearchChange.objects.exists():
        return 0
    server = SearchServer(settings.SEARCH_URL)
    try:
        server.prepare()
        return sum(_tell(server, changes) for changes in _batches())
    except StoreFailed:
        rest()
        raise


def _tell(server: SearchServer, changes: Sequence[PublishedSearchChange]) -> int:
    moments = {change.article_id: change.changed_at for change in changes}
    rows = PublishedSearch.objects.in_bulk(moments)
    server.tell(list(rows.values()), {pk: moment for pk, moment in moments.items() if pk not in rows})
    for change in changes:
        # One that was changed again meanwhile is told again.
        PublishedSearchChange.objects.filter(pk=change.pk, changed_at=change.changed_at).delete()
    return len(changes)


def _batches() -> Iterator[list[PublishedSearchChange]]:
    last = 0
    while batch := list(PublishedSearchChange.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        yield batch


def _named(pk: int, moment: datetime.datetime) -> dict[str, Any]:
    return {"_id": str(pk), "version": int(moment.timestamp() * 1_000_000), "version_type": "external_gte"}


def _document(row: PublishedSearch) -> dict[str, Any]:
    return {
        "number": row.number,
        "published_at": row.published_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "section": row.section,
        "genre": row.genre,
        "authors": row.authors,
        "headline": row.headline,
        "deck": row.deck,
        "plain": row.plain,
        # Characters alone, and whatever is no pair of the text: those are the analyzer's.
        "tokens": sorted({*row.plain, *filter(None, row.extra.split(tokens.PARTED))}),
    }


def _filters(wanted: Wanted) -> list[dict[str, Any]]:
    """Tokens are terms; pairs and passages are phrases, a pair being a phrase of one."""
    pairs = {token for token in wanted.all_of if len(token) == 2}
    filters: list[dict[str, Any]] = [{"term": {"tokens": token}} for token in sorted(wanted.all_of - pairs)]
    covered = {pair for passage in wanted.passages for pair in tokens.pairs(passage)}
    filters += [{"term": {"plain": pair}} for pair in sorted(pairs - covered)]
    filters += [{"match_phrase": {wanted.field: passage}} for passage in wanted.passages]
    filters += [{"terms": {"tokens": list(group)}} for group in wanted.any_of]
    between = {"gte": wanted.since, "lt": wanted.before}
    limits = {name: moment.isoformat() for name, moment in between.items() if moment is not None}
    return [*filters, {"range": {"published_at": limits}}] if limits else filters


def _candidate(hit: dict[str, Any], wanted: Wanted) -> Candidate:
    row = hit["_source"]
    weight = sum(4 if text in row["headline"] else 2 if text in row["deck"] else 1 for text in wanted.places)
    return Candidate(
        int(hit["_id"]),
        row["number"],
        datetime.datetime.fromisoformat(row["published_at"]),
        row["section"],
        row["genre"],
        row["authors"],
        weight or 1,
        datetime.datetime.fromisoformat(row["updated_at"]),
    )


def _read(status: int, answer: bytes) -> dict[str, Any]:
    if status >= 300:
        raise StoreFailed(f"{status}: {answer[:300]!r}")
    try:
        read = json.loads(answer)
    except ValueError as error:
        raise StoreFailed("an answer that is no JSON") from error
    if not isinstance(read, dict):
        raise StoreFailed("an answer of another form")
    return read
