"""What a CDN still has to forget."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purge(models.Model):
    """An order to a CDN to forget what it keeps under these keys and addresses; gone when it is confirmed.

    `keys` are surrogate keys, `files` addresses of files, both as the reading side writes them. `confirmed` counts
    the answers that said yes, `tries` the failures since the last one; `due_at` is when it is sent next.
    """

    keys: models.JSONField[list[str], list[str]] = models.JSONField(_("keys"), default=list)
    files: models.JSONField[list[str], list[str]] = models.JSONField(_("files"), default=list)
    ordered_at = models.DateTimeField(_("ordered at"))
    due_at = models.DateTimeField(_("due at"), db_index=True)
    tries = models.PositiveIntegerField(_("failed attempts"), default=0)
    confirmed = models.PositiveSmallIntegerField(_("confirmed"), default=0)

    class Meta:
        verbose_name = _("purge of the CDN")
        verbose_name_plural = _("purges of the CDN")

    def __str__(self) -> str:
        return " ".join([*self.keys, *self.files])[:80]
