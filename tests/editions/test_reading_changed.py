"""When a story's page says that it was updated, over HTTP: to people and to machines."""

from __future__ import annotations

import datetime
import importlib
import re

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.utils import timezone

from articles.models import Article, PublishedArticle
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows

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
    month = "/sitemaps/stories-2024-03.xml"
    assert last_changed(client, "/sitemap.xml", month) == modified
    assert last_changed(client, month, f"/stories/{story.pk}/") == modified
    return said[1] if said else ""


def last_changed(client, sitemap: str, address: str) -> str:
    """When `address` changed last, as the sitemap has it."""
    return re.search(f"{address}</loc><lastmod>([^<]+)", client.get(sitemap).text)[1]


def publish_over(story, people, **fields) -> None:
    """Change a story that readers see, without a word of correction, and sign it again."""
    house.save(story, people[Role.DESK_CHIEF], **fields)
    house.sign_all(story, people)


def publish_again(story, people) -> None:
    """Sign a story that readers see in a new version that says the same."""
    house.save(story, people[Role.DESK_CHIEF], headline="别的标题")
    house.save(story, people[Role.EDITOR_IN_CHIEF], headline=story.headline)
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
    publish_again(story, people)
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


def test_what_was_corrected_before_it_was_kept_when_says_so_after_the_update(client, people, clock):
    story, chief = house.story_in(State.PUBLISHED, people), people[Role.EDITOR_IN_CHIEF]
    clock.shift(HOUR)
    story = house.act(story, Verb.CORRECT, chief, "桥名有误。")
    house.act(story, Verb.SIGN, chief)
    corrected = timezone.localtime().isoformat(timespec="seconds")
    clock.shift(HOUR)
    publish_again(story, people)
    PublishedArticle.objects.update(changed_at=None)
    update()
    assert updated(client, story) == corrected
    house.act(story, Verb.WITHDRAW, chief, "核实")
    Article.objects.update(told_version=None, told_changed_at=None)
    update()
    clock.shift(HOUR)
    house.bring_to(house.act(story, Verb.REVIVE, chief), State.PUBLISHED, people)
    assert updated(client, story) == corrected


def test_the_update_leaves_none_out_and_touches_none_that_was_not_corrected(db, monkeypatch):
    monkeypatch.setattr(migration(), "BATCH", 2)
    corrections = [{"at": f"2024-03-0{day}T08:00:00+08:00", "note": "有误", "paragraphs": []} for day in (8, 9)]
    reading_rows.make_articles(5, corrections=corrections)
    [plain] = reading_rows.make_articles(1)
    update()
    moments = PublishedArticle.objects.exclude(pk=plain.pk).values_list("changed_at", flat=True)
    assert [moment.isoformat() for moment in moments] == ["2024-03-09T00:00:00+00:00"] * 5
    assert PublishedArticle.objects.get(pk=plain.pk).changed_at is None


def update() -> None:
    migration().fill(apps, connection.schema_editor())


def migration():
    return importlib.import_module("articles.migrations.0039_when_corrected_stories_changed")
