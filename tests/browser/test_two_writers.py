"""Two people on one story: they see each other, what only one changed comes together without asking, and for what
both changed somebody is asked; nothing typed is thrown away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles.models import Article
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.accessible import violations
from tests.browser.writing import (
    EDITOR,
    PASTE,
    expect_saved,
    kept_copies,
    let_pass,
    open_story,
    said,
    save,
    sign_in,
    wind_clock,
    write,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(people):
    story = house.make_story(people[Role.REPORTER], body="<p>第一段。</p><p>第二段。</p><p>第三段。</p>")
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    return house.act(story, Verb.RETURN, people[Role.SECTION_EDITOR], "再核")


@pytest.fixture
def open_window(open_browser, people, story):
    def open_as(role: Role):
        page = open_browser(locale="en-GB", expected="409")
        wind_clock(page)
        sign_in(page, people[role])
        open_story(page, story)
        return page

    return open_as


@pytest.fixture
def windows(open_window):
    return open_window(Role.SECTION_EDITOR), open_window(Role.DESK_CHIEF)


def stored(story) -> Article:
    return Article.objects.get(pk=story.pk)


def retype(page, block: int, text: str) -> None:
    """Let a paragraph of the body say something else."""
    page.locator(f"{EDITOR} > *").nth(block).click(click_count=3)
    page.keyboard.type(text)


def deaf(page) -> None:
    """Let a window hear nothing of the story but what its own saves are answered: its line is slow."""
    page.route("**/present/", lambda route: None)


def test_what_each_changed_comes_together_without_asking(windows, story):
    one, other = windows
    deaf(other)
    write(one, "编辑改。", block=0)
    save(one)
    expect_saved(one, 2)
    other.fill("[name=kicker]", "主任的肩题")
    write(other, "主任改。", block=2)
    save(other)
    expect_saved(other, 3)
    expect(said(other)).to_contain_text("section_editor（测）")
    whole = "<p>第一段。编辑改。</p><p>第二段。</p><p>第三段。主任改。</p>"
    assert stored(story).body == whole
    assert other.input_value("[name=body]") == whole
    other.keyboard.type("光标还在原处。")
    assert other.input_value("[name=body]").endswith("第三段。主任改。光标还在原处。</p>")
    expect(one.locator(EDITOR)).to_contain_text("主任改。")
    assert one.input_value("[name=kicker]") == "主任的肩题"
    expect(one.locator("#conflict")).to_be_hidden()


def without_beats(page) -> None:
    """Stop whatever runs by the clock in the window. What waits for a frame is no beat, and is refused."""
    page.evaluate(
        "for (let last = setInterval(() => {}, 1e9), n = last; n > last - 1000; n--) try { clearInterval(n) } catch {}"
    )


def test_what_others_do_is_heard_before_the_next_beat(open_window, story, people):
    """The clock of the other window stands but for what follows the live channel: no beat comes."""
    one, other = open_window(Role.SECTION_EDITOR), open_window(Role.DESK_CHIEF)
    without_beats(other)
    write(one, "编辑改。", block=0)
    save(one)
    expect_saved(one, 2)
    expect(other.locator(EDITOR)).to_contain_text("编辑改。")
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    expect(other.locator("[data-hindrances]")).to_contain_text("It awaits first review")


def test_who_is_writing_is_told_at_once_that_the_story_was_taken_from_them_and_goes_on_when_it_is_back(
    open_window, story, people
):
    """By the live channel alone: no beat comes. What was typed stays, and is saved when it may be again."""
    page = open_window(Role.DESK_CHIEF)
    without_beats(page)
    write(page, "主任还在写。", block=0)
    house.act(story, Verb.SUBMIT, people[Role.SECTION_EDITOR])
    lost = page.locator("[data-lost]")
    expect(lost).to_contain_text("section_editor（测） submitted")
    expect(lost).to_contain_text("This story is not yours to edit now.")
    expect(lost).to_contain_text("This device keeps it")
    assert violations(page, "[data-lost]") == []
    house.act(story, Verb.RETURN, people[Role.SECTION_EDITOR], "再核")
    expect(lost).to_be_hidden()
    let_pass(page, 4)
    expect_saved(page, 2)
    assert "主任还在写。" in stored(story).body


def test_a_second_window_of_ones_own_follows_what_one_does_in_another(open_browser, people):
    story = house.make_story(people[Role.REPORTER])
    page = open_browser(locale="en-GB")
    wind_clock(page)
    sign_in(page, people[Role.REPORTER])
    open_story(page, story)
    standing = page.locator("[data-standing]")
    expect(standing).to_have_text("Draft")
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    expect(standing).to_have_text("awaits first review")
    expect(said(page)).to_contain_text("Meanwhile you, in another window, submitted")
    # Nothing was typed, so nothing is unsaved.
    expect(said(page)).not_to_contain_text("Not saved")
    expect(page.locator("[data-lost]")).to_be_hidden()
    assert violations(page, ".where") == []


def test_a_reviewer_whose_story_is_recalled_is_told_in_place(open_browser, people):
    """Out of their sight, it is said to them by nothing but what they have open, which is refused nothing more."""
    story = house.story_in(State.SUBMITTED, people)
    # What was asked before the page heard of it is refused.
    page = open_browser(locale="en-GB", expected="404 (Not Found)")
    wind_clock(page)
    sign_in(page, people[Role.SECTION_EDITOR])
    open_story(page, story)
    write(page, "还在写。")
    house.act(story, Verb.RECALL, people[Role.REPORTER])
    lost = page.locator("[data-lost]")
    expect(lost).to_contain_text("reporter（测） recalled")
    expect(lost).to_contain_text("This device keeps it")
    expect(page.locator(EDITOR)).to_contain_text("还在写。")
    answers = []
    page.on("response", lambda answer: answers.append((answer.status, answer.url)))
    # What is asked again and again is due, and then a look at the place where it would be heard that it is back.
    let_pass(page, 120)
    with page.expect_response("**/present/"):
        let_pass(page, 120)
    assert [answer for answer in answers if answer[0] != 200] == []
    assert [address for _status, address in answers if address.endswith("/remarks/")] == []


def test_what_is_typed_while_a_save_is_merged_stays(windows, story):
    one, other = windows
    deaf(other)
    write(one, "编辑改。", block=0)
    save(one)
    expect_saved(one, 2)
    held = []
    other.route("**/save/", lambda route: held.append(route), times=1)
    write(other, "发出前。", block=2)
    save(other)
    expect(said(other)).to_have_text("Saving…")
    other.keyboard.type("发出后。")
    held.pop().continue_()
    expect(other.locator(EDITOR)).to_contain_text("编辑改。")
    assert other.input_value("[name=body]").endswith("第三段。发出前。发出后。</p>")
    expect_saved(other, 4)
    assert stored(story).body == "<p>第一段。编辑改。</p><p>第二段。</p><p>第三段。发出前。发出后。</p>"


def test_who_goes_on_where_the_other_has_written_is_asked_as_well(windows, story):
    """What comes in with an answer may part from what was typed since the save was sent."""
    one, other = windows
    deaf(other)
    retype(one, 0, "编辑的第一段。")
    save(one)
    expect_saved(one, 2)
    held = []
    other.route("**/save/", lambda route: held.append(route), times=1)
    write(other, "主任改。", block=2)
    save(other)
    expect(said(other)).to_have_text("Saving…")
    retype(other, 0, "主任的第一段。")
    held.pop().continue_()
    expect(questions(other)).to_have_count(1)
    assert other.input_value("[name=body]") == "<p>主任的第一段。</p><p>第二段。</p><p>第三段。主任改。</p>"
    questions(other).get_by_label("Keep both").check()
    other.click("[data-decide]")
    expect_saved(other, 4)
    whole = "<p>主任的第一段。</p><p>编辑的第一段。</p><p>第二段。</p><p>第三段。主任改。</p>"
    assert stored(story).body == whole


def part(windows):
    """Both have changed the second paragraph and the headline; the other is asked."""
    one, other = windows
    deaf(other)
    one.fill("[name=headline]", "编辑的标题")
    retype(one, 1, "编辑的第二段。")
    save(one)
    expect_saved(one, 2)
    other.fill("[name=headline]", "主任的标题")
    retype(other, 1, "主任的第二段。")
    write(other, "只有主任改。", block=2)
    save(other)
    expect(other.locator("#conflict")).to_be_visible()
    return other


def questions(page):
    return page.locator("#conflict .question")


def test_where_both_changed_the_same_somebody_is_asked_and_the_rest_is_merged(windows, story):
    page = part(windows)
    expect(questions(page)).to_have_count(2)
    expect(page.locator("#conflict ins").first).to_be_visible()
    assert page.locator("[data-decide]").is_disabled()
    assert stored(story).version == 2
    assert kept_copies(page) == 1
    questions(page).nth(0).get_by_label("Take theirs").check()
    questions(page).nth(1).get_by_label("Keep both").check()
    page.click("[data-decide]")
    expect_saved(page, 3)
    saved = stored(story)
    assert saved.headline == "编辑的标题"
    assert saved.body == "<p>第一段。</p><p>主任的第二段。</p><p>编辑的第二段。</p><p>第三段。只有主任改。</p>"
    assert kept_copies(page) == 0


def test_a_conflict_is_decided_with_the_keys(windows, story):
    page = part(windows)
    page.keyboard.press("2")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect_saved(page, 3)
    saved = stored(story)
    assert saved.headline == "主任的标题"
    assert "编辑的第二段。" in saved.body
    assert "主任的第二段。" not in saved.body


def test_a_conflict_can_be_written_anew(windows, story):
    page = part(windows)
    questions(page).nth(0).get_by_label("Keep mine").check()
    questions(page).nth(1).get_by_role("radio", name="Write it anew").check()
    hand = questions(page).nth(1).locator(".hand")
    hand.click()
    hand.press("Control+a")
    # Words come in alone: nothing of a clipboard runs, is fetched or complained of.
    hand.evaluate(PASTE, ["<p style='color:red'><b>两个人</b>的第二段。</p>", "两个人的第二段。"])
    page.click("[data-decide]")
    expect_saved(page, 3)
    assert stored(story).body == "<p>第一段。</p><p>两个人的第二段。</p><p>第三段。只有主任改。</p>"


def test_a_conflict_put_off_keeps_the_text_and_saves_nothing(windows, story):
    page = part(windows)
    page.keyboard.press("Escape")
    write(page, "还在写。")
    let_pass(page, 30)
    expect(said(page)).to_contain_text("two people changed the same")
    assert stored(story).version == 2
    assert kept_copies(page) == 1
    page.click("[data-decide-now]")
    expect(page.locator("#conflict")).to_be_visible()
    questions(page).nth(0).get_by_label("Keep mine").check()
    questions(page).nth(1).get_by_label("Keep mine").check()
    page.click("[data-decide]")
    expect_saved(page, 3)
    assert stored(story).body == "<p>第一段。</p><p>主任的第二段。</p><p>第三段。只有主任改。还在写。</p>"


def beat(page) -> None:
    """A window that is looked at again says at once that it is there, and hears who else is."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_each_sees_that_the_other_is_there_and_where(open_window, people, hear_last_words):
    one = open_window(Role.SECTION_EDITOR)
    one.locator(f"{EDITOR} > *").nth(1).click()
    # The beat that says so.
    with one.expect_response("**/present/"):
        beat(one)
    other = open_window(Role.DESK_CHIEF)
    name = str(people[Role.SECTION_EDITOR])
    expect(other.locator("[data-hindrances]")).to_contain_text(f"{name} is editing this story now (paragraph 2)")
    here = other.locator(f"{EDITOR} .somebody-here")
    expect(here).to_have_text("第二段。")
    assert here.get_attribute("data-who") == name
    assert other.input_value("[name=body]") == "<p>第一段。</p><p>第二段。</p><p>第三段。</p>"
    one.goto("/en/desk/")
    hear_last_words()
    beat(other)
    expect(other.locator("[data-hindrances]")).not_to_contain_text(name)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_found_by_axe(windows, people, language):
    """The page with everything open: find and replace, names found, somebody here, the dialogs."""
    page = part(windows)
    found = violations(page)
    page.click("[data-later]")
    if language == "zh":
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(page.url.replace("/en/", "/"))
        page.wait_for_selector(EDITOR)
    house.contributor_for(people[Role.REPORTER])
    page.locator("[name=bylines-0-name]").press_sequentially("rep")
    expect(page.get_by_role("option").first).to_be_visible()
    found += violations(page)
    page.locator(EDITOR).click()
    page.keyboard.press("Control+f")
    page.keyboard.type("段")
    found += violations(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+/")
    found += violations(page)
    page.keyboard.press("Escape")
    page.evaluate("document.getElementById('session').showModal()")
    found += violations(page)
    assert found == []
