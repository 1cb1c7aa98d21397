"""Notices: what a person is told of without asking, and which of it they want."""

from __future__ import annotations

from typing import ClassVar

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
    CORRECTED = "corrected", _("a correction of a story of mine was opened")
    SPIKED = "spiked", _("a story of mine was spiked")
    WITHDRAWN = "withdrawn", _("a story of mine was withdrawn")
    REVIVED = "revived", _("a story of mine was revived")
    ASSIGNED = "assigned", _("an assignment was given, accepted or declined")
    DECIDED = "decided", _("a topic of mine was approved, turned down or dropped")
    HANDED_OVER = "handed_over", _("a duty was handed over to me")
    TAKEN_BACK = "taken_back", _("a duty that was handed over to me ended before its time")


# How a notice begins, before the name of the thing.
HEADS = {
    NoticeKind.RETURNED: pgettext_lazy("a notice", "Returned"),
    NoticeKind.SIGNED: pgettext_lazy("a notice", "Signed"),
    NoticeKind.REMARKED: pgettext_lazy("a notice", "Remark"),
    NoticeKind.AWAITED: pgettext_lazy("a notice", "Awaits your signature"),
    NoticeKind.LATE: pgettext_lazy("a notice", "Late"),
    NoticeKind.VOIDED: pgettext_lazy("a notice", "Your signature is void"),
    NoticeKind.PUBLISHED: pgettext_lazy("a notice", "Published"),
    NoticeKind.CORRECTED: pgettext_lazy("a notice", "Correction opened"),
    NoticeKind.SPIKED: pgettext_lazy("a notice", "Spiked"),
    NoticeKind.WITHDRAWN: pgettext_lazy("a notice", "Withdrawn"),
    NoticeKind.REVIVED: pgettext_lazy("a notice", "Revived"),
    NoticeKind.ASSIGNED: pgettext_lazy("a notice", "Assignment"),
    NoticeKind.DECIDED: pgettext_lazy("a notice", "Topic"),
    NoticeKind.HANDED_OVER: pgettext_lazy("a notice", "Duty handed over"),
    NoticeKind.TAKEN_BACK: pgettext_lazy("a notice", "Duty taken back"),
}


class MailState(models.TextChoices):
    """Where the mail of a notice stands.

    SENDING was taken up by a process; one that stays so was cut off half-way, and nobody knows whether the mail
    went out: it is given up rather than sent twice.
    """

    NONE = "none", _("not by mail")
    DUE = "due", _("to be mailed")
    SENDING = "sending", _("being mailed")
    SENT = "sent", _("mailed")
    GIVEN_UP = "given_up", _("could not be mailed")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices as their readers see them."""

    def shown_to(self, user: models.Model) -> NoticeQuerySet:
        """Those that the desk shows to `user`, newest first: what somebody wants by mail alone is not there."""
        return self.filter(recipient=user.pk, in_desk=True).order_by("-id")

    def unread(self) -> NoticeQuerySet:
        return self.filter(in_desk=True, read_at__isnull=True)


class Notice(models.Model):
    """One thing that one person is told: what happened, to what, by whom.

    The thing is kept as type, number and label without a foreign key, like a row of the audit trail, so that
    a notice outlives it; `anchor` names the place on its page that is meant, where it is not the whole. `mail_at` is
    when its mail is to be tried next, or was taken up last.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind)
    target_type = models.CharField(_("kind of thing"), max_length=60)
    target_id = models.BigIntegerField(_("number"))
    target_label = models.CharField(pgettext_lazy("audit trail", "about"), max_length=250)
    anchor = models.CharField(_("place on its page"), max_length=40, blank=True)
    text = models.CharField(_("what was said"), max_length=300, blank=True)
    by_label = models.CharField(_("who"), max_length=100, blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now)
    in_desk = models.BooleanField(_("in the desk"), default=True)
    read_at = models.DateTimeField(_("read at"), null=True)
    mail_state = models.CharField(_("mail"), max_length=10, choices=MailState, default=MailState.NONE)
    mail_at = models.DateTimeField(_("mail tried at"), null=True)
    mail_tries = models.PositiveSmallIntegerField(_("attempts to mail"), default=0)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_by_recipient"),
            models.Index(
                fields=["recipient", "id"],
                name="notice_unread",
                condition=models.Q(read_at__isnull=True, in_desk=True),
            ),
            models.Index(
                fields=["target_type", "target_id"],
                name="notice_unread_about",
                condition=models.Q(read_at__isnull=True),
            ),
            models.Index(fields=["read_at"], name="notice_read", condition=models.Q(read_at__isnull=False)),
            models.Index(
                fields=["mail_at"],
                name="notice_to_mail",
                condition=models.Q(mail_state__in=[MailState.DUE, MailState.SENDING]),
            ),
        ]
        constraints = [
            models.CheckConstraint(name="notice_kind_known", condition=models.Q(kind__in=NoticeKind.values)),
            models.CheckConstraint(name="notice_mail_state_known", condition=models.Q(mail_state__in=MailState.values)),
            models.CheckConstraint(
                name="notice_mail_has_its_time",
                condition=models.Q(mail_state=MailState.NONE) | models.Q(mail_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(label)s: %(text)s") % {"label": self.head, "text": self.target_label})

    @property
    def head(self) -> str:
        """What happened, in a word or two."""
        return str(HEADS[NoticeKind(self.kind)])


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
