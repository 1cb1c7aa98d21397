"""A server killed between any two statements of a save: what was acknowledged is whole, the rest never was."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections

from articles import editing
from articles.content import content_of, hash_of
from articles.models import Article, Photo, Revision
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, fields_of, signed_in
from tests.concurrency.racing import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STATEMENTS = 200
ACKNOWLEDGED = 7


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Killer:
    """Kills its process before the statement with this number, transactions' beginnings and ends among them."""

    def __init__(self, number: int) -> None:
        self._left = number

    def count(self) -> None:
        if self._left == 0:
            die()
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


def in_a_child_killed_at(number: int, act: Callable[[], bool]) -> bool | None:
    """Do it in a process of its own: what it acknowledged, None where it was killed."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        # A process that is forked beside running threads may wait for what none of them will let go.
        signal.alarm(PATIENCE)
        killer = Killer(number)
        with ExitStack() as stack:
            connection.ensure_connection()
            stack.enter_context(connection.execute_wrapper(killer))
            stack.enter_context(mock.patch.object(connection, "_commit", killer.commit(connection._commit)))
            os._exit(ACKNOWLEDGED if act() else 1)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, f"the child did not end within {PATIENCE} seconds"
        return None
    return os.WEXITSTATUS(status) == ACKNOWLEDGED


def agrees(story: Article) -> None:
    """The story, its revision, its trail and the files of its photos say the same."""
    story = Article.objects.get(pk=story.pk)
    revisions = Revision.objects.filter(article=story).order_by("number")
    assert list(revisions.values_list("number", flat=True)) == list(range(1, story.version + 1))
    stands = revisions.last()
    assert stands.content == content_of(story)
    assert stands.content_hash == hash_of(stands.content)
    trail = AuditEntry.objects.about(story).filter(act="story.edit")
    assert sorted(entry.data["version"] for entry in trail) == list(range(2, story.version + 1))
    for photo in Photo.objects.all():
        with photo.original.open("rb") as file:
            assert file.read() == PICTURE
        assert {rendition.file.storage.exists(rendition.file.name) for rendition in photo.renditions.all()} <= {True}


PICTURE = house.jpeg()


def test_a_save_that_is_killed_at_any_statement_is_whole_or_never_was(people):
    reporter = people[Role.REPORTER]
    story = house.make_story(reporter, bylines=[house.credit(reporter)])
    client = signed_in(reporter)
    page, killed = f"{DESK}/stories/{story.pk}/edit/", 0
    for number in range(MOST_STATEMENTS):
        form = fields_of(client.get(page), "story-form")
        before = Article.objects.get()
        text = f"<p>第{number}次写的正文。</p>"
        typed = {"body": text, "bylines-1-name": f"通讯员{number}"}

        def save(form=form, typed=typed) -> bool:
            upload = SimpleUploadedFile("p.jpg", PICTURE, content_type="image/jpeg")
            where = f"{DESK}/stories/{story.pk}/save/"
            return client.post(where, form | typed | {"photos": upload}).json()["saved"]

        acknowledged = in_a_child_killed_at(number, save)
        after = Article.objects.get()
        agrees(story)
        assert (after.body == text) == (after.version == before.version + 1)
        if acknowledged is not None:
            assert acknowledged
            assert after.body == text
            break
        killed += 1
    assert acknowledged
    assert killed > 20


def test_without_the_transaction_a_killed_save_is_found_out(people, monkeypatch):
    reporter = people[Role.REPORTER]
    story = house.make_story(reporter)
    monkeypatch.setattr("articles.editing.transaction.atomic", lambda *_args, **_options: nullcontext())
    monkeypatch.setattr("articles.models.Article.objects.locked", lambda pk: Article.objects.get(pk=pk), raising=False)
    broken = 0
    for number in range(MOST_STATEMENTS):
        version = Article.objects.get().version

        def save(number=number, version=version) -> bool:
            fields = {"headline": f"第{number}次"}
            return bool(editing.save_story(story.pk, fields, based_on=version, acting_user=reporter))

        finished = in_a_child_killed_at(number, save)
        try:
            agrees(story)
        except AssertionError:
            broken += 1
            break
        if finished:
            break
    assert broken
