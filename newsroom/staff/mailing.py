"""Notices by mail: gathered by person, sent once, tried again with growing pauses, given up after some days.

A notice is taken up in a transaction of its own before anything is sent, so no database lock waits for a mail
server and no two processes send the same. A process that is cut off between the two leaves a notice of which
nobody knows whether it went out; it is not sent again.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext, override

from newsroom.dates import zoned_moment
from newsroom.staff.models import MailState, Notice, User

# Minutes until the next attempt, by how many were made; the last one again and again.
PAUSES = (1, 5, 15, 60, 240)
GIVEN_UP_AFTER = datetime.timedelta(days=3)
# What a process took up so long ago and neither sent nor gave back was cut off.
CUT_OFF_AFTER = datetime.timedelta(hours=1)
MOST_IN_A_MAIL = 50

# Where each of these notices' things is read by the person, in the language that is active; empty where nowhere.
Addresses = Callable[[User, Sequence[Notice]], Sequence[str]]


@dataclass
class Outcome:
    """What one look at the mails did: to whom they went, and lines about what did not."""

    sent: list[User]
    problems: list[str]


def send_due(now: datetime.datetime, addresses: Addresses) -> Outcome:
    """Mail what is due at `now`, one mail a person."""
    outcome = Outcome([], _give_up_cut_off(now))
    due = Notice.objects.filter(mail_state=MailState.DUE, mail_at__lte=now)
    for number in sorted(set(due.values_list("recipient", flat=True))):
        taken = _take_up(due.filter(recipient=number), now)
        if taken:
            _send(User.objects.get(pk=number), taken, addresses, now, outcome)
    return outcome


def _give_up_cut_off(now: datetime.datetime) -> list[str]:
    """Give up what a process that is gone had taken up; a line for each."""
    stuck = Notice.objects.filter(mail_state=MailState.SENDING, mail_at__lte=now - CUT_OFF_AFTER)
    given_up = list(stuck)
    _give_up(stuck.filter(pk__in=[notice.pk for notice in given_up]))
    return [f"notice {notice.pk}: cut off while it was mailed; not sent again" for notice in given_up]


def _take_up(due: QuerySet[Notice], now: datetime.datetime) -> list[Notice]:
    """Take these up, the oldest first; what another process is taking up at this moment is left to it."""
    with transaction.atomic():
        taken = list(due.select_for_update(skip_locked=True).order_by("pk")[:MOST_IN_A_MAIL])
        Notice.objects.filter(pk__in=[notice.pk for notice in taken]).update(
            mail_state=MailState.SENDING, mail_at=now, mail_tries=F("mail_tries") + 1
        )
    return taken


def _send(person: User, taken: list[Notice], addresses: Addresses, now: datetime.datetime, outcome: Outcome) -> None:
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in taken])
    if not (person.is_active and person.email):
        _give_up(rows)
        return
    try:
        _message(person, taken, addresses).send()
    except (SMTPException, OSError) as error:
        outcome.problems += _put_off(person, taken, now, error)
    else:
        _note_sent(rows)
        outcome.sent.append(person)


def _put_off(person: User, taken: list[Notice], now: datetime.datetime, error: Exception) -> list[str]:
    """Try again later, each by how often it was tried; give up what is too old. A line for the log, or two."""
    problems = [f"{person.username}: {type(error).__name__} {error}"]
    for notice in taken:
        if notice.at <= now - GIVEN_UP_AFTER:
            _give_up(Notice.objects.filter(pk=notice.pk))
            problems.append(f"notice {notice.pk}: given up after {notice.mail_tries + 1} attempts")
        else:
            pause = datetime.timedelta(minutes=PAUSES[min(notice.mail_tries, len(PAUSES) - 1)])
            Notice.objects.filter(pk=notice.pk).update(mail_state=MailState.DUE, mail_at=now + pause)
    return problems


def _give_up(notices: QuerySet[Notice]) -> None:
    """Mail these no more. What was wanted by mail alone is shown in the desk, for it was asked for."""
    notices.update(mail_state=MailState.GIVEN_UP, in_desk=True)


def _note_sent(notices: QuerySet[Notice]) -> None:
    """These have gone out. What was wanted by mail alone is read with that: what is unread is never forgotten."""
    by_mail_alone = When(in_desk=False, then=Value(timezone.now()))
    notices.update(mail_state=MailState.SENT, read_at=Case(by_mail_alone, default=F("read_at")))


def _message(person: User, notices: Sequence[Notice], addresses: Addresses) -> EmailMessage:
    """Plain text in the person's language; the subject names the thing, or how many there are."""
    with override(person.language):
        links = [address and settings.SITE_ADDRESS + address for address in addresses(person, notices)]
        times = [zoned_moment(notice.at) for notice in notices]
        context = {"person": person, "rows": list(zip(notices, times, links, strict=True))}
        body = render_to_string("desk/notices_mail.txt", context)
        subject = str(notices[0])
        if len(notices) > 1:
            subject = ngettext("%(first)s and %(count)s more", "%(first)s and %(count)s more", len(notices) - 1) % {
                "first": subject,
                "count": len(notices) - 1,
            }
    return EmailMessage(" ".join(subject.split()), body, to=[person.email])
