"""Every page of the desk, as somebody who cannot see, who enlarges it, or who has a keyboard alone meets it."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.lists import saved as saved_lists
from articles.states import State
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.accessible import WCAG, violations
from tests.browser.visiting import signed_in
from tests.permissions.test_addresses import TABLE, address, things  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)

WIDTH = 1280
# A window of 1280 pixels at 200 %, and a phone.
NARROWER = [640, 390]

_PAGES: dict[Role, list[str]] = {}


def pages_for(role: Role, people, things) -> list[str]:  # noqa: F811
    """The addresses that answer this role with a page; what is a file, data or a part of a page is none."""
    if role not in _PAGES:
        client = Client()
        client.force_login(people[role])
        _PAGES[role] = [name for name in TABLE if is_page(client.get(address(name, things)))]
    return [address(name, things) for name in _PAGES[role]]


def is_page(answer) -> bool:
    is_html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return is_html and answer.content.startswith(b"<!doctype html>")


def overflow(page) -> list[str]:
    """The narrower windows in which the page has to be moved sideways."""
    found = []
    for width in NARROWER:
        page.set_viewport_size({"width": width, "height": 900})
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            found.append(f"{needed} wide in a window of {width}")
    page.set_viewport_size({"width": WIDTH, "height": 900})
    return found


@pytest.fixture
def newsroom_at_work(people, things):  # noqa: F811
    """Beside one of each thing: a list that somebody kept, long names, stories in every state."""
    for state in State:
        house.story_in(state, people, headline=f"很长的标题，写到第二行也写不完：{state} " * 3)
    for role in (Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR):
        saved_lists.save_list("今晚等我签的稿件", "state=submitted", acting_user=people[role])
    return things


@pytest.fixture
def visit(open_browser):
    def go(user):
        # A page set by hand has no picture to load.
        return signed_in(open_browser(width=WIDTH, expected="Failed to load resource"), user)

    return go


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("role", [Role.EDITOR_IN_CHIEF, Role.PAGE_DESIGNER, Role.ADMINISTRATOR])
def test_no_page_breaks_the_guidelines(visit, newsroom_at_work, people, role, language):
    """Nor does one scroll sideways when it is enlarged."""
    page, wrong = visit(people[role]), {}
    pages = pages_for(role, people, newsroom_at_work)
    assert len(pages) > 10
    for place in pages:
        page.goto(f"{language}{place}")
        if found := [*violations(page, standards=WCAG), *overflow(page)]:
            wrong[place] = found
    assert wrong == {}


def test_what_a_button_leads_to_keeps_them_too(visit, newsroom_at_work, people):
    page = visit(people[Role.EDITOR_IN_CHIEF])
    page.goto("/en/desk/stories/")
    page.click("[data-show-keys]")
    assert violations(page, standards=WCAG) == []
    page.keyboard.press("Escape")
    page.click(".menu-below summary")
    assert violations(page, standards=WCAG) == []
    page.click("[data-all] input")
    page.select_option("#deed", "spike")
    page.click("#bulk button")
    assert page.locator(".outcomes li").count() > 3
    assert violations(page, standards=WCAG) == []
    page.fill("[name=reason]", "不再成立")
    page.click("[name=confirmed]")
    page.wait_for_selector(".messages")
    assert violations(page, standards=WCAG) == []


# The end comes after everything, and says that it was reached.
AT_THE_END = """() => {
  const end = Object.assign(document.createElement("button"), { id: "the-end" });
  end.addEventListener("focus", () => (end.dataset.reached = ""));
  document.body.append(end);
}"""


def test_the_keyboard_gets_out_of_everything_it_gets_into(visit, newsroom_at_work, people):
    page, stuck = visit(people[Role.EDITOR_IN_CHIEF]), []
    for place in pages_for(Role.EDITOR_IN_CHIEF, people, newsroom_at_work):
        page.goto(f"/en{place}")
        page.evaluate(AT_THE_END)
        for _ in range(30):
            for _ in range(10):
                page.keyboard.press("Tab")
            if page.evaluate("'reached' in document.getElementById('the-end').dataset"):
                break
        else:
            stuck.append((place, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")))
    assert stuck == []
