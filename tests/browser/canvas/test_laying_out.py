"""Laying out a page in a real browser: by mouse, and by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from articles.states import State
from editions.models import PageStory
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.accessible import violations
from tests.browser.canvas.screen import lying, middle

pytestmark = pytest.mark.django_db(transaction=True)


# -- by mouse


def test_a_story_is_dragged_from_the_pool_and_typeset_where_it_was_let_go(look, edition, market):
    canvas = look()
    canvas.drag(middle(canvas.card("夜市开市")), canvas.point(3, 20))
    canvas.is_saved()
    [(name, part, (column, row, width, _height))] = lying(edition, 2)
    assert (name, part, column, row, width) == ("夜市开市", 1, 3, 20, 1)
    assert PageStory.objects.get().headline_style == "lead"
    expect(canvas.card("夜市开市")).to_contain_text("on this page")
    canvas.shows_the_typeset_page()
    assert canvas.page.evaluate("document.querySelector('.ground').naturalWidth") >= 320


def test_over_the_masthead_or_another_story_it_is_red_and_never_sent(look, people, edition, market, bridge):
    house.place(edition, 1, bridge, people, (1, 40, 3, 20))
    canvas = look(1)
    sent = []
    canvas.page.on("request", lambda request: sent.append(request.post_data) if "/layout/" in request.url else None)
    canvas.drag(middle(canvas.card("夜市开市")), canvas.point(2, 5), drop=False)
    expect(canvas.page.locator(".ghost.blocked")).to_be_visible()
    canvas.page.mouse.up()
    expect(canvas.page.locator(".ghost")).to_be_hidden()
    canvas.hears("it lies over the masthead")
    canvas.drag(middle(canvas.card("夜市开市")), canvas.point(2, 45), drop=False)
    expect(canvas.page.locator(".ghost.blocked")).to_be_visible()
    canvas.page.mouse.up()
    canvas.hears("it lies over 新桥合龙")
    assert (sent, len(lying(edition, 1))) == ([], 1)


def test_a_box_is_moved_and_resized_by_the_grid(look, people, edition, market):
    house.place(edition, 2, market, people, (1, 20, 2, 20))
    canvas = look()
    canvas.drag(canvas.point(1, 25), canvas.point(3, 32))
    canvas.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (3, 27, 2, 20))]
    x, y = middle(canvas.page.locator("[data-handle=se]"))
    step = canvas.point(2, 11)[0] - canvas.point(1, 1)[0], canvas.point(2, 11)[1] - canvas.point(1, 1)[1]
    canvas.drag((x, y), (x + step[0], y + step[1]))
    canvas.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (3, 27, 3, 30))]
    x, y = middle(canvas.page.locator("[data-handle=w]"))
    canvas.drag((x, y), (x - step[0], y))
    canvas.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (2, 27, 4, 30))]


def test_escape_lets_go_of_what_is_dragged(look, people, edition, market):
    house.place(edition, 2, market, people, (1, 20, 2, 20))
    canvas = look()
    canvas.drag(canvas.point(1, 25), canvas.point(3, 32), drop=False)
    expect(canvas.page.locator(".ghost")).to_be_visible()
    canvas.press("Escape")
    expect(canvas.page.locator(".ghost")).to_be_hidden()
    canvas.page.mouse.up()
    expect(canvas.page.locator("[data-undo]")).to_be_disabled()
    assert lying(edition, 2) == [("夜市开市", 1, (1, 20, 2, 20))]


def test_two_change_places_with_shift_and_by_the_button(look, people, edition, market, bridge):
    house.place(edition, 2, market, people, (1, 10, 2, 20))
    house.place(edition, 2, bridge, people, (3, 40, 4, 30))
    canvas = look()
    canvas.page.keyboard.down("Shift")
    canvas.drag(canvas.point(1, 15), canvas.point(4, 50))
    canvas.page.keyboard.up("Shift")
    canvas.is_saved()
    assert lying(edition, 2) == [("新桥合龙", 1, (1, 10, 2, 20)), ("夜市开市", 1, (3, 40, 4, 30))]
    canvas.inspector.get_by_label("Change places with").select_option(label="新桥合龙")
    canvas.inspector.get_by_role("button", name="Swap").click()
    canvas.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (1, 10, 2, 20)), ("新桥合龙", 1, (3, 40, 4, 30))]


# -- by keyboard alone


def test_a_page_is_laid_out_by_keyboard_alone(look, edition, market, bridge):
    canvas = look()
    canvas.tab_to(f".card[data-article='{market.pk}']:not([data-photo])")
    canvas.press("Enter")
    canvas.hears("Picked up: column 1, row 1, 1 wide")
    canvas.press("ArrowRight", "ArrowRight", "PageDown", "PageDown", "ArrowUp", "Shift+ArrowRight")
    canvas.hears("column 3, row 20, 2 wide")
    canvas.press("Enter")
    canvas.hears("column 3, row 20, 2 wide")
    canvas.is_saved()
    [(_name, _part, (column, row, width, height))] = lying(edition, 2)
    assert (column, row, width) == (3, 20, 2)
    # The focus is on what was placed; every press is a change.
    canvas.press("ArrowLeft", "Shift+ArrowDown", "Shift+ArrowDown")
    canvas.hears(f"column 2, row 20, 2 wide, {height + 2} high")
    canvas.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (2, 20, 2, height + 2))]
    canvas.press("Control+z")
    canvas.hears("Undone.")
    canvas.press("Control+z", "Control+z", "Control+Shift+z")
    canvas.hears("Done again.")
    canvas.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (2, 20, 2, height))]
    canvas.press("Enter")
    expect(canvas.field("headline_style")).to_be_focused()
    canvas.press("Escape")
    expect(canvas.box("夜市开市")).to_be_focused()
    canvas.press("Delete")
    canvas.hears("“夜市开市” is taken off.")
    canvas.is_saved()
    assert lying(edition, 2) == []
    canvas.press("?")
    expect(canvas.page.get_by_role("dialog", name="Keys")).to_be_visible()
    canvas.press("Escape")
    expect(canvas.page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_tab_follows_the_reading_order_and_says_the_fit(look, people, edition, market, bridge):
    house.place(edition, 2, market, people, (4, 60, 2, 20))
    house.place(edition, 2, bridge, people, (1, 4, 1, 10))
    canvas = look()
    canvas.tab_to(".box")
    expect(canvas.box("夜市开市")).to_be_focused()
    canvas.press("Tab")
    expect(canvas.box("新桥合龙")).to_be_focused()
    label = canvas.box("新桥合龙").get_attribute("aria-label")
    assert label.startswith("新桥合龙, column 1, row 4, 1 wide, 10 high; ")
    assert label.endswith(" lines over")


def test_what_is_carried_over_another_story_comes_down_behind_it_or_goes_back(look, people, edition, market, bridge):
    house.place(edition, 2, market, people, (1, 10, 1, 5))
    house.place(edition, 2, bridge, people, (2, 10, 1, 5))
    canvas = look()
    canvas.box("夜市开市").focus()
    canvas.press("ArrowRight")
    canvas.hears("it lies over 新桥合龙")
    expect(canvas.page.locator(".ghost.blocked")).to_be_visible()
    canvas.press("Escape")
    canvas.hears("nothing is changed")
    canvas.press("ArrowRight", "ArrowRight")
    canvas.hears("column 3, row 10")
    canvas.is_saved()
    assert lying(edition, 2) == [("新桥合龙", 1, (2, 10, 1, 5)), ("夜市开市", 1, (3, 10, 1, 5))]


# -- what belongs to a story


def test_an_l_shape_is_numbered_in_reading_order(look, people, edition, bridge):
    house.place(edition, 2, bridge, people, (1, 4, 3, 20))
    canvas = look()
    canvas.box("新桥合龙").click()
    canvas.inspector.get_by_role("button", name="Add a rectangle").click()
    canvas.is_saved()
    expect(canvas.boxes).to_have_count(2)
    assert [(name, part) for name, part, _where in lying(edition, 2)] == [("新桥合龙", 2), ("新桥合龙", 1)]
    expect(canvas.box("part 2 of 2")).to_be_focused()
    canvas.inspector.get_by_role("button", name="Read this rectangle earlier").click()
    canvas.is_saved()
    assert [(name, part) for name, part, _where in lying(edition, 2)] == [("新桥合龙", 1), ("新桥合龙", 2)]


def test_a_story_continues_on_another_page_and_is_sent_to_one(look, people, edition, bridge):
    house.place(edition, 2, bridge, people, (1, 4, 2, 20))
    canvas = look()
    expect(canvas.page.locator("[data-problems]")).to_contain_text("新桥合龙")
    canvas.page.locator("[data-problems] button").first.click()
    expect(canvas.box("新桥合龙")).to_be_focused()
    canvas.inspector.get_by_label("Page on which the story continues").select_option(label="Page 3 民生")
    canvas.inspector.get_by_role("button", name="Continue there").click()
    canvas.hears("It continues on page 3.")
    expect(canvas.inspector).to_contain_text("also on page 3")
    assert [(name, part) for name, part, _where in lying(edition, 3)] == [("新桥合龙", 2)]
    canvas.inspector.get_by_label("Page to which the story goes").select_option(label="Page 1 要闻")
    canvas.inspector.get_by_role("button", name="Send there").click()
    canvas.hears("It lies on page 1 now.")
    expect(canvas.boxes).to_have_count(0)
    assert lying(edition, 2) == []
    assert [(name, part) for name, part, _where in lying(edition, 1)] == [("新桥合龙", 1)]


def test_a_place_that_is_no_place_is_not_sent_and_does_not_stay_in_its_field(look, people, edition, market):
    house.place(edition, 2, market, people, (1, 4, 2, 20))
    canvas = look()
    canvas.box("夜市开市").click()
    for wrong in ("1.5", "99", ""):
        canvas.field("column").fill(wrong)
        canvas.press("Tab")
        canvas.hears("It cannot lie here")
        canvas.box("夜市开市").click()
        expect(canvas.field("column")).to_have_value("1")
    canvas.is_saved()
    assert lying(edition, 2) == [("夜市开市", 1, (1, 4, 2, 20))]


def test_two_clicks_continue_a_story_once(look, people, edition, bridge):
    house.place(edition, 2, bridge, people, (1, 4, 2, 20))
    canvas = look()
    canvas.box("新桥合龙").click()
    canvas.inspector.get_by_label("Page on which the story continues").select_option(label="Page 3 民生")
    canvas.inspector.get_by_role("button", name="Continue there").dblclick()
    canvas.hears("It continues on page 3.")
    canvas.is_saved()
    assert [(name, part) for name, part, _where in lying(edition, 3)] == [("新桥合龙", 2)]


def test_what_does_not_fit_is_said_once_and_not_hidden_by_a_long_name(look, people, edition):
    story = house.story_in(
        State.SIGNED_OFF, people, headline="城西夜市今晚开市首日迎客两千人", body="<p>甲\ue000乙\ue000</p>"
    )
    house.place(edition, 2, story, people, (1, 4, 3, 30))
    canvas = look()
    problems = canvas.page.locator("[data-problems] button")
    expect(problems).to_have_text(
        [
            re.compile("^城西夜市今晚开市首日迎客….*hole of"),
            re.compile("^城西夜市今晚开市首日迎客….*U\\+E000.*character \\d+$"),
        ]
    )


def test_the_pages_proofs_are_one_click_away(look, edition):
    canvas = look()
    canvas.page.get_by_role("link", name="Proofs").click()
    canvas.page.wait_for_url("**/proofs/")


def test_words_as_printed_here_are_marked_and_taken_back(look, people, edition, market):
    house.place(edition, 2, market, people, (1, 4, 3, 20))
    canvas = look()
    canvas.box("夜市开市").click()
    canvas.field("headline").fill("夜市\n今晚开")
    expect(canvas.page.locator("[data-differs=headline]")).to_be_visible()
    canvas.is_saved()
    assert PageStory.objects.get().headline == "夜市\n今晚开"
    expect(canvas.box("夜市 今晚开")).to_be_visible()
    canvas.page.locator("[data-differs=headline] button").click()
    canvas.is_saved()
    expect(canvas.page.locator("[data-differs=headline]")).to_be_hidden()
    expect(canvas.field("headline")).to_have_value("夜市开市")
    assert PageStory.objects.get().headline is None


def test_style_and_crop_are_set_in_the_inspector(look, people, edition, market):
    photo = market.photos.get()
    house.place(edition, 2, market, people, (1, 4, 3, 20))
    house.place(edition, 2, market, people, (4, 4, 2, 30), photo=photo)
    canvas = look()
    canvas.box("夜市开市, column 1").click()
    canvas.field("headline_style").select_option("second")
    canvas.field("text_columns").select_option("2")
    canvas.field("boxed").check()
    canvas.is_saved()
    story = PageStory.objects.get()
    assert (story.headline_style, story.text_columns, story.boxed) == ("second", 2, True)
    canvas.box("picture of “夜市开市”").click()
    stage = canvas.page.locator("[data-stage]")
    stage.focus()
    canvas.press("ArrowRight", "ArrowUp", "ArrowUp")
    canvas.field("zoom").fill("150")
    canvas.is_saved()
    assert crop_of(photo) == (55, 40, 150)
    box = stage.bounding_box()
    stage.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.5})
    canvas.is_saved()
    # A click hits a whole pixel.
    assert crop_of(photo) == (pytest.approx(25, abs=1), pytest.approx(50, abs=1), 150)


def crop_of(photo) -> tuple[int, int, int]:
    return photo.placements.values_list("focal_x", "focal_y", "zoom").get()


def test_a_rectangle_is_made_as_high_as_its_text(look, people, edition, bridge):
    house.place(edition, 2, bridge, people, (1, 4, 3, 20))
    canvas = look()
    canvas.box("新桥合龙").click()
    expect(canvas.inspector.locator(".fit.over[data-fit]")).to_contain_text("over")
    canvas.inspector.get_by_role("button", name="As high as the text").click()
    canvas.is_saved()
    expect(canvas.page.locator("[data-problems]")).to_be_hidden()
    [(_name, _part, (column, row, width, height))] = lying(edition, 2)
    assert (column, row, width) == (1, 4, 3)
    assert height > 20


def test_undo_and_redo_bring_back_whole_arrangements(look, people, edition, market):
    canvas = look()
    canvas.drag(middle(canvas.card("夜市开市")), canvas.point(3, 20))
    canvas.is_saved()
    placed = lying(edition, 2)
    canvas.inspector.get_by_role("button", name="Take off").click()
    canvas.is_saved()
    assert lying(edition, 2) == []
    canvas.page.locator("[data-undo]").click()
    canvas.is_saved()
    assert lying(edition, 2) == placed
    canvas.page.locator("[data-undo]").click()
    canvas.is_saved()
    assert lying(edition, 2) == []
    expect(canvas.page.locator("[data-undo]")).to_be_disabled()
    canvas.page.locator("[data-redo]").click()
    canvas.is_saved()
    assert lying(edition, 2) == placed


def test_a_proposal_is_chosen_by_its_thumbnail_and_undone(look, edition, market, bridge):
    canvas = look()
    canvas.page.locator("button[data-propose]").click()
    dialog = canvas.page.get_by_role("dialog", name="Propose a layout")
    dialog.get_by_label("新桥合龙").select_option("lead")
    dialog.get_by_label("夜市开市").select_option("brief")
    dialog.get_by_role("button", name="Propose", exact=True).click()
    expect(dialog.get_by_role("img", name="Proposal 1")).to_be_visible()
    assert lying(edition, 2) == []
    dialog.get_by_role("img", name="Proposal 1").click()
    canvas.is_saved()
    assert {"夜市开市", "新桥合龙"} <= {name for name, _part, _where in lying(edition, 2)}
    canvas.page.locator("[data-undo]").click()
    canvas.is_saved()
    assert lying(edition, 2) == []


# -- for everybody


def test_who_does_not_lay_out_looks_and_moves_nothing(look, people, edition, market):
    house.place(edition, 2, market, people, (1, 10, 2, 20))
    canvas = look(role=Role.PROOFREADER)
    canvas.box("夜市开市").click()
    expect(canvas.field("headline_style")).to_be_disabled()
    expect(canvas.page.locator("[data-handle]")).to_have_count(0)
    canvas.press("ArrowRight", "Delete")
    canvas.drag(canvas.point(1, 15), canvas.point(4, 50))
    expect(canvas.box("column 1, row 10")).to_be_visible()
    assert lying(edition, 2) == [("夜市开市", 1, (1, 10, 2, 20))]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_found_by_axe(look, people, edition, market, bridge, language):
    photo = market.photos.get()
    house.place(edition, 2, market, people, (1, 4, 3, 20))
    house.place(edition, 2, market, people, (4, 4, 2, 30), photo=photo)
    house.place(edition, 2, bridge, people, (1, 40, 1, 10))
    canvas = look(language=language)
    canvas.shows_the_typeset_page()
    found = [violations(canvas.page)]
    canvas.boxes.nth(1).click()
    found.append(violations(canvas.page))
    canvas.boxes.nth(2).click()
    found.append(violations(canvas.page))
    canvas.page.locator("button[data-propose]").click()
    found.append(violations(canvas.page))
    assert found == [[], [], [], []]


def test_three_panes_fill_the_window_and_a_phone_shows_the_page_to_tap(look, people, edition, market):
    house.place(edition, 2, market, people, (6, 10, 1, 20))
    canvas = look(height=800)
    assert canvas.page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]") == [
        800,
        1280,
    ]
    phone = look(width=390)
    phone.box("夜市开市").click()
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    expect(phone.inspector).to_contain_text("夜市开市")
    expect(phone.field("headline")).to_have_value("夜市开市")
