"""Addresses that lead elsewhere: those that something of the reading side had before, and those of the paper's site
before this one. Read where nothing else answers; written by the doors alone.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AddressKind(models.TextChoices):
    """What has an address of its own that can change or go; the value names its reading view."""

    SECTION = "section", _("section")
    AUTHOR = "author", pgettext_lazy("of an address", "author")
    SPECIAL = "special", _("special")
    TAG = "tag", _("keyword")


class FormerAddress(models.Model):
    """An address (slug) that readers knew, and the one that leads there now: `current`, of which there is only ever
    one step. The two are the same where the thing is not public for the time being and its address is kept for it.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=AddressKind)
    slug = models.SlugField(_("former address"), max_length=80)
    current = models.SlugField(_("address"), max_length=80)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(name="former_address_once", fields=["kind", "slug"]),
            models.CheckConstraint(name="former_address_kind_known", condition=Q(kind__in=AddressKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug} → {self.current}"


class MovedAddress(models.Model):
    """An address of the paper's earlier site, with its query as it was, and the public address here that has it now."""

    address = models.CharField(_("former address"), max_length=500, unique=True)
    target = models.CharField(_("address"), max_length=200)

    class Meta:
        verbose_name = _("address of the earlier site")
        verbose_name_plural = _("addresses of the earlier site")

    def __str__(self) -> str:
        return f"{self.address} → {self.target}"


def refuse_former(kind: AddressKind, thing: Any) -> None:
    """Raise ValidationError where readers knew another thing of this kind by the address that `thing` is to have."""
    own = type(thing)._default_manager.filter(pk=thing.pk).values_list("slug", flat=True).first()
    if FormerAddress.objects.filter(kind=kind, slug=thing.slug).exclude(current=own or "").exists():
        raise ValidationError(
            {"slug": _("Another one had this address before, and it goes on leading there. Choose another address.")}
        )
