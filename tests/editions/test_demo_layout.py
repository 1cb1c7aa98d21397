"""The demo newsroom's pages are newspaper pages whatever the day they are loaded on, and go to press."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from editions import typesetting
from editions.geometry import Rectangle
from editions.models import Edition, Page, Placement, PrintedEdition, PrintedPage, ProofMark, PublishedEdition
from editions.readiness import readiness_of, set_pages
from editions.typeset.sheet import Sheet
from newsroom.demo import pictures
from newsroom.demo.load import Loader

# Dates of the fewest and of the most characters.
SHORTEST, LONGEST = datetime.date(2026, 3, 8), datetime.date(2027, 11, 22)
MOST_WHITE = 2
DECK = {"kicker", "headline", "subhead", "byline"}


def plain(key: str, part: int = 1) -> bytes:
    """A sheet of one grey in the place of the picture that takes a second to draw, as large as that one or a part
    of it.
    """
    file = io.BytesIO()
    shade = (8 * pictures.KEYS.index(key),) * 3
    width, height = pictures.PICTURES[key][1]
    Image.new("RGB", (width // part, height // part), shade).save(file, "JPEG")
    return file.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("today", [SHORTEST, LONGEST], ids=str)
def test_pages_are_full_and_hold_what_lies_on_them_on_any_day(today: datetime.date) -> None:
    Loader(today, partial(plain, part=10)).lay_out()

    wrong = [
        f"{edition.date} page {page.order}: {problem}"
        for edition in Edition.objects.order_by("date")
        for page, description, layout in typesetting.layouts_of(edition)
        for problem in (*misfits(description, layout), *tombstones(page), *white(page, edition.date - today))
    ]

    assert not wrong, "\n".join(wrong)
    for edition in Edition.objects.filter(date__lte=today):
        findings = readiness_of(edition, set_pages(edition), timezone.now()).findings
        # Nobody has signed yet, and the pictures are small ones.
        assert {finding.kind for finding in findings} == {"signature", "proof", "resolution"}, findings


@pytest.mark.django_db
def test_todays_edition_is_printed_and_tomorrows_is_being_made() -> None:
    today = timezone.localdate()
    loader = Loader(today, lambda key: plain(key, part=1 if key in printed else 10))
    printed = photos_of_day(loader, 0)
    # Yesterday's goes the same way and takes as long.
    loader.editions = [plan for plan in loader.editions if plan["day"] >= 0]

    loader.load()

    assert PublishedEdition.objects.get().date == today
    pages = {page.page.order: words(page) for page in PrintedPage.objects.select_related("page")}
    assert sorted(pages) == [1, 2, 3, 4]
    assert PrintedEdition.objects.get().findings == []
    assert "下转第3版" in pages[1]
    assert "上接第1版" in pages[3]
    mark = ProofMark.objects.get()
    assert mark.settled_at is None
    assert mark.proof.page.edition.date == today + datetime.timedelta(days=1)


def photos_of_day(loader: Loader, day: int) -> set[str]:
    """The keys of the pictures that have to be as large as they are printed."""
    pages = [page for plan in loader.editions if plan["day"] == day for page in plan["page"]]
    stories = [loader.texts[told["story"]] for page in pages for told in page.get("story", [])]
    return {key for story in stories for key in story.get("photos", [])}


def misfits(description: dict[str, Any], layout: dict[str, Any]) -> Iterator[str]:
    """What is over, what leaves white, and decks that are higher than the place that they stand in."""
    sheet = Sheet(**description["sheet"])
    if layout["missing"]:
        yield f"no font has {layout['missing']}"
    for described, story in zip(description["stories"], layout["stories"], strict=True):
        fit, name = story["fit"], story["headline"]
        if fit["over"] or fit["headline_over"] or fit["picture_over"]:
            yield f"{name} is over: {fit['over']} lines"
        if max(story["holes"], default=0) > MOST_WHITE:
            yield f"{name} leaves {story['holes']}"
        frames = [f for t in described["treatments"] if t["page"] == layout["page"]["order"] for f in t["frames"]]
        if frames:
            first = sheet.frame(Rectangle(*(frames[0][side] for side in Rectangle._fields)))
            deck = [e for e in story["elements"] if e.get("role") in DECK]
            if any(e["y"] + len(e["lines"]) * e["leading"] > first.y + first.height + 1 for e in deck):
                yield f"the deck of {name} is higher than its place"


def tombstones(page: Page) -> Iterator[str]:
    """Headlines of one style and width that stand abreast on one row."""
    styles = dict(page.stories.values_list("article_id", "headline_style"))
    firsts = [texts[0].rectangle for texts in parts(page).values()]
    owners = list(parts(page))
    for number, one in zip(owners, firsts, strict=True):
        for other_number, other in zip(owners, firsts, strict=True):
            abreast = one.row == other.row and one.right == other.column and one.width == other.width
            if abreast and styles[number] == styles[other_number] != "brief":
                yield f"two equal headlines stand abreast in row {one.row}"


def white(page: Page, ahead: datetime.timedelta) -> Iterator[str]:
    """More rows than two that nothing lies on, on the pages of the editions that are out."""
    if ahead.days > 0:
        return
    lying = [placement.rectangle for placement in page.placements.all()]
    lying += [page.reserved] if page.reserved else []
    for column in range(1, page.grid.columns + 1):
        over = [one for one in lying if one.column <= column < one.right]
        rows = [any(one.row <= row < one.bottom for one in over) for row in range(1, page.grid.rows + 1)]
        longest = max((len(list(run)) for taken, run in groupby(rows) if not taken), default=0)
        if longest > MOST_WHITE:
            yield f"{longest} rows of column {column} are empty"
        if not rows[-1]:
            yield f"column {column} ends above the last row"


def parts(page: Page) -> dict[int, list[Placement]]:
    """The text of each story on the page, in reading order."""
    texts = page.placements.filter(photo__isnull=True).order_by("article", "part")
    return {number: list(found) for number, found in groupby(texts, key=lambda placement: placement.article_id)}


def words(page: PrintedPage) -> str:
    elements = [element for story in page.layout["stories"] for element in story["elements"]]
    return "".join(line for element in elements for line in element.get("lines", []))
