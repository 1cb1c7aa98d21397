"""Commands that see to what is due: once, or again and again as a service."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections


class LookingCommand(BaseCommand):
    """Looks once, and fails with what was refused; with --watch it stays, says it and looks again."""

    pause = 20
    """Seconds between two looks."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--watch", action="store_true", help=f"stay and look again every {self.pause} seconds, instead of once"
        )

    def handle(self, *_args: Any, watch: bool, **_options: Any) -> None:
        while watch:
            close_old_connections()
            for problem in self._look_or_say():
                self.stderr.write(problem)
            time.sleep(self.pause)
        problems = self.look()
        if problems:
            raise CommandError("\n".join(problems))

    def look(self) -> list[str]:
        """Do what is due now; returns a line for each thing that was refused."""
        raise NotImplementedError

    def _look_or_say(self) -> list[str]:
        """As `look`; a database that does not answer is waited for."""
        try:
            return self.look()
        except DatabaseError as error:
            return [str(error)]
