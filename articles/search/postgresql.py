"""The index on PostgreSQL: it keeps itself, for it lies over the columns of the row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from articles.models.published_search import PublishedSearch
from articles.search.rows import COUNTED, FOUND, TABLE, columns, conditions
from articles.search.stores import Candidate, Wanted

# The places of what a frequent word finds must fit, or whole pages are looked through word by word.
_MEMORY = "SET LOCAL work_mem = '64MB'"


class PostgreSQL:
    """See `stores.Keeper`."""

    def put(self, rows: Sequence[PublishedSearch]) -> None:
        """Nothing to do."""

    def drop(self, rows: Sequence[PublishedSearch]) -> None:
        """Nothing to do."""

    def count(self, wanted: Wanted, most: int) -> int:
        found, parameters = _found("1", [], wanted, most)
        [(count,)] = _fetched(f"SELECT count(*) FROM ({found}) AS {FOUND}", parameters)  # noqa: S608
        return int(count)

    def all_of(self, wanted: Wanted, most: int) -> list[Candidate] | None:
        found, parameters = _found(*columns(wanted, "strpos"), wanted, most + 1)
        # One row that says how many there are where they are none, or more than shall be read.
        sql = f"""
            WITH {FOUND} AS MATERIALIZED ({found}), {COUNTED} AS (SELECT count(*) AS count FROM {FOUND})
            SELECT {COUNTED}.count, {FOUND}.* FROM {COUNTED} LEFT JOIN {FOUND} ON {COUNTED}.count <= %s
        """  # noqa: S608
        rows = _fetched(sql, [*parameters, most])
        count = rows[0][0]
        return None if count > most else [Candidate(*row) for _count, *row in rows if count]

    def newest(self, wanted: Wanted, limit: int, stretches: Iterable[tuple[str, ...]]) -> list[Candidate]:
        # To count them takes as long as to look them up.
        within = (_newest(wanted.within(stretch), limit) for stretch in stretches)
        return next((found for found in within if len(found) == limit), None) or _newest(wanted, limit)


def _newest(wanted: Wanted, limit: int) -> list[Candidate]:
    found, parameters = _found(*columns(wanted, "strpos"), wanted, None)
    # Gathered first, sorted then: left to itself the planner walks the stories by their time and looks into every one.
    sql = f"""
        WITH {FOUND} AS MATERIALIZED ({found})
        SELECT * FROM {FOUND} ORDER BY published_at DESC, number DESC LIMIT %s
    """  # noqa: S608
    return [Candidate(*row) for row in _fetched(sql, [*parameters, limit])]


def _found(chosen: str, chosen_parameters: list[Any], wanted: Wanted, limit: int | None) -> tuple[str, list[Any]]:
    """The rows that have what is wanted, `limit` of them or all, as SQL with its parameters."""
    further, parameters = conditions(wanted, "strpos")
    sql = f"""
        SELECT {chosen} FROM {TABLE} s WHERE {TABLE}_tokens(s.plain, s.extra) @@ %s::tsquery{further} LIMIT %s
    """  # noqa: S608 (names of columns alone; what is looked for is a parameter)
    return sql, [*chosen_parameters, _question(wanted), *parameters, limit]


def _fetched(sql: str, parameters: list[Any]) -> list[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_MEMORY)
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _question(wanted: Wanted) -> str:
    """The tokens as a tsquery."""
    groups = [" | ".join(map(_lexeme, group)) for group in wanted.any_of]
    return " & ".join([*map(_lexeme, sorted(wanted.all_of)), *(f"({group})" for group in groups)])


def _lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
