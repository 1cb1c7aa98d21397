"""Reviewing in real browsers: stories signed by keys alone, remarks that meet, the board that renews itself."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles import remarks
from articles.editing import Credit
from articles.models import Article, Contributor, Remark
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.accessible import WCAG, violations
from tests.browser.visiting import signed_in
from tests.browser.writing import EDITOR, shining

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND = "第一段，写今晚的事。", "第二段，写明天的事。"


@pytest.fixture
def sign_in(open_browser, people):
    """A signed-in window of the person with this role."""

    def sign_in_as(role: Role, **window):
        return signed_in(open_browser(**window), people[role])

    return sign_in_as


def test_a_chief_signs_story_after_story_without_a_mouse(sign_in, people):
    stories = [house.story_in(State.SUBMITTED, people, headline=f"第{n}条") for n in range(3)]
    page = sign_in(Role.SECTION_EDITOR)
    page.goto(f"/desk/stories/{stories[0].pk}/")
    for story in stories:
        page.wait_for_url(f"**/stories/{story.pk}/")
        with page.expect_navigation():
            page.keyboard.press("s")
        expect(page.locator(".messages .success")).to_be_visible()
        if story != stories[-1]:
            with page.expect_navigation():
                page.keyboard.press("n")
    assert set(Article.objects.values_list("state", "step")) == {("in_review", 2)}


def test_a_key_pressed_twice_signs_once_and_says_so(sign_in, people):
    story = house.story_in(State.SUBMITTED, people)
    page = sign_in(Role.SECTION_EDITOR)
    page.goto(f"/desk/stories/{story.pk}/")
    acts = []
    page.on("request", lambda request: acts.append(request.url) if request.method == "POST" else None)
    page.keyboard.press("s")
    page.keyboard.press("s")
    expect(page.locator(".messages .success")).to_be_visible()
    assert len(acts) == 1


def test_an_open_remark_asks_before_the_key_signs(sign_in, people):
    story = house.story_in(State.SUBMITTED, people)
    house.remark(story, people[Role.SECTION_EDITOR], "明天的事")
    page = sign_in(Role.SECTION_EDITOR)
    page.goto(f"/desk/stories/{story.pk}/")
    page.keyboard.press("s")
    again = page.locator("#submit-form button")
    expect(again).to_be_visible()
    assert Article.objects.get().state == State.SUBMITTED
    again.click()
    expect(page.locator(".messages .success")).to_be_visible()
    assert Article.objects.get().state == State.IN_REVIEW


def test_a_reason_half_written_is_in_view_when_its_writer_comes_back(sign_in, people):
    story = house.story_in(State.SUBMITTED, people)
    page = sign_in(Role.SECTION_EDITOR)
    page.goto(f"/desk/stories/{story.pk}/")
    page.locator("summary.return").click()
    page.locator("#reason-return").fill("第三段没有出处")
    page.goto("/desk/board/")
    page.go_back()
    expect(page.locator("#reason-return")).to_be_visible()
    expect(page.locator("#reason-return")).to_have_value("第三段没有出处")
    expect(page.locator("#reason-spike")).to_be_hidden()


def test_keys_do_nothing_while_somebody_types(sign_in, people):
    story = house.story_in(State.SUBMITTED, people)
    page = sign_in(Role.SECTION_EDITOR)
    page.goto(f"/desk/stories/{story.pk}/")
    page.keyboard.press("m")
    page.keyboard.type("sms")
    expect(page.locator("#remark-form [name=text]")).to_have_value("sms")
    assert Article.objects.get().state == State.SUBMITTED


SELECT = """words => {
  const walker = document.createTreeWalker(document.querySelector('ROOT'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at >= 0) return getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
  }
  throw new Error("no such words");
}"""


def select(page, words: str, root: str = ".copy .body") -> None:
    page.evaluate(SELECT.replace("ROOT", root), words)


def begin_a_remark_on(page, words: str) -> None:
    """The editor reads what a script selected a few pictures of the page later: it is asked until it has."""
    for _picture in range(100):
        select(page, words, EDITOR)
        shining(page, "remark")
        page.keyboard.press("Alt+m")
        if page.locator("#edit-remarks [data-send]").is_visible():
            return
    pytest.fail(f"no remark can be written on {words}")


def test_a_remark_meets_the_writer_in_the_editor_and_follows_the_text(sign_in, people):
    editor = people[Role.SECTION_EDITOR]
    story = house.bring_to(house.make_story(people[Role.REPORTER], bylines=[]), State.RETURNED, people)
    writer, reader = sign_in(Role.REPORTER), sign_in(Role.SECTION_EDITOR)
    writer.goto(f"/desk/stories/{story.pk}/edit/")
    writer.wait_for_selector(EDITOR)
    expect(writer.locator("#edit-remarks [data-none]")).to_be_visible()

    reader.goto(f"/desk/stories/{story.pk}/")
    select(reader, "明天的事")
    expect(reader.locator(".remark-here")).to_be_visible()
    reader.keyboard.press("m")
    reader.keyboard.type("哪一天？")
    with reader.expect_navigation():
        reader.click("#remark-form button.primary")
    expect(reader.locator("mark.remarked")).to_have_text("明天的事")

    expect(writer.locator("#edit-remarks [data-text]")).to_have_text("哪一天？")
    assert shining(writer, "remark") == ["明天的事"]
    # Text comes in before it: the words shine on where they are now.
    writer.click(".ProseMirror[contenteditable=true] p:first-child")
    writer.keyboard.press("Home")
    writer.keyboard.type("新写在前面的话。")
    writer.keyboard.press("Enter")
    assert shining(writer, "remark") == ["明天的事"]
    writer.click("#edit-remarks [data-reply]")
    writer.keyboard.type("后天")
    writer.click("#edit-remarks [data-send]")
    expect(writer.locator("#edit-remarks .answer")).to_contain_text("后天")
    house.save(story, people[Role.REPORTER], body=f"<p>新写在前面的话。</p><p>{FIRST}</p><p>{SECOND}</p>")
    remark = Remark.objects.get()
    assert (remark.block, remark.gone, remark.author) == (2, False, editor)
    reader.reload()
    expect(reader.locator("mark.remarked")).to_have_text("明天的事")
    writer.click("#edit-remarks [data-settle]")
    expect(writer.locator("#edit-remarks [data-none]")).to_be_visible()
    assert not Remark.objects.get().is_open


def test_a_remark_is_written_in_the_editor_on_what_is_selected(sign_in, people):
    story = house.story_in(State.SUBMITTED, people, body="<p>𠮷野家旁，<strong>写今晚</strong>的事。</p>")
    page = sign_in(Role.SECTION_EDITOR)
    page.goto(f"/desk/stories/{story.pk}/edit/")
    page.wait_for_selector(EDITOR)
    expect(page.locator("#edit-remarks")).to_be_visible()
    page.click(EDITOR)
    begin_a_remark_on(page, "写今晚")
    page.keyboard.type("几点？")
    page.click("#edit-remarks [data-send]")
    expect(page.locator("#edit-remarks [data-text]")).to_have_text("几点？")
    remark = Remark.objects.get()
    assert (remark.quote, remark.start, remark.end) == ("写今晚", 5, 8)
    assert shining(page, "remark") == ["写今晚"]


def test_control_and_enter_send_a_remark_and_its_answer_on_the_story_s_page(sign_in, people):
    story = house.story_in(State.SUBMITTED, people)
    page = sign_in(Role.SECTION_EDITOR)
    page.goto(f"/desk/stories/{story.pk}/")
    page.keyboard.press("m")
    page.keyboard.type("哪一天？")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#remarks .said")).to_have_text("哪一天？")
    page.locator("#remarks .remarks summary").click()
    page.locator("#remarks .remarks textarea").fill("后天")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#remarks .answer .said")).to_have_text("后天")


def test_control_and_enter_send_a_remark_in_the_editor_and_do_not_submit_the_story(sign_in, people):
    story = house.bring_to(house.make_story(people[Role.REPORTER]), State.RETURNED, people)
    house.remark(story, people[Role.SECTION_EDITOR], "明天的事")
    page = sign_in(Role.REPORTER)
    page.goto(f"/desk/stories/{story.pk}/edit/")
    page.wait_for_selector(EDITOR)
    page.click("#edit-remarks [data-reply]")
    page.keyboard.type("后天")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#edit-remarks .answer")).to_contain_text("后天")
    expect(page.locator("#edit-remarks [data-writing]")).to_be_hidden()
    story.refresh_from_db()
    assert story.state == State.RETURNED


def test_escape_puts_a_remark_aside_and_the_focus_is_where_the_writing_began(sign_in, people):
    story = house.bring_to(house.make_story(people[Role.REPORTER]), State.RETURNED, people)
    for words in ("今晚的事", "明天的事"):
        house.remark(story, people[Role.SECTION_EDITOR], words)
    page = sign_in(Role.REPORTER)
    page.goto(f"/desk/stories/{story.pk}/")
    page.keyboard.press("m")
    page.keyboard.type("哪一天？")
    page.keyboard.press("Escape")
    expect(page.locator("#remarks .write > summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#remark-form [name=text]")).to_have_value("哪一天？")
    page.goto(f"/desk/stories/{story.pk}/edit/")
    page.wait_for_selector(EDITOR)
    replies = page.locator("#edit-remarks [data-reply]")
    replies.nth(1).click()
    page.keyboard.type("后天")
    page.keyboard.press("Escape")
    expect(replies.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#remark-text")).to_have_value("后天")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#edit-remarks .answer")).to_contain_text("后天")
    expect(replies.nth(1)).to_be_focused()
    # Ticked off it leaves the list: the focus goes to the one beside it.
    page.locator("#edit-remarks [data-settle]").nth(1).press("Enter")
    expect(page.locator("#edit-remarks [data-list] > li")).to_have_count(1)
    expect(page.locator("#edit-remarks [data-settle]")).to_be_focused()


def test_the_board_renews_itself_and_keeps_what_has_the_focus(sign_in, people):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    house.open_edition(people, tomorrow, pages=2)
    stories = [house.story_in(State.SUBMITTED, people, headline=f"第{n}条") for n in range(3)]
    page = sign_in(Role.EDITOR_IN_CHIEF)
    page.goto("/desk/board/")
    for _ in range(2):
        page.keyboard.press("j")
    focused = page.locator(f"#story-{stories[1].pk}")
    expect(focused).to_be_focused()
    house.act(stories[0], Verb.SIGN, people[Role.SECTION_EDITOR])
    house.story_in(State.SUBMITTED, people, headline="刚交的稿")
    expect(page.get_by_text("刚交的稿")).to_be_visible()
    expect(page.locator(f"li:has(#story-{stories[0].pk}) .chip")).to_have_class("chip in_review")
    expect(focused).to_be_focused()
    page.keyboard.press("j")
    expect(focused).not_to_be_focused()
    # Whoever turns single letters off is not moved by them here either.
    page.keyboard.press("k")
    expect(focused).to_be_focused()
    page.evaluate("localStorage.setItem('desk-single-letters', 'off')")
    page.keyboard.press("j")
    expect(focused).to_be_focused()


def test_who_mends_a_returned_story_has_the_reason_before_their_eyes(sign_in, people):
    story = house.story_in(State.SUBMITTED, people)
    house.act(story, Verb.RETURN, people[Role.SECTION_EDITOR], "缺少第二个来源")
    page = sign_in(Role.REPORTER)
    page.goto(f"/desk/stories/{story.pk}/edit/")
    expect(page.locator("#story-form .callout").get_by_text("缺少第二个来源")).to_be_in_viewport()


def test_a_crowded_list_breaks_no_name(sign_in, people):
    names = ("欧阳云川", "司马长河", "诸葛晚晴", "上官渡口")
    writers = [Contributor.objects.create(name=name, slug=f"w{n}") for n, name in enumerate(names)]
    bylines = [Credit(writer.pk, "reporter") for writer in writers]
    long_name = "很长的标题排了又排" * 6
    house.make_story(people[Role.REPORTER], headline=long_name, bylines=bylines)
    page = sign_in(Role.REPORTER)
    page.goto("/desk/")
    section = page.locator("td.section").first
    lines = section.evaluate(
        "cell => { const all = document.createRange(); all.selectNodeContents(cell);"
        " return all.getClientRects().length; }"
    )
    assert lines == 1


def test_the_board_renews_itself_narrowed_and_with_what_was_unfolded(sign_in, people):
    house.story_in(State.SUBMITTED, people, headline="体育的", section_id=house.section("sports").pk)
    house.story_in(State.SUBMITTED, people, headline="本市的")
    house.make_story(people[Role.EDITOR_IN_CHIEF], headline="我的草稿")
    page = sign_in(Role.EDITOR_IN_CHIEF)
    page.goto(f"/en/desk/board/?section={house.section().pk}")
    expect(page.locator(".name")).to_have_text(["本市的", "我的草稿"])
    page.locator("#drafts-summary").press("Enter")
    expect(page.get_by_role("link", name="我的草稿")).to_be_visible()
    house.story_in(State.SUBMITTED, people, headline="后来的")
    expect(page.locator(".name")).to_have_text(["本市的", "后来的", "我的草稿"])
    expect(page.get_by_role("link", name="我的草稿")).to_be_visible()
    expect(page.locator("#drafts-summary")).to_be_focused()


@pytest.mark.parametrize(("language", "width"), [("", 1280), ("/en", 390)])
def test_the_pages_of_reviewing_are_open_to_everybody(sign_in, people, language, width):
    house.open_edition(people, timezone.localdate() + datetime.timedelta(days=1), pages=2)
    story = house.story_in(State.SUBMITTED, people)
    house.remark(story, people[Role.SECTION_EDITOR], "明天的事")
    house.hand_over(people[Role.SECTION_EDITOR], people[Role.DESK_CHIEF])
    Article.objects.update(due_at=timezone.now() - datetime.timedelta(minutes=70))
    page = sign_in(Role.SECTION_EDITOR, width=width)
    for place in ("board/", "duty/", f"stories/{story.pk}/", f"stories/{story.pk}/edit/", "stories/", ""):
        page.goto(f"{language}/desk/{place}")
        assert (place, violations(page, standards=WCAG)) == (place, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place


@pytest.mark.parametrize("width", [1280, 390])
def test_a_notice_leads_to_its_remark_in_view_and_a_long_one_is_read_whole(sign_in, people, width):
    story = house.story_in(State.SUBMITTED, people, body="<p>第一段，写今晚的事。</p>" + "<p>别的段落。</p>" * 40)
    house.remark(story, people[Role.SECTION_EDITOR], "今晚", "早先的一条")
    settled = house.remark(story, people[Role.SECTION_EDITOR], "今晚的事", "查" * 250 + "到底")
    remarks.settle_remark(settled.pk, acting_user=people[Role.SECTION_EDITOR])
    page = sign_in(Role.REPORTER, width=width, height=800)
    page.goto("/desk/notices/")
    page.locator(".notice .about a").first.click()
    remark = page.locator("#remark-2")
    # It stands among those that are settled, which lie under a fold.
    expect(remark).to_be_in_viewport()
    expect(remark.get_by_text("到底")).to_be_hidden()
    remark.locator(".long summary").click()
    expect(remark.get_by_text("到底")).to_be_visible()
    assert violations(page, "#remarks") == []
