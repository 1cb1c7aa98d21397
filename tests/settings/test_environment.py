"""The environment is read once, and what cannot be read stops the start by its name."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.settings import environment
from newsroom.settings.environment import read_environment


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch, tmp_path):
    """None of the house's variables but a folder of its own."""
    for name in (
        "SECRET_KEY DEBUG DATABASE_URL CACHE_URL ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS BEHIND_HTTPS SIGN_IN_RATE "
        "TRUSTED_PROXIES EMAIL_URL EMAIL_FROM SITE_ADDRESS LIVE_CONNECTIONS CDN_PURGE_URL CDN_PURGE_TOKEN "
        "WEBSUB_HUB FEEDS_FULL_TEXT AI_CRAWLERS_DENIED"
    ).split():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NEWSROOM_VAR", str(tmp_path))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("DEBUG", "2"),
        ("FEEDS_FULL_TEXT", "whole"),
        ("AI_CRAWLERS_DENIED", "GPTBot,a crawler"),
        ("BEHIND_HTTPS", "ture"),
        ("SIGN_IN_RATE", "abc"),
        ("SIGN_IN_RATE", ","),
        ("SIGN_IN_RATE", "30/m/ip;5/300s/key"),
        ("SIGN_IN_RATE", "0/m/ip"),
        ("SIGN_IN_RATE", "5/m/user"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
        ("DATABASE_URL", "foo"),
        ("DATABASE_URL", "nonsense://u:hidden@h/n"),
        ("DATABASE_URL", "mysql://u:hidden@h/n"),
        ("DATABASE_URL", "postgres://u:hidden@h:port/n"),
        ("CACHE_URL", "foo"),
        ("SITE_ADDRESS", "paper.example"),
        ("SITE_ADDRESS", "https://paper.example/desk"),
        ("LIVE_CONNECTIONS", "many"),
    ],
)
def test_a_value_that_cannot_be_read_stops_the_start_by_its_name(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=f"^{name}") as refused:
        read_environment()
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("DEBUG", "", "debug", False),
        ("DEBUG", "True", "debug", True),
        ("BEHIND_HTTPS", "on", "behind_https", True),
        ("BEHIND_HTTPS", "0", "behind_https", False),
        ("SIGN_IN_RATE", "9/2h/key, 30/m/ip", "sign_in_rates", ["9/2h/key", "30/m/ip"]),
        ("SIGN_IN_RATE", "", "sign_in_rates", ["30/m/ip", "5/300s/key"]),
        ("TRUSTED_PROXIES", "2", "trusted_proxies", 2),
        ("TRUSTED_PROXIES", "", "trusted_proxies", 0),
        ("EMAIL_URL", "", "email", {}),
        ("SITE_ADDRESS", "https://desk.paper.example/", "site_address", "https://desk.paper.example"),
        ("LIVE_CONNECTIONS", "", "live_connections", 4),
        ("LIVE_CONNECTIONS", "0", "live_connections", 0),
    ],
)
def test_what_can_be_read_is_read(monkeypatch, name, value, field, read):
    monkeypatch.setenv(name, value)
    assert getattr(read_environment(), field) == read


def test_whoever_says_how_the_site_is_reached_says_its_own_address(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example, b.example")
    with pytest.raises(ImproperlyConfigured, match=r"^SITE_ADDRESS"):
        read_environment()
    monkeypatch.setenv("SITE_ADDRESS", "https://a.example")
    assert read_environment().allowed_hosts == ["a.example", "b.example"]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_database_is_named_by_its_address(monkeypatch, scheme):
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://u:p@h:5433/n")
    database = read_environment().database
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"], database["HOST"], database["PORT"], database["NAME"]) == (
        "u",
        "p",
        "h",
        5433,
        "n",
    )


def test_mail_is_set_up_with_all_that_a_mail_carries(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://desk:hidden@mail.paper.example:587")
    for name, value in (("EMAIL_FROM", "desk@paper.example"), ("SITE_ADDRESS", "https://desk.paper.example")):
        with pytest.raises(ImproperlyConfigured, match=f"^{name}"):
            read_environment()
        monkeypatch.setenv(name, value)
    email = read_environment().email
    assert (email["EMAIL_HOST"], email["EMAIL_PORT"], email["EMAIL_USE_TLS"]) == ("mail.paper.example", 587, True)
    for nonsense in ("nonsense", "mailto://hidden", "smtp://u:hidden@h:port"):
        monkeypatch.setenv("EMAIL_URL", nonsense)
        with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL") as refused:
            read_environment()
        assert "hidden" not in str(refused.value)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path):
    key = read_environment().secret_key
    assert len(key) > 50
    assert read_environment().secret_key == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret_key", "static"]


def test_of_two_first_starts_the_first_key_stays(monkeypatch, tmp_path):
    kept = tmp_path / "secret_key"

    def another_process_is_quicker(_length):
        kept.write_text("theirs", encoding="ascii")
        return "ours"

    monkeypatch.setattr(environment.secrets, "token_urlsafe", another_process_is_quicker)
    assert read_environment().secret_key == "theirs"
    assert kept.read_text(encoding="ascii") == "theirs"


def test_an_empty_key_is_never_read(tmp_path):
    (tmp_path / "secret_key").touch()
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY"):
        read_environment()


@pytest.mark.parametrize("name", ["CDN_PURGE_URL", "WEBSUB_HUB"])
def test_where_a_cdn_or_a_hub_is_told_something_the_sites_own_address_is_known(monkeypatch, name):
    monkeypatch.setenv(name, "https://cdn.example/purge")
    with pytest.raises(ImproperlyConfigured, match=r"^SITE_ADDRESS"):
        read_environment()
    monkeypatch.setenv("SITE_ADDRESS", "https://paper.example")
    assert getattr(read_environment(), name.lower()) == "https://cdn.example/purge"
    monkeypatch.setenv(name, "cdn.example")
    with pytest.raises(ImproperlyConfigured, match=f"^{name}"):
        read_environment()
