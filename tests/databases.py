"""The database of the tests, and others beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


def database_url(of: BaseDatabaseWrapper = connection) -> str:
    """The address of a database, for another process; the test's own unless it is said."""
    here = of.settings_dict
    if of.vendor == "sqlite":
        return f"sqlite:///{here['NAME']}"
    return f"postgres://{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"


@contextmanager
def beside_the_tests_own(folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """An empty database on the same server, as long as it lasts; a file in the folder where there is no server."""
    fresh, server = connection.copy(), connection.copy()
    if connection.vendor == "sqlite":
        fresh.settings_dict["NAME"] = folder / "beside.sqlite3"
        yield fresh
        fresh.close()
        return
    name = fresh.settings_dict["NAME"] = f"{connection.settings_dict['NAME']}_beside"
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
        yield fresh
        fresh.close()
        cursor.execute(f"DROP DATABASE {name}")
    server.close()


# What migrations note of themselves, and groups, which nobody here has: Django numbers them by two sizes of integers.
_DJANGOS_OWN = ("django_migrations", "auth_group")


def schema_of(database: BaseDatabaseWrapper) -> set[tuple[str, ...]]:
    """Everything that a database was told to keep and how, in its own words; in which order columns came is no
    part of it.
    """
    read = {"sqlite": _read_sqlite, "postgresql": _read_postgresql}[database.vendor]
    return {said for said in read(database) if not said[1].startswith(_DJANGOS_OWN)}


def _read_sqlite(database: BaseDatabaseWrapper) -> set[tuple[str, ...]]:
    found = set()
    with database.cursor() as cursor:
        cursor.execute("SELECT type, tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        for kind, table, name, sql in cursor.fetchall():
            said = _parts(sql) if kind == "table" else [sql]
            found |= {(kind, table, name, part) for part in said}
    return found


def _parts(sql: str) -> list[str]:
    """What stands between the commas of a CREATE TABLE: its columns and its constraints."""
    inside, parts, depth = sql[sql.index("(") + 1 : sql.rindex(")")], [""], 0
    for piece in re.split(r"([(),])", inside):
        depth += (piece == "(") - (piece == ")")
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


_POSTGRESQL = """
SELECT 'column', attrelid::regclass::text, attname::text,
    concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attstorage, attidentity,
        pg_get_expr(adbin, adrelid), attstattarget)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = 'public'::regnamespace AND relkind <> 'S' AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname::text, concat_ws(' ', pg_get_constraintdef(oid), convalidated)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'index', tablename::text, indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'options', oid::regclass::text, relkind::text, reloptions::text
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND reloptions IS NOT NULL
UNION ALL
SELECT 'function', '', proname::text, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL
SELECT 'trigger', tgrelid::regclass::text, tgname::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
"""


def _read_postgresql(database: BaseDatabaseWrapper) -> set[tuple[str, ...]]:
    with database.cursor() as cursor:
        cursor.execute(_POSTGRESQL)
        return set(cursor.fetchall())
