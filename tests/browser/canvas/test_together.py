"""Two people on one page, bad lines, and what the server refuses."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from editions.models import Edition, EditionState
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.canvas.screen import lying
from tests.browser.writing import sign_in_by_form

pytestmark = pytest.mark.django_db(transaction=True)

STALE = "status of 409"


def test_two_designers_see_each_other_and_theirs_comes_in_quietly(look, people, edition, market):
    house.place(edition, 2, market, people, (1, 10, 2, 20))
    mine = look()
    theirs = look(role=Role.DESK_CHIEF)
    expect(theirs.page.locator("p[data-present]")).to_contain_text(people[Role.PAGE_DESIGNER].name)
    theirs.box("夜市开市").focus()
    theirs.press("ArrowRight")
    theirs.is_saved()
    # The window is looked at again: it says that it is there, and hears of the new version.
    mine.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(mine.page.locator("p[data-present]")).to_contain_text(people[Role.DESK_CHIEF].name)
    expect(mine.box("column 2, row 10")).to_be_visible()


@pytest.fixture
def collision(look, people, edition, market):
    """Two windows on one page; theirs has moved the story, mine moves it elsewhere without knowing."""
    house.place(edition, 2, market, people, (1, 10, 2, 20))
    mine = look(expected=STALE)
    theirs = look(role=Role.DESK_CHIEF)
    theirs.box("夜市开市").focus()
    theirs.press("ArrowRight")
    theirs.is_saved()
    mine.box("夜市开市").focus()
    mine.press("PageDown")
    dialog = mine.page.get_by_role("dialog", name="Two arrangements of this page")
    expect(dialog).to_be_visible()
    expect(dialog.locator("svg.drawing")).to_have_count(2)
    expect(dialog).to_contain_text(f"By {people[Role.DESK_CHIEF].name}")
    assert lying(edition, 2) == [("夜市开市", 1, (2, 10, 2, 20))]
    return mine, dialog


def test_of_two_arrangements_mine_is_kept_upon_theirs(collision, edition):
    mine, dialog = collision
    dialog.get_by_role("button", name="Keep mine").click()
    mine.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (1, 20, 2, 20))]


def test_of_two_arrangements_theirs_is_taken_and_mine_comes_back_with_undo(collision, edition):
    mine, dialog = collision
    dialog.get_by_role("button", name="Take theirs").click()
    expect(mine.box("column 2, row 10")).to_be_visible()
    mine.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (2, 10, 2, 20))]
    mine.page.locator("[data-undo]").click()
    mine.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (1, 20, 2, 20))]


def test_without_a_connection_the_change_is_kept_and_sent_again(look, people, edition, market):
    house.place(edition, 2, market, people, (1, 10, 2, 20))
    canvas = look(expected="net::ERR_")
    canvas.page.route("**/layout/", lambda route: route.abort())
    canvas.box("夜市开市").focus()
    canvas.press("ArrowRight")
    expect(canvas.state).to_contain_text("No connection")
    expect(canvas.box("column 2, row 10")).to_be_visible()
    assert lying(edition, 2) == [("夜市开市", 1, (1, 10, 2, 20))]
    canvas.page.unroute("**/layout/")
    canvas.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (2, 10, 2, 20))]


def test_what_the_server_refuses_is_said_and_stays(look, people, edition, market):
    house.place(edition, 2, market, people, (1, 10, 2, 20))
    canvas = look(expected="status of 422")
    Edition.objects.update(state=EditionState.PRESSED, pressed_at=timezone.now())
    canvas.box("夜市开市").focus()
    canvas.press("ArrowRight")
    expect(canvas.state).to_contain_text("Not saved: ")
    expect(canvas.state).to_have_attribute("data-state", "refused")
    expect(canvas.box("column 2, row 10")).to_be_visible()
    assert lying(edition, 2) == [("夜市开市", 1, (1, 10, 2, 20))]
    canvas.press("Control+z")
    canvas.is_saved()


def test_after_the_session_has_ended_the_change_waits_for_the_sign_in(look, people, edition, market):
    house.place(edition, 2, market, people, (1, 10, 2, 20))
    canvas = look(expected="status of 403")
    canvas.page.context.clear_cookies()
    canvas.box("夜市开市").focus()
    canvas.press("ArrowRight")
    expect(canvas.state).to_contain_text("You are signed out")
    expect(canvas.box("column 2, row 10")).to_be_visible()
    other = canvas.page.context.new_page()
    sign_in_by_form(other, people[Role.PAGE_DESIGNER])
    canvas.page.get_by_role("button", name="Try again").click()
    canvas.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (2, 10, 2, 20))]
