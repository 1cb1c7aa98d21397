"""What is typed into a form that is sent as a whole is not lost before it was taken."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article, Photo, ReturnReason, Special, Topic
from articles.states import State
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.articles.photos.test_many_photos import picture
from tests.browser.visiting import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

COPIES = """async () => {
  const { copiesNamed } = await import("/static/desk/story/copies.js");
  return (await copiesNamed("unsent:")).length;
}"""
NONE_IS_KEPT = f"async () => await ({COPIES})() === 0"


@pytest.fixture
def window(open_browser, people):
    """A window of the photographer, who files and keeps photos."""
    page = open_browser(locale="en-GB", expected="Failed to load resource")
    page.on("dialog", lambda dialog: dialog.accept())
    return signed_in(page, people[Role.PHOTOGRAPHER])


def sign_in_again(page, username: str = "photographer") -> None:
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(house.PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.fixture
def editor(open_browser, people):
    """A window of the section's editor, who returns stories and puts specials together."""
    return signed_in(open_browser(locale="en-GB", expected="Failed to load resource"), people[Role.SECTION_EDITOR])


def offer(page):
    return page.locator("[data-offer]")


def test_a_caption_sheet_survives_the_end_of_the_session(window, people):
    photos = [house.make_photo(people[Role.PHOTOGRAPHER], picture(seed)) for seed in (1, 2)]
    window.goto("/en/desk/photos/sheet/?" + "&".join(f"photo={photo.pk}" for photo in photos))
    last = window.get_by_role("group", name=f"Photo {photos[1].pk}").get_by_label("Caption")
    last.fill("写了半小时的图说。")
    Session.objects.all().delete()
    window.keyboard.press("Control+s")
    sign_in_again(window)
    expect(offer(window)).to_contain_text("it was not saved")
    expect(last).not_to_have_value("写了半小时的图说。")
    offer(window).get_by_role("button", name="Take it over").click()
    expect(last).to_have_value("写了半小时的图说。")
    window.keyboard.press("Control+s")
    expect(window.get_by_text("1 photo was changed.")).to_be_visible()
    window.wait_for_function(NONE_IS_KEPT)
    assert Photo.objects.get(pk=photos[1].pk).caption == "写了半小时的图说。"


def test_a_proposal_left_half_way_is_offered_back_until_it_is_taken(window):
    window.goto("/en/desk/topics/new/")
    window.get_by_label("Title").press_sequentially("半个选题")
    window.get_by_label("A text").uncheck()
    window.get_by_role("link", name="Stories", exact=True).click()
    window.wait_for_url("**/desk/stories/")
    window.goto("/en/desk/topics/new/")
    offer(window).get_by_role("button", name="Take it over").click()
    expect(window.get_by_label("Title")).to_have_value("半个选题")
    expect(window.get_by_label("A text")).not_to_be_checked()
    propose = window.get_by_role("button", name="Propose it")
    window.evaluate("document.getElementById('topic-form').noValidate = true")
    propose.click()
    # Refused, it stands in the form as it was typed, and is offered back from here too.
    expect(window.get_by_text("Nothing was saved. What you typed is still here.")).to_be_visible()
    expect(offer(window)).to_be_hidden()
    window.goto("/en/desk/topics/new/")
    offer(window).get_by_role("button", name="Take it over").click()
    window.get_by_label("A text").check()
    window.get_by_label("Section").select_option(label="City")
    propose.click()
    expect(window.get_by_text("is proposed.")).to_be_visible()
    window.wait_for_function(NONE_IS_KEPT)
    assert Topic.objects.get().title == "半个选题"


def test_what_is_dropped_is_gone(window, people):
    photo = house.make_photo(people[Role.PHOTOGRAPHER], picture(1))
    for _ in range(2):
        window.goto(f"/en/desk/photos/{photo.pk}/")
        window.get_by_label("Caption", exact=True).fill("另一句图说")
    window.goto(f"/en/desk/photos/{photo.pk}/")
    for left in ("1", "0"):
        offer(window).get_by_role("button", name="Drop it").click()
        window.wait_for_function(f"async () => await ({COPIES})() === {left}")
    expect(offer(window)).to_be_hidden()


