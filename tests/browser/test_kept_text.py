"""What was typed and could not be saved stays on the device, and is offered when the form opens again. What of
saving by itself keeps it from being lost is in test_saving.py; here nothing can be saved."""

from __future__ import annotations

import pytest

from articles.models import Article
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.writing import EDITOR, expect_saved, kept_copies, open_story, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

BODY = "城西夜市今晚六点开市，第一排的灯亮了。"


@pytest.fixture
def window(open_browser):
    """A window that reaches the server, but for its saves."""
    window = open_browser(locale="en-GB", expected="Failed to load resource")
    window.route("**/stories/*/save/", lambda route: route.abort())
    window.route("**/stories/file/", lambda route: route.abort())
    window.on("dialog", lambda dialog: dialog.accept())
    return window


def type_a_story(page) -> None:
    page.goto("/en/desk/stories/new/")
    page.fill("[name=kicker]", "今晚六点")
    page.fill("[name=headline]", "城西夜市开市")
    page.click(EDITOR)
    page.keyboard.type(BODY)
    page.click("[data-add=bylines]")
    page.locator("[data-contributor]").last.fill("米新来")
    page.select_option("[name=section]", label="City")


def test_a_text_that_could_not_be_saved_is_offered_and_taken_over(window, people):
    sign_in(window, people[Role.REPORTER])
    type_a_story(window)
    window.wait_for_timeout(1000)
    open_story(window, None)
    offer = window.locator("[data-offer]")
    assert "it was not saved" in offer.inner_text()
    assert window.input_value("[name=kicker]") == ""
    window.unroute("**/stories/file/")
    window.unroute("**/stories/*/save/")
    offer.locator("[data-take]").click()
    assert window.input_value("[name=kicker]") == "今晚六点"
    assert BODY in window.locator(EDITOR).inner_text()
    assert not offer.is_visible()
    expect_saved(window, 1)
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
    window.goto(edit)
    assert window.input_value("[name=kicker]") == ""
    window.click("[data-drop]")
    assert kept_copies(window) == 0
    window.goto(edit)
    assert not window.locator("[data-offer]").is_visible()


def test_a_copy_of_an_older_version_goes_on_from_that_version(window, people):
    story = house.make_story(people[Role.REPORTER])
    sign_in(window, people[Role.REPORTER])
    window.goto(f"/en/desk/stories/{story.pk}/edit/")
    window.fill("[name=kicker]", "没有保存")
    window.goto("/en/desk/")
    house.save(story, people[Role.REPORTER], subhead="别处保存的")
    window.goto(f"/en/desk/stories/{story.pk}/edit/")
    window.click("[data-take]")
    assert window.input_value("[name=based_on]") == "1"
