"""The search field in a real browser: by keyboard, while a word is being composed, and without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.search.index import write
from tests import reading_rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stories(transactional_db):
    rows = reading_rows.make_articles(3, body="<p>夜市的摊主说，生意很好。</p>")
    for row, headline in zip(rows, ["夜市开张", "夜市收摊", "别的事"], strict=True):
        row.headline = headline
        row.save()
    write(rows)
    return rows


def test_suggestions_are_walked_by_keyboard_and_opened(open_browser, stories):
    page = open_browser("en-US")
    page.goto("/en/search/")
    field = page.get_by_role("combobox", name="What are you looking for?")
    field.press_sequentially("夜市")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    assert not Axe().run(page).response["violations"]
    field.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("夜市")
    field.press("ArrowDown")
    field.press("ArrowUp")
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(page).to_have_url(re.compile(rf"/stories/{stories[1].number}/$"))


def test_enter_without_a_choice_searches(open_browser, stories):
    page = open_browser("en-US")
    page.goto("/en/search/")
    field = page.get_by_role("combobox", name="What are you looking for?")
    field.press_sequentially("夜市")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(2)
    field.press("Enter")
    expect(page.locator(".hits .story-row")).to_have_count(3)
    expect(page.locator("mark").first).to_have_text("夜市")
    assert not Axe().run(page).response["violations"]


# The filters of which not all can be seen without moving something first.
CUT = """rows => rows.filter(row => {
  const box = row.getBoundingClientRect(), frame = row.closest("section");
  return box.left < 0 || box.right > innerWidth || frame.scrollHeight > frame.clientHeight;
}).length"""


@pytest.mark.parametrize("width", [1280, 390])
def test_no_filter_is_cut(open_browser, stories, width):
    page = open_browser("en-US", width=width)
    page.goto("/en/search/?q=夜市")
    expect(page.locator(".facets section")).not_to_have_count(0)
    assert page.locator(".facets li").evaluate_all(CUT) == 0


def test_without_scripts_the_form_searches_and_facets_are_links(open_browser, stories):
    page = open_browser("en-US", java_script_enabled=False, width=390)
    page.goto("/en/search/")
    page.get_by_label("What are you looking for?").fill("夜市")
    page.get_by_role("button", name="Search").click()
    assert page.locator(".hits .story-row").count() == 3
    page.get_by_text("Narrow down").click()
    page.get_by_role("navigation", name="Narrow down").get_by_role("link", name="City").click()
    assert page.locator(".hits .story-row").count() == 3
    assert "section=city" in page.url


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_facets_are_folded_and_unfold_to_whole_rows(open_browser, stories, width):
    page = open_browser("en-US", width=width)
    page.goto("/en/search/?q=夜市")
    facets = page.get_by_role("navigation", name="Narrow down")
    expect(facets).to_be_hidden()
    page.get_by_text("Narrow down").click()
    for row in facets.locator("li").all():
        box = row.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    cut = "(one) => one.clientHeight && one.scrollHeight > one.clientHeight + 1"
    assert (
        facets.evaluate(f"nav => [nav, ...nav.querySelectorAll('*')].filter({cut}).map((one) => one.outerHTML)") == []
    )
    assert not Axe().run(page).response["violations"]


def test_beside_what_was_found_facets_stand_open(open_browser, stories):
    page = open_browser("en-US")
    page.goto("/en/search/?q=夜市")
    expect(page.get_by_role("navigation", name="Narrow down").get_by_role("link", name="City")).to_be_visible()
