"""Notices: what a person is told of without asking, and which of it they want."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NoticeKind(models.TextChoices):
    """What a person can be told of. Each is on in the desk unless they choose otherwise."""

    RETURNED = "returned", _("a story of mine was returned")
    SIGNED = "signed", _("a story of mine was signed")
    REMARKED = "remarked", _("somebody made or answered a remark")
    AWAITED = "awaited", _("a story awaits my signature")
    LATE = "late", _("something of mine is late")
    VOIDED = "voided", _("a signature of mine is void")
    PUBLISHED = "published", _("a story of mine was published")
    ASSIGNED = "assigned", _("an assignment was given, accepted or declined")
    HANDED_OVER = "handed_over", _("a duty was handed over to me")


class Notice(models.Model):
    """One thing that one person is told: what happened, to what, by whom.

    The thing is kept as type, number and label without a foreign key, like a row of the audit trail, so that
    a notice outlives it. `mail_due` marks a notice that still has to go out by mail.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind)
    target_type = models.CharField(_("kind of thing"), max_length=60)
    target_id = models.BigIntegerField(_("number"))
    target_label = models.CharField(pgettext_lazy("audit trail", "about"), max_length=250)
    text = models.CharField(_("what was said"), max_length=300, blank=True)
    by_label = models.CharField(_("who"), max_length=100, blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True)
    mail_due = models.BooleanField(_("to be mailed"), default=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_by_recipient"),
            models.Index(fields=["recipient"], name="notice_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(fields=["id"], name="notice_to_mail", condition=models.Q(mail_due=True)),
        ]
        constraints = [
            models.CheckConstraint(name="notice_kind_known", condition=models.Q(kind__in=NoticeKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target_label}"


class NoticeChoice(models.Model):
    """What a person chose about one kind of notice; where they chose nothing, it is shown and not mailed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind)
    in_desk = models.BooleanField(_("in the desk"), default=True)
    by_mail = models.BooleanField(_("by mail"), default=False)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = [models.UniqueConstraint(name="notice_chosen_once", fields=["user", "kind"])]

    def __str__(self) -> str:
        return str(self.get_kind_display())
