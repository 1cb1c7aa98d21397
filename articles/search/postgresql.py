"""The index on PostgreSQL: it keeps itself, for it lies over the columns of the row."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from articles.models.published_search import PublishedSearch
from articles.search.rows import TABLE, columns, conditions
from articles.search.stores import Candidate, Wanted

# The places of what a frequent word finds must fit, or whole pages are looked through word by word.
_MEMORY = "SET LOCAL work_mem = '64MB'"


class PostgreSQL:
    """See `stores.Keeper`."""

    def put(self, rows: Sequence[PublishedSearch]) -> None:
        """Nothing to do."""

    def drop(self, rows: Sequence[PublishedSearch]) -> None:
        """Nothing to do."""

    def look_up(self, wanted: Wanted, limit: int, *, newest: bool) -> list[Candidate]:
        chosen, chosen_parameters = columns(wanted, "strpos")
        further, parameters = conditions(wanted, "strpos")
        # Gathered first, sorted then: left to itself the planner walks the stories by their time and looks into
        # every one.
        sql = f"""
            WITH {TABLE}_found AS MATERIALIZED (
                SELECT {chosen} FROM {TABLE} s
                WHERE {TABLE}_tokens(s.plain, s.extra) @@ %s::tsquery{further}
                {"" if newest else "LIMIT %s"}
            )
            SELECT * FROM {TABLE}_found {"ORDER BY published_at DESC, number DESC LIMIT %s" if newest else ""}
        """  # noqa: S608 (names of columns alone; what is looked for is a parameter)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_MEMORY)
            cursor.execute(sql, [*chosen_parameters, _question(wanted), *parameters, limit])
            return [Candidate(*row) for row in cursor.fetchall()]


def _question(wanted: Wanted) -> str:
    """The tokens as a tsquery."""
    groups = [" | ".join(map(_lexeme, group)) for group in wanted.any_of]
    return " & ".join([*map(_lexeme, sorted(wanted.all_of)), *(f"({group})" for group in groups)])


def _lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
