"""Whatever no reader may see changes nothing of what readers get, and is nowhere in it (`scripts/canary.py` hides
more).
"""

from __future__ import annotations

import pytest

from articles.states import State
from tests import canary

pytestmark = pytest.mark.django_db(transaction=True)

HIDDEN = 60


def test_what_no_reader_may_see_changes_no_byte_of_what_readers_get(people):
    done = canary.run(people, HIDDEN)
    assert not done.wrong, "\n".join(done.wrong)
    assert done.hidden == HIDDEN
    assert done.looked_at > 130


def test_what_should_not_be_there_is_found_wherever_it_is(people):
    token = canary.Tokens()
    before = canary.crawl()
    story = canary.hidden_story(token, people, State.PUBLISHED)
    pages = canary.crawl()
    told = "\n".join(canary.leaks(token, pages))
    for address in ("/ ", f"/stories/{story.pk}/ ", f"/en/stories/{story.pk}/ ", "/feeds/all.rss ", "/authors/"):
        assert address in told, address
    assert canary.differences(before, pages)
    assert canary.at_home([story])
    photo = story.photos.get()
    with photo.original.open("rb") as file:
        original = canary.Answer(200, (("Content-Type", "image/jpeg"),), file.read())
    assert canary.leaks(token, {"/p.jpg": original})
