"""What a story was at each save, and who signed which of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article
from articles.models.title import step_name
from newsroom.staff.models import User
from newsroom.staff.models.handover import named_for
from newsroom.staff.roles import Role


class Revision(models.Model):
    """The whole content of a story after one save; `number` is the version it made.

    `based_on` is the version that its writer continued: where that is not the one before, the save was merged
    with what others had saved meanwhile. `attempt` is the name that its sender gave the save, so that whoever
    lost the answer can say what they continue. `autosaved` where no person pressed a button.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions", verbose_name=_("story"))
    number = models.PositiveIntegerField(pgettext_lazy("of a text", "version"))
    content = models.JSONField(_("content"))
    content_hash = models.CharField(_("content hash"), max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("author"),
    )
    author_label = models.CharField(_("author"), max_length=100)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    based_on = models.PositiveIntegerField(_("based on version"), null=True)
    attempt = models.UUIDField(_("attempt"), null=True)
    autosaved = models.BooleanField(_("saved by itself"), default=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        indexes = [models.Index(name="revision_autosaved", fields=["saved_at"], condition=Q(autosaved=True))]
        constraints = [models.UniqueConstraint(name="revision_number_unique", fields=["article", "number"])]

    def __str__(self) -> str:
        return str(_("version %(number)s") % {"number": self.number})

    def author_told_to(self, user: User) -> str:
        """Whose version it is, in words for `user`."""
        return str(_("you (in another window)")) if self.author_id == user.pk else self.author_label

    @property
    def is_merged(self) -> bool:
        """Whether its writer had not seen the version before it."""
        return self.based_on is not None and self.based_on != self.number - 1


class VoidReason(models.TextChoices):
    """Why a signature does not stand any more."""

    EDITED = "edited", _("the text was edited afterwards")
    RETURNED = "returned", _("the story was returned")
    RESUBMITTED = "resubmitted", _("the story was submitted anew")
    SPIKED = "spiked", _("the story was spiked")
    STEPS = "steps", _("the steps of the review were changed")
    WITHDRAWN = "withdrawn", _("the story was withdrawn")
    TAKEN_BACK = "taken_back", _("the signer took it back")


class Signature(models.Model):
    """One person's name under one step of the review: it covers the content with this hash, and no other.

    A signature that no longer stands (the story was returned, or edited after the last one) keeps its row
    with the time and the reason it became void. `signed_for` names whose duty it was where the signer had it
    handed over for the night.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="signatures", verbose_name=_("story"))
    step = models.PositiveSmallIntegerField(_("step"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("revision")
    )
    content_hash = models.CharField(_("content hash"), max_length=64)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("signer"),
    )
    signer_label = models.CharField(_("signer"), max_length=100)
    signed_for = models.CharField(_("signed for"), max_length=100, blank=True)
    signed_at = models.DateTimeField(_("signed at"), default=timezone.now)
    # Where the story stood when it was signed: what taking the signature back leads back to.
    stood: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        _("signed as it was"), default=dict, editable=False
    )
    voided_at = models.DateTimeField(_("void since"), null=True)
    void_reason = models.CharField(_("void because"), max_length=20, blank=True, choices=VoidReason)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_live_signature_a_step",
                fields=["article", "step"],
                condition=Q(voided_at__isnull=True),
                violation_error_message=_("This step is signed already."),
            ),
            models.UniqueConstraint(
                name="reviews_by_different_people",
                fields=["article", "signer"],
                condition=Q(voided_at__isnull=True),
                violation_error_message=_("No person signs two steps of one story."),
            ),
        ]

    def __str__(self) -> str:
        return f"{step_name(self.step)} {self.signed_by}"

    @property
    def signed_by(self) -> str:
        """The signer's name, and for whom they stood in."""
        return named_for(self.signer_label, self.signed_for)
