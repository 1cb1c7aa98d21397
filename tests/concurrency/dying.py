"""Processes that die at a statement, forked from one that was started afresh.

Forking the tests' own process, with its servers' threads and its browser, would copy locks that those threads
hold and nobody in the copy ever lets go.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from typing import Any
from unittest import mock

import django
from django.apps import apps
from django.conf import settings

if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import get_resolver

from articles import editing
from articles.models import Article
from newsroom.staff.models import User

get_resolver()._populate()  # every view is imported before the first fork

PATIENCE = 60  # seconds
ACKNOWLEDGED, REFUSED = 7, 1


class Killer:
    """Kills its process before the statement with this number, transactions' beginnings and ends among them."""

    def __init__(self, number: int) -> None:
        self._left = number

    def count(self) -> None:
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1

    def __call__(self, execute, sql, params, many, context):
        self.count()
        return execute(sql, params, many, context)

    def commit(self, commit: Callable[[], None]) -> Callable[[], None]:
        def counted() -> None:
            self.count()
            commit()
            self.count()

        return counted


def in_a_child_killed_at(number: int, act: Callable[..., bool], *said: Any) -> bool | None:
    """Do it in a process of its own: what it acknowledged, None where it was killed.

    `act` is a function of this module: the child is told its name and what it is given.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    child = context.Process(target=_die_at, args=(number, _surroundings(), act, said))
    child.start()
    child.join(PATIENCE)
    if child.exitcode is None:
        child.kill()
        raise AssertionError(f"the child killed at {number} neither ended nor died")
    if child.exitcode < 0:
        return None
    assert child.exitcode in {ACKNOWLEDGED, REFUSED}
    return child.exitcode == ACKNOWLEDGED


def _surroundings() -> dict[str, Any]:
    """What the tests have changed of the settings and the database, for a process that knows the defaults."""
    here = connection.settings_dict
    return {
        "database": {key: here[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")},
        "settings": {"STORAGES": settings.STORAGES, "ALLOWED_HOSTS": ["testserver"]},
    }


def _die_at(number: int, surroundings: dict[str, Any], act: Callable[..., bool], said: tuple[Any, ...]) -> None:
    connection.settings_dict.update(surroundings["database"])
    killer = Killer(number)
    with override_settings(**surroundings["settings"]), ExitStack() as stack:
        connection.ensure_connection()
        stack.enter_context(connection.execute_wrapper(killer))
        stack.enter_context(mock.patch.object(connection, "_commit", killer.commit(connection._commit)))
        os._exit(ACKNOWLEDGED if act(*said) else REFUSED)


# -- what is done until it dies


def save_by_http(where: str, cookies: dict[str, str], form: dict[str, Any], picture: bytes) -> bool:
    """Send the edit page with a photo; whether the answer says that it is saved."""
    client = Client()
    client.cookies.load(cookies)
    upload = SimpleUploadedFile("p.jpg", picture, content_type="image/jpeg")
    return client.post(where, form | {"photos": upload}).json()["saved"]


def save_without_transaction(story: int, headline: str, version: int, user: int) -> bool:
    """Save with every transaction and lock taken out: what a save would be without them."""

    with (
        mock.patch("articles.editing.transaction.atomic", return_value=nullcontext()),
        mock.patch.object(Article.objects, "locked", lambda pk: Article.objects.get(pk=pk)),
    ):
        acting_user = User.objects.get(pk=user)
        return bool(editing.save_story(story, {"headline": headline}, based_on=version, acting_user=acting_user))
