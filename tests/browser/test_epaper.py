"""The e-paper in a real browser: with the mouse, with the keyboard alone, with a finger, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from articles.models import WithdrawnArticle
from editions.models import PublishedPage
from tests import reading_rows
from tests.browser.accessible import violations
from tests.browser.voice import VOICE

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/en/paper/2024-03-07/1/"
EDITION = "/en/paper/2024-03-07/"


@pytest.fixture
def stories(transactional_db):
    """The stories of a typeset page 1 in reading order; the last goes on on page 2."""
    edition = reading_rows.make_edition(pages=2)
    first, second = edition.pages.all()
    lead = reading_rows.make_articles(1, headline="新桥今天通车", body="<p>桥长八百米。</p>")[0]
    first.placements.filter(order=0).first().delete()
    reading_rows.place(first, lead, (5, 1, 2, 14))
    reading_rows.place(second, lead, (1, 86, 6, 16), part=2)
    reading_rows.print_words(lead, first, paragraphs=["桥长九百米。"])
    for page in (first, second):
        reading_rows.typeset(page)
    placed = first.placements.select_related("article").order_by("row", "column")
    return [placement.article for placement in placed]


def zone(page, story):
    return page.locator(f".zones [data-story='{story.number}']")


def beside(page):
    return page.locator("dialog.beside")


def shows(page, story) -> None:
    """The story stands beside its page, and the page is still the page."""
    expect(beside(page).locator("h2").first).to_have_text(story.headline)
    expect(page.locator("h1")).to_contain_text("Page 1")
    expect(page).to_have_url(re.compile(rf"/paper/2024-03-07/1/#story-{story.number}$"))


def closed(page) -> None:
    expect(beside(page)).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/paper/2024-03-07/1/$"))


def wide(page) -> float:
    """How wide the picture is drawn, in pixels."""
    return page.locator(".canvas img").bounding_box()["width"]


def larger(page, before: float) -> None:
    script = "before => document.querySelector('.canvas img').getBoundingClientRect().width > before"
    page.wait_for_function(script, arg=before)


def test_pointing_at_a_story_shows_its_headline_and_where_it_goes_on(open_browser, stories):
    page = open_browser()
    page.goto(PAGE)
    zone(page, stories[0]).hover()
    expect(page.locator(".hint")).to_have_text("新桥今天通车 Continued on page 2")
    page.mouse.move(1, 1)
    expect(page.locator(".hint")).to_be_hidden()


def test_a_click_opens_the_story_beside_its_page_and_back_closes_it(open_browser, stories):
    page = open_browser()
    page.goto(PAGE)
    page.locator(".on-page .headline").first.wait_for()
    zone(page, stories[0]).click()
    shows(page, stories[0])
    expect(beside(page)).to_contain_text("桥长八百米。")
    expect(beside(page).locator(".whole")).to_have_attribute("href", f"/en/stories/{stories[0].number}/")
    expect(beside(page).locator(".deck .continued a")).to_have_attribute("href", "/en/paper/2024-03-07/2/")
    picture, panel = page.locator(".view").bounding_box(), beside(page).bounding_box()
    assert picture["x"] + picture["width"] <= panel["x"]
    zone(page, stories[1]).click()
    shows(page, stories[1])
    page.go_back()
    closed(page)
    page.go_forward()
    shows(page, stories[1])
    beside(page).locator(".close").click()
    closed(page)


def test_beside_its_page_a_story_is_as_large_as_its_reader_wants(open_browser, stories):
    page = open_browser()
    page.goto(f"/en/stories/{stories[0].number}/")
    page.click("[data-size='2']")
    page.goto(f"{PAGE}#story-{stories[0].number}")
    shows(page, stories[0])
    size = "parseFloat(getComputedStyle(document.querySelector('.beside .text')).fontSize)"
    second = page.evaluate(size)
    expect(beside(page).locator("[data-size='2']")).to_have_attribute("aria-pressed", "true")
    beside(page).locator("[data-size='1']").click()
    usual = page.evaluate(size)
    beside(page).locator("[data-size='3']").click()
    assert usual < second < page.evaluate(size)
    page.reload()
    expect(beside(page).locator("[data-size='3']")).to_have_attribute("aria-pressed", "true")
    expect(beside(page).locator("[data-copy]")).to_be_hidden()


def test_beside_its_page_a_story_is_read_aloud_until_it_is_closed(open_browser, stories):
    page = open_browser()
    page.add_init_script(VOICE)
    page.goto(f"{PAGE}#story-{stories[0].number}")
    beside(page).locator("[data-listen]").click()
    expect(page.locator(".spoken")).to_have_text("新桥今天通车")
    page.evaluate("over()")
    expect(page.locator(".spoken")).to_have_text("桥长八百米。")
    zone(page, stories[1]).click()
    shows(page, stories[1])
    page.evaluate("over()")
    assert page.evaluate("heard") == ["新桥今天通车", "桥长八百米。"]


def test_beside_its_page_a_headline_breaks_where_it_does_on_its_own(open_browser, stories):
    stories[0].headline = "桥长八百米，两岸的人，今天走到一起"
    stories[0].save()
    page = open_browser()
    page.goto(f"/en/stories/{stories[0].number}/")
    own = page.locator("h1").get_attribute("class")
    assert own
    page.goto(f"{PAGE}#story-{stories[0].number}")
    shows(page, stories[0])
    expect(beside(page).locator("h2").first).to_have_class(own)


def test_an_address_with_a_story_opens_it_and_closing_it_stays_on_the_page(open_browser, stories):
    page = open_browser()
    page.goto(f"{PAGE}#story-{stories[0].number}")
    shows(page, stories[0])
    page.keyboard.press("Escape")
    closed(page)


def test_a_story_that_was_withdrawn_meanwhile_says_so_on_its_own_page(open_browser, stories):
    page = open_browser(expected="410")
    page.goto(PAGE)
    number = stories[1].number
    stories[1].delete()
    WithdrawnArticle.objects.create(number=number, withdrawn_at=reading_rows.NOON)
    reading_rows.changed()
    page.locator(f".zones [data-story='{number}']").click()
    page.wait_for_url(f"**/en/stories/{number}/")
    expect(page.locator("h1")).to_contain_text("withdrawn")


def test_the_keyboard_alone_reads_a_story_and_comes_back_to_where_it_was(open_browser, stories):
    page = open_browser()
    page.goto(PAGE)
    page.locator(".viewer .skip").focus()
    focused = "document.activeElement.getAttribute('data-story')"
    for _press in range(12):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == str(stories[0].number):
            break
    expect(page.locator(".hint")).to_contain_text("新桥今天通车")
    page.keyboard.press("Enter")
    shows(page, stories[0])
    expect(beside(page).locator(".shown")).to_be_focused()
    page.keyboard.press("Escape")
    closed(page)
    assert page.evaluate(focused) == str(stories[0].number)


def test_the_skip_link_leads_to_the_page_as_text(open_browser, stories):
    page = open_browser()
    page.goto(PAGE)
    page.locator(".viewer .skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()


def test_without_scripts_a_zone_is_a_link_to_the_story(open_browser, stories):
    page = open_browser(java_script_enabled=False)
    page.goto(PAGE)
    assert page.locator("[data-zoom=in]").is_hidden()
    zone(page, stories[0]).click()
    page.wait_for_url(f"**/en/stories/{stories[0].number}/")
    assert page.locator("h1").inner_text() == "新桥今天通车"


def test_a_tap_on_a_phone_opens_the_story_in_a_sheet(open_browser, stories):
    page = open_browser(width=390, has_touch=True, is_mobile=True)
    page.goto(PAGE)
    zone(page, stories[1]).tap()
    shows(page, stories[1])
    sheet = beside(page).bounding_box()
    assert (sheet["x"], sheet["width"], round(sheet["y"] + sheet["height"])) == (0, 390, 900)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    beside(page).locator(".close").tap()
    closed(page)


@pytest.mark.parametrize(("width", "pixels"), [(360, 2), (390, 3), (440, 3)])
def test_a_phone_takes_the_middle_picture_and_the_large_one_from_near(open_browser, stories, width, pixels):
    paper = PublishedPage.objects.get(order=1)
    reading_rows.typeset(paper, 1600, 2236)
    page = open_browser(width=width, device_scale_factor=pixels, has_touch=True, is_mobile=True)
    page.goto(PAGE)
    taken = "address => document.querySelector('.canvas img').currentSrc.endsWith(address)"
    page.wait_for_function(taken, arg=paper.image_middle)
    page.get_by_role("button", name="Larger").tap()
    page.wait_for_function(taken, arg=paper.image)


def test_two_taps_and_two_fingers_bring_the_page_near(open_browser, stories):
    page = open_browser(width=390, has_touch=True, is_mobile=True)
    page.goto(PAGE)
    page.locator(".view").scroll_into_view_if_needed()
    before = wide(page)
    box = zone(page, stories[1]).bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.touchscreen.tap(*middle)
    page.touchscreen.tap(*middle)
    larger(page, before)
    closed(page)
    near = wide(page)
    pinch(page, middle)
    larger(page, near)
    closed(page)


def pinch(page, middle) -> None:
    """Two fingers go apart around the point."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *apart: int) -> None:
        points = [{"x": middle[0] + way * by, "y": middle[1], "id": way} for by in apart for way in (-1, 1)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 20)
    for by in (30, 40, 50):
        touch("touchMove", by)
    touch("touchEnd")


