"""The one reading of the environment: every setting an installation can change, with its type and default.

A value that cannot be read stops the start with the variable's name; `docs/settings.md` lists them all.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Environment:
    """What the environment says: folders are absolute, databases and caches in Django's own form."""

    var: Path
    secret_key: str
    debug: bool
    database: dict[str, Any]
    cache: dict[str, Any]
    allowed_hosts: list[str]
    csrf_trusted_origins: list[str]
    behind_https: bool
    sign_in_rate: str
    email: dict[str, Any]


def read_environment() -> Environment:
    """Read the process's environment once; raises ImproperlyConfigured with the variable's name."""
    env = environ.Env()
    var = Path(env.str("NEWSROOM_VAR", default=str(BASE_DIR / "var"))).resolve()
    (var / "static").mkdir(parents=True, exist_ok=True)
    return Environment(
        var=var,
        secret_key=env.str("SECRET_KEY", default="") or _kept_secret(var / "secret_key"),
        debug=env.bool("DEBUG", default=False),
        database=_database(env, var),
        cache=env.cache_url("CACHE_URL", default="locmemcache://"),
        allowed_hosts=env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"]),
        csrf_trusted_origins=env.list("CSRF_TRUSTED_ORIGINS", default=[]),
        behind_https=env.bool("BEHIND_HTTPS", default=False),
        sign_in_rate=env.str("SIGN_IN_RATE", default="30/m/ip,5/300s/key"),
        email=env.email_url("EMAIL_URL", default="consolemail://"),
    )


def _database(env: environ.Env, var: Path) -> dict[str, Any]:
    """SQLite under var/ unless DATABASE_URL names another.

    SQLite writes ahead (readers never wait) and every transaction takes the write lock when it begins,
    so that a writer waits its turn instead of failing half-way with "database is locked"; FULL makes a
    commit survive a power cut.
    """
    database: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{var / 'newsroom.sqlite3'}")
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
        # Tests meet the same kind of database: a file with its write-ahead log, not one in memory.
        database["TEST"] = {"NAME": str(var / "test.sqlite3")}
    else:
        database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return database


def _kept_secret(path: Path) -> str:
    """The installation's own secret key, made at the first start and kept readable by its owner alone."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
