"""Proofs of a page, the marks on them, and the signatures under the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.models import Title
from articles.validators import validate_no_control_characters
from editions.models.edition import Page
from newsroom.staff.models.handover import named_for


class ProofRound(models.Model):
    """A round of proofs as the title has them: 小样 (first proof), 大样 (page proof), 清样 (final proof)."""

    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="proof_rounds", verbose_name=_("newspaper"))
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=20)
    name_en = models.CharField(_("name in English"), max_length=40)

    class Meta:
        verbose_name = _("proof round")
        verbose_name_plural = _("proof rounds")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                name="proof_round_order_unique",
                fields=["title", "order"],
                violation_error_message=_("There is a round with this number already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name


class SignatureKind(models.TextChoices):
    """In what capacity a page is signed: 校对, 责任编辑, 值班总编."""

    PROOFREADER = "proofreader", _("Proofreader")
    PAGE_EDITOR = "page_editor", _("Page editor")
    EDITOR_IN_CHIEF = "editor_in_chief", _("Editor-in-chief on duty")


class PageSignatory(models.Model):
    """A signature that every page of the title needs before it goes to press.

    A title without any releases its editions to readers without a press.
    """

    title = models.ForeignKey(
        Title, on_delete=models.CASCADE, related_name="page_signatories", verbose_name=_("newspaper")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(pgettext_lazy("a capacity", "signed by"), max_length=20, choices=SignatureKind)

    class Meta:
        verbose_name = _("page signature")
        verbose_name_plural = _("page signatures")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                name="page_signatory_once",
                fields=["title", "kind"],
                violation_error_message=_("This signature is asked for already."),
            ),
            models.CheckConstraint(name="page_signatory_known", condition=Q(kind__in=SignatureKind.values)),
        ]

    def __str__(self) -> str:
        return str(SignatureKind(self.kind).label)


class Proof(models.Model):
    """A page as it was pulled (打样) in one round: what it printed, its PDF and its picture, kept as they were.

    `description` and `layout` are what `snapshot` and the engine gave; `parts` holds a digest of everything
    printed, by what it belongs to (see `printed_parts`).
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="proofs", verbose_name=_("page"))
    round = models.ForeignKey(ProofRound, on_delete=models.PROTECT, related_name="+", verbose_name=_("proof round"))
    number = models.PositiveSmallIntegerField(_("number"))
    description: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("description"))
    layout: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("layout"))
    parts: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("digests"))
    pdf = models.FileField("PDF", upload_to="proofs/%Y/%m", max_length=200)
    picture = models.FileField(_("picture"), upload_to="proofs/%Y/%m", max_length=200)
    pulled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("pulled by")
    )
    pulled_at = models.DateTimeField(_("pulled at"), default=timezone.now)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="proof_number_unique", fields=["page", "number"])]

    def __str__(self) -> str:
        return f"{self.page} {self.round} {self.number}"


_PER_CENT = [MinValueValidator(0), MaxValueValidator(100)]


class ProofMark(models.Model):
    """A rectangle on a proof, in per cent of the paper, with what is to be mended there; ticked off when it is."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, related_name="marks", verbose_name=_("proof"))
    left = models.FloatField(_("left"), validators=_PER_CENT)
    top = models.FloatField(_("top"), validators=_PER_CENT)
    width = models.FloatField(_("width"), validators=_PER_CENT)
    height = models.FloatField(_("height"), validators=_PER_CENT)
    remark = models.TextField(_("remark"), max_length=1000, validators=[validate_no_control_characters])
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled at"), null=True)

    class Meta:
        verbose_name = _("mark on a proof")
        verbose_name_plural = _("marks on proofs")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="proof_mark_on_the_paper",
                condition=Q(left__range=(0, 100), top__range=(0, 100), width__gt=0, height__gt=0)
                & Q(width__lte=100, height__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.remark[:40]


class PageSignature(models.Model):
    """A signature under a page, over everything that it printed at that moment (`parts`, by digest).

    `signed_for` names whose duty it was where the signer had it handed over.
    It holds as long as the page prints exactly that; what has changed since is what differs in `parts`. One
    that was replaced or taken back stays with its time.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="signatures", verbose_name=_("page"))
    kind = models.CharField(_("signed as"), max_length=20, choices=SignatureKind)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("a person", "signed by"),
    )
    signer_label = models.CharField(pgettext_lazy("a person", "signed by"), max_length=100)
    signed_for = models.CharField(_("signed for"), max_length=100, blank=True)
    signed_at = models.DateTimeField(pgettext_lazy("a page", "signed at"), default=timezone.now)
    parts: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("digests"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    # Since when the page is known to print something else; empty again once it prints what was signed.
    void_told_at = models.DateTimeField(_("signer told that it is void"), null=True, editable=False)

    class Meta:
        verbose_name = _("signature under a page")
        verbose_name_plural = _("signatures under pages")
        ordering = ["signed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_live_page_signature", fields=["page", "kind"], condition=Q(ended_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="page_signed_in_one_capacity", fields=["page", "signer"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(name="page_signature_kind_known", condition=Q(kind__in=SignatureKind.values)),
        ]

    def __str__(self) -> str:
        return f"{SignatureKind(self.kind).label} {self.signed_by}"

    @property
    def signed_by(self) -> str:
        """The signer's name, and for whom they stood in."""
        return named_for(self.signer_label, self.signed_for)
