"""The kinds of page a newspaper has, as data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Title
from editions.geometry import Grid, Rectangle, lies_inside
from editions.typeset.design import BadDesign, Design, read_design
from editions.typeset.sheet import Sheet, SheetTooSmall
from editions.typeset.standard import standard_design


class PageTemplate(models.Model):
    """A page's size, its grid and its typography.

    Columns of so many characters and rows of body text make the grid; `body_size` and `leading` are in
    points. Column width and gutters follow from them and the side margins: a column is exactly so many
    characters wide, and what the columns leave is shared out as gutters. `design` says how the page is set
    (masthead, folio line, headline styles, rules): see `editions.typeset.design`.

    A broadsheet (对开) is 390 × 545 mm with 6 columns of 17 characters and 102 rows.
    """

    title = models.ForeignKey(
        Title, on_delete=models.CASCADE, related_name="page_templates", verbose_name=_("newspaper")
    )
    name = models.CharField(_("name"), max_length=40)
    width_mm = models.PositiveSmallIntegerField(_("width in mm"), default=390)
    height_mm = models.PositiveSmallIntegerField(_("height in mm"), default=545)
    columns = models.PositiveSmallIntegerField(
        _("columns"), default=6, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    rows = models.PositiveSmallIntegerField(
        _("rows"), default=102, validators=[MinValueValidator(1), MaxValueValidator(300)]
    )
    characters = models.PositiveSmallIntegerField(_("characters a column"), default=17)
    body_size = models.DecimalField(_("body size in points"), max_digits=4, decimal_places=2, default=Decimal("9"))
    leading = models.DecimalField(_("leading in points"), max_digits=4, decimal_places=2, default=Decimal("13.5"))
    side_margin_mm = models.DecimalField(
        _("side margins in mm"),
        max_digits=4,
        decimal_places=1,
        default=Decimal("20"),
        validators=[MinValueValidator(0)],
    )
    top_margin_mm = models.DecimalField(
        _("top margin in mm, the folio line within it"),
        max_digits=4,
        decimal_places=1,
        default=Decimal("35"),
        validators=[MinValueValidator(0)],
    )
    design: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("design"), default=standard_design)
    is_default = models.BooleanField(_("the title's own"), default=False)

    class Meta:
        verbose_name = _("page template")
        verbose_name_plural = _("page templates")
        constraints = [
            models.UniqueConstraint(name="page_template_name_unique", fields=["title", "name"]),
            models.UniqueConstraint(
                name="one_default_page_template",
                fields=["title"],
                condition=Q(is_default=True),
                violation_error_message=_("The title has its page template already."),
            ),
            models.CheckConstraint(
                name="page_template_has_a_grid", condition=Q(columns__gte=1, rows__gte=1, characters__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def grid(self) -> Grid:
        return Grid(self.columns, self.rows)

    @property
    def typography(self) -> Design:
        """The design as it is read. Raises BadDesign where it cannot be."""
        return read_design(self.design)

    @property
    def masthead(self) -> Rectangle:
        """What the newspaper's name takes of page 1, at the top left."""
        masthead = self.typography.masthead
        return Rectangle(1, 1, masthead.columns, masthead.rows)

    @property
    def sheet(self) -> Sheet:
        """The page in points. Raises SheetTooSmall where the grid does not go on the paper."""
        return Sheet(
            width_mm=self.width_mm,
            height_mm=self.height_mm,
            columns=self.columns,
            rows=self.rows,
            characters=self.characters,
            body_size=float(self.body_size),
            leading=float(self.leading),
            side_mm=float(self.side_margin_mm),
            top_mm=float(self.top_margin_mm),
        )

    def clean(self) -> None:
        try:
            masthead = self.masthead
        except BadDesign as bad:
            raise ValidationError({"design": str(bad)}) from bad
        if not lies_inside(masthead, self.grid):
            raise ValidationError({"design": _("The masthead is larger than the page.")})
        try:
            self.sheet.check()
        except SheetTooSmall as small:
            raise ValidationError(str(small)) from small
