"""What a person made of the list of stories: lists kept under a name, and the columns they want to see."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.validators import validate_no_control_characters


class SavedList(models.Model):
    """The list of stories narrowed in a certain way, kept under a name; a tab above the list.

    `query` is what stands behind the question mark in its address. One that is `shared` is a tab for everybody.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_lists", verbose_name=_("person")
    )
    name = models.CharField(
        pgettext_lazy("of a list", "name"), max_length=40, validators=[validate_no_control_characters]
    )
    query = models.CharField(_("filters"), max_length=500, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    shared = models.BooleanField(_("for everybody"), default=False)

    class Meta:
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                name="saved_list_named_once",
                fields=["user", "name"],
                violation_error_message=_("You have a list of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ListChoice(models.Model):
    """How a person wants the list of stories: its columns in order, and which saved list it opens with."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="list_choice", verbose_name=_("person")
    )
    columns: models.JSONField[list[str], list[str]] = models.JSONField(_("columns"), default=list, blank=True)
    opens_with = models.ForeignKey(
        SavedList,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opens with"),
    )

    class Meta:
        verbose_name = _("choice of columns")
        verbose_name_plural = _("choices of columns")

    def __str__(self) -> str:
        return str(self.user)