def test_the_page_is_brought_near_by_buttons_and_moved_by_dragging(open_browser, stories):
    page = open_browser()
    page.goto(PAGE)
    whole = wide(page)
    page.click("[data-zoom=in]")
    larger(page, whole)
    expect(page.locator(".zoom output")).to_have_text("150%")
    at = page.locator(".view").bounding_box()
    left = page.locator(".canvas").bounding_box()["x"]
    page.mouse.move(at["x"] + 300, at["y"] + 300)
    page.mouse.down()
    page.mouse.move(at["x"] + 340, at["y"] + 320, steps=4)
    page.mouse.up()
    page.wait_for_function("left => document.querySelector('.canvas').getBoundingClientRect().x > left", arg=left)
    closed(page)
    page.click("[data-zoom=whole]")
    expect(page.locator(".zoom output")).to_have_text("100%")
    assert wide(page) == whole


def test_the_page_is_brought_near_and_moved_by_the_keyboard(open_browser, stories):
    page = open_browser()
    page.goto(PAGE)
    page.locator(".view").focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(page.locator(".zoom output")).to_have_text("225%")
    left = page.locator(".canvas").bounding_box()["x"]
    page.keyboard.press("ArrowRight")
    page.wait_for_function("left => document.querySelector('.canvas').getBoundingClientRect().x < left", arg=left)
    closed(page)
    page.keyboard.press("-")
    expect(page.locator(".zoom output")).to_have_text("150%")
    page.keyboard.press("0")
    expect(page.locator(".zoom output")).to_have_text("100%")
    page.mouse.move(400, 500)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(page.locator(".zoom output")).to_have_text("165%")


