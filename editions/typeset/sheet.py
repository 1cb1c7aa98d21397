"""A page in points: where its columns and rows lie on the paper. Pure."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from editions.geometry import Grid, Rectangle

MM = 72 / 25.4
# Less white than this between two columns, or at the foot, and the page cannot be read or printed.
NARROWEST_GUTTER, LOWEST_FOOT = 4.0, 10.0


class SheetTooSmall(ValueError):
    """The grid does not go on the paper; the text says which way."""


class Frame(NamedTuple):
    """An area of the paper in points from its top left corner."""

    x: float
    y: float
    width: float
    height: float


class Sheet(NamedTuple):
    """The paper in millimetres, the grid on it, and the body type in points."""

    width_mm: float
    height_mm: float
    columns: int
    rows: int
    characters: int
    body_size: float
    leading: float
    side_mm: float
    top_mm: float

    @property
    def grid(self) -> Grid:
        return Grid(self.columns, self.rows)

    @property
    def width(self) -> float:
        return self.width_mm * MM

    @property
    def height(self) -> float:
        return self.height_mm * MM

    @property
    def left(self) -> float:
        """Where the first column begins."""
        return self.side_mm * MM

    @property
    def top(self) -> float:
        """Where the first row begins."""
        return self.top_mm * MM

    @property
    def column_width(self) -> float:
        """A column is exactly so many characters wide."""
        return self.characters * self.body_size

    @property
    def gutter(self) -> float:
        """What the columns leave between them; 0 on a page of one column."""
        if self.columns == 1:
            return 0.0
        return (self.width - 2 * self.left - self.columns * self.column_width) / (self.columns - 1)

    @property
    def measure(self) -> float:
        """The width of the whole grid."""
        return self.columns * self.column_width + (self.columns - 1) * self.gutter

    @property
    def foot(self) -> float:
        """What lies below the last row."""
        return self.height - self.top - self.rows * self.leading

    def span(self, columns: int) -> float:
        """The width of so many columns with the gutters between them."""
        return columns * self.column_width + (columns - 1) * self.gutter

    def frame(self, rectangle: Rectangle) -> Frame:
        """The rectangle on the paper: without the gutters beside it."""
        return Frame(
            self.left + (rectangle.column - 1) * (self.column_width + self.gutter),
            self.top + (rectangle.row - 1) * self.leading,
            self.span(rectangle.width),
            rectangle.height * self.leading,
        )

    def zone(self, rectangle: Rectangle) -> tuple[float, float, float, float]:
        """The rectangle in per cent of the paper: left, top, width, height."""
        frame = self.frame(rectangle)
        return (
            100 * frame.x / self.width,
            100 * frame.y / self.height,
            100 * frame.width / self.width,
            100 * frame.height / self.height,
        )

    def check(self) -> None:
        """Raise SheetTooSmall unless columns and rows go on the paper."""
        room = self.gutter if self.columns > 1 else self.width - 2 * self.left - self.column_width
        if room < (NARROWEST_GUTTER if self.columns > 1 else 0):
            raise SheetTooSmall(
                _("%(columns)s columns of %(characters)s characters leave no room between them on this width.")
                % {"columns": self.columns, "characters": self.characters}
            )
        if self.foot < LOWEST_FOOT:
            raise SheetTooSmall(_("%(rows)s rows do not go on this height.") % {"rows": self.rows})
