"""Lists by keyboard, and many stories at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles.models import Article
from articles.states import State
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.visiting import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_the_list(open_browser, people, live_server):
    for number in range(5):
        house.make_story(people[Role.REPORTER], headline=f"第{number}条")

    def go(width: int = 1280):
        page = signed_in(open_browser(locale="en-GB", width=width), people[Role.REPORTER], live_server.url)
        page.goto("/en/desk/stories/")
        page.wait_for_selector("[data-show-keys]:not([hidden])")
        return page

    return go


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent")


def chosen(page) -> list[str]:
    return page.locator("tr.chosen .what").all_inner_texts()


def test_a_whole_list_by_keys_alone(at_the_list):
    page = at_the_list()
    for key in ("j", "j", "x", "ArrowDown", "ArrowDown", "Shift+X", "k"):
        page.keyboard.press(key)
    assert focused(page) == "第2条"
    assert chosen(page) == ["第3条", "第2条", "第1条"]
    expect(page.locator("output.chosen")).to_have_text("3 chosen")
    page.keyboard.press("d")
    page.select_option("#deed", "submit")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.click("button[name=confirmed]")
    expect(page.locator(".messages")).to_contain_text("Submit: 3 stories.")
    assert Article.objects.filter(state=State.SUBMITTED).count() == 3
    page.click(".undo button")
    expect(page.locator(".messages li")).to_have_count(3)
    assert Article.objects.filter(state=State.DRAFT).count() == 5
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/stories/*/")


def test_keys_mean_nothing_while_somebody_types_and_can_be_switched_off(at_the_list):
    page = at_the_list()
    page.keyboard.press("/")
    page.keyboard.type("jxk?")
    assert page.input_value("[name=words]") == "jxk?"
    assert chosen(page) == []
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.locator("dialog#keys")
    expect(dialog).to_be_visible()
    dialog.locator("[data-letters]").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("j")
    assert "第" not in focused(page)[:1]
    page.reload()
    page.wait_for_selector("[data-show-keys]:not([hidden])")
    page.keyboard.press("j")
    assert "第" not in focused(page)[:1]
    page.click("[data-show-keys]")
    page.locator("[data-letters]").check()
    page.click("[data-close]")
    page.keyboard.press("j")
    assert focused(page) == "第4条"


def test_all_on_this_page_and_with_shift_by_pointer(at_the_list):
    page = at_the_list()
    boxes = page.locator("td.pick input")
    boxes.nth(1).click()
    boxes.nth(3).click(modifiers=["Shift"])
    assert len(chosen(page)) == 3
    page.click("[data-all] input")
    assert len(chosen(page)) == 5
    page.click("[data-all] input")
    assert chosen(page) == []


def test_on_a_phone_stories_are_chosen_too(at_the_list):
    page = at_the_list(width=390)
    page.locator("td.pick label").first.click()
    assert len(chosen(page)) == 1
    box = page.locator("td.pick label").first.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_names_are_suggested_for_what_was_typed_last(at_the_list, people):
    for username in ("jia_one", "yi_two"):
        house.contributor_for(house.make_person(username))
    page, held = at_the_list(), []
    page.route("**/people/?q=jia", lambda route: held.append(route))
    with page.expect_request("**/people/?q=jia"):
        page.fill("[name=author]", "jia")
    page.fill("[name=author]", "yi")
    suggested = page.locator("#people option")
    expect(suggested).to_have_attribute("value", "yi_two（测）")
    with page.expect_response("**/people/?q=jia") as late:
        held[0].continue_()
    late.value.finished()
    # What waits for the answer has its turn.
    page.evaluate("new Promise((done) => setTimeout(done, 0))")
    expect(suggested).to_have_attribute("value", "yi_two（测）")
