"""Two who withdraw at the same moment what was printed on one page."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import storages
from PIL import Image

from articles.states import Verb
from editions.blanking import BLANK
from editions.models import PublishedPage, PublishedPlacement
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press
from tests.concurrency.racing import meet_at, race, refusals, take_the_locks_out

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def withdrawals(people):
    """Two acts that withdraw the two stories of page 1."""
    edition = press.in_front_of_readers(people)
    stories = [press.placed(edition, headline) for headline in ("查无实据的事", "河水涨了三十厘米")]
    return [lambda s=story: house.act(s, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实") for story in stories]


def middles() -> list[tuple[float, float]]:
    """The middle of every place on page 1, in parts of its picture."""
    zones = PublishedPlacement.objects.filter(page__order=1).values_list("zone", flat=True)
    return [((left + width / 2) / 100, (top + height / 2) / 100) for left, top, width, height in zones]


def colours(places) -> set[tuple[int, int, int]]:
    store = storages["public"]
    address = PublishedPage.objects.get(order=1).image_png
    with store.open(address.removeprefix(store.url("")), "rb") as file:
        image = Image.open(io.BytesIO(file.read())).convert("RGB")
    return {image.getpixel((int(across * image.width), int(down * image.height))) for across, down in places}


def test_of_two_who_withdraw_from_one_page_neither_draws_the_other_s_again(withdrawals, monkeypatch):
    places = middles()
    assert len(places) == 3
    meet_at(monkeypatch, 2, "articles.publishing.take_away")
    assert refusals(race(*withdrawals)) == []
    assert colours(places) == {BLANK}


def test_without_the_frames_lock_one_does(withdrawals, monkeypatch):
    places = middles()
    take_the_locks_out(monkeypatch)
    meet_at(monkeypatch, 2, "editions.following._draw_anew")
    race(*withdrawals)
    assert colours(places) != {BLANK}
