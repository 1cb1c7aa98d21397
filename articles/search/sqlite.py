"""The index on SQLite: a full-text table that keeps no texts, fed with tokens from here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from articles.models.published_search import PublishedSearch
from articles.search import tokens
from articles.search.rows import COUNTED, FOUND, TABLE, columns, conditions
from articles.search.stores import Candidate, Wanted

_FTS = f"{TABLE}_fts"
# What candidates are made of, beside the texts; left to itself the planner reads these along.
_ROWS = f"{TABLE} s INDEXED BY {TABLE}_narrow"
# A moment as this database keeps it is text in UTC that does not say so.
_MOMENT = "s.published_at || '+00:00'"
# The tokenizer parts at every ASCII character that is no letter and no digit; here they stand for themselves, in a
# private corner of Unicode.
_AS_LETTERS = {code: 0xE000 + code for code in range(128) if not chr(code).isalnum()}


class SQLite:
    """See `stores.Keeper`."""

    def put(self, rows: Sequence[PublishedSearch]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {_FTS} (rowid, tokens) VALUES (%s, %s)",  # noqa: S608
                [(row.pk, _document(row)) for row in rows],
            )

    def drop(self, rows: Sequence[PublishedSearch]) -> None:
        # A table that keeps no texts must be told what to forget.
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {_FTS} ({_FTS}, rowid, tokens) VALUES ('delete', %s, %s)",  # noqa: S608
                [(row.pk, _document(row)) for row in rows],
            )

    def count(self, wanted: Wanted, most: int) -> int:
        found, parameters = _found(wanted, most)
        [(count,)] = _fetched(f"SELECT count(*) FROM ({found})", parameters)  # noqa: S608
        return int(count)

    def all_of(self, wanted: Wanted, most: int) -> list[Candidate] | None:
        found, parameters = _found(wanted, most + 1)
        return _candidates(wanted, found, parameters, most)

    def newest(self, wanted: Wanted, limit: int, stretches: Iterable[tuple[str, ...]]) -> list[Candidate]:
        # Counting reads the index alone.
        within = (wanted.within(stretch) for stretch in stretches)
        enough = next((narrowed for narrowed in within if self.count(narrowed, limit) == limit), wanted)
        found, parameters = _found(enough, limit, "ORDER BY s.published_at DESC, s.number DESC")
        return _candidates(wanted, found, parameters, limit) or []


def _found(wanted: Wanted, limit: int, order: str = "") -> tuple[str, list[Any]]:
    """The ids of `limit` stories that have what is wanted, the first in this order, as SQL with its parameters."""
    further, parameters = _conditions(wanted)
    rows = f"CROSS JOIN {_ROWS} ON s.article_id = {_FTS}.rowid" if further or order else ""
    sql = f"SELECT {_FTS}.rowid AS id FROM {_FTS} {rows} WHERE {_FTS} MATCH %s{further} {order} LIMIT %s"  # noqa: S608
    return sql, [_question(wanted), *parameters, limit]


def _candidates(wanted: Wanted, found: str, parameters: list[Any], most: int) -> list[Candidate] | None:
    """The candidates of the ids that the statement `found` finds; None where they are more than `most`."""
    chosen, chosen_parameters = columns(wanted, "instr", _MOMENT)
    # One row that says how many there are where they are none, or more than shall be read.
    sql = f"""
        WITH {FOUND} AS MATERIALIZED ({found}), {COUNTED} AS (SELECT count(*) AS count FROM {FOUND})
        SELECT {COUNTED}.count, {chosen} FROM {COUNTED} LEFT JOIN {FOUND} ON {COUNTED}.count <= %s
        LEFT JOIN {_ROWS} ON s.article_id = {FOUND}.id
    """  # noqa: S608
    rows = _fetched(sql, [*parameters, *chosen_parameters, most])
    if rows[0][0] > most:
        return None
    read = datetime.datetime.fromisoformat
    return [
        Candidate(pk, number, read(moment), section, genre, authors, weight)
        for count, pk, number, moment, section, genre, authors, weight in rows
        if count
    ]


def _fetched(sql: str, parameters: list[Any]) -> list[Any]:
    """The rows of a statement that names columns alone; what is looked for is a parameter."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _document(row: PublishedSearch) -> str:
    """The pairs of the text as they follow each other, for a passage is a row of them; then whatever has no place."""
    others = set(row.plain) | set(filter(None, row.extra.split(tokens.PARTED)))
    return _encoded(" ", [*tokens.pairs(row.plain), *others])


def _question(wanted: Wanted) -> str:
    passages = [tokens.pairs(passage) for passage in _in_text(wanted)]
    others = wanted.all_of.difference(*passages)
    groups = ["(" + _encoded(" OR ", group, quote='"') + ")" for group in wanted.any_of]
    rows = [f'"{_encoded(" ", passage)}"' for passage in passages]
    required = [_encoded(" AND ", sorted(others), quote='"')] if others else []
    return " AND ".join([*rows, *required, *groups])


def _conditions(wanted: Wanted) -> tuple[str, list[Any]]:
    """What is left to be looked at row by row."""
    further, parameters = conditions(wanted if not _in_text(wanted) else replace(wanted, passages=()), "instr")
    return further, list(map(_value, parameters))


def _in_text(wanted: Wanted) -> tuple[str, ...]:
    """The passages that the index itself finds: those of the text, of whose pairs it knows the order."""
    return wanted.passages if wanted.field == "plain" else ()


def _encoded(between: str, words: Iterable[str], quote: str = "") -> str:
    return between.join(f"{quote}{word.translate(_AS_LETTERS)}{quote}" for word in words)


def _value(parameter: Any) -> Any:
    if isinstance(parameter, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(parameter)
    return parameter
