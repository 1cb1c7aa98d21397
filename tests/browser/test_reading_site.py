"""The public site in a real browser: for everybody, in every language, and what a story's page offers."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles import editing
from articles.models.published_collections import PublishedSpecial, PublishedSpecialStory
from articles.states import State, Verb
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows
from tests.browser.voice import VOICE

pytestmark = pytest.mark.django_db(transaction=True)

BODY = "<p>开头一段，写桥。</p><p>第二段，写人。</p><p>第三段，写水。</p>"


@pytest.fixture
def story(people):
    """A corrected story with two pictures, printed on page 1, with a keyword that another story has."""
    photos = [
        house.make_photo(people[Role.REPORTER], house.jpeg(colour=colour), caption=f"图说{colour}", alt=colour)
        for colour in ("navy", "teal")
    ]
    author = house.contributor_for(people[Role.REPORTER])
    story = house.story_in(
        State.SIGNED_OFF,
        people,
        headline="新桥今天通车，两岸的人走到了一起",
        keywords="新桥",
        body=BODY,
        pictures=[editing.Picture(photo.pk) for photo in photos],
        bylines=[editing.Credit(author.pk, "reporter")],
    )
    house.story_in(State.PUBLISHED, people, headline="桥头的茶摊", keywords="新桥", genre="picture")
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    chief = people[Role.EDITOR_IN_CHIEF]
    publish_edition(edition.pk, acting_user=chief)
    story.refresh_from_db()
    story = house.act(story, Verb.CORRECT, chief, "桥名有误。")
    editing.save_story(story.pk, {"body": BODY.replace("写桥", "写新桥")}, based_on=story.version, acting_user=chief)
    story.refresh_from_db()
    return house.act(story, Verb.SIGN, chief)


@pytest.fixture
def addresses(story, people):
    """One page of every kind."""
    gone = house.story_in(State.PUBLISHED, people)
    house.act(gone, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    special = PublishedSpecial.objects.create(
        slug="bridge", name="一座桥", introduction="从开工到通车。", updated_at=reading_rows.NOON
    )
    for order, article in enumerate(reading_rows.PublishedArticle.objects.all()):
        PublishedSpecialStory.objects.create(special=special, article=article, order=order, group="两岸" * (order % 2))
    author = house.contributor_for(people[Role.REPORTER])
    return [
        "/", "/sections/city/", f"/stories/{story.pk}/", f"/stories/{story.pk + 1}/", f"/authors/{author.slug}/",
        "/tags/新桥/", "/specials/bridge/", "/subscribe/", "/archive/", "/archive/2024/03/", "/paper/2024-03-07/",
        "/specials/", "/api/", "/search/", "/search/?q=新桥", "/search/?q=没有的词",
        "/paper/2024-03-07/1/", f"/stories/{gone.pk}/", "/stories/999999/",
    ]  # fmt: skip


# The ids that more than one element of a page has.
TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  return ids.filter((id, place) => ids.indexOf(id) !== place);
}"""


@pytest.mark.parametrize(
    ("width", "scheme", "prefix"),
    [(1280, "light", ""), (390, "dark", "/en"), (640, "light", "/zh-hant"), (1280, "dark", "/zh-hant")],
)
def test_no_page_has_anything_for_axe_to_find_and_none_scrolls_sideways(open_browser, addresses, width, scheme, prefix):
    page = open_browser(width=width, color_scheme=scheme, expected="Failed to load resource")
    wrong = {}
    for address in addresses:
        page.goto(prefix + address)
        found = [violation["id"] for violation in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("scrolls sideways")
        found += page.evaluate(TWICE)
        if found:
            wrong[address] = found
    assert wrong == {}


def test_nothing_moves_while_a_page_comes(open_browser, addresses):
    page = open_browser()
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) "
        "window.moved += entry.value }).observe({ type: 'layout-shift', buffered: true })"
    )
    for address in addresses[:3]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.moved") == 0, address


READ = [".text", ".text figcaption", ".deck .byline", ".deck .times", ".corrections p"]


