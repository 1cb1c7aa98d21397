"""The flat plan of an edition in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.canvas.screen import middle

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_dragged_on_the_flat_plan_puts_the_pages_into_a_new_order(look, people, edition, market):
    house.place(edition, 1, market, people, (1, 20, 2, 20))
    page = look(role=Role.DESK_CHIEF).page
    page.goto(f"/en/desk/editions/{edition.pk}/")
    plan = page.locator("[data-plan] > li")
    expect(plan.first).to_contain_text("1 story")
    expect(plan.nth(1)).to_contain_text("Empty")
    before = list(edition.pages.values_list("name", flat=True))
    x, y = middle(plan.nth(2))
    target = plan.first.bounding_box()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 20, y)
    with page.expect_navigation():
        page.mouse.move(target["x"] + 10, target["y"] + target["height"] / 2)
        page.mouse.up()
    assert list(edition.pages.values_list("name", flat=True)) == [before[2], before[0], before[1]]
