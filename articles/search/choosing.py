"""Which index is kept and which is asked."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from articles.search import postgresql, sqlite
from articles.search.server import SearchServer, is_resting
from articles.search.stores import Keeper, Store

_DATABASES: dict[str, Keeper] = {"postgresql": postgresql.PostgreSQL(), "sqlite": sqlite.SQLite()}


def the_database() -> Keeper:
    """The index of the database, which is always kept: it answers where the search server does not."""
    return _DATABASES[connection.vendor]


def the_store() -> Store:
    """The index that is asked: a search server's where there is one that has not just failed."""
    return SearchServer(settings.SEARCH_URL) if settings.SEARCH_URL and not is_resting() else the_database()
