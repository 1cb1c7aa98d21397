"""The proofreading aid beside the text: found while it is typed, mended by a key, right so, never in the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles.models import AcceptedFinding
from articles.states import State
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.accessible import violations
from tests.browser.writing import EDITOR, let_pass, open_story, said, shining, sign_in, wind_clock, write

pytestmark = pytest.mark.django_db(transaction=True)

SLIPS = "<p>第一段没有错。</p><p>𠮷祥的夜市今晚开市，，明晚不开。</p><p>这里,也有一处。</p>"


@pytest.fixture
def story(people):
    return house.make_story(people[Role.REPORTER], body=SLIPS, headline="夜市,今晚开市", lead_in_kind="none")


@pytest.fixture
def page(open_browser, people, story):
    page = open_browser(locale="en-GB")
    sign_in(page, people[Role.REPORTER])
    open_story(page, story)
    expect(listed(page)).to_have_count(3)
    return page


def listed(page):
    return page.locator("[data-findings] [data-list] > li")


def body_of(page) -> str:
    return page.input_value("[name=body]")


def underlined(page) -> list[str]:
    return shining(page, "finding")


SELECTED_IN_FIELD = """() => {
    const field = document.activeElement;
    return [field.name, field.value.slice(field.selectionStart, field.selectionEnd)];
}"""


def test_what_is_found_stands_beside_the_text_and_is_underlined_in_it(page):
    expect(page.locator("[data-findings] [data-state]")).to_have_text("3 findings")
    assert [item.split("\n")[0] for item in listed(page).all_inner_texts()] == [
        "Half-width marks Wrong",
        "Doubled marks Wrong",
        "Half-width marks Wrong",
    ]
    assert underlined(page) == ["，，", ","]


def test_keys_go_from_finding_to_finding_mend_one_and_one_step_undoes_it(page):
    page.locator(EDITOR).click()
    page.keyboard.press("F8")
    assert page.evaluate(SELECTED_IN_FIELD) == ["headline", ","]
    page.keyboard.press("F9")
    assert page.input_value("[name=headline]") == "夜市，今晚开市"
    page.keyboard.press("F8")
    page.wait_for_function("() => String(getSelection()) === '，，'")
    page.keyboard.press("F9")
    assert "开市，明晚" in body_of(page)
    expect(listed(page)).to_have_count(1)
    page.keyboard.press("Control+z")
    assert "开市，，明晚" in body_of(page)
    expect(listed(page)).to_have_count(2)
    page.keyboard.press("Shift+F8")
    page.keyboard.press("Shift+F8")
    page.keyboard.press("F8")
    page.wait_for_function("() => ['，，', ','].includes(String(getSelection()))")


def test_the_key_that_mends_goes_to_a_finding_where_none_is_chosen(page):
    page.locator(EDITOR).click()
    page.keyboard.press("F9")
    assert page.evaluate(SELECTED_IN_FIELD) == ["headline", ","]
    assert page.input_value("[name=headline]") == "夜市,今晚开市"
    page.keyboard.press("F9")
    assert page.input_value("[name=headline]") == "夜市，今晚开市"


def test_right_so_is_said_by_a_key_and_taken_back(page, story):
    page.locator(EDITOR).click()
    page.locator("[data-list] .place").nth(1).click()
    page.keyboard.press("Shift+F9")
    expect(listed(page)).to_have_count(2)
    expect(page.locator("[data-accepted] summary")).to_have_text("1 that is right so")
    row = AcceptedFinding.objects.get()
    assert (row.article, row.check_code, row.by_label) == (story, "doubled_marks", "reporter（测）")
    page.reload()
    expect(listed(page)).to_have_count(2)
    page.locator("[data-accepted] summary").click()
    page.get_by_role("button", name="Find it again").click()
    expect(listed(page)).to_have_count(3)


def test_typing_is_checked_after_a_pause_and_the_caret_stays(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/check/") else None)
    write(page, "又写一句。。", block=0)
    write(page, "", block=0)
    page.keyboard.press("ArrowLeft")
    before = page.evaluate("getSelection().focusOffset")
    expect(listed(page)).to_have_count(4)
    assert page.evaluate("getSelection().focusOffset") == before
    assert len(asked) == 1
    page.keyboard.type("！")
    assert "又写一句。！。" in body_of(page)


def test_a_late_answer_about_an_older_text_is_not_shown(page):
    """The first question is answered after the second: what it says is not looked at."""
    held = []

    def hold(route):
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/desk/check/", hold)
    with page.expect_request("**/desk/check/"):
        write(page, "又写一句。。", block=0)
    page.keyboard.press("Backspace")
    page.keyboard.type("，，完，，。")
    expect(listed(page)).to_have_count(5)
    with page.expect_event("requestfinished", lambda request: request.url.endswith("/desk/check/")):
        held[0].continue_()
    expect(listed(page)).to_have_count(5)


def test_underlines_follow_the_text_while_it_is_written(page):
    page.route("**/desk/check/", lambda route: route.abort())
    page.locator(f"{EDITOR} > *").nth(1).click()
    page.keyboard.press("Home")
    page.keyboard.type("新写的")
    assert underlined(page) == ["，，", ","]


def test_the_aid_is_switched_off_and_stays_off(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/check/") else None)
    page.locator("[data-switch]").click()
    expect(listed(page)).to_have_count(0)
    wind_clock(page)
    page.reload()
    page.wait_for_selector(EDITOR)
    write(page, "又写一句。。", block=0)
    let_pass(page, 10)
    expect(said(page)).to_contain_text("Saved as version 2")
    assert asked == []
    page.locator("[data-switch]").click()
    expect(listed(page)).to_have_count(4)


def test_a_story_not_filed_yet_is_checked_too(page):
    open_story(page, None)
    page.locator(EDITOR).click()
    page.keyboard.type("今晚开市，，明晚不开，后天再说。")
    expect(listed(page)).to_have_count(1)
    page.get_by_role("button", name="Right so").click()
    expect(listed(page)).to_have_count(0)
    page.keyboard.press("Tab")
    page.locator(EDITOR).click()
    page.keyboard.press("End")
    with page.expect_event("requestfinished", lambda request: request.url.endswith("/desk/check/")):
        page.keyboard.type("完")
    expect(listed(page)).to_have_count(0)


def test_on_the_storys_page_they_come_when_the_page_is_there_and_right_so_stays_on_it(page, story):
    page.goto(f"/en/desk/stories/{story.pk}/")
    found = page.locator("#proofreading > .findings > li")
    expect(found).to_have_count(3)
    found.nth(1).get_by_role("button", name="Right so").click()
    expect(found).to_have_count(2)
    expect(found.nth(1).get_by_role("button", name="Right so")).to_be_focused()
    assert page.url.endswith(f"/en/desk/stories/{story.pk}/")
    page.locator("#proofreading summary").click()
    page.get_by_role("button", name="Find it again").click()
    expect(found).to_have_count(3)


def test_without_scripts_a_link_leads_to_the_findings(open_browser, people, story):
    page = open_browser(locale="en-GB", java_script_enabled=False)
    sign_in(page, people[Role.REPORTER])
    page.goto(f"/en/desk/stories/{story.pk}/")
    page.get_by_role("link", name="Check the story").click()
    found = page.locator("#proofreading > .findings > li")
    expect(found).to_have_count(3)
    found.nth(1).get_by_role("button", name="Right so").click()
    expect(found).to_have_count(2)
    page.get_by_role("link", name="Back to the story").click()
    assert page.url.endswith(f"/en/desk/stories/{story.pk}/")


def test_submitting_by_a_key_asks_once_and_leads_back_to_the_text(page, story):
    page.locator(EDITOR).click()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Submit all the same?")
    look = page.get_by_role("link", name="Look at them")
    expect(look).to_be_focused()
    assert violations(page, "main") == []
    page.keyboard.press("Enter")
    page.wait_for_selector(EDITOR)
    page.locator(EDITOR).click()
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Submit all the same").click()
    expect(page.locator(".head .chip").first).to_have_text("awaits first review")
    story.refresh_from_db()
    assert story.state == State.SUBMITTED


@pytest.mark.parametrize("width", [1280, 390])
def test_findings_have_nothing_for_axe_to_find(page, story, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.locator("[data-list] > li").nth(1).get_by_role("button", name="Right so").click()
    page.locator("[data-accepted] summary").click()
    assert violations(page, "[data-findings]") == []
    page.goto(f"/en/desk/stories/{story.pk}/")
    page.locator("#proofreading summary").click()
    assert violations(page, "#proofreading") == []


def test_it_checks_and_keys_act_where_the_device_may_remember_nothing(page):
    forbid = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    page.add_init_script(forbid)
    page.reload()
    expect(listed(page)).to_have_count(3)
    page.locator("#story-form [data-show-keys]").focus()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
