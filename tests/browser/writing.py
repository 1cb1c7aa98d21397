"""The edit page as a person uses it: signing in, typing, what the page says of saving."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from articles.models import Article
from newsroom.staff.models import User
from tests import newsroom_of_tests as house
from tests.browser.visiting import signed_in

EDITOR = ".ProseMirror[contenteditable=true]"


# Puts HTML and plain text into an element as a paste does.
PASTE = """(node, [html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def sign_in(page: Page, user: User) -> None:
    """Let the window be this person's."""
    signed_in(page, user)


def sign_in_by_form(page: Page, user: User) -> None:
    """As a person does, with all that goes with it: a new session, a new token."""
    page.goto("/en/accounts/login/?next=/en/desk/")
    page.fill("[name=login]", user.username)
    page.fill("[name=password]", house.PASSWORD)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")


def sign_in_here(page: Page, user: User, password: str = house.PASSWORD) -> None:
    """In place, in the dialog of the edit page."""
    dialog = page.locator("#session")
    expect(dialog).to_be_visible()
    dialog.locator("[name=login]").fill(user.username)
    dialog.locator("[name=password]").fill(password)
    dialog.locator("[name=password]").press("Enter")


def open_story(page: Page, story: Article | None) -> None:
    page.goto(f"/en/desk/stories/{story.pk}/edit/" if story else "/en/desk/stories/new/")
    page.wait_for_selector(EDITOR)


def write(page: Page, text: str, *, block: int = -1) -> None:
    """Type at the end of a paragraph of the body."""
    page.locator(f"{EDITOR} > *").nth(block).click()
    page.keyboard.press("End")
    page.keyboard.type(text)


def shining(page: Page, name: str) -> list[str]:
    """The words drawn over in the editor under a name (`story/highlights.js`). They are drawn with the next picture
    of the page, so that one is let pass first."""
    return page.evaluate(
        """async (name) => {
          await new Promise(requestAnimationFrame);
          return [...(CSS.highlights.get(name) ?? [])].map((place) => {
            const range = document.createRange();
            range.setStart(place.startContainer, place.startOffset);
            range.setEnd(place.endContainer, place.endOffset);
            return String(range);
          });
        }""",
        name,
    )


def wind_clock(page: Page) -> None:
    """Let the clock of this window's pages be one that `let_pass` can put forward."""
    page.clock.install()


def let_pass(page: Page, seconds: float) -> None:
    """So much time goes by for the page at once, without anybody waiting for it."""
    page.clock.fast_forward(round(seconds * 1000))


def said(page: Page):
    return page.locator("[data-save-state]")


def kept(page: Page):
    """What the page says of the copy on this device."""
    return page.locator("[data-kept-state]")


def expect_saved(page: Page, version: int) -> None:
    expect(said(page)).to_contain_text(f"Saved as version {version}")


def save(page: Page) -> None:
    page.keyboard.press("Control+s")


KEPT = """async () => {
  const { copiesNamed } = await import("/static/desk/story/copies.js");
  return (await copiesNamed("story:")).length;
}"""


def kept_copies(page: Page) -> int:
    return page.evaluate(KEPT)