def test_signed_in_again_one_is_at_the_page_from_which_something_was_sent(window, people):
    topic = plan.make_topic(people[Role.PHOTOGRAPHER])
    window.goto(f"/en/desk/topics/{topic.pk}/")
    window.get_by_text("Drop …").click()
    window.get_by_label("Reason").fill("不去了")
    Session.objects.all().delete()
    window.get_by_role("button", name="Drop", exact=True).click()
    sign_in_again(window)
    window.wait_for_url(re.compile(rf"/desk/topics/{topic.pk}/$"))
    expect(window.get_by_role("heading", name=topic.title)).to_be_visible()


def test_a_reason_and_its_ticks_survive_the_end_of_the_session(editor, people):
    reasons = [ReturnReason.objects.create(text=text, order=order) for order, text in enumerate(("缺来源", "不清楚"))]
    story = house.story_in(State.SUBMITTED, people)
    editor.goto(f"/en/desk/stories/{story.pk}/")
    say = editor.locator("#say-return")
    say.get_by_text("Return …").click()
    say.get_by_label("缺来源").check()
    say.get_by_label("Reason", exact=True).fill("第三段说不通")
    Session.objects.all().delete()
    say.get_by_role("button", name="Return", exact=True).click()
    sign_in_again(editor, "section_editor")
    editor.wait_for_url(f"**/desk/stories/{story.pk}/")
    expect(say.get_by_label("Reason", exact=True)).to_be_hidden()
    say.get_by_role("button", name="Take it over").click()
    expect(say.get_by_label("Reason", exact=True)).to_have_value("第三段说不通")
    expect(say.get_by_label("缺来源")).to_be_checked()
    expect(say.get_by_label("不清楚")).not_to_be_checked()
    say.get_by_role("button", name="Return", exact=True).click()
    expect(editor.get_by_text("Returned").first).to_be_visible()
    editor.wait_for_function(NONE_IS_KEPT)
    article = Article.objects.get(pk=story.pk)
    assert (article.return_reason, article.return_reasons) == ("第三段说不通", [reasons[0].text])


def test_a_reason_that_was_refused_is_offered_on_the_story_s_own_page(editor, people):
    story = house.story_in(State.SUBMITTED, people)
    editor.goto(f"/en/desk/stories/{story.pk}/")
    say = editor.locator("#say-spike")
    say.get_by_text("Spike …").click()
    say.get_by_label("Reason").fill("与本报无关")
    house.save(story, people[Role.SECTION_EDITOR], headline="换了标题")
    say.get_by_role("button", name="Spike", exact=True).click()
    expect(say.get_by_label("Reason")).to_have_value("与本报无关")
    editor.goto(f"/en/desk/stories/{story.pk}/")
    say.get_by_role("button", name="Take it over").click()
    expect(say.get_by_label("Reason")).to_have_value("与本报无关")


def test_a_remark_and_an_answer_left_half_way_are_offered_back(editor, people):
    story = house.story_in(State.SUBMITTED, people)
    house.remark(story, people[Role.SECTION_EDITOR], "夜市", field="headline")
    editor.goto(f"/en/desk/stories/{story.pk}/")
    typed = {"#remark-form": ("Write a remark", "这里缺一个数字"), "[id^=answering-]": ("Answer", "已经问过")}
    for form, (opening, words) in typed.items():
        editor.locator("#remarks summary", has_text=opening).click()
        editor.locator(f"{form} [name=text]").fill(words)
    editor.goto("/en/desk/stories/")
    editor.goto(f"/en/desk/stories/{story.pk}/")
    for form, (_opening, words) in typed.items():
        editor.locator(form).get_by_role("button", name="Take it over").click()
        expect(editor.locator(f"{form} [name=text]")).to_have_value(words)
    editor.locator("[id^=answering-]").get_by_role("button", name="Send").click()
    expect(editor.locator(".answer")).to_contain_text("已经问过")
    editor.wait_for_function(f"async () => await ({COPIES})() === 1")


def test_a_special_left_half_way_is_offered_back(editor):
    editor.goto("/en/desk/specials/new/")
    editor.get_by_label("Introduction").fill("写了一半的导语")
    editor.goto("/en/desk/specials/")
    editor.goto("/en/desk/specials/new/")
    offer(editor).get_by_role("button", name="Take it over").click()
    expect(editor.get_by_label("Introduction")).to_have_value("写了一半的导语")
    editor.get_by_label("Headline").fill("春运")
    editor.get_by_label("Address").fill("chunyun")
    editor.get_by_role("button", name="Begin it").click()
    editor.wait_for_url("**/desk/specials/*/")
    editor.wait_for_function(NONE_IS_KEPT)
    assert Special.objects.get().introduction == "写了一半的导语"
