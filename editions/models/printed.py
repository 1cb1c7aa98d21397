"""An edition as it went to press: kept for good, whatever becomes of its stories."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editions.models.edition import Edition, Page


class PrintedEdition(models.Model):
    """An edition released to press (付印). One taken back and released again has the next `impression`.

    `findings` are what the preflight had to say and did not block, as it was read by who released it.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="printings", verbose_name=_("edition"))
    impression = models.PositiveSmallIntegerField(_("impression"), default=1)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("released by")
    )
    released_at = models.DateTimeField(_("released at"), default=timezone.now)
    findings: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        _("findings"), default=list
    )

    class Meta:
        verbose_name = _("printed edition")
        verbose_name_plural = _("printed editions")
        ordering = ["-impression"]
        constraints = [models.UniqueConstraint(name="impression_unique", fields=["edition", "impression"])]

    def __str__(self) -> str:
        return f"{self.edition} · {self.impression}"


class PrintedPage(models.Model):
    """A page as printed: the frozen description it was set from, its layout, and the digests of its parts."""

    printing = models.ForeignKey(
        PrintedEdition, on_delete=models.PROTECT, related_name="pages", verbose_name=_("printed edition")
    )
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="printings", verbose_name=_("page"))
    description: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("description"))
    layout: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("layout"))
    parts: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("digests"))

    class Meta:
        verbose_name = _("printed page")
        verbose_name_plural = _("printed pages")
        ordering = ["page__order"]
        constraints = [models.UniqueConstraint(name="printed_page_once", fields=["printing", "page"])]

    def __str__(self) -> str:
        return f"{self.printing_id} {self.page}"


class PrintedFileKind(models.TextChoices):
    """The files made of a printed page; an edition as a whole has the two PDFs."""

    PRESS_PDF = "press_pdf", _("Press PDF")
    READER_PDF = "reader_pdf", _("Reader's PDF")
    LARGE_WEBP = "large_webp", _("Page image, large, WebP")
    LARGE_PNG = "large_png", _("Page image, large, PNG")
    MIDDLE_WEBP = "mid_webp", _("Page image, middle, WebP")
    SMALL_WEBP = "small_webp", _("Page image, small, WebP")
    SMALL_PNG = "small_png", _("Page image, small, PNG")


class PrintedFile(models.Model):
    """One file of a printing: of one page, or where `page` is None of the whole edition."""

    printing = models.ForeignKey(
        PrintedEdition, on_delete=models.PROTECT, related_name="files", verbose_name=_("printed edition")
    )
    page = models.ForeignKey(
        PrintedPage, on_delete=models.PROTECT, null=True, related_name="files", verbose_name=_("printed page")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=PrintedFileKind)
    file = models.FileField(_("file"), upload_to="printed/%Y/%m", max_length=200)

    class Meta:
        verbose_name = _("printed file")
        verbose_name_plural = _("printed files")
        constraints = [
            models.UniqueConstraint(name="printed_file_once", fields=["printing", "page", "kind"]),
            # To a database no two missing pages are the same one.
            models.UniqueConstraint(
                name="printed_file_of_edition_once", fields=["printing", "kind"], condition=Q(page__isnull=True)
            ),
            models.CheckConstraint(name="printed_file_kind_known", condition=Q(kind__in=PrintedFileKind.values)),
        ]

    def __str__(self) -> str:
        return str(PrintedFileKind(self.kind).label)
