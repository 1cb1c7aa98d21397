"""Pages as drawings: rectangles in millimetres, for an SVG of any size."""

from __future__ import annotations

from dataclasses import dataclass

from editions.geometry import Grid, Rectangle, percentages
from editions.models import Edition, Page, PageTemplate, Placement


@dataclass(frozen=True)
class Box:
    """One placement as it lies on the page, in millimetres from the top left."""

    placement: Placement
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class PageMap:
    """A page drawn to scale: its boxes in reading order, the lines between its columns, and every tenth row."""

    page: Page
    width: int
    height: int
    boxes: list[Box]
    columns: list[float]
    rows: list[tuple[int, float]]

    @property
    def stories(self) -> int:
        """How many stories lie on the page."""
        return len({box.placement.article_id for box in self.boxes})


def page_maps(edition: Edition) -> list[PageMap]:
    """The maps of all pages of an edition, in two queries."""
    return [draw(page) for page in edition.pages.select_related("template").prefetch_related("placements__article")]


def draw(page: Page) -> PageMap:
    """The map of one page."""
    template = page.template
    return PageMap(
        page=page,
        width=template.width_mm,
        height=template.height_mm,
        boxes=[_box(placement, template) for placement in page.placements.all()],
        columns=[template.width_mm * n / template.columns for n in range(1, template.columns)],
        rows=[(n + 1, template.height_mm * n / template.rows) for n in range(0, template.rows, 10)],
    )


def _box(placement: Placement, template: PageTemplate) -> Box:
    left, top, width, height = percentages(
        Rectangle(placement.column, placement.row, placement.width, placement.height),
        Grid(template.columns, template.rows),
    )
    across, down = template.width_mm / 100, template.height_mm / 100
    return Box(placement, left * across, top * down, width * across, height * down)
