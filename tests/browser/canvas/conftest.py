"""An edition with two stories to lay out, and windows on it."""

from __future__ import annotations

import pytest

from articles import editing
from articles.states import State
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.canvas.screen import Canvas, sign_in

LONG = "".join(f"<p>{'城西夜市今晚六点开市，第一排的灯亮了，摊主们说今年的人比去年多。' * 4}</p>" for _ in range(12))


@pytest.fixture
def edition(people):
    return house.open_edition(people, pages=3)


@pytest.fixture
def market(people):
    photo = house.make_photo(people[Role.REPORTER], house.jpeg(1500, 1000))
    return house.story_in(State.SIGNED_OFF, people, headline="夜市开市", pictures=[editing.Picture(photo.pk)])


@pytest.fixture
def bridge(people):
    return house.story_in(State.SIGNED_OFF, people, headline="新桥合龙", body=LONG)


@pytest.fixture
def look(open_browser, people, edition):
    """A window of the person with this role on a page of the edition."""

    def look_at(order: int = 2, role: Role = Role.PAGE_DESIGNER, language: str = "en", **window) -> Canvas:
        page = open_browser(locale="en-GB", **window)
        sign_in(page, people[role])
        return Canvas(page, edition, order).open(language)

    return look_at
