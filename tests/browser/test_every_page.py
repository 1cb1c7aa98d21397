"""Every page of the desk, as somebody who cannot see, who enlarges it, or who has a keyboard alone meets it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from articles.lists import saved as saved_lists
from articles.states import State
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.visiting import signed_in
from tests.permissions.test_addresses import TABLE, address, things  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ZOOMED = 640  # a window of 1280 pixels at 200 %


def pages_for(user, things) -> list[str]:  # noqa: F811
    """The addresses that answer this person with a page; what is a file, data or a part of a page is none."""
    client, found = Client(), []
    client.force_login(user)
    for name in TABLE:
        answer = client.get(address(name, things))
        is_html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        if is_html and answer.content.startswith(b"<!doctype html>"):
            found.append(address(name, things))
    return found


def violations(page) -> list[tuple[str, list[str]]]:
    """What axe finds against the guidelines on the page as it stands: the rule, and where."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]][:3]) for rule in found]


@pytest.fixture
def newsroom_at_work(people, things):  # noqa: F811
    """Beside one of each thing: a list that somebody kept, long names, stories in every state."""
    for state in State:
        house.story_in(state, people, headline=f"很长的标题，写到第二行也写不完：{state} " * 3)
    for role in (Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR):
        saved_lists.save_list("今晚等我签的稿件", "state=submitted", acting_user=people[role])
    return things


@pytest.fixture
def visit(open_browser, live_server):
    def go(user, width: int = 1280):
        # A page set by hand has no picture to load.
        return signed_in(open_browser(width=width, expected="Failed to load resource"), user, live_server.url)

    return go


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("role", [Role.EDITOR_IN_CHIEF, Role.PAGE_DESIGNER, Role.ADMINISTRATOR])
def test_no_page_breaks_the_guidelines(visit, newsroom_at_work, people, role, language):
    page, wrong = visit(people[role]), {}
    pages = pages_for(people[role], newsroom_at_work)
    assert len(pages) > 10
    for place in pages:
        page.goto(f"{language}{place}")
        if found := violations(page):
            wrong[place] = found
    assert wrong == {}


def test_what_a_button_leads_to_keeps_them_too(visit, newsroom_at_work, people):
    page = visit(people[Role.EDITOR_IN_CHIEF])
    page.goto("/en/desk/stories/")
    page.click("[data-show-keys]")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.click(".menu-below summary")
    assert violations(page) == []
    page.click("[data-all] input")
    page.select_option("#deed", "spike")
    page.click("#bulk button")
    assert page.locator(".outcomes li").count() > 3
    assert violations(page) == []
    page.fill("[name=reason]", "不再成立")
    page.click("[name=confirmed]")
    page.wait_for_selector(".messages")
    assert violations(page) == []


@pytest.mark.parametrize("width", [ZOOMED, 390])
@pytest.mark.parametrize("role", [Role.EDITOR_IN_CHIEF, Role.PAGE_DESIGNER])
def test_no_page_scrolls_sideways_when_it_is_enlarged(visit, newsroom_at_work, people, role, width):
    page, wrong = visit(people[role], width), {}
    for place in pages_for(people[role], newsroom_at_work):
        for language in ("", "/en"):
            page.goto(f"{language}{place}")
            needed = page.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                wrong[language + place] = needed
    assert wrong == {}


def test_the_keyboard_gets_out_of_everything_it_gets_into(visit, newsroom_at_work, people):
    page, stuck = visit(people[Role.EDITOR_IN_CHIEF]), []
    for place in pages_for(people[Role.EDITOR_IN_CHIEF], newsroom_at_work):
        page.goto(f"/en{place}")
        page.evaluate("document.body.append(Object.assign(document.createElement('button'), { id: 'the-end' }))")
        for _ in range(300):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id === 'the-end'"):
                break
        else:
            stuck.append((place, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")))
    assert stuck == []
