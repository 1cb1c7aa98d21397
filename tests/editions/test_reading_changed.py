"""When a story's page says that it was updated, over HTTP: to people and to machines."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.utils import timezone

from articles.models import PublishedArticle
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def clock():
    with time_machine.travel(datetime.datetime(2024, 3, 7, 1, 0, tzinfo=datetime.UTC), tick=False) as clock:
        yield clock


def updated(client, story) -> str:
    """When the page says that the story was updated, empty where it says nothing; what machines are told is held
    against it.
    """
    text = client.get(f"/en/stories/{story.pk}/").text
    said = re.search(r'Updated <time datetime="([^"]+)"', text)
    published = re.search(r'<meta property="article:published_time" content="([^"]+)"', text)[1]
    modified = re.search(r'<meta property="article:modified_time" content="([^"]+)"', text)[1]
    assert f'"dateModified": "{modified}"' in text
    assert modified == (said[1] if said else published)
    assert [item["date_modified"] for item in client.get("/feeds/all.json").json()["items"]] == [modified]
    return said[1] if said else ""


def publish_over(story, people, **fields) -> None:
    """Change a story that readers see, without a word of correction, and sign it again."""
    house.save(story, people[Role.DESK_CHIEF], **fields)
    house.sign_all(story, people)


def test_a_story_that_was_changed_without_a_correction_says_when(client, people, clock):
    story = house.story_in(State.PUBLISHED, people, headline="桥通了", desk_note="")
    clock.shift(HOUR)
    assert updated(client, story) == ""
    publish_over(story, people, headline="桥今天通了")
    changed = timezone.localtime().isoformat(timespec="seconds")
    assert updated(client, story) == changed
    clock.shift(HOUR)
    assert updated(client, story) == changed


def test_what_is_published_again_in_the_same_words_says_nothing_new(client, people, clock):
    story = house.story_in(State.PUBLISHED, people, headline="桥通了")
    version = PublishedArticle.objects.get().version
    clock.shift(HOUR)
    house.save(story, people[Role.DESK_CHIEF], headline="桥今天通了")
    house.save(story, people[Role.EDITOR_IN_CHIEF], headline="桥通了")
    house.sign_all(story, people)
    assert PublishedArticle.objects.get().version == version + 2
    assert updated(client, story) == ""


def test_what_comes_back_after_a_withdrawal_says_when_its_words_changed(client, people, clock):
    story = house.story_in(State.PUBLISHED, people, headline="桥通了")
    clock.shift(HOUR)
    bring_back(story, people)
    assert updated(client, story) == ""
    publish_over(story, people, headline="桥今天通了")
    changed = updated(client, story)
    clock.shift(HOUR)
    bring_back(story, people)
    assert updated(client, story) == changed != ""
    bring_back(story, people, headline="桥昨天通了")
    assert updated(client, story) == timezone.localtime().isoformat(timespec="seconds")


def bring_back(story, people, **fields) -> None:
    """Withdraw the story and publish it again, with other `fields` where there are any."""
    chief = people[Role.EDITOR_IN_CHIEF]
    house.act(story, Verb.WITHDRAW, chief, "核实")
    story = house.act(story, Verb.REVIVE, chief)
    if fields:
        story = house.save(story, people[Role.REPORTER], **fields)
    house.bring_to(story, State.PUBLISHED, people)


def test_a_corrected_story_says_when_it_was_corrected_also_when_it_comes_back(client, people, clock):
    story, chief = house.story_in(State.PUBLISHED, people), people[Role.EDITOR_IN_CHIEF]
    clock.shift(HOUR)
    story = house.act(story, Verb.CORRECT, chief, "桥名有误。")
    house.act(story, Verb.SIGN, chief)
    corrected = timezone.localtime().isoformat(timespec="seconds")
    assert updated(client, story) == corrected
    clock.shift(HOUR)
    bring_back(story, people)
    assert updated(client, story) == corrected
