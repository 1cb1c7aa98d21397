"""The people and agencies that stand in bylines."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.moved import AddressKind, refuse_former
from articles.validators import validate_no_control_characters


class Contributor(models.Model):
    """Somebody credited in a byline (署名): staff, a correspondent (通讯员) without an account, an agency."""

    name = models.CharField(
        pgettext_lazy("of a person", "name"), max_length=60, validators=[validate_no_control_characters]
    )
    slug = models.SlugField(_("address"), unique=True, max_length=80)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributor",
        verbose_name=_("account"),
    )
    bio = models.TextField(_("about"), blank=True, max_length=1000, validators=[validate_no_control_characters])

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an address that readers knew as somebody else's."""
        super().clean()
        refuse_former(AddressKind.AUTHOR, self)

    def get_absolute_url(self) -> str:
        return reverse("reading:author", args=[self.slug])
