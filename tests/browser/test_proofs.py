"""Marking a proof in a real browser: with the mouse, and by the keyboard alone."""

from __future__ import annotations

import pytest

from editions.models import ProofMark
from newsroom.staff.roles import Role
from tests import press_house as press
from tests.browsing import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def window(open_browser, live_server, people):
    """A proof of a page, open before the proofreader."""
    edition = press.edition_of(people, press.story(people))
    proof = press.proof_by_hand(edition.pages.get())
    page = open_browser(locale="en-GB")
    cookie = signed_in(people[Role.PROOFREADER]).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"/en/desk/proofs/{proof.pk}/")
    return page


def test_a_rectangle_drawn_on_the_picture_is_a_mark_there(window):
    paper = window.locator(".plate").bounding_box()
    at = [(paper["x"] + paper["width"] * x, paper["y"] + paper["height"] * y) for x, y in ((0.4, 0.3), (0.1, 0.2))]
    window.mouse.move(*at[0])
    window.mouse.down()
    window.mouse.move(*at[1], steps=4)
    window.mouse.up()
    # The hand goes on to the remark.
    window.keyboard.type("标题有误")
    window.click("#mark-form button")
    window.wait_for_selector(".marks li")
    mark = ProofMark.objects.get()
    assert (mark.left, mark.top, mark.width, mark.height) == pytest.approx((10, 20, 30, 10), abs=0.2)
    assert mark.remark == "标题有误"
    window.hover(".marks li")
    assert window.locator(".plate .area.shining").count() == 1


def test_a_click_on_the_picture_marks_nothing(window):
    window.locator(".plate").click(position={"x": 100, "y": 100})
    assert window.locator("#mark-form [name=width]").input_value() == ""


def test_a_mark_is_made_and_ticked_off_by_the_keyboard_alone(window):
    window.focus("#mark-form [name=remark]")
    for typed in ("图说漏字", "5", "6", "20", "4"):
        window.keyboard.type(typed)
        window.keyboard.press("Tab")
    assert window.locator(".plate .drawn").get_attribute("width") == "200"
    window.keyboard.press("Enter")
    window.wait_for_selector(".marks li")
    window.focus(".marks li button")
    window.keyboard.press("Enter")
    window.wait_for_selector(".marks li.done")
    assert ProofMark.objects.get().settled_at
