"""What is typed is saved by itself, one save at a time, and survives whatever happens to browser, network and
session: every acknowledged character is on the server, every other one is offered back."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.writing import (
    EDITOR,
    expect_saved,
    kept,
    kept_copies,
    let_pass,
    open_story,
    said,
    save,
    sign_in,
    sign_in_by_form,
    sign_in_here,
    wind_clock,
    write,
)

pytestmark = pytest.mark.django_db(transaction=True)

# Seconds: the page saves so long after the last key, says so long after that it still does, and tries again so long
# after it found no connection.
PAUSE, SLOW, FIRST_RETRY = 3, 5, 2
# Seconds from one beat of an open story to the next.
BEAT = 10


@pytest.fixture
def reporter(people):
    return people[Role.REPORTER]


@pytest.fixture
def story(reporter):
    return house.make_story(reporter, body="<p>第一段。</p><p>第二段。</p><p>第三段。</p>")


@pytest.fixture
def page(open_browser, reporter, story):
    page = open_browser(locale="en-GB", expected="Failed to load resource")
    wind_clock(page)
    sign_in(page, reporter)
    open_story(page, story)
    return page


def stored(story) -> Article:
    return Article.objects.get(pk=story.pk)


# -- by itself


def test_what_is_typed_is_saved_after_a_pause_and_the_copy_on_the_device_goes(page, story):
    write(page, "接着写。")
    expect(said(page)).to_have_text("Not saved yet")
    let_pass(page, PAUSE)
    expect_saved(page, 2)
    assert stored(story).body == "<p>第一段。</p><p>第二段。</p><p>第三段。接着写。</p>"
    assert kept_copies(page) == 0
    write(page, "再写。")
    let_pass(page, PAUSE)
    expect_saved(page, 3)
    assert stored(story).body.endswith("第三段。接着写。再写。</p>")


def test_what_was_typed_last_is_saved_on_leaving(page, story, hear_last_words):
    write(page, "还没停手就走了。")
    page.goto("/en/desk/photos/")
    hear_last_words()
    open_story(page, story)
    expect(page.locator(EDITOR)).to_contain_text("还没停手就走了。")
    expect(page.locator("[data-offer]")).to_be_hidden()
    assert stored(story).version == 2


def test_a_new_story_is_filed_once_and_written_on_in_place(open_browser, reporter):
    page = open_browser(locale="en-GB")
    wind_clock(page)
    sign_in(page, reporter)
    open_story(page, None)
    page.select_option("[name=section]", label="City")
    page.fill("[name=headline]", "自动存的新稿")
    let_pass(page, PAUSE)
    expect_saved(page, 1)
    filed = Article.objects.get()
    assert page.url.endswith(f"/desk/stories/{filed.pk}/edit/")
    expect(page.locator("h1")).to_have_text("Edit “自动存的新稿”")
    write(page, "正文。")
    let_pass(page, PAUSE)
    expect_saved(page, 2)
    assert Article.objects.get().body == "<p>正文。</p>"
    assert kept_copies(page) == 0


def test_the_next_save_begins_when_the_last_was_answered(page, story):
    held = []
    page.route("**/save/", lambda route: held.append(route))
    write(page, "甲")
    save(page)
    expect(said(page)).to_have_text("Saving…")
    write(page, "乙")
    save(page)
    let_pass(page, PAUSE)
    assert len(held) == 1
    with page.expect_request("**/save/"):
        held.pop().continue_()
    expect(said(page)).to_have_text("Saving…")
    assert len(held) == 1
    held.pop().continue_()
    expect_saved(page, 3)
    assert stored(story).body.endswith("第三段。甲乙</p>")


def test_typing_does_not_wait_for_the_network(page):
    page.route("**/save/", lambda _route: None)
    write(page, "甲")
    save(page)
    write(page, "乙丙丁")
    expect(page.locator(EDITOR)).to_contain_text("甲乙丙丁")


def test_a_new_story_saves_itself_from_the_first_word_on_and_not_for_a_choice(page, story):
    open_story(page, None)
    page.locator("[name=genre]").select_option(index=2)
    let_pass(page, 2 * PAUSE)
    expect(said(page)).to_have_text("Not saved yet")
    assert Article.objects.count() == 1
    write(page, "第一个字。")
    let_pass(page, PAUSE)
    expect_saved(page, 1)
    assert Article.objects.count() == 2


def test_a_device_without_a_network_says_so_at_the_first_word_and_saves_once_there_is_one(page, story):
    page.context.set_offline(True)
    page.wait_for_function("!navigator.onLine")
    said_at_once = page.locator("[name=headline]").evaluate(
        """field => {
          field.value = "地铁里写的";
          field.dispatchEvent(new Event("input", { bubbles: true }));
          return document.querySelector("[data-save-state]").textContent;
        }"""
    )
    assert "No connection" in said_at_once
    page.context.set_offline(False)
    expect_saved(page, 2)
    assert stored(story).headline == "地铁里写的"


def test_nothing_is_saved_while_a_word_is_being_composed(page, story):
    write(page, "")
    keyboard = page.context.new_cdp_session(page)
    for letters in ("x", "xi", "xie"):
        keyboard.send(
            "Input.imeSetComposition", {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)}
        )
    let_pass(page, 2 * PAUSE)
    expect(said(page)).to_have_text("Not saved yet")
    keyboard.send("Input.insertText", {"text": "写"})
    let_pass(page, PAUSE)
    expect_saved(page, 2)
    assert stored(story).body.endswith("第三段。写</p>")


def test_bad_input_is_said_and_saved_as_soon_as_it_is_mended(page, story):
    page.fill("[name=headline]", "一\n二\n三")
    let_pass(page, PAUSE)
    expect(said(page)).to_contain_text(
        "Nothing is saved until this is put right: Headline: A headline has at most two lines."
    )
    assert kept_copies(page) == 1
    page.fill("[name=headline]", "一\n二")
    let_pass(page, PAUSE)
    expect_saved(page, 2)
    assert stored(story).headline == "一\n二"


def test_of_a_paste_that_is_too_long_nothing_is_cut_and_the_rest_is_saved_once_it_is_shorter(page, story):
    kicker = page.locator("[name=kicker]")
    kicker.focus()
    page.keyboard.insert_text("长" * 125)
    write(page, "正文照样写。")
    expect(kicker).to_have_value("长" * 125)
    note = page.locator("[name=kicker] + .length")
    expect(note).to_have_text("125 / 120 · 5 characters too many")
    expect(note).to_have_class("length over")
    let_pass(page, PAUSE)
    expect(said(page)).to_have_text(
        "Nothing is saved until this is put right: Kicker: Ensure this value has at most 120 characters (it has 125)."
    )
    expect(kept(page)).to_have_text("Kept on this device")
    assert stored(story).version == 1
    kicker.fill("长" * 119)
    expect(note).to_have_text("119 / 120")
    let_pass(page, PAUSE)
    expect_saved(page, 2)
    assert (stored(story).kicker, stored(story).body[-10:]) == ("长" * 119, "正文照样写。</p>")


def test_the_way_leads_to_the_field_that_keeps_a_story_from_being_saved(open_browser, reporter):
    page = open_browser(locale="en-GB", expected="Failed to load resource")
    wind_clock(page)
    sign_in(page, reporter)
    open_story(page, None)
    section = page.locator("[name=section]")
    write(page, "还没选栏目。")
    let_pass(page, PAUSE)
    expect(said(page)).to_have_text("Nothing is saved until this is put right: Section: This field is required.")
    page.get_by_role("button", name="Go there").click()
    expect(section).to_be_focused()
    expect(section).to_have_attribute("aria-invalid", "true")
    section.select_option(label="City")
    let_pass(page, PAUSE)
    expect_saved(page, 1)
    expect(page.get_by_role("button", name="Go there")).to_be_hidden()
    expect(section).not_to_have_attribute("aria-invalid", "true")


def test_a_signed_story_is_reopened_by_a_person_alone(open_browser, people):
    story = house.story_in(State.SIGNED_OFF, people)
    page = open_browser(locale="en-GB", expected="409")
    wind_clock(page)
    sign_in(page, people[Role.EDITOR_IN_CHIEF])
    open_story(page, story)
    write(page, "补一句。")
    let_pass(page, PAUSE)
    expect(said(page)).to_contain_text("Not saved:")
    assert stored(story).state == State.SIGNED_OFF
    assert kept_copies(page) == 1
    page.click("[data-save]")
    expect_saved(page, 2)
    assert stored(story).state == State.IN_REVIEW


def test_whose_own_save_moved_the_story_on_is_told_that_it_is_saved_and_only_what_is_typed_then_is_not(
    open_browser, people
):
    story = house.story_in(State.PUBLISHED, people)
    page = open_browser(locale="en-GB")
    wind_clock(page)
    sign_in(page, people[Role.SECTION_EDITOR])
    open_story(page, story)
    write(page, "补一句。")
    page.click("[data-save]")
    own_change = "Your change reopened the final review. It awaits final review, with editor_in_chief（测）."

    def expect_all_saved() -> None:
        expect_saved(page, 2)
        expect(said(page)).to_contain_text(own_change)
        expect(said(page)).not_to_contain_text("Not saved")
        expect(page.locator("[data-lost]")).to_be_hidden()
        assert kept_copies(page) == 0

    expect_all_saved()
    let_pass(page, BEAT)
    expect(page.locator("[data-standing]")).to_contain_text("awaits final review")
    expect_all_saved()
    # Asked for once more there is nothing to save.
    save(page)
    expect_all_saved()
    write(page, "还想补。")
    expect(said(page)).to_contain_text(f"Not saved: {own_change}")
    expect(page.locator("[data-lost]")).to_contain_text("This device keeps it")
    assert stored(story).body.endswith("补一句。</p>")
    for _letter in "还想补。":
        page.keyboard.press("Backspace")
    expect(page.locator("[data-lost]")).to_be_hidden()
    let_pass(page, 1)
    expect_all_saved()


def test_a_text_that_may_not_be_saved_any_more_is_kept_and_said(page, story, people):
    house.act(story, Verb.SUBMIT, people[Role.REPORTER])
    write(page, "晚了一步。")
    let_pass(page, PAUSE)
    expect(page.locator("[data-lost]")).to_contain_text("not yours to edit now")
    expect(page.locator(EDITOR)).to_contain_text("晚了一步。")
    assert kept_copies(page) == 1


# -- the bar


def leading(page):
    return page.locator(".savebar .button.primary")


def test_of_the_buttons_one_leads_what_is_to_be_done_now(page):
    expect(leading(page)).to_have_text(["Save and submit"])
    page.fill("[name=headline]", "一\n二\n三")
    save(page)
    expect(leading(page)).to_have_text(["Go there"])
    page.fill("[name=headline]", "一\n二")
    save(page)
    expect(leading(page)).to_have_text(["Save and submit"])


def test_where_nothing_is_to_be_submitted_saving_leads(open_browser, people):
    story = house.story_in(State.SUBMITTED, people)
    page = open_browser(locale="en-GB")
    sign_in(page, people[Role.SECTION_EDITOR])
    open_story(page, story)
    expect(leading(page)).to_have_text(["Save"])


def test_a_slow_save_says_so_and_that_the_device_has_it(page, story):
    held = []
    page.route("**/save/", lambda route: held.append(route), times=1)
    write(page, "慢慢来。")
    save(page)
    expect(said(page)).to_have_text("Saving…")
    expect(kept(page)).to_be_empty()
    let_pass(page, SLOW)
    expect(said(page)).to_have_text("Still saving: the connection is slow")
    expect(kept(page)).to_have_text("Kept on this device")
    held.pop().continue_()
    expect_saved(page, 2)
    expect(kept(page)).to_be_empty()


# -- network, session, token


def test_a_lost_network_is_said_and_what_was_typed_is_saved_when_it_is_back(page, story):
    page.context.set_offline(True)
    write(page, "断网时写的。")
    let_pass(page, PAUSE)
    expect(said(page)).to_contain_text("No connection")
    expect(page.locator("[data-findings] [data-state]")).to_have_text("Could not be checked just now.")
    assert kept_copies(page) == 1
    page.context.set_offline(False)
    expect_saved(page, 2)
    expect(page.locator("[data-findings] [data-state]")).to_have_text("Nothing found.")
    assert "断网时写的。" in stored(story).body
    assert kept_copies(page) == 0


def test_what_could_not_be_submitted_without_a_connection_is_said_not_to_be_when_it_is_saved_by_itself(page, story):
    page.context.set_offline(True)
    write(page, "断网时写完。")
    page.locator("[data-submit]").click()
    expect(said(page)).to_contain_text("No connection: not submitted.")
    page.context.set_offline(False)
    expect(said(page)).to_have_text(re.compile(r"Saved as version 2 at \d\d:\d\d, and not submitted yet"))
    assert (stored(story).state, stored(story).version) == (State.DRAFT, 2)
    page.locator("[data-submit]").click()
    expect(page.locator(".head .chip").first).to_have_text("awaits first review")


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(page, story):
    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/save/", lose_the_answer, times=1)
    write(page, "甲")
    save(page)
    expect(said(page)).to_contain_text("No connection")
    write(page, "乙")
    let_pass(page, FIRST_RETRY)
    expect_saved(page, 3)
    assert stored(story).body.endswith("第三段。甲乙</p>")


def test_an_ended_session_is_signed_in_again_in_place_and_saved_on(page, story, reporter):
    write(page, "会话过期后写的。")
    Session.objects.all().delete()
    save(page)
    sign_in_here(page, reporter, "wrong")
    expect(page.locator("#session [data-said]")).to_contain_text("username and/or password")
    expect(page.locator("#session [name=password]")).to_be_focused()
    assert kept_copies(page) == 1
    sign_in_here(page, reporter)
    expect_saved(page, 2)
    assert "会话过期后写的。" in stored(story).body


def signed_in_instead(page, user) -> None:
    """The session ends while somebody writes, and `user` signs in in its place."""
    Session.objects.all().delete()
    save(page)
    sign_in_here(page, user)


def test_nothing_is_saved_under_somebody_else_s_name_and_whose_text_it_is_signs_in_again(page, story, people):
    write(page, "我写的。")
    chief, reporter = people[Role.DESK_CHIEF], people[Role.REPORTER]
    signed_in_instead(page, chief)
    dialog = page.locator("#session")
    expect(dialog.locator("[data-why]")).to_contain_text(
        f"{reporter} wrote this text, and {chief} is signed in here now"
    )
    expect(page.locator("[data-lost]")).to_contain_text(f"{chief} is signed in here now")
    expect(said(page)).to_have_text("Not saved: somebody else is signed in")
    assert stored(story).version == 1
    assert kept_copies(page) == 1
    # A draft is nobody's but its owner's.
    expect(dialog.locator("[data-go-on]")).to_be_hidden()
    expect(dialog.locator("[name=login]")).to_have_value(reporter.username)
    # Put off, it is asked again by the button in the bar.
    dialog.locator("[data-later]").click()
    page.click("[data-decide-now]")
    sign_in_here(page, reporter, "wrong")
    expect(dialog.locator("[data-said]")).to_contain_text("username and/or password")
    expect(page.locator(EDITOR)).to_contain_text("我写的。")
    sign_in_here(page, reporter)
    expect_saved(page, 2)
    assert stored(story).body.endswith("第三段。我写的。</p>")
    assert kept_copies(page) == 0


def test_somebody_else_who_may_goes_on_with_the_text_as_themselves(open_browser, people):
    story = house.story_in(State.SUBMITTED, people, body="<p>第一段。</p>")
    page = open_browser(locale="en-GB", expected="Failed to load resource")
    colleague = house.make_person("colleague", Role.SECTION_EDITOR)
    sign_in(page, people[Role.SECTION_EDITOR])
    open_story(page, story)
    write(page, "改了一句。")
    signed_in_instead(page, colleague)
    with page.expect_navigation():
        page.get_by_role("button", name=f"Save it on as {colleague}").click()
    expect(page.locator(EDITOR)).to_contain_text("第一段。改了一句。")
    expect(page.locator("body")).to_have_attribute("data-person", str(colleague.pk))
    assert [revision.author for revision in stored(story).revisions.order_by("number")][1:] == [colleague]
    assert kept_copies(page) == 0


def test_somebody_who_signed_in_in_another_window_is_noticed(page, story, people):
    write(page, "我写的。")
    other = page.context.new_page()
    other.context.clear_cookies(name="sessionid")
    sign_in_by_form(other, people[Role.DESK_CHIEF])
    save(page)
    expect(page.locator("[data-lost]")).to_contain_text(f"{people[Role.DESK_CHIEF]} is signed in here now")
    assert stored(story).version == 1


def test_somebody_for_whom_the_desk_does_not_open_is_no_dead_end(page, story, reporter):
    write(page, "我写的。")
    signed_in_instead(page, house.make_person("nobody"))
    expect(page.locator("#session [data-why]")).to_contain_text("somebody is signed in here now for whom the desk does")
    expect(page.locator("#session [data-go-on]")).to_be_hidden()
    sign_in_here(page, reporter)
    expect_saved(page, 2)


def test_a_token_of_an_earlier_sign_in_is_renewed(page, story, reporter):
    write(page, "换了令牌。")
    page.context.clear_cookies(name="csrftoken")
    save(page)
    expect_saved(page, 2)
    assert "换了令牌。" in stored(story).body
