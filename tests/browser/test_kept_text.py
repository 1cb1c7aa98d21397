"""What was typed and could not be saved stays on the device, and is offered when the form opens again. What of
saving by itself keeps it from being lost is in test_saving.py; here nothing can be saved."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from articles.models import Article
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.browser.writing import EDITOR, expect_saved, kept, kept_copies, open_story, said, save, sign_in, write

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
    open_story(window, None)
    offer = window.locator("[data-offer]")
    expect(offer).to_contain_text("it was not saved")
    assert window.input_value("[name=kicker]") == ""
    window.unroute("**/stories/file/")
    window.unroute("**/stories/*/save/")
    offer.locator("[data-take]").click()
    assert window.input_value("[name=kicker]") == "今晚六点"
    assert BODY in window.locator(EDITOR).inner_text()
    expect(offer).to_be_hidden()
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
    expect(window.locator("[data-offer]")).to_be_hidden()


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


# -- windows that are open beside one another


WAITS = """async () => {
  const { pending } = await navigator.locks.query();
  return pending.filter(({ name }) => name.startsWith("story-window:")).length === 2;
}"""


def reopened(window, story=None):
    """Another window of the same browser, which reaches the server for everything."""
    other = window.context.new_page()
    open_story(other, story)
    return other


def test_a_copy_is_its_own_window_s_until_that_one_is_gone(window, people):
    sign_in(window, people[Role.REPORTER])
    type_a_story(window)
    expect(kept(window)).to_have_text("Kept on this device")
    other = reopened(window)
    third = reopened(window)
    # Nothing but that the first window goes brings it up.
    other.wait_for_function(WAITS)
    expect(other.locator("[data-offer]")).to_be_hidden()
    window.close()
    expect(other.locator("[data-offer]")).to_be_visible()
    expect(third.locator("[data-offer]")).to_be_visible()
    # Taken over twice it is one story all the same.
    for one in (other, third):
        one.click("[data-take]")
        save(one)
        expect(said(one)).to_contain_text("Saved as version")
    assert [story.headline for story in Article.objects.all()] == ["城西夜市开市"]


def test_two_new_stories_in_two_windows_are_two_and_neither_is_put_into_the_other(window, people):
    sign_in(window, people[Role.REPORTER])
    type_a_story(window)
    expect(kept(window)).to_have_text("Kept on this device")
    window.goto("/en/desk/photos/")
    other = reopened(window)
    expect(other.locator("[data-offer]")).to_be_visible()
    other.select_option("[name=section]", label="City")
    other.fill("[name=headline]", "另一篇")
    save(other)
    expect_saved(other, 1)
    # The page is that story's now.
    expect(other.locator("[data-offer]")).to_be_hidden()
    assert [story.headline for story in Article.objects.filter(headline="另一篇")] == ["另一篇"]


def test_what_is_taken_over_while_another_text_is_being_filed_is_not_mixed_with_it(window, people):
    sign_in(window, people[Role.REPORTER])
    type_a_story(window)
    expect(kept(window)).to_have_text("Kept on this device")
    window.goto("/en/desk/photos/")
    held, other = [], reopened(window)
    expect(other.locator("[data-offer]")).to_be_visible()
    other.route("**/stories/file/", lambda route: held.append(route), times=1)
    other.select_option("[name=section]", label="City")
    other.fill("[name=headline]", "另一篇")
    save(other)
    expect(said(other)).to_have_text("Saving…")
    other.click("[data-take]")
    expect(other.locator("[name=headline]")).to_have_value("城西夜市开市")
    held.pop().continue_()
    expect(said(other)).to_contain_text("Saved as version")
    stories = {story.headline: story.body for story in Article.objects.all()}
    assert stories == {"另一篇": "", "城西夜市开市": f"<p>{BODY}</p>"}
    # What stood where it was taken over is a copy of its own, until somebody decides on it.
    other.close()
    open_story(window, None)
    window.click("[data-take]")
    assert window.input_value("[name=headline]") == "另一篇"


def test_what_one_person_changed_in_two_windows_is_not_said_to_be_two_people_s(window, people):
    story = house.make_story(people[Role.REPORTER], body="<p>第一段。</p>")
    sign_in(window, people[Role.REPORTER])
    open_story(window, story)
    write(window, "没有存上。")
    expect(kept(window)).to_have_text("")
    save(window)
    expect(kept(window)).to_have_text("Kept on this device")
    house.save(story, people[Role.REPORTER], body="<p>第一段。别处存的。</p>")
    open_story(window, story)
    window.unroute_all()
    window.click("[data-take]")
    save(window)
    conflict = window.locator("#conflict")
    expect(conflict.locator("h2")).to_have_text("You changed the same in two windows")
    expect(conflict.locator(".side-of strong")).to_have_text(["Before", "Saved by you", "Yours"])
    expect(said(window)).to_have_text("Not saved: you changed the same in another window")
    expect(window.locator("[data-hindrances]")).to_be_empty()
    conflict.get_by_label("Take what is saved").check()
    conflict.get_by_role("button", name="Save it like this").click()
    expect(said(window)).to_contain_text("Saved as version 2")


# -- what is said of it

# Another window of this site is at the same store, until it lets go of it.
OCCUPY = """() => new Promise((done) => {
  indexedDB.open("newsroom").onsuccess = ({ target }) => {
    const store = target.result.transaction("copies", "readwrite").objectStore("copies");
    const ask = () => (store.get("").onsuccess = () => (window.lettingGo ? null : (done(), ask())));
    ask();
  };
})"""


def test_it_is_said_to_be_kept_once_it_is_and_not_before(window, people):
    story = house.make_story(people[Role.REPORTER])
    sign_in(window, people[Role.REPORTER])
    open_story(window, story)
    assert kept_copies(window) == 0
    other = window.context.new_page()
    other.goto("/en/desk/photos/")
    other.evaluate(OCCUPY)
    write(window, "还没有写到盘上。")
    save(window)
    expect(said(window)).to_have_text("No connection: it is sent again by itself")
    expect(kept(window)).to_have_text("Keeping it on this device…")
    aloud = window.locator("[data-save-aloud]")
    expect(aloud).to_have_text("No connection: it is sent again by itself")
    other.evaluate("window.lettingGo = true")
    expect(kept(window)).to_have_text("Kept on this device")
    expect(aloud).to_have_text("No connection: it is sent again by itself Kept on this device")
    # What is typed on is not kept yet, and is not said to be.
    other.evaluate("window.lettingGo = false")
    other.evaluate(OCCUPY)
    window.keyboard.type("又一句。")
    expect(kept(window)).to_have_text("Keeping it on this device…")
    other.close()
    expect(kept(window)).to_have_text("Kept on this device")


def test_a_device_that_keeps_nothing_for_certain_says_so(window, people):
    story = house.make_story(people[Role.REPORTER])
    sign_in(window, people[Role.REPORTER])
    window.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no'); } })")
    open_story(window, story)
    write(window, "只在窗口里。")
    save(window)
    expect(said(window)).to_contain_text("No connection")
    expect(kept(window)).to_have_text("This device keeps no copy: leave this window open")
    # As well as it can it is kept all the same.
    open_story(window, story)
    expect(window.locator("[data-offer]")).to_be_visible()
    window.click("[data-take]")
    expect(window.locator(EDITOR)).to_contain_text("只在窗口里。")
    # Nor is it said of a text that two people have to decide on.
    house.save(story, people[Role.REPORTER], body="<p>别处改的。</p>")
    window.unroute_all()
    save(window)
    expect(window.locator("#conflict [data-kept]")).to_have_text("This device keeps no copy: leave this window open")


# An older text is on its way to the disk when a page that closes says its last words; then these are written too.
OVERTAKEN = """async () => {
  const { keepCopy, sayLast } = await import("/static/desk/story/copies.js");
  const copy = (at) => ({ name: "story:overtaken", at, fields: { at: `${at}` } });
  const last = () => localStorage.getItem("story:overtaken");
  const writing = keepCopy(copy(1000));
  sayLast(copy(2000));
  await writing;
  const meanwhile = last();
  await keepCopy(copy(3000));
  return [meanwhile, last()];
}"""


@pytest.mark.parametrize("keeps", [True, False], ids=["on-the-disk", "as-it-can"])
def test_an_older_text_that_was_on_its_way_leaves_the_last_words_alone(window, people, keeps):
    sign_in(window, people[Role.REPORTER])
    if not keeps:
        window.add_init_script(
            "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no'); } })"
        )
    open_story(window, None)
    assert window.evaluate(OVERTAKEN) == [
        '{"at":2000,"fields":{"at":"2000"}}',
        None if keeps else '{"at":3000,"fields":{"at":"3000"}}',
    ]


LATER_FORM = """() => new Promise((done) => {
  const asked = indexedDB.open("newsroom", 2);
  asked.onblocked = () => done("blocked");
  asked.onsuccess = () => (asked.result.close(), done("open"));
})"""


def test_a_window_left_open_keeps_no_later_form_of_the_page_from_its_store(window, people):
    story = house.make_story(people[Role.REPORTER])
    sign_in(window, people[Role.REPORTER])
    open_story(window, story)
    write(window, "一直开着。")
    expect(kept(window)).to_have_text("Kept on this device")
    other = window.context.new_page()
    other.goto("/en/desk/photos/")
    assert other.evaluate(LATER_FORM) == "open"
    # It keeps on what it can, and says so.
    write(window, "又一句。")
    expect(kept(window)).to_have_text("This device keeps no copy: leave this window open")
    assert "又一句。" in window.evaluate("Object.entries(localStorage).join()")


LEFT = """([story, at]) => {
  const typed = [...new FormData(document.getElementById("story-form"))];
  const fields = Object.fromEntries(typed.filter(([, value]) => typeof value === "string"));
  const key = `story:${document.body.dataset.person}:${story}:1:${at}`;
  localStorage.setItem(key, JSON.stringify({ at, fields: { ...fields, kicker: `${at}` } }));
}"""


def test_what_was_kept_by_the_page_as_it_was_before_is_offered_too(window, people):
    story = house.make_story(people[Role.REPORTER])
    sign_in(window, people[Role.REPORTER])
    open_story(window, story)
    now = int(time.time() * 1000)
    for at in (now - 15 * 24 * 3600 * 1000, now - 1000, now - 2000):
        window.evaluate(LEFT, [story.pk, at])
    window.reload()
    expect(window.locator("[data-offer]")).to_be_visible()
    assert kept_copies(window) == 2
    window.click("[data-drop]")
    window.click("[data-take]")
    assert window.input_value("[name=kicker]") == str(now - 2000)
    expect(window.locator("[data-offer]")).to_be_hidden()
    save(window)
    expect(kept(window)).to_have_text("Kept on this device")
    assert kept_copies(window) == 1
    assert window.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('story:'))") == []


def test_it_is_told_by_the_newsroom_s_clock_wherever_the_device_is(open_browser, people):
    abroad = open_browser(timezone_id="America/New_York")
    sign_in(abroad, people[Role.REPORTER])
    abroad.goto("/desk/stories/new/")
    shown = "async () => (await import('/static/desk/wording.js')).moment(Date.UTC(2024, 2, 6, 22))"
    assert abroad.evaluate(shown) == "3月7日 06:00"
