"""The audit trail: one row an act, written with it, never changed and never taken away."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.staff.acts import Act
from newsroom.staff.details import in_words


class AuditTrailIsPermanent(TypeError):
    """Somebody tried to change or delete an audit row."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reading alone: a row of the trail is only ever added."""

    def about(self, target: models.Model) -> AuditQuerySet:
        """The rows about `target`, newest first."""
        return self.filter(target_type=target._meta.label_lower, target_id=str(target.pk))

    def update(self, **_changes: Any) -> NoReturn:
        raise AuditTrailIsPermanent

    def delete(self) -> NoReturn:
        raise AuditTrailIsPermanent


class AuditEntry(models.Model):
    """Who did what to which thing, and when.

    Person and thing are kept as id and label without a foreign key, so that the row outlives both.
    `data` holds what the act was about: versions, steps, reasons.
    """

    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    actor_id = models.BigIntegerField(null=True, editable=False)
    actor_label = models.CharField(_("who"), max_length=100, editable=False)
    act = models.CharField(_("act"), max_length=40, choices=Act, editable=False)
    target_type = models.CharField(_("kind of thing"), max_length=60, editable=False)
    target_id = models.CharField(_("number"), max_length=40, editable=False)
    target_label = models.CharField(pgettext_lazy("audit trail", "about"), max_length=250, editable=False)
    data = models.JSONField(_("details"), default=dict, editable=False)

    objects: ClassVar[AuditQuerySet] = AuditQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-id"]
        indexes = [models.Index(fields=["target_type", "target_id", "-id"], name="audit_by_target")]
        constraints = [
            models.CheckConstraint(name="audit_act_known", condition=models.Q(act__in=Act.values)),
        ]

    def __str__(self) -> str:
        at = timezone.localtime(self.at)
        return f"{at:%Y-%m-%d %H:%M} {self.actor_label} {self.get_act_display()} {self.target_label}"

    @property
    def details(self) -> str:
        """`data` in words, on one line."""
        return in_words(self.target_type, self.data)

    @property
    def by(self) -> str:
        """Who did it; the clock has no name of its own."""
        return self.actor_label if self.actor_id is not None else str(_("at the set time"))

    @property
    def kind(self) -> str:
        """What kind of thing it is about."""
        try:
            return str(apps.get_model(self.target_type)._meta.verbose_name)
        except (LookupError, ValueError):
            return self.target_type

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AuditTrailIsPermanent
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AuditTrailIsPermanent
