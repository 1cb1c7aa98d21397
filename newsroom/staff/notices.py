"""Telling people what happened: written with the act itself, read in the desk, mailed by the clock."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import override

from newsroom.staff.models import MailState, Notice, NoticeChoice, NoticeKind, User

_LONGEST = 300
KEPT_FOR = datetime.timedelta(days=90)


def tell(
    people: models.QuerySet[User] | Iterable[User],
    kind: NoticeKind,
    about: models.Model,
    *,
    by: User | None = None,
    done: str | Promise = "",
    text: str = "",
    anchor: str = "",
) -> None:
    """Write one notice for each of `people` who wants this kind, inside the transaction of the act itself.

    Nobody is told of what they did themselves (`by`, None where the clock did it), nor after they have left.
    `done` is what was done, where the kind leaves that open; `text` is what somebody said with the act: a reason,
    a remark; `anchor` the place on the thing's page that is meant, where it is not the whole. Two queries, or one
    where nobody is to be told; `people` as a query is part of the first.
    """
    if not isinstance(people, models.QuerySet):
        people = User.objects.filter(pk__in=[person.pk for person in people])
    with override(settings.LANGUAGE_CODE):  # Like the audit trail: one language, whatever its readers read.
        label = str(about)[:250]
        text = " · ".join(filter(None, [str(done), text]))
    Notice.objects.bulk_create(
        Notice(
            recipient_id=number,
            kind=kind,
            target_type=about._meta.label_lower,
            target_id=about.pk,
            target_label=label,
            anchor=anchor,
            text=_shortened(text),
            by_label=str(by) if by else "",
            in_desk=in_desk,
            **_mail(by_mail),
        )
        for number, in_desk, by_mail in _recipients(people, kind, by)
        if in_desk or by_mail
    )


def settle(kind: NoticeKind, about: models.Model, *, since: datetime.datetime | None = None) -> None:
    """Take back what is no longer so: unread notices of this kind count as read, unsent ones are not mailed. With
    `since`, those alone that were written from that moment on.
    """
    stale = Notice.objects.filter(
        kind=kind, target_type=about._meta.label_lower, target_id=about.pk, read_at__isnull=True
    )
    if since is not None:
        stale = stale.filter(at__gte=since)
    stale.update(
        read_at=timezone.now(),
        mail_state=models.Case(
            models.When(mail_state=MailState.DUE, then=models.Value(MailState.NONE)), default=F("mail_state")
        ),
    )


def read_about(about: models.Model, user: User) -> None:
    """`user` is looking at the thing, so what they were told of it is read. One query where nothing is unread."""
    told = Notice.objects.unread().filter(recipient=user, target_type=about._meta.label_lower, target_id=about.pk)
    # Looking first: to write is to wait for whoever writes.
    if told.exists():
        told.update(read_at=timezone.now())


def read_one(number: int, user: User) -> None:
    """Mark one notice of `user`'s as read; another's is not found."""
    Notice.objects.unread().filter(recipient=user, pk=number).update(read_at=timezone.now())


def read_all(user: User, *, up_to: int) -> None:
    """Mark as read whatever `user` was told up to the notice with this number, the newest that they saw."""
    Notice.objects.unread().filter(recipient=user, pk__lte=up_to).update(read_at=timezone.now())


def choose(user: User, choices: dict[str, tuple[bool, bool]], *, language: str) -> None:
    """Keep what `user` wants of each kind, (in the desk, by mail), and the language of their mails.

    Their own taste and nobody else's: it leaves no audit row.
    """
    with transaction.atomic():
        _write_choices(user, choices)
        User.objects.filter(pk=user.pk).update(language=language)


def forget_old(now: datetime.datetime) -> int:
    """Delete the notices that were read long ago; returns how many."""
    deleted, _by_model = Notice.objects.filter(read_at__lt=now - KEPT_FOR).delete()
    return deleted


def _write_choices(user: User, choices: dict[str, tuple[bool, bool]]) -> None:
    NoticeChoice.objects.bulk_create(
        [
            NoticeChoice(user=user, kind=NoticeKind(kind), in_desk=in_desk, by_mail=by_mail)
            for kind, (in_desk, by_mail) in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["in_desk", "by_mail"],
    )


def _shortened(text: str) -> str:
    """As much of it as a notice holds; the rest is read where the notice leads."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _recipients(people: models.QuerySet[User], kind: NoticeKind, by: User | None) -> Iterable[tuple[int, bool, bool]]:
    """(number, in the desk, by mail) of each who is still here; who chose nothing is told in the desk."""
    here = User.objects.filter(pk__in=people.values("pk"), is_active=True)
    others = here.exclude(pk=by.pk) if by else here
    chosen = others.annotate(
        chosen=FilteredRelation("notice_choices", condition=Q(notice_choices__kind=kind)),
    ).order_by("pk")
    rows = chosen.values_list("pk", "email", "chosen__in_desk", "chosen__by_mail")
    return [(number, *_ways(in_desk, by_mail, email)) for number, email, in_desk, by_mail in rows]


def _ways(in_desk: bool | None, by_mail: bool | None, email: str) -> tuple[bool, bool]:
    """(in the desk, by mail) as it can be done: what cannot be mailed is shown, for it was asked for."""
    can_mail = bool(settings.MAIL_IS_SET_UP and email)
    return in_desk is not False or bool(by_mail and not can_mail), bool(by_mail and can_mail)


def _mail(wanted: bool) -> dict[str, object]:
    """How the mail of a new notice stands: due at once."""
    return {"mail_state": MailState.DUE, "mail_at": timezone.now()} if wanted else {}