def test_the_large_picture_comes_when_the_small_one_is_too_small(open_browser, stories):
    page = open_browser(width=420)
    page.goto(PAGE)
    shows_size = "size => document.querySelector('.canvas img').currentSrc.includes(`-${size}.webp`)"
    page.wait_for_function(shows_size, arg="small")
    page.locator(".view").focus()
    page.keyboard.press("+")
    page.wait_for_function(shows_size, arg="large")


def test_arrows_turn_pages_and_editions_but_not_while_a_story_is_read(open_browser, stories):
    page = open_browser()
    page.goto(PAGE)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/2024-03-07/2/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/2024-03-07/1/")
    zone(page, stories[0]).click()
    shows(page, stories[0])
    page.keyboard.press("ArrowRight")
    shows(page, stories[0])
    reading_rows.make_edition(reading_rows.NOON.date().replace(day=6), pages=1)
    page.goto(EDITION)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/2024-03-06/")


def test_the_calendar_opens_and_leads_to_another_issue(open_browser, stories):
    reading_rows.make_edition(reading_rows.NOON.date().replace(day=6), pages=1)
    page = open_browser()
    page.goto(PAGE)
    expect(page.locator("#issues")).to_be_hidden()
    page.click(".tools [popovertarget=issues]")
    page.locator("#issues .calendar").get_by_role("link", name="6", exact=True).click()
    page.wait_for_url("**/2024-03-06/")


def test_a_page_is_printed_as_its_picture_on_one_sheet(open_browser, stories):
    page = open_browser()
    page.goto(PAGE)
    page.emulate_media(media="print")
    assert page.locator(".canvas img").is_visible()
    for selector in ("header.site", ".paper-bar", ".on-page", ".pager", "footer.site"):
        assert page.locator(selector).first.is_hidden(), selector
    assert len(PdfDocument(page.pdf(format="A4"))) == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_the_e_paper_has_nothing_for_axe_to_find(open_browser, stories, width):
    page = open_browser(width=width)
    for address in (PAGE, EDITION, f"/en/stories/{stories[0].number}/"):
        page.goto(address)
        if page.locator(".differently").count():
            page.click(".differently summary")
        assert violations(page) == []
    page.goto(PAGE)
    page.locator(".zoom").wait_for()
    zone(page, stories[0]).click()
    shows(page, stories[0])
    assert violations(page) == []


@pytest.mark.parametrize(("width", "prefix"), [(390, ""), (320, "/en")])
def test_on_a_phone_the_page_comes_in_the_first_third_of_the_screen_and_nothing_lies_on_it(
    open_browser, stories, width, prefix
):
    page = open_browser(width=width)
    page.goto(f"{prefix}/paper/2024-03-07/1/")
    screen = page.evaluate("innerHeight")
    picture = page.locator(".view").bounding_box()
    assert picture["y"] < screen / 3
    assert page.locator(".zoom button:visible").count() == 1
    assert page.locator(".zoom").bounding_box()["y"] >= picture["y"] + picture["height"]
    keys = page.locator(":is(nav.sections a, .paper-bar .tool):visible")
    ends = keys.evaluate_all("keys => keys.map((key) => [key.textContent, key.getBoundingClientRect().right])")
    assert len(ends) > 4
    assert [(text, end) for text, end in ends if end > width] == []
    page.locator(".zoom button:visible").click()
    expect(page.locator(".zoom button:visible")).to_have_count(3)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
