"""The kinds of page a newspaper has, as data."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Title
from editions.geometry import Grid


class PageTemplate(models.Model):
    """A page's size in millimetres and its grid: columns of so many characters, rows of body text.

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
