"""What has still to be done after a change: a CDN forgets, a hub of feeds fetches, the public store is cleared."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Receiver(models.TextChoices):
    """Who is told."""

    STORE = "store", _("public store")
    CDN = "cdn", _("CDN")
    HUB = "hub", _("WebSub hub")


class Purge(models.Model):
    """An order to forget what is kept under these keys and addresses; gone when it is confirmed.

    A CDN forgets pages and files, a WebSub hub fetches the feeds of the keys again; in our own public store the files
    are deleted that no story shows any more, and what the web server keeps gets another name. `keys` are surrogate
    keys, `files` addresses of files, both as the reading side writes them, `photos` the numbers of the photos whose
    files they are. `confirmed` counts the answers that said yes, `tries` the failures since the last one; `due_at` is
    when it is sent next.
    """

    receiver = models.CharField(_("receiver"), max_length=5, choices=Receiver, default=Receiver.CDN)
    keys: models.JSONField[list[str], list[str]] = models.JSONField(_("keys"), default=list)
    files: models.JSONField[list[str], list[str]] = models.JSONField(_("files"), default=list)
    photos: models.JSONField[list[int], list[int]] = models.JSONField(_("photos"), default=list)
    ordered_at = models.DateTimeField(_("ordered at"))
    due_at = models.DateTimeField(_("due at"), db_index=True)
    tries = models.PositiveIntegerField(_("failed attempts"), default=0)
    confirmed = models.PositiveSmallIntegerField(_("confirmed"), default=0)

    class Meta:
        verbose_name = _("order to forget")
        verbose_name_plural = _("orders to forget")

    def __str__(self) -> str:
        return " ".join([*self.keys, *self.files])[:80]
