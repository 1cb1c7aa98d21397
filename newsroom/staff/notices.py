"""Telling people what happened: written with the act itself, read in the desk, mailed by the clock."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import override

from newsroom.staff.models import Notice, NoticeChoice, NoticeKind, User


def tell(
    people: Iterable[User], kind: NoticeKind, about: models.Model, *, by: User | None = None, text: str = ""
) -> None:
    """Write one notice for each of `people` who wants this kind, inside the transaction of the act itself.

    Nobody is told of what they did themselves (`by`, None where the clock did it). `text` is what somebody
    said with the act: a reason, a remark. At most two queries, none for nobody.
    """
    recipients = {person.pk: person for person in people if by is None or person.pk != by.pk}
    if not recipients:
        return
    chosen = {c.user_id: c for c in NoticeChoice.objects.filter(user__in=recipients, kind=kind)}
    with override(settings.LANGUAGE_CODE):  # Like the audit trail: one language, whatever its readers read.
        label = str(about)[:250]
    Notice.objects.bulk_create(
        Notice(
            recipient_id=number,
            kind=kind,
            target_type=about._meta.label_lower,
            target_id=about.pk,
            target_label=label,
            text=text[:300],
            by_label=str(by) if by else "",
            mail_due=number in chosen and chosen[number].by_mail,
        )
        for number in recipients
        if number not in chosen or chosen[number].in_desk or chosen[number].by_mail
    )
