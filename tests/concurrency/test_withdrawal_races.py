"""Two who withdraw at the same moment what was printed on one page; one who does while its PDF is set anew."""

from __future__ import annotations

import io
from functools import partial

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from PIL import Image

from articles.models import PublicFrame
from articles.states import Verb
from editions.blanking import BLANK
from editions.following import set_pdfs_anew
from editions.models import PublishedEdition, PublishedPage, PublishedPlacement
from editions.typeset.engine import engine
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press
from tests.concurrency.racing import meet_at, race, race_from, refusals, take_the_locks_out
from tests.typeset_reading import all_said

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


def file_at(address: str) -> bytes:
    store = storages["public"]
    with store.open(address.removeprefix(store.url("")), "rb") as file:
        return file.read()


def colours(places) -> set[tuple[int, int, int]]:
    image = Image.open(io.BytesIO(file_at(PublishedPage.objects.get(order=1).image_png))).convert("RGB")
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


def test_what_is_withdrawn_while_the_pdf_is_set_without_another_is_in_none(withdrawals, monkeypatch):
    first, second = withdrawals
    first()
    look = partial(call_command, "set_pdfs_anew")
    assert refusals(race_from(monkeypatch, "editions.following.reader_pdf", look, second)) == []
    # It is let go, though nothing came of what it set.
    assert engine().process_ids() == []
    edition = PublishedEdition.objects.get()
    assert {edition.pdf, edition.pages.get(order=1).pdf} == {""}
    assert set_pdfs_anew() == ([edition], [])
    edition.refresh_from_db()
    said = all_said(file_at(edition.pdf)) + all_said(file_at(edition.pages.get(order=1).pdf))
    assert [token for token in ("查无实据的事", "河水涨了三十厘米") if token in said] == []
    assert "第二版的事" in said


def test_of_two_clocks_that_set_it_one_tells_readers(withdrawals, monkeypatch):
    withdrawals[0]()
    meet_at(monkeypatch, 2, "editions.following.reader_pdf")
    before = PublicFrame.current().generation
    made = race(set_pdfs_anew, set_pdfs_anew)
    assert sorted(len(editions) for editions, _refused in made) == [0, 1]
    assert PublicFrame.current().generation == before + 1
