"""Photos as they were taken in, and the renditions made of them once."""

from __future__ import annotations

import datetime
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.pictures import crops
from articles.pictures.crops import Framing, Part
from articles.pictures.likeness import BANDS
from articles.pictures.print_size import width_in_print
from articles.querysets import Band
from articles.validators import validate_near_moment, validate_no_control_characters

# In characters; what an upload may be called at most.
FILE_NAME_LENGTH = 255
# How long before its rights run out a photo says so, in days.
ENDING_WITHIN = datetime.timedelta(days=30)


class RenditionName(models.TextChoices):
    """The sizes made of every photo; `photos.RENDITION_WIDTHS` says how wide each is."""

    THUMBNAIL = "thumbnail", _("thumbnail")
    PREVIEW = "preview", _("preview")
    LARGE = "large", _("large")


class ScreenFormat(models.TextChoices):
    """What a browser is offered, the smaller one first; the values end file names."""

    AVIF = "avif", "AVIF"
    WEBP = "webp", "WebP"


class Photo(models.Model):
    """A photo on the desk. The original is kept byte for byte in the private store and is never served to
    readers; what they get is a rendition without metadata.

    Four different fields: caption (图说), credit (摄), source (agency) and rights (terms, expiry); `byline` names who
    took it, `people` who is shown in it, `credit` is the line that is printed. Names and keywords stand in one
    line, commas between them.
    `focal_x` and `focal_y` are the point that every crop keeps, in per cent of the upright photo; `crops` holds by
    name of a house ratio (`crops.RATIOS`) the edges of those set by hand. `likeness` is the hash by which the same
    picture is found again (`likeness.py`), `searched` what a search by words looks through. `file_name` is what its
    file was called where it came from; empty where that is not known.
    """

    original = models.FileField(_("original"), upload_to="originals/%Y/%m", max_length=200, editable=False)
    file_name = models.CharField(_("file name"), max_length=FILE_NAME_LENGTH, default="", editable=False)
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
    headline = models.CharField(_("headline"), max_length=200, blank=True, validators=[validate_no_control_characters])
    byline = models.CharField(_("taken by"), max_length=200, blank=True, validators=[validate_no_control_characters])
    people = models.CharField(
        _("people shown"), max_length=500, blank=True, validators=[validate_no_control_characters]
    )
    keywords = models.CharField(_("keywords"), max_length=500, blank=True, validators=[validate_no_control_characters])
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

    focal_x = models.PositiveSmallIntegerField(_("focal point from the left"), default=50)
    focal_y = models.PositiveSmallIntegerField(_("focal point from the top"), default=50)
    crops: models.JSONField[dict[str, list[float]], dict[str, list[float]]] = models.JSONField(
        _("crops set by hand"), default=dict, blank=True
    )
    likeness = models.BigIntegerField(_("likeness"), null=True, editable=False)
    searched = models.TextField(default="", editable=False)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["rights_expire_on"], name="photo_rights", condition=Q(rights_expire_on__isnull=False)),
            *(models.Index(Band("likeness", shift, mask), name=f"photo_likeness_{shift}") for shift, mask in BANDS),
        ]
        constraints = [
            models.CheckConstraint(
                name="photo_focal_point_on_it",
                condition=Q(focal_x__lte=100, focal_y__lte=100),
                violation_error_message=_("The focal point lies on the photo."),
            ),
        ]

    def __str__(self) -> str:
        return self.caption[:40] or _("Photo %(number)s") % {"number": self.pk}

    @property
    def width_in_print(self) -> int:
        """Up to how many millimetres across it has dots enough for newsprint."""
        return width_in_print(self.width)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height

    @property
    def focal_point(self) -> Framing:
        return Framing(self.focal_x, self.focal_y)

    @cached_property
    def shown_parts(self) -> dict[str, Part]:
        """What each house ratio shows of it: as set by hand, else around the focal point."""
        return crops.parts_of(self.size, self.focal_point, self.crops)

    @property
    def framing_seen(self) -> str:
        """What somebody who frames the photo has before their eyes: its focal point and the crops set by hand."""
        return json.dumps([self.focal_x, self.focal_y, self.crops], sort_keys=True)

    def rights_ended(self, before: datetime.date) -> datetime.date | None:
        """The last day of the rights, where it lies before the day `before`: then it may not be printed any more."""
        last = self.rights_expire_on
        return last if last is not None and last < before else None

    def rights_end_soon(self, on: datetime.date) -> bool:
        """Whether the rights hold on the day `on` and run out within `ENDING_WITHIN`."""
        return self.rights_expire_on is not None and on <= self.rights_expire_on <= on + ENDING_WITHIN


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


class ScreenRendition(models.Model):
    """A photo in one of the widths that screens ask for, made once when it is taken in; as bare as a rendition."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="screen_renditions")
    format = models.CharField(_("format"), max_length=4, choices=ScreenFormat)
    file = models.FileField(upload_to="renditions/%Y/%m", max_length=200)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))

    class Meta:
        verbose_name = _("rendition for screens")
        verbose_name_plural = _("renditions for screens")
        ordering = ["format", "width"]
        constraints = [models.UniqueConstraint(name="screen_rendition_made_once", fields=["photo", "format", "width"])]

    def __str__(self) -> str:
        return f"{self.format} {self.width}"
