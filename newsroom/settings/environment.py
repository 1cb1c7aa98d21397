"""The one reading of the environment: every setting an installation can change, with its type and default.

A value that cannot be read stops the start with the variable's name; `docs/settings.md` lists them all.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
FLAGS = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
ENGINES = frozenset({"django.db.backends.sqlite3", "django.db.backends.postgresql"})
# As allauth reads it: attempts, in how many seconds, minutes, hours or days, of one address or one name.
_RATE = re.compile(r"[1-9][0-9]*/(?:[1-9][0-9]*)?[smhd]/(?:ip|key)", re.ASCII)

# How robots.txt can call a crawler.
_CRAWLER = re.compile(r"[A-Za-z0-9_.-]+", re.ASCII)


@dataclass(frozen=True)
class Environment:
    """What the environment says: folders are absolute, databases and caches in Django's own form."""

    var: Path
    fonts: Path
    secret_key: str
    debug: bool
    database: dict[str, Any]
    cache: dict[str, Any]
    allowed_hosts: list[str]
    csrf_trusted_origins: list[str]
    behind_https: bool
    sign_in_rates: list[str]
    trusted_proxies: int
    email: dict[str, Any]
    email_from: str
    site_address: str
    live_connections: int
    cdn_purge_url: str
    cdn_purge_token: str
    search_url: str
    websub_hub: str
    feeds_full_text: bool
    ai_crawlers_denied: list[str]


def read_environment() -> Environment:
    """Read the process's environment once; raises ImproperlyConfigured with the variable's name."""
    env = _Variables()
    var = Path(env.text("NEWSROOM_VAR", str(BASE_DIR / "var"))).resolve()
    (var / "static").mkdir(parents=True, exist_ok=True)
    return Environment(
        var=var,
        fonts=Path(env.text("NEWSROOM_FONTS", str(BASE_DIR / "var" / "fonts"))).resolve(),
        secret_key=env.text("SECRET_KEY", "") or _kept_secret(var / "secret_key"),
        debug=env.flag("DEBUG"),
        database=_database(env, var),
        cache=env.cache("CACHE_URL", "locmemcache://"),
        allowed_hosts=env.hosts("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]"),
        csrf_trusted_origins=env.items("CSRF_TRUSTED_ORIGINS", ""),
        behind_https=env.flag("BEHIND_HTTPS"),
        sign_in_rates=env.rates("SIGN_IN_RATE", "30/m/ip,5/300s/key"),
        trusted_proxies=env.count("TRUSTED_PROXIES"),
        email=env.email("EMAIL_URL"),
        email_from=env.text("EMAIL_FROM", "newsroom@localhost"),
        site_address=env.site("SITE_ADDRESS", "http://127.0.0.1:8000"),
        live_connections=env.count("LIVE_CONNECTIONS", "4"),
        cdn_purge_url=env.endpoint("CDN_PURGE_URL"),
        cdn_purge_token=env.text("CDN_PURGE_TOKEN", ""),
        search_url=env.index("SEARCH_URL"),
        websub_hub=env.endpoint("WEBSUB_HUB"),
        feeds_full_text=env.flag("FEEDS_FULL_TEXT"),
        ai_crawlers_denied=env.crawlers("AI_CRAWLERS_DENIED", "training"),
    )


