"""What was typed and could not be saved stays on the device, and is offered when the form opens again."""

from __future__ import annotations

import pytest

from articles.models import Article
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

pytestmark = pytest.mark.django_db(transaction=True)

BODY = "城西夜市今晚六点开市，第一排的灯亮了。"
EDITOR = ".ProseMirror[contenteditable=true]"


@pytest.fixture
def window(open_browser):
    return open_browser(locale="en-GB")


def sign_in(page, user) -> None:
    """From the sign-in page, where the window stands already, or from none."""
    if "/accounts/login/" not in page.url:
        page.goto("/en/accounts/login/?next=/en/desk/")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", house.PASSWORD)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")


def save(page) -> None:
    with page.expect_navigation():
        page.locator("#story-form .savebar button.primary").click()


def type_a_story(page) -> None:
    page.goto("/en/desk/stories/new/")
    page.fill("[name=kicker]", "今晚六点")
    page.fill("[name=headline]", "城西夜市开市")
    page.click(EDITOR)
    page.keyboard.type(BODY)
    page.click("[data-add=bylines]")
    page.locator("input[list=people]").last.fill("米新来")
    page.select_option("[name=section]", label="City")


def kept_copies(page) -> int:
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('story:')).length")


def test_a_text_typed_when_the_session_had_ended_is_offered_and_taken_over(window, people):
    sign_in(window, people[Role.REPORTER])
    type_a_story(window)
    window.context.clear_cookies(name="sessionid")
    save(window)
    sign_in(window, people[Role.REPORTER])
    offer = window.locator("[data-offer]")
    assert "it was not saved" in offer.inner_text()
    assert window.input_value("[name=kicker]") == ""
    offer.locator("[data-take]").click()
    assert window.input_value("[name=kicker]") == "今晚六点"
    assert BODY in window.locator(EDITOR).inner_text()
    assert not offer.is_visible()
    save(window)
    story = Article.objects.get()
    assert (story.kicker, story.headline, story.section.slug) == ("今晚六点", "城西夜市开市", "city")
    assert BODY in story.body
    assert "米新来" in [byline.contributor.name for byline in story.byline_list]
    assert kept_copies(window) == 0


def test_what_is_dropped_is_gone_and_nothing_is_put_in_unasked(window, people):
    story = house.make_story(people[Role.REPORTER])
    sign_in(window, people[Role.REPORTER])
    edit = f"/en/desk/stories/{story.pk}/edit/"
    window.goto(edit)
    window.fill("[name=kicker]", "没有保存")
    window.on("dialog", lambda dialog: dialog.accept())
    window.goto(edit)
    assert window.input_value("[name=kicker]") == ""
    window.click("[data-drop]")
    assert kept_copies(window) == 0
    window.goto(edit)
    assert not window.locator("[data-offer]").is_visible()


def test_a_copy_of_an_older_version_goes_on_from_that_version(window, people):
    story = house.make_story(people[Role.REPORTER])
    sign_in(window, people[Role.REPORTER])
    window.on("dialog", lambda dialog: dialog.accept())
    window.goto(f"/en/desk/stories/{story.pk}/edit/")
    window.fill("[name=kicker]", "没有保存")
    window.goto("/en/desk/")
    house.save(story, people[Role.REPORTER], subhead="别处保存的")
    window.goto(f"/en/desk/stories/{story.pk}/edit/")
    window.click("[data-take]")
    assert window.input_value("[name=based_on]") == "1"


PASTE = """(node) => {
  const data = new DataTransfer();
  data.setData("text/html", "<p>粘贴的字<img src='https://elsewhere.example/a.png'></p>");
  node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_a_pasted_picture_of_elsewhere_is_left_out_at_once(window, people):
    sign_in(window, people[Role.REPORTER])
    window.goto("/en/desk/stories/new/")
    window.click(EDITOR)
    window.locator(EDITOR).evaluate(PASTE)
    assert "粘贴的字" in window.locator(EDITOR).inner_text()
    assert window.locator(f"{EDITOR} img[src]").count() == 0
    assert window.locator("[data-paste-hint]").is_visible()
