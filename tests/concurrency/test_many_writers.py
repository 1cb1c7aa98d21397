"""Many at one story: whatever was acknowledged is there at the end; without the version check it is not."""

from __future__ import annotations

import pytest

from articles.versions.revisions import current_revision
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.concurrency.racing import race, refusals
from tests.concurrency.writers import Writer, first_body, what_was_lost

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, SAVES = 8, 25


def writers_of_one_story(people, saves: int) -> tuple[int, list[Writer]]:
    reporter = people[Role.REPORTER]
    story = house.make_story(reporter, body=first_body(WRITERS))
    writers = [Writer(number, story.pk, house.person("reporter"), 1, story.body) for number in range(WRITERS)]
    results = race(*((lambda writer=writer: writer.write(saves)) for writer in writers))
    assert refusals(results) == []
    return story.pk, writers


def test_eight_who_write_one_story_lose_nothing(people):
    story, writers = writers_of_one_story(people, SAVES)
    assert what_was_lost(story, writers) == []
    assert sum(writer.merged for writer in writers) > 0
    assert sum(len(writer.marks) for writer in writers) > 0


def test_without_the_version_check_they_overwrite_one_another(people, monkeypatch):
    monkeypatch.setattr("articles.editing.continued_revision", lambda article, *_based_on: current_revision(article))
    story, writers = writers_of_one_story(people, SAVES)
    assert what_was_lost(story, writers) != []