def text_sizes(page) -> dict[str, float]:
    """How large in pixels is what of a story is read."""
    size = "([css]) => parseFloat(getComputedStyle(document.querySelector(css)).fontSize)"
    return {css: page.evaluate(size, [css]) for css in READ}


def test_the_text_stays_as_large_as_a_reader_made_it(open_browser, story):
    page = open_browser()
    page.goto(f"/en/stories/{story.pk}/")
    usual = text_sizes(page)
    page.click("[data-size='3']")
    larger = text_sizes(page)
    for one in READ:
        assert larger[one] > usual[one], one
    page.reload()
    assert text_sizes(page) == larger
    expect(page.locator("[data-size='3']")).to_have_attribute("aria-pressed", "true")
    assert page.context.cookies() == []


def test_a_picture_opens_in_full_view_and_gives_the_keyboard_back(open_browser, story):
    page = open_browser()
    page.goto(f"/en/stories/{story.pk}/")
    first, second = page.locator(".text figure > a").all()
    first.focus()
    page.keyboard.press("Enter")
    full = page.locator(".full")
    expect(full.locator("img")).to_have_js_property("src", first.evaluate("link => link.href"))
    expect(full.locator(".under p")).to_contain_text("图说navy")
    assert Axe().run(page).violations_count == 0
    before, after = full.locator("[data-step]").all()
    expect(before).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("ArrowRight")
    expect(full.locator("img")).to_have_attribute("alt", "teal")
    expect(before).to_have_attribute("aria-disabled", "false")
    expect(after).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("ArrowRight")
    expect(full.locator("img")).to_have_attribute("alt", "teal")
    page.keyboard.press("Escape")
    expect(full).to_be_hidden()
    expect(second).to_be_focused()


