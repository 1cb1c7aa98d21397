"""Photos as they were taken in, and the renditions made of them once."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.validators import validate_near_moment, validate_no_control_characters


class RenditionName(models.TextChoices):
    """The sizes made of every photo; `photos.RENDITION_WIDTHS` says how wide each is."""

    THUMBNAIL = "thumbnail", _("thumbnail")
    PREVIEW = "preview", _("preview")
    LARGE = "large", _("large")


class Photo(models.Model):
    """A photo on the desk. The original is kept byte for byte in the private store and is never served to
    readers; what they get is a rendition without metadata.

    Four different fields: caption (图说), credit (摄), source (agency) and rights (terms, expiry).
    """

    original = models.FileField(_("original"), upload_to="originals/%Y/%m", max_length=200, editable=False)
    fingerprint = models.CharField("SHA-256", max_length=64, editable=False, db_index=True)
    format = models.CharField(_("format"), max_length=10, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    caption = models.TextField(_("caption"), blank=True, max_length=1000, validators=[validate_no_control_characters])
    credit = models.CharField(_("credit"), max_length=200, blank=True, validators=[validate_no_control_characters])
    source = models.CharField(_("source"), max_length=200, blank=True, validators=[validate_no_control_characters])
    alt = models.CharField(
        _("alternative text"), max_length=500, blank=True, validators=[validate_no_control_characters]
    )
    rights = models.CharField(_("rights"), max_length=300, blank=True, validators=[validate_no_control_characters])
    rights_expire_on = models.DateField(_("rights expire on"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True, validators=[validate_near_moment])
    assignment = models.ForeignKey(
        "articles.Assignment",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="photos",
        verbose_name=_("assignment"),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="photos",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.caption[:40] or _("Photo %(number)s") % {"number": self.pk}

    def rights_expired(self, on: datetime.date) -> bool:
        """Whether the rights ended before the day `on`."""
        return self.rights_expire_on is not None and self.rights_expire_on < on


class Rendition(models.Model):
    """One size of a photo, made once when it is taken in: upright, sRGB, without any metadata."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")
    name = models.CharField(_("rendition"), max_length=10, choices=RenditionName)
    file = models.FileField(upload_to="renditions/%Y/%m", max_length=200)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [models.UniqueConstraint(name="rendition_made_once", fields=["photo", "name"])]

    def __str__(self) -> str:
        return str(RenditionName(self.name).label)
