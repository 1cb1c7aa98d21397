"""A duty handed over for a night (交班): while it lasts, somebody else holds the role too."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.staff.models.user import RoleGrant
from newsroom.staff.roles import Role


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Duties handed over."""

    def standing(self) -> HandoverQuerySet:
        """Those that nobody took back."""
        return self.filter(taken_back_at__isnull=True)

    def unfinished(self, at: datetime.datetime) -> HandoverQuerySet:
        """Those that stand and have not ended at the moment `at`, begun or not."""
        return self.standing().filter(ends_at__gt=at)

    def meeting(self, begins_at: datetime.datetime, ends_at: datetime.datetime) -> HandoverQuerySet:
        """Those that stand and have a moment in common with these hours."""
        return self.standing().filter(begins_at__lt=ends_at, ends_at__gt=begins_at)

    def backed(self) -> HandoverQuerySet:
        """Those whose giver is here and holds the role still: without them there is nothing to hand over."""
        same_section = Q(section=OuterRef("section")) | Q(section__isnull=True)
        held = RoleGrant.objects.filter(same_section, user=OuterRef("giver"), role=OuterRef("role"))
        return self.filter(Exists(held), giver__is_active=True)

    def in_force(self, at: datetime.datetime) -> HandoverQuerySet:
        """Those that give their receiver the role at the moment `at`."""
        return self.unfinished(at).backed().filter(begins_at__lte=at)


class Handover(models.Model):
    """One role, for one section where it goes by sections, from `giver` to `receiver` and for so long.

    The giver keeps it too. It ends at its time by itself, when it is taken back, and with the giver's own role. What
    one person hands to another for the same hours is one handover to them: `newsroom.staff.handovers.StandIn`.
    """

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="handed_over",
        verbose_name=pgettext_lazy("a duty", "handed over by"),
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="taken_over",
        verbose_name=pgettext_lazy("a duty", "handed over to"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("section"),
    )
    begins_at = models.DateTimeField(pgettext_lazy("a duty", "from"))
    ends_at = models.DateTimeField(pgettext_lazy("a duty", "until"))
    made_at = models.DateTimeField(_("time"), default=timezone.now)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True)

    objects: ClassVar[HandoverQuerySet] = HandoverQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("duty handed over")
        verbose_name_plural = _("duties handed over")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["receiver", "ends_at"], name="handover_standing", condition=Q(taken_back_at__isnull=True)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="handover_has_a_length",
                condition=Q(ends_at__gt=F("begins_at")),
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(
                name="handover_to_somebody_else",
                condition=~Q(giver=F("receiver")),
                violation_error_message=_("A duty is handed over to somebody else."),
            ),
            models.CheckConstraint(
                name="handover_role_known", condition=Q(role__in=Role.values) & ~Q(role=Role.ADMINISTRATOR)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} · {self.giver} → {self.receiver}"

    @property
    def duty(self) -> str:
        """The role in words, with its section."""
        return f"{self.get_role_display()} {self.section or ''}".strip()


def named_for(name: str, giver: str) -> str:
    """A signer's name as it is shown, with whom they stood in for; the name alone where it was nobody."""
    return str(_("%(signer)s, for %(person)s") % {"signer": name, "person": giver}) if giver else name
