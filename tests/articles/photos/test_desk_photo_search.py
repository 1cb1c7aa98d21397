"""Finding photos over HTTP: by words, people, days, rights, and whether a story has them."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from articles import editing
from articles.models import Photo
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browsing import DESK, signed_in, text_of

LIST = f"{DESK}/photos/"


@pytest.fixture
def client(people):
    return signed_in(people[Role.REPORTER])


@pytest.fixture
def find(client):
    def find(**filters):
        answer = client.get(LIST, filters, headers={"Accept": "application/json"})
        return [entry["id"] for entry in answer.json()["photos"]]

    return find


@pytest.fixture
def photos(people):
    """A day of rain of the photographer's, then a market of the reporter's."""
    rain = house.make_photo(people[Role.PHOTOGRAPHER], caption="雨中的车站", byline="薛力娜", credit="薛力娜 摄")
    market = house.make_photo(people[Role.REPORTER], caption="早市 100%", credit="张志茹 摄", keywords="Market，蔬菜")
    return rain, market


@pytest.mark.parametrize(
    ("words", "which"),
    [
        ("车站", [0]),
        ("market", [1]),
        ("ＭＡＲＫＥＴ 蔬菜", [1]),
        ("薛力娜", [0]),
        ("100%", [1]),
        ("1_0%", []),
        ("摄", [1, 0]),
        ("车站 蔬菜", []),
        ("夜市的灯", [1, 0]),
    ],
)
def test_by_words_of_anything_that_is_said(find, photos, words, which):
    assert find(words=words) == [photos[index].pk for index in which]


def test_by_who_took_it_is_credited_or_took_it_in(find, photos, people):
    rain, market = photos
    assert find(person="薛力娜") == [rain.pk]
    assert find(person="张志茹") == [market.pk]
    assert find(person=people[Role.PHOTOGRAPHER].name) == [rain.pk]
    assert find(person="没有人") == []


def test_by_days_of_the_newsroom(find, photos):
    rain, market = photos
    # In Shanghai 7 March had begun, in UTC it had not.
    moment = datetime.datetime(2024, 3, 6, 16, 30, tzinfo=datetime.UTC)
    Photo.objects.filter(pk=rain.pk).update(taken_at=moment, uploaded_at=moment)
    for name in ("taken", "added"):
        assert find(**{f"{name}_since": "2024-03-07", f"{name}_until": "2024-03-07"}) == [rain.pk]
        assert find(**{f"{name}_until": "2024-03-06"}) == []
    assert find(added_since="2024-03-08") == [market.pk]
    assert find(taken_since="2024-03-08") == []


def test_by_rights(find, photos):
    rain, market = photos
    today = timezone.localdate()
    assert find(rights="unstated") == [market.pk, rain.pk]
    for days, states in ((-1, {"expired"}), (0, {"usable", "ending"}), (30, {"usable", "ending"}), (31, {"usable"})):
        Photo.objects.filter(pk=rain.pk).update(rights_expire_on=today + datetime.timedelta(days=days))
        found = {state for state in ("usable", "ending", "expired", "unstated") if rain.pk in find(rights=state)}
        assert found == states
    assert find(rights="usable") == [market.pk, rain.pk]


def test_by_whether_a_story_has_it(find, photos, people):
    rain, market = photos
    house.make_story(people[Role.REPORTER], pictures=[editing.Picture(rain.pk)])
    assert find(used="yes") == [rain.pk]
    assert find(used="no") == [market.pk]


def test_rights_are_said_in_the_list_and_to_the_chooser(client, photos):
    rain, market = photos
    Photo.objects.filter(pk=rain.pk).update(rights_expire_on=datetime.date(2024, 3, 1))
    Photo.objects.filter(pk=market.pk).update(rights_expire_on=timezone.localdate())
    page = text_of(client.get(LIST))
    assert page.count("rights expired on 1 March 2024") == 1
    assert page.count("rights run out on") == 1
    said = client.get(LIST, headers={"Accept": "application/json"}).json()["photos"]
    assert {entry["id"]: entry["expired"] for entry in said} == {
        rain.pk: "rights expired on 1 March 2024",
        market.pk: "",
    }


def test_a_wrong_day_is_said_and_what_was_typed_stays(client, photos):
    page = text_of(client.get(LIST, {"taken_since": "soon", "words": "车站"}))
    assert "Enter a valid date." in page
    assert 'value="soon"' in page
    assert 'value="车站"' in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("name", ["taken_since", "taken_until", "added_since", "added_until"])
def test_a_day_at_the_end_of_the_calendar_is_answered(client, photos, name, day):
    answer = client.get(LIST, {name: day}, headers={"Accept": "application/json"})
    keeps_all = name.endswith("since") == (day == "0001-01-01")
    known = Photo.objects.filter(taken_at__isnull=False) if name.startswith("taken") else Photo.objects.all()
    assert len(answer.json()["photos"]) == (known.count() if keeps_all else 0)


def test_none_and_none_found_are_two_things(client, people):
    assert "Drop files anywhere on this page" in text_of(client.get(LIST))
    assert "No photo matches." in text_of(client.get(LIST, {"words": "没有"}))
    proofreader = signed_in(people[Role.PROOFREADER])
    assert "Drop files" not in text_of(proofreader.get(LIST))
