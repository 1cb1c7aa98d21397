"""A newsroom's day in a real browser: a story is filed, reviewed by three people, published with its edition,
and read. Every person has a window of their own."""

from __future__ import annotations

import datetime
import io
import re

import pytest
from PIL import Image

from articles.models import Article
from articles.states import State
from newsroom.staff.roles import SIGNING_ROLES, Role
from tests import newsroom_of_tests as house

pytestmark = pytest.mark.django_db(transaction=True)

BODY = "城西夜市今晚六点开市，第一排的灯亮了。"


@pytest.fixture
def sign_in(open_browser, people):
    """A signed-in window of the person with this role."""

    def sign_in_as(role: Role, **window):
        page = open_browser(**window)
        page.goto("/accounts/login/?next=/desk/")
        page.fill("[name=login]", people[role].username)
        page.fill("[name=password]", house.PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/desk/")
        return page

    return sign_in_as


def photo_file() -> dict:
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "seagreen").save(out, "JPEG")
    return {"name": "夜市.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def file_a_story(page) -> Article:
    """With the editor: a headline, a text typed key by key, a new name, a picture from this device."""
    page.goto("/desk/stories/new/")
    page.fill("[name=kicker]", "今晚六点")
    page.fill("[name=headline]", "城西夜市开市")
    page.click(".ProseMirror[contenteditable=true]")
    page.keyboard.type(BODY)
    page.select_option("[name=lead_in_kind]", "own")
    page.select_option("[name=section]", label="本市")
    page.locator("[data-contributor]").first.fill("米新来")
    page.set_input_files("input[type=file]", photo_file())
    page.wait_for_selector("[data-rows=pictures] .thumb img")
    page.fill("[name=pictures-0-caption]", "图为夜市一角。")
    page.fill("[name=pictures-0-credit]", "米新来 摄")
    page.click("[data-save]")
    page.wait_for_url(re.compile(r"/desk/stories/\d+/edit/"))
    page.wait_for_selector(".save-state[data-state=saved]")
    return Article.objects.get()


def say(page, article: Article, verb: str) -> None:
    page.goto(f"/desk/stories/{article.pk}/")
    with page.expect_navigation():
        page.click(f"form:has(input[name=verb][value={verb}]) button.{verb}")
    assert page.locator(".error").count() == 0, page.locator(".error").inner_text()


def test_a_story_is_filed_reviewed_three_times_published_and_read(sign_in, open_browser, people):
    reporter = sign_in(Role.REPORTER)
    article = file_a_story(reporter)
    assert BODY in article.body
    assert article.article_photos.count() == 1
    say(reporter, article, "submit")
    for role in SIGNING_ROLES:
        say(sign_in(role), article, "sign")
    article.refresh_from_db()
    assert article.state == State.SIGNED_OFF
    duty = sign_in(Role.EDITOR_IN_CHIEF)
    edition = house.open_edition(people, date=datetime.date(2024, 3, 7), pages=1)
    place_by_form(duty, edition, article)
    publish_by_button(duty, edition)
    read(open_browser(width=390), article)


def place_by_form(page, edition, article: Article) -> None:
    page.goto(f"/desk/pages/{edition.pages.get().pk}/")
    page.click(".plainly > summary")
    form = page.locator("form[action$='/place/']")
    option = form.locator("option", has_text=article.headline).first
    form.locator("select").select_option(value=option.get_attribute("value"))
    for name, value in {"column": 1, "row": 20, "width": 3, "height": 30}.items():
        form.locator(f"[name$={name}]").fill(str(value))
    with page.expect_navigation():
        form.locator("button").click()
    assert edition.pages.get().placements.count() == 1


def publish_by_button(page, edition) -> None:
    page.goto(f"/desk/editions/{edition.pk}/")
    page.on("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.locator("form[action$='/publish/'] button").click()
    edition.refresh_from_db()
    assert edition.state == "published"


def read(page, article: Article) -> None:
    """As a reader on a phone: from the front page to the story, its picture loaded."""
    page.goto("/")
    page.get_by_role("link", name="城西夜市开市").first.click()
    assert page.url.endswith(f"/stories/{article.pk}/")
    assert "本报讯（记者 米新来）" in page.locator("main").inner_text()
    picture = page.locator("main img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow == 0
