"""What templates need of the paper itself: date lines, drawn pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache

from django.utils.dateformat import format as format_date
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate

from articles.models.published import PublishedArticle
from editions import almanac, pagemap
from editions.geometry import Rectangle
from editions.models.published import MIDDLE_WIDTH, SMALL_WIDTH, PublishedPage
from editions.reading.pages import PaperPage, Piece
from newsroom.dates import interface

# How wide a story's page shows what was cut out of the paper, in CSS pixels.
CUTTING_WIDTH = 216


def long_day(day: datetime.date) -> str:
    """A date with its weekday: 2024年3月7日 星期四, or Thursday, 7 March 2024."""
    return format_date(day, "l, j F Y" if interface() == "en" else "Y年n月j日 l")


def masthead_date(day: datetime.date) -> str:
    """The date line of a masthead, with the lunar date where the interface is Chinese."""
    return long_day(day) if interface() == "en" else almanac.printed_date(day)


def mm(value: float) -> SafeString:
    """A length of a drawing as SVG writes it: the same in every language."""
    return SafeString(f"{value:.1f}")


def area(box: pagemap.Box) -> SafeString:
    """Where a box lies, as the attributes of an SVG element."""
    return SafeString(f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"')


@dataclass(frozen=True)
class Zone:
    """A story's boxes on a drawn page."""

    piece: Piece
    boxes: list[pagemap.Box]


@dataclass(frozen=True)
class Drawing:
    """A page as templates draw it; `head` is the area of the paper's name or the folio line, where it is free."""

    page: PublishedPage
    zones: list[Zone]
    head: pagemap.Box | None
    column: float
    line: float


def drawing(paper_page: PaperPage) -> Drawing:
    """The page as a drawing, a zone a story."""
    page = paper_page.page
    sheet = pagemap.Sheet(page.grid, page.width_mm, page.height_mm)
    head = pagemap.free_box(_rectangles(paper_page), sheet)
    if head and page.order == 1:
        head = pagemap.set_name(page.edition.title_name, head)
    column = pagemap.column_width(sheet)
    zones = [Zone(piece, _boxes(piece, sheet)) for piece in paper_page.pieces]
    return Drawing(page, zones, head, column, line=column - pagemap.GUTTER)


def zone_boxes(zone: Zone, page: PublishedPage, marked: PublishedArticle | str = "") -> SafeString:
    """A story's boxes on a drawn page, `marked` where it is the story that is read."""
    piece = zone.piece
    classes = "zone" + " paid" * piece.is_advertisement
    if isinstance(marked, PublishedArticle) and piece.article.pk == marked.pk:
        classes += " marked"
    boxes = (
        _drawn_box(box, classes, page.order, labelled=piece.is_advertisement and place == 0)
        for place, box in enumerate(zone.boxes)
    )
    return mark_safe("".join(boxes))  # noqa: S308 (words are escaped where they are drawn)


@lru_cache(maxsize=4096)
def _drawn_box(box: pagemap.Box, classes: str, order: int, *, labelled: bool) -> str:
    """Fifty of them stand on a front page: drawn here and remembered, for a template takes ten times as long."""
    drawn = [f'<rect class="{classes}" {area(box)}/>']
    if box.text_height:
        place = f'x="{box.x:.1f}" y="{box.text_top:.1f}" width="{box.width:.1f}" height="{box.text_height:.1f}"'
        drawn.append(f'<rect {place} fill="url(#text-{order})"/>')
    if box.picture:
        drawn.append(f'<image href="{escape(box.picture)}" {area(box)} preserveAspectRatio="xMidYMid slice"/>')
    if box.lines:
        lines = (f'<tspan x="{box.x:.1f}" y="{baseline:.1f}">{escape(line)}</tspan>' for line, baseline in box.lines)
        drawn.append(f'<text class="words" font-size="{box.size:.1f}">{"".join(lines)}</text>')
    if labelled:
        place = f'x="{box.right:.1f}" y="{box.foot:.1f}"'
        drawn.append(f'<text class="paid-label" {place} font-size="9" text-anchor="end">广告</text>')
    return "".join(drawn)


def thumbnail_width() -> int:
    """How wide the small picture of a page is, in pixels."""
    return SMALL_WIDTH


def middle_width() -> int:
    """How wide the middle picture of a page is, in pixels."""
    return MIDDLE_WIDTH


def hot_zones(paper_page: PaperPage) -> list[Zone]:
    """The stories of a page with their hot zones, in pixels of the page's large picture."""
    page = paper_page.page
    return [Zone(piece, _hot_boxes(page, piece)) for piece in paper_page.pieces if piece.zones]


@dataclass(frozen=True)
class Cutting:
    """A story cut out of its page's picture: the part to show, and the story's own boxes in it.

    `shown_at` is how wide the whole picture comes out, in CSS pixels, where the cutting fills its column.
    """

    page: PublishedPage
    part: pagemap.Box
    boxes: list[pagemap.Box]

    @property
    def shown_at(self) -> int:
        return round(self.page.image_width * CUTTING_WIDTH / self.part.width)


def cut_out(paper_page: PaperPage, article: PublishedArticle) -> Cutting | None:
    """The story as it was printed on the page; None where the page has no picture of it."""
    page = paper_page.page
    piece = next(piece for piece in paper_page.pieces if piece.article.pk == article.pk)
    if not page.image or not piece.zones:
        return None
    boxes = _hot_boxes(page, piece)
    margin = page.image_width / 100
    return Cutting(page, pagemap.cutting(boxes, margin, page.image_width, page.image_height), boxes)


def _hot_boxes(page: PublishedPage, piece: Piece) -> list[pagemap.Box]:
    return [pagemap.zone_box(zone, page.image_width, page.image_height) for zone in piece.zones]


def _boxes(piece: Piece, sheet: pagemap.Sheet) -> list[pagemap.Box]:
    headlines = [piece.article.headline] + [""] * len(piece.text)
    text = [
        pagemap.text_box(rectangle, sheet, headline) for rectangle, headline in zip(piece.text, headlines, strict=False)
    ]
    return text + [pagemap.picture_box(rectangle, sheet, address) for rectangle, address in piece.pictures]


def _rectangles(paper_page: PaperPage) -> list[Rectangle]:
    return [
        rectangle
        for piece in paper_page.pieces
        for rectangle in (*piece.text, *(picture.rectangle for picture in piece.pictures))
    ]


def weekday_names() -> list[str]:
    """The heads of a calendar's columns, Monday first, in the language of the interface."""
    monday = datetime.date(2024, 3, 4)
    return [format_date(monday + datetime.timedelta(days=number), "D") for number in range(7)]


FILTERS = (area, cut_out, drawing, hot_zones, long_day, masthead_date, mm)
FUNCTIONS = (thumbnail_width, middle_width, localdate, weekday_names, zone_boxes)
