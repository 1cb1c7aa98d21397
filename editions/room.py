"""What a rectangle of a page must be: inside the grid, off the masthead, over nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from articles.errors import Refusal
from editions import geometry
from editions.geometry import Rectangle
from editions.models import Page, Placement


class DoesNotFit(Refusal):
    """The rectangle is not free: it lies outside the grid, on the masthead or over something else."""


def refuse_rectangle(page: Page, rectangle: Rectangle, lying: Iterable[Placement]) -> None:
    """Raise DoesNotFit unless the rectangle is inside the page's grid, off its masthead and over none of `lying`."""
    if not geometry.lies_inside(rectangle, page.grid):
        raise DoesNotFit(
            _("Outside the page: it has %(columns)s columns and %(rows)s rows.")
            % {"columns": page.grid.columns, "rows": page.grid.rows}
        )
    masthead = page.reserved
    if masthead is not None and geometry.overlap(rectangle, masthead):
        raise DoesNotFit(
            _("The masthead stands there: the first %(rows)s rows of the first %(columns)s columns.")
            % {"columns": masthead.width, "rows": masthead.height}
        )
    for other in lying:
        if geometry.overlap(rectangle, other.rectangle):
            raise DoesNotFit(_("It would lie over “%(story)s”.") % {"story": other.article})


def refuse_what_lies(page: Page) -> None:
    """Raise DoesNotFit unless everything on the page is still inside its grid and off its masthead."""
    for placement in page.placements.select_related("article"):
        try:
            refuse_rectangle(page, placement.rectangle, [])
        except DoesNotFit as refused:
            words = {"label": page.label, "story": placement.article, "why": refused}
            raise DoesNotFit(_("Page %(label)s, “%(story)s”: %(why)s") % words) from refused


def taken(page: Page) -> list[Rectangle]:
    """What of the page is not free: what lies there, and the masthead."""
    masthead = page.reserved
    return [placement.rectangle for placement in page.placements.all()] + ([masthead] if masthead else [])
