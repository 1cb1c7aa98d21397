"""The canvas as a person at the screen uses it, for the tests of it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from editions.models import Edition, Placement
from newsroom.staff.models import User
from tests.browser.visiting import signed_in

# The house's page template, in millimetres: 6 columns of 153 pt, 102 rows of 13.5 pt on 390 × 545.
POINT = 25.4 / 72
COLUMN, ROW, LEFT, TOP, WIDTH = 153 * POINT, 13.5 * POINT, 20, 35, 390
GUTTER = (WIDTH - 2 * LEFT - 6 * COLUMN) / 5


class Canvas:
    """One person's window on one page."""

    def __init__(self, page: Page, edition: Edition, order: int) -> None:
        self.page, self.edition, self.order = page, edition, order

    def open(self, language: str = "en") -> Canvas:
        number = self.edition.pages.get(order=self.order).pk
        self.page.goto(f"{'/en' if language == 'en' else ''}/desk/pages/{number}/")
        self.page.wait_for_selector("#canvas[data-ready]")
        return self

    # -- what is seen

    @property
    def boxes(self) -> Locator:
        return self.page.locator("button.box")

    @property
    def state(self) -> Locator:
        return self.page.locator("[data-state]")

    @property
    def inspector(self) -> Locator:
        return self.page.locator("[data-inspector]")

    def box(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=False).and_(self.boxes)

    def card(self, name: str) -> Locator:
        return self.page.locator(".card", has_text=name).first

    def field(self, name: str) -> Locator:
        return self.inspector.locator(f"[name={name}]")

    def hears(self, words: str) -> None:
        expect(self.page.locator("[data-announce]")).to_contain_text(words)

    def is_saved(self) -> None:
        expect(self.state).to_have_attribute("data-state", "saved")

    def shows_the_typeset_page(self) -> None:
        """The picture of the version that the server has is the page's ground."""
        version = self.edition.pages.get(order=self.order).layout_version
        expect(self.page.locator("[data-paper]")).to_have_attribute("data-pictured", str(version))

    # -- what is done

    def point(self, column: float, row: float) -> tuple[float, float]:
        """The middle of a field of the grid on the screen."""
        paper = self.page.locator("[data-paper]").bounding_box()
        scale = paper["width"] / WIDTH
        x = LEFT + (column - 1) * (COLUMN + GUTTER) + COLUMN / 2
        return paper["x"] + x * scale, paper["y"] + (TOP + (row - 0.5) * ROW) * scale

    def drag(self, start: tuple[float, float], end: tuple[float, float], *, drop: bool = True) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        self.page.mouse.move(*end)
        if drop:
            self.page.mouse.up()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, selector: str, most: int = 60) -> None:
        """Tab on until what has the focus matches."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached with Tab")


def middle(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def lying(edition: Edition, order: int) -> list[tuple[str, int, tuple[int, int, int, int]]]:
    """What the database has on a page: headline (or "▣"), part and rectangle, from the top."""
    placements = Placement.objects.filter(page__edition=edition, page__order=order).select_related("article")
    return [(p.article.headline if not p.photo_id else "▣", p.part, tuple(p.rectangle)) for p in placements]


def sign_in(page: Page, user: User) -> None:
    """Let the window be this person's."""
    signed_in(page, user)
