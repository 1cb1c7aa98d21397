"""The desk on a narrow screen."""

from __future__ import annotations

import pytest

from articles.states import State
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

pytestmark = pytest.mark.django_db(transaction=True)


def box(page, selector: str) -> dict[str, float]:
    return page.locator(selector).first.bounding_box()


def test_move_and_take_off_share_a_line_and_the_bar_reaches_both_edges(open_browser, people):
    edition = house.open_edition(people)
    house.place(edition, 1, house.story_in(State.SIGNED_OFF, people), people)
    page = open_browser(locale="en-GB", width=390)
    page.goto(f"/en/accounts/login/?next=/en/desk/pages/{edition.pages.get(order=1).pk}/")
    page.fill("[name=login]", people[Role.PAGE_DESIGNER].username)
    page.fill("[name=password]", house.PASSWORD)
    page.press("[name=password]", "Enter")
    page.click(".plainly > summary")
    page.wait_for_selector(".lying")
    move, take_off = box(page, ".moving .button"), box(page, ".lying > form:last-child .button")
    assert move["y"] == take_off["y"]
    assert move["x"] + move["width"] <= take_off["x"]
    places = box(page, ".places")
    assert (places["x"], places["width"]) == (0, 390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