def test_the_link_is_copied_and_that_is_said(open_browser, story):
    page = open_browser(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/en/stories/{story.pk}/")
    page.click("[data-copy]")
    expect(page.locator(".reading-tools [role=status]")).to_have_text("The link is copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_story_is_read_aloud_by_paragraphs_and_goes_on_where_it_paused(open_browser, story):
    page = open_browser()
    page.add_init_script(VOICE)
    page.goto(f"/stories/{story.pk}/")
    lit = page.locator(".spoken")
    page.click("[data-listen]")
    expect(lit).to_have_text("新桥今天通车，两岸的人走到了一起")
    page.evaluate("over()")
    expect(lit).to_contain_text("开头一段，写新桥。")
    page.evaluate("over()")
    expect(lit).to_have_text("第二段，写人。")
    page.click("[data-listen]")
    page.click("[data-listen]")
    expect(lit).to_have_text("第二段，写人。")
    page.evaluate("over(); over()")
    expect(lit).to_have_count(0)
    expect(page.locator("[data-listen]")).to_have_attribute("data-listen", "off")
    assert page.evaluate("heard.length") == 5


def test_without_a_chinese_voice_nothing_is_offered(open_browser, story):
    page = open_browser()
    page.goto(f"/stories/{story.pk}/")
    expect(page.locator("[data-listen]")).to_be_hidden()


def test_without_scripts_there_are_links_and_no_idle_buttons(open_browser, story):
    # The browser's own page for a picture has a style written into it, which the policy of the site refuses.
    page = open_browser(java_script_enabled=False, expected="inline style")
    page.goto(f"/en/stories/{story.pk}/")
    expect(page.locator(".reading-tools button:visible")).to_have_count(0)
    assert page.locator(".reading-tools a").get_attribute("href").startswith("mailto:?")
    with page.expect_response("**/media/photos/**-large.webp"):
        page.locator(".text figure > a").first.click()


def test_on_paper_a_story_is_its_text_and_where_it_came_from(open_browser, story):
    page = open_browser()
    page.goto(f"/en/stories/{story.pk}/")
    page.emulate_media(media="print")
    for selector in ("nav.sections", ".reading-tools", ".related", ".language", "footer.site"):
        assert page.locator(selector).first.is_hidden(), selector
    assert page.locator(".print-address").is_visible()
    assert page.locator(".corrections").is_visible()


@pytest.mark.parametrize("width", [700, 768, 1024, 1280])
def test_on_home_no_page_and_no_small_story_is_left_alone_in_its_row(open_browser, db, width):
    first = reading_rows.make_edition(pages=4).pages.first()
    for below, story in enumerate(reading_rows.make_articles(3)):
        reading_rows.place(first, story, (1, 80 + 5 * below, 2, 4))
    reading_rows.changed()
    page = open_browser(width=width)
    page.goto("/")
    for css in (".tile", ".other"):
        tops = page.locator(css).evaluate_all("all => all.map((one) => one.getBoundingClientRect().y)")
        assert len(tops) == 4, css
        assert {tops.count(top) for top in tops} <= {2, 4}, css


# A sheet of A4 between its margins, in CSS pixels, upright and on its side.
SHEET, SHEET_ON_ITS_SIDE = 642, 971


def test_on_paper_no_page_is_wider_than_the_sheet_and_none_has_a_form(open_browser, addresses):
    page = open_browser(width=SHEET, expected="Failed to load resource")
    page.emulate_media(media="print")
    wrong = {}
    for address in addresses:
        page.goto(address)
        found = page.locator(":is(form, input, button):visible").evaluate_all(
            "forms => forms.map((one) => one.outerHTML)"
        )
        if page.evaluate("document.documentElement.scrollWidth") > SHEET:
            found.append("wider than the sheet")
        if found:
            wrong[address] = found
    assert wrong == {}


def test_on_paper_what_was_found_takes_the_whole_width(open_browser, addresses):
    page = open_browser(width=SHEET_ON_ITS_SIDE)
    page.emulate_media(media="print")
    page.goto("/search/?q=新桥")
    assert page.locator(".hits").bounding_box()["width"] == page.locator("main").bounding_box()["width"]


def top(page, address: str, css: str) -> dict[str, float]:
    page.goto(address)
    return page.locator(css).first.bounding_box()


def test_the_nameplate_stands_as_high_on_a_page_that_is_not_there(open_browser, story):
    page = open_browser(expected="Failed to load resource")
    places = {top(page, address, ".nameplate")["y"] for address in ("/archive/", "/stories/999999/", "/nowhere/")}
    assert len(places) == 1


def test_headline_and_text_of_a_story_begin_on_one_line_where_its_page_stands_beside_it(open_browser, story):
    page = open_browser(width=1280)
    left = top(page, f"/stories/{story.pk}/", ".text")["x"]
    first = (
        "node => { const range = new Range(); range.selectNodeContents(node); return range.getBoundingClientRect().x }"
    )
    for css in ("h1", ".deck .of-section a", ".deck .byline"):
        assert abs(page.locator(css).first.evaluate(first) - left) < 2, css


def test_what_leads_on_from_home_is_large_enough_for_a_finger(open_browser, story):
    page = open_browser(width=390)
    page.goto("/")
    heights = "links => links.map((link) => [link.textContent, link.getBoundingClientRect().height])"
    found = page.locator("main a:visible:not([aria-hidden])").evaluate_all(heights)
    assert found
    assert [(text, height) for text, height in found if height < 24] == []


def test_on_a_phone_the_lead_begins_to_tell_in_whole_sentences_and_nothing_is_cut_off(open_browser, db):
    said = [
        "桥在清晨通了，两岸的人走到了一起，" * 3 + "孩子走在最前面。",
        "他说：“走吧。" + "我们一起过桥，" * 7 + "回家。”",
    ]
    reading_rows.make_articles(1, body=f"<p>{said[0]}{said[1]}{'人来了，车也来了。' * 30}</p>")
    reading_rows.changed()
    shown = {}
    for width in (1280, 390):
        page = open_browser(width=width)
        page.goto("/")
        opening = page.locator(".front .lead .standfirst")
        shown[width] = opening.inner_text()
        assert opening.evaluate("told => told.scrollHeight <= told.clientHeight")
    assert shown[390] == "".join(said)
    assert shown[1280].startswith(shown[390] + "人来了，车也来了。")
