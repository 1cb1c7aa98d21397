"""The desk on a narrow screen."""

from __future__ import annotations

import io
import re

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from articles.models import Article
from articles.states import State
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.browser.writing import EDITOR, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def box(page, selector: str) -> dict[str, float]:
    return page.locator(selector).first.bounding_box()


def test_move_and_take_off_share_a_line_and_the_bar_reaches_both_edges(open_browser, people):
    edition = house.open_edition(people)
    house.place(edition, 1, house.story_in(State.SIGNED_OFF, people), people)
    page = open_browser(locale="en-GB", width=390)
    sign_in(page, people[Role.PAGE_DESIGNER])
    page.goto(f"/en/desk/pages/{edition.pages.get(order=1).pk}/")
    page.click(".plainly > summary")
    page.wait_for_selector(".lying")
    move, take_off = box(page, ".moving .button"), box(page, ".lying > form:last-child .button")
    assert move["y"] == take_off["y"]
    assert move["x"] + move["width"] <= take_off["x"]
    places = box(page, ".places")
    assert (places["x"], places["width"]) == (0, 390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def photo_file() -> dict:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "seagreen").save(out, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_a_whole_story_is_filed_and_submitted_from_a_phone(open_browser, people):
    page = open_browser(locale="en-GB", width=390, height=844, has_touch=True, is_mobile=True)
    sign_in(page, people[Role.REPORTER])
    page.goto("/en/desk/stories/new/")
    page.locator("[name=headline]").tap()
    page.keyboard.type("城西夜市开市")
    page.locator(EDITOR).tap()
    page.keyboard.type("第一排的灯亮了。")
    page.set_input_files("#new-photos", photo_file())
    page.locator("[data-rows=pictures] [data-insert]").tap()
    expect(page.locator(f"{EDITOR} figure img")).to_be_visible()
    page.locator("[name=pictures-0-caption]").fill("图为夜市一角。")
    page.locator("[name=pictures-0-credit]").fill("米新来 摄")
    page.locator("[name=bylines-0-name]").fill("米新来")
    page.select_option("[name=section]", label="City")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("[data-submit]").tap()
    page.wait_for_url(re.compile(r"/desk/stories/\d+/$"))
    story = Article.objects.get()
    assert (story.state, story.headline) == (State.SUBMITTED, "城西夜市开市")
    assert "第一排的灯亮了。" in story.body
    assert story.article_photos.count() == 1
    assert [byline.contributor.name for byline in story.byline_list] == ["米新来"]


def test_the_bar_shows_where_one_is_and_a_number_keeps_its_unit(open_browser, people):
    house.make_story(people[Role.REPORTER], headline="很长的标题")
    page = open_browser(locale="en-GB", width=320)
    sign_in(page, people[Role.REPORTER])
    page.goto("/en/desk/editions/")
    here = page.locator(".places [aria-current]")
    expect(here).to_have_text("Editions")
    expect(here).to_be_in_viewport(ratio=1)
    page.goto("/en/desk/stories/")
    assert page.evaluate("getComputedStyle(document.querySelector('.list td.number')).whiteSpace") == "nowrap"


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_list_begins_in_the_first_screen_and_its_rarer_filters_are_folded(open_browser, people, language):
    house.make_story(people[Role.REPORTER])
    house.make_photo(people[Role.REPORTER])
    plan.make_topic(people[Role.REPORTER], day=timezone.localdate())
    page = open_browser(locale="en-GB", width=390, height=844)
    sign_in(page, people[Role.REPORTER])
    lists = {
        "plan": (".entry", f"section={house.section().pk}"),
        "stories": ("tbody tr", "state=draft"),
        "photos": (".thumbs li", "used=no"),
        "topics": ("tbody tr", "when=any"),
    }
    for name, (row, asked) in lists.items():
        page.goto(f"{language}/desk/{name}/")
        assert box(page, row)["y"] < 560
        more = page.locator("details.more > summary")
        expect(page.locator("details.more select").first).to_be_hidden()
        more.click()
        expect(page.locator("details.more select").first).to_be_visible()
        # What narrows the list is seen.
        page.goto(f"{language}/desk/{name}/?{asked}")
        expect(page.locator("details.more select").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_where_there_is_room_every_filter_stands_there_and_is_reached_by_tab(open_browser, people):
    page = open_browser(locale="en-GB")
    sign_in(page, people[Role.REPORTER])
    page.goto("/en/desk/stories/")
    expect(page.locator(".filters .more > summary")).to_be_hidden()
    page.focus("[name=words]")
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name"))
    assert reached == ["section", "state", "author"]
    page.select_option("[name=state]", "draft")
    page.click(".filters .button")
    page.wait_for_url("**state=draft**")
