"""What the desk is shown of what was read."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from articles.readership.counting import Subject, add_reads
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

pytestmark = pytest.mark.django_db


def counted(kind: str, key: object, count: int, days_ago: int = 0) -> None:
    hours = [0] * 24
    hours[9] = count
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    add_reads({Subject(kind, str(key), day): hours})


@pytest.fixture
def desk(client, people):
    client.force_login(people[Role.REPORTER])
    return client


def listed(desk, period: str) -> list[tuple[str, int]]:
    page = desk.get(f"/en/desk/readership/?period={period}")
    return [(story.article.headline, story.reads) for story in page.context["stories"]]


def test_what_was_read_most_is_asked_by_period(desk, people):
    old, new = (house.story_in(State.PUBLISHED, people, headline=name) for name in ("旧闻", "新闻"))
    counted("story", old.pk, 90, days_ago=20)
    counted("story", old.pk, 5, days_ago=3)
    counted("story", new.pk, 7)
    assert listed(desk, "today") == [("新闻", 7)]
    assert listed(desk, "week") == [("新闻", 7), ("旧闻", 5)]
    assert listed(desk, "month") == [("旧闻", 95), ("新闻", 7)]
    assert listed(desk, "ever") == listed(desk, "today")


def test_pages_of_the_paper_stand_beside_the_stories(desk):
    counted("page", "2026-03-07/2", 4)
    page = desk.get("/en/desk/readership/").content.decode()
    assert 'href="/en/paper/2026-03-07/2/"' in page
    assert "2026-03-07, page 2" in page


def test_a_story_that_readers_do_not_see_is_not_listed(desk, people):
    story = house.story_in(State.PUBLISHED, people)
    counted("story", story.pk, 4)
    counted("story", 999999, 5)
    assert len(listed(desk, "today")) == 1
    house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    assert listed(desk, "today") == []


def test_charts_say_their_numbers_in_words_too(desk):
    counted("home", "", 12)
    page = desk.get("/en/desk/readership/").content.decode()
    assert '<th scope="row">9:00</th><td class="number">12</td>' in page
    assert "<title>9:00: 12</title>" in page


def test_a_published_story_says_on_the_desk_how_often_it_was_read(desk, people):
    story = house.story_in(State.PUBLISHED, people)
    counted("story", story.pk, 40, days_ago=50)
    counted("story", story.pk, 2)
    page = desk.get(f"/en/desk/stories/{story.pk}/").content.decode()
    assert "42 times in all, 2 today" in page
    draft = house.story_in(State.DRAFT, people)
    assert "times in all" not in desk.get(f"/en/desk/stories/{draft.pk}/").content.decode()


def test_nobody_outside_sees_what_was_read(client):
    assert client.get("/en/desk/readership/").status_code == 302
