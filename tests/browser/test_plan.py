"""The plan in a real browser: a topic's way from a proposal to a story that came, and pages that everybody can use."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Assignment, Topic
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import plan_of_tests as plan
from tests.browser.accessible import violations
from tests.browser.visiting import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sign_in(open_browser, people):
    """A signed-in window of the person with this role."""

    def sign_in_as(role: Role, **window):
        return signed_in(open_browser(**window), people[role])

    return sign_in_as


def outcome_on_the_calendar(page) -> str:
    page.goto("/en/desk/plan/?view=week")
    return page.locator(".entry", has_text="渡口停摆之后").inner_text()


def test_a_topic_is_proposed_approved_assigned_accepted_written_and_delivered(sign_in, people):
    house.contributor_for(people[Role.REPORTER])
    reporter, chief = sign_in(Role.REPORTER, locale="en-GB"), sign_in(Role.DESK_CHIEF, locale="en-GB")
    reporter.goto("/en/desk/plan/")

    reporter.get_by_role("link", name="Propose a topic").click()
    reporter.get_by_label("Title").fill("渡口停摆之后")
    reporter.get_by_label("Section").select_option(label="City")
    reporter.get_by_label("Expected characters").fill("800")
    reporter.get_by_role("button", name="Propose it").click()
    reporter.get_by_text("is proposed.").wait_for()
    assert "Proposed" in outcome_on_the_calendar(chief)

    chief.get_by_role("link", name="渡口停摆之后", exact=True).click()
    chief.get_by_role("button", name="Approve").click()
    chief.get_by_text("Nobody is sent yet.").wait_for()
    chief.get_by_label("Who goes").select_option(label="reporter（测）")
    tomorrow = timezone.localtime() + datetime.timedelta(days=1)
    chief.get_by_label("Due").fill(f"{tomorrow:%Y-%m-%dT%H:%M}")
    chief.get_by_role("button", name="Assign").click()
    chief.get_by_text("reporter（测） was told.").wait_for()

    reporter.goto("/en/desk/")
    reporter.get_by_role("button", name="Accept").click()
    reporter.get_by_role("link", name="Write the story").click()
    assert reporter.input_value("[name=slugline]") == "渡口停摆之后"
    reporter.fill("[name=headline]", "渡口静了")
    reporter.click(".ProseMirror[contenteditable=true]")
    reporter.keyboard.type("船停在岸边。")
    reporter.get_by_role("button", name="File as a draft").click()
    reporter.get_by_role("button", name="Submit").click()
    reporter.get_by_text("awaits first review").first.wait_for()

    assert "Delivered" in outcome_on_the_calendar(chief)


def centre(locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, entry, cell) -> None:
    page.mouse.move(*centre(entry))
    page.mouse.down()
    page.mouse.move(*centre(cell), steps=4)


@pytest.mark.parametrize("view", ["week", "month"])
def test_a_topic_is_dragged_to_another_day_and_back_by_undo(sign_in, people, view):
    topic = plan.approved(people, last_day=plan.DAY + datetime.timedelta(1))
    page = sign_in(Role.DESK_CHIEF, locale="en-GB")
    page.goto(f"/en/desk/plan/?view={view}&on={plan.DAY}")
    # Its second day is gripped: the whole of it goes along by as many days.
    second, cell = page.locator(".entry").nth(1), page.locator("[data-day='2026-11-27']")
    drag(page, second, cell)
    expect(cell.locator(".entry.lifted")).to_have_count(1)
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(cell.locator(".entry")).to_have_count(0)
    drag(page, second, cell)
    page.mouse.up()
    expect(page.locator(".messages")).to_contain_text("is moved to Thursday, 26 November 2026")
    assert f"view={view}" in page.url
    expect(cell.locator(".entry")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".messages")).to_contain_text("is moved to Wednesday, 25 November 2026")
    topic.refresh_from_db()
    assert [topic.day, topic.last_day] == [plan.DAY, plan.DAY + datetime.timedelta(1)]


def test_what_somebody_else_changed_meanwhile_is_not_dragged_away(sign_in, people):
    topic = plan.approved(people)
    page = sign_in(Role.DESK_CHIEF, locale="en-GB")
    page.goto(f"/en/desk/plan/?view=week&on={plan.DAY}")
    page.wait_for_selector("[data-show-keys]:not([hidden])")
    plan.decide(topic, "drop", people[Role.SECTION_EDITOR], "取消了")
    drag(page, page.locator(".entry"), page.locator("[data-day='2026-11-27']"))
    page.mouse.up()
    expect(page.locator(".messages")).to_contain_text("Meanwhile this topic has changed")
    topic.refresh_from_db()
    assert topic.day == plan.DAY


def test_a_topic_is_moved_by_keys_alone_and_by_its_button(sign_in, people):
    topic = plan.approved(people)
    page = sign_in(Role.DESK_CHIEF, locale="en-GB")
    page.goto(f"/en/desk/plan/?view=month&on={plan.DAY}")
    page.wait_for_selector("[data-show-keys]:not([hidden])")
    page.keyboard.press("m")
    expect(page.locator("dialog#move")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.locator("dialog#move")).to_contain_text(topic.title)
    expect(page.get_by_label("To the day")).to_be_focused()
    page.get_by_label("To the day").fill("2026-11-27")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("is moved to Friday, 27 November 2026")
    page.locator(".entry").hover()
    page.get_by_role("link", name="to another day").click()
    page.get_by_label("To the day").fill("2026-11-24")
    page.get_by_role("button", name="Move it").click()
    expect(page.locator(".messages")).to_contain_text("is moved to Tuesday, 24 November 2026")


def test_a_click_on_a_topic_opens_it_and_without_scripts_its_button_leads_to_the_form(sign_in, people):
    topic = plan.approved(people)
    page = sign_in(Role.DESK_CHIEF, locale="en-GB")
    page.goto(f"/en/desk/plan/?view=week&on={plan.DAY}")
    page.locator(".entry a").first.click()
    page.wait_for_url(f"**/desk/topics/{topic.pk}/")
    bare = sign_in(Role.DESK_CHIEF, locale="en-GB", java_script_enabled=False)
    bare.goto(f"/en/desk/plan/?view=week&on={plan.DAY}")
    bare.locator(".entry .move").click()
    bare.wait_for_url(f"**/desk/topics/{topic.pk}/#move-form")


# A drag that ends without a click: the pointer is lost, the browser sends none after it, or the button was released
# where the page hears nothing, and the pointer comes back without it.
LOST = """([entry, end]) => {
  const { x, y } = entry.getBoundingClientRect();
  const say = (type, by, buttons = 0) => entry.dispatchEvent(new PointerEvent(type, {
    bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse", clientX: x + by, clientY: y + 2, buttons }));
  say("pointerdown", 2, 1);
  say("pointermove", 20, 1);
  const isLifted = entry.classList.contains("lifted");
  say(end, 20);
  return isLifted;
}"""


@pytest.mark.parametrize("end", ["pointercancel", "pointerup", "pointermove"])
def test_a_drag_that_ends_without_a_click_stops_no_later_one(sign_in, people, end):
    topic = plan.approved(people)
    page = sign_in(Role.DESK_CHIEF, locale="en-GB")
    page.goto(f"/en/desk/plan/?view=week&on={plan.DAY}")
    page.wait_for_selector("[data-show-keys]:not([hidden])")
    assert page.evaluate(LOST, [page.locator(".entry").element_handle(), end])
    expect(page.locator(".lifted")).to_have_count(0)
    page.locator(".entry a").first.click()
    page.wait_for_url(f"**/desk/topics/{topic.pk}/")


@pytest.mark.parametrize("view", ["week", "month"])
def test_whoever_moved_a_topic_is_at_that_topic_again(sign_in, people, view):
    topic = plan.approved(people, last_day=plan.DAY + datetime.timedelta(1))
    plan.approved(people, title="别的事")
    page = sign_in(Role.DESK_CHIEF, locale="en-GB", width=390, height=844, has_touch=True, is_mobile=True)
    page.goto(f"/en/desk/plan/?view={view}&on={plan.DAY}")
    page.wait_for_selector("[data-show-keys]:not([hidden])")
    page.get_by_role("link", name=f"Move “{topic}” to another day").first.tap()
    page.get_by_label("To the day").fill("2026-11-27")
    page.get_by_role("button", name="Move it").tap()
    expect(page.locator("[data-day='2026-11-27'] .entry > a:first-child")).to_be_focused()
    expect(page.locator("[data-day='2026-11-27'] .entry > a:first-child")).to_be_in_viewport()
    page.get_by_role("button", name="Undo").tap()
    expect(page.locator(f"[data-day='{plan.DAY}'] .entry > a", has_text=topic.title).first).to_be_focused()


def make_a_full_day(people) -> Topic:
    """A hundred topics today, in every state, one of them with long names and people who go."""
    today = timezone.localdate()
    states = ["approved", "proposed"]
    Topic.objects.bulk_create(
        Topic(
            title=f"第{n}件事", section=house.section(), day=today, last_day=today, state=states[n % 2], wants_text=True
        )
        for n in range(100)
    )
    topic = plan.approved(people, title="很长很长的题目" * 8, day=today, starts_at=datetime.time(9), place="某处" * 30)
    past = timezone.now() - datetime.timedelta(hours=1)
    for role in (Role.REPORTER, Role.DESK_CHIEF, Role.PHOTOGRAPHER):
        given = plan.send(topic, people[role], people[Role.SECTION_EDITOR], past, note="说明" * 40)
    plan.answer(given, "accept", people[Role.PHOTOGRAPHER])
    plan.answer(Assignment.objects.first(), "decline", people[Role.REPORTER], "原因" * 40)
    return topic


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("is_full", [False, True], ids=["empty", "full"])
def test_nothing_is_found_by_axe_and_nothing_is_wider_than_the_window(sign_in, people, language, is_full):
    topic = make_a_full_day(people) if is_full else plan.make_topic(people[Role.REPORTER])
    page, wrong = sign_in(Role.DESK_CHIEF), {}
    places = ["plan/?view=day", "plan/?view=week", "plan/?view=month", "topics/", "topics/new/", "topics/?words=none"]
    for place in [*places, f"topics/{topic.pk}/", f"topics/{topic.pk}/edit/", ""]:
        page.goto(f"{language}/desk/{place}")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found = violations(page)
            if found or page.evaluate("document.documentElement.scrollWidth") > width:
                wrong[place, width] = found
    assert wrong == {}