class _Variables:
    """The process's environment, read by type; an empty variable counts as none.

    What cannot be read is ImproperlyConfigured: with the variable's name and without its value, which may
    hold a password.
    """

    def text(self, name: str, default: str) -> str:
        return os.environ.get(name, "").strip() or default

    def items(self, name: str, default: str) -> list[str]:
        return [item.strip() for item in self.text(name, default).split(",") if item.strip()]

    def hosts(self, name: str, default: str) -> list[str]:
        """Whoever says under which names the site is reached says which of them is its own."""
        if self.text(name, "") and not self.text("SITE_ADDRESS", ""):
            raise ImproperlyConfigured(f"SITE_ADDRESS must be set where {name} is: pages name themselves by it.")
        return self.items(name, default)

    def crawlers(self, name: str, default: str) -> list[str]:
        crawlers = self.items(name, default)
        if not all(_CRAWLER.fullmatch(crawler) for crawler in crawlers):
            raise ImproperlyConfigured(f"{name} must be training, answering, all, none or names of crawlers.")
        return crawlers

    def flag(self, name: str) -> bool:
        said = FLAGS.get(self.text(name, "false").lower())
        if said is None:
            raise ImproperlyConfigured(f"{name} must be true or false.")
        return said

    def count(self, name: str, default: str = "0") -> int:
        text = self.text(name, default)
        if not re.fullmatch("[0-9]{1,3}", text):
            raise ImproperlyConfigured(f"{name} must be a whole number from 0 to 999.")
        return int(text)

    def rates(self, name: str, default: str) -> list[str]:
        rates = self.items(name, default)
        if not rates or not all(_RATE.fullmatch(rate) for rate in rates):
            raise ImproperlyConfigured(f"{name} must be rates like {default}.")
        return rates

    def database(self, name: str, default: str) -> dict[str, Any]:
        scheme = self.text(name, default).partition("://")[0]
        if environ.Env.DB_SCHEMES.get(scheme) not in ENGINES:
            raise ImproperlyConfigured(f"{name} must name a PostgreSQL or SQLite database.")
        return self._parsed(name, default, environ.Env.db_url_config)

    def cache(self, name: str, default: str) -> dict[str, Any]:
        return self._parsed(name, default, environ.Env.cache_url_config)

    def email(self, name: str) -> dict[str, Any]:
        """The mail server in Django's own form; nothing where no mail goes out."""
        if not self.text(name, ""):
            return {}
        for needed in ("EMAIL_FROM", "SITE_ADDRESS"):
            if not self.text(needed, ""):
                raise ImproperlyConfigured(f"{needed} must be set where {name} is: mails carry it.")
        return self._parsed(name, "", environ.Env.email_url_config)

    def site(self, name: str, default: str) -> str:
        address = self.text(name, default).rstrip("/")
        if not re.fullmatch(r"https?://[^/\s]+", address):
            raise ImproperlyConfigured(f"{name} must be scheme and host, like https://paper.example.")
        return address

    def endpoint(self, name: str) -> str:
        address = self.text(name, "")
        if address and not self.text("SITE_ADDRESS", ""):
            raise ImproperlyConfigured(f"SITE_ADDRESS must be set where {name} is: orders carry it.")
        if address and not re.fullmatch(r"https?://[^/\s]+(?:/\S*)?", address):
            raise ImproperlyConfigured(f"{name} must be an address like https://cdn.example/purge.")
        return address

    def index(self, name: str) -> str:
        """An index on a search server; empty where the database is searched."""
        address = self.text(name, "")
        if address and not re.fullmatch(r"https?://[^/\s]+/[a-z0-9][a-z0-9_.-]*", address):
            raise ImproperlyConfigured(f"{name} must be server and index, like https://search.example:9200/newsroom.")
        return address

    def _parsed(self, name: str, default: str, parse: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
        try:
            return parse(self.text(name, default))
        except (ImproperlyConfigured, LookupError, ValueError) as error:
            raise ImproperlyConfigured(f"{name} is no address that can be read.") from error


def _database(env: _Variables, var: Path) -> dict[str, Any]:
    """SQLite under var/ unless DATABASE_URL names another.

    SQLite writes ahead (readers never wait) and every transaction takes the write lock when it begins,
    so that a writer waits its turn instead of failing half-way with "database is locked"; FULL makes a
    commit survive a power cut.
    """
    database = env.database("DATABASE_URL", f"sqlite:///{var / 'newsroom.sqlite3'}")
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
        # Opening the file and its log costs more than the queries of a page.
        database["CONN_MAX_AGE"] = None
        # Tests meet the same kind of database: a file with its write-ahead log, not one in memory.
        database["TEST"] = {"NAME": str(var / "test.sqlite3")}
    else:
        database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        # Compiling a query of the desk takes ten times as long as running it.
        options = database.setdefault("OPTIONS", {})
        options["options"] = f"{options.get('options', '')} -c jit=off".strip()
    return database


def _kept_secret(path: Path) -> str:
    """The installation's own secret key, made at the first start and kept readable by its owner alone."""
    if not path.exists():
        _make_secret(path)
    secret = path.read_text(encoding="ascii").strip()
    if not secret:
        raise ImproperlyConfigured(f"SECRET_KEY: {path} is empty; without this file the next start makes a new key.")
    return secret


def _make_secret(path: Path) -> None:
    """Put a new key at `path` in one stroke; of several processes that start at once the first one's stays."""
    with NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as new:
        new.write(secrets.token_urlsafe(50))
        new.flush()
        os.fsync(new.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(new.name, path)
