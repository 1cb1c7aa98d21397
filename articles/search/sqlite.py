"""The index on SQLite: a full-text table that keeps no texts, fed with tokens from here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from articles.models.published_search import PublishedSearch
from articles.search import tokens
from articles.search.rows import TABLE, columns, conditions
from articles.search.stores import Candidate, Wanted

_FTS = f"{TABLE}_fts"
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

    def look_up(self, wanted: Wanted, limit: int, *, newest: bool) -> list[Candidate]:
        chosen, chosen_parameters = columns(wanted, "instr", _MOMENT)
        further, parameters = conditions(wanted, "instr")
        sql = f"""
            SELECT {chosen} FROM {_FTS} CROSS JOIN {TABLE} s ON s.article_id = {_FTS}.rowid
            WHERE {_FTS} MATCH %s{further}
            {"ORDER BY s.published_at DESC, s.number DESC" if newest else ""} LIMIT %s
        """  # noqa: S608 (names of columns alone; what is looked for is a parameter)
        with connection.cursor() as cursor:
            cursor.execute(sql, [*chosen_parameters, _question(wanted), *map(_value, parameters), limit])
            return [
                Candidate(pk, number, datetime.datetime.fromisoformat(moment), *rest)
                for pk, number, moment, *rest in cursor.fetchall()
            ]


def _document(row: PublishedSearch) -> str:
    return _encoded(" ", tokens.of_text(row.plain) | set(filter(None, row.extra.split(tokens.PARTED))))


def _question(wanted: Wanted) -> str:
    groups = ["(" + _encoded(" OR ", group, quote='"') + ")" for group in wanted.any_of]
    required = [_encoded(" AND ", sorted(wanted.all_of), quote='"')] if wanted.all_of else []
    return " AND ".join([*required, *groups])


def _encoded(between: str, words: Iterable[str], quote: str = "") -> str:
    return between.join(f"{quote}{word.translate(_AS_LETTERS)}{quote}" for word in words)


def _value(parameter: Any) -> Any:
    if isinstance(parameter, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(parameter)
    return parameter
