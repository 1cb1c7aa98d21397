"""What nobody does at the moment it happens: telling of void signatures, mailing, forgetting; for the clock."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from editions.noticing import tell_of_void_signatures
from editions.whereabouts import address_of, readable_of, thing_of
from newsroom.staff.mailing import send_due
from newsroom.staff.models import Notice, User
from newsroom.staff.notices import forget_old

# Seconds between two looks.
PAUSE = 20


class Command(BaseCommand):
    help = "Tell of void page signatures, mail the notices that are due. Safe to run in several processes at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--watch", action="store_true", help="stay and look again every 20 seconds, instead of once"
        )

    def handle(self, *_args: Any, watch: bool, **_options: Any) -> None:
        while watch:
            close_old_connections()
            for problem in self._look_or_say():
                self.stderr.write(problem)
            time.sleep(PAUSE)
        problems = self._look()
        if problems:
            raise CommandError("\n".join(problems))

    def _look_or_say(self) -> list[str]:
        """As `_look`; a database that does not answer is waited for."""
        try:
            return self._look()
        except DatabaseError as error:
            return [str(error)]

    def _look(self) -> list[str]:
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
    things = [thing_of(notice) for notice in notices]
    readable = readable_of(person, things)
    return [address_of(thing) if thing in readable else "" for thing in things]
