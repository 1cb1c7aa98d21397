"""A server killed between any two statements of a save: what was acknowledged is whole, the rest never was."""

from __future__ import annotations

import pytest

from articles.content import content_of, hash_of
from articles.models import Article, Photo, Revision
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, fields_of, signed_in
from tests.concurrency.dying import in_a_child_killed_at, save_by_http, save_without_transaction

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STATEMENTS = 200


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
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    page, where, killed = f"{DESK}/stories/{story.pk}/edit/", f"{DESK}/stories/{story.pk}/save/", 0
    for number in range(MOST_STATEMENTS):
        form = fields_of(client.get(page), "story-form")
        # The photo of a save that was killed late is here already; this one is to be kept as well.
        del form["ask"]
        before = Article.objects.get()
        text = f"<p>第{number}次写的正文。</p>"
        typed = {"body": text, "bylines-1-name": f"通讯员{number}"}
        acknowledged = in_a_child_killed_at(number, save_by_http, where, cookies, form | typed, PICTURE)
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


def test_without_the_transaction_a_killed_save_is_found_out(people):
    reporter = people[Role.REPORTER]
    story = house.make_story(reporter)
    broken = 0
    for number in range(MOST_STATEMENTS):
        said = (story.pk, f"第{number}次", Article.objects.get().version, reporter.pk)
        finished = in_a_child_killed_at(number, save_without_transaction, *said)
        try:
            agrees(story)
        except AssertionError:
            broken += 1
            break
        if finished:
            break
    assert broken
