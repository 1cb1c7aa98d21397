"""What nobody does at the moment it happens: telling of void signatures, mailing, forgetting; for the clock."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from editions.management.looking import LookingCommand
from editions.noticing import tell_of_void_signatures
from editions.whereabouts import address_of, readable_of, thing_of
from newsroom.staff.mailing import send_due
from newsroom.staff.models import Notice, User
from newsroom.staff.notices import forget_old


class Command(LookingCommand):
    help = "Tell of void page signatures, mail the notices that are due. Safe to run in several processes at once."

    def look(self) -> list[str]:
        """Do what is due now; returns a line for each mail that did not go out."""
        now = timezone.now()
        for signature in tell_of_void_signatures():
            self.stdout.write(f"void signature {signature.pk} {signature}")
        outcome = send_due(now, _addresses)
        for person in outcome.sent:
            self.stdout.write(f"mail {person.username}")
        forget_old(now)
        return outcome.problems


def _addresses(person: User, notices: Sequence[Notice]) -> list[str]:
    readable = readable_of(person, map(thing_of, notices))
    return [address_of(notice, readable) for notice in notices]
