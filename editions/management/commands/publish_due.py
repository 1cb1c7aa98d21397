"""Release what is due and tell of what is late: for the clock, every minute, from as many machines as it likes."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from articles.late import tell_of_late_stories
from articles.publishing import release_due_stories
from editions.publishing import release_due_editions


class Command(BaseCommand):
    help = (
        "Publish the editions and stories whose minute has come, and tell of what is late. "
        "Safe to run in several processes at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--watch", action="store_true", help="stay and look again every 20 seconds, instead of once"
        )

    def handle(self, *_args: Any, watch: bool, **_options: Any) -> None:
        while watch:
            close_old_connections()
            for problem in self._release_or_say():
                self.stderr.write(problem)
            time.sleep(20)
        problems = self._release()
        if problems:
            raise CommandError("\n".join(problems))

    def _release_or_say(self) -> list[str]:
        """As `_release`; a database that does not answer is waited for."""
        try:
            return self._release()
        except DatabaseError as error:
            return [str(error)]

    def _release(self) -> list[str]:
        """Release what is due now, and tell of what is late; returns a line for each thing that was refused."""
        now = timezone.now()
        editions, refused_editions = release_due_editions(now)
        stories, refused_stories = release_due_stories(now)
        for edition in editions:
            self.stdout.write(f"edition {edition}")
        for story in stories:
            self.stdout.write(f"story {story.pk} {story}")
        for story in tell_of_late_stories(now):
            self.stdout.write(f"late {story.pk} {story}")
        return [f"edition {edition}: {why}" for edition, why in refused_editions] + [
            f"story {number}: {why}" for number, why in refused_stories
        ]
