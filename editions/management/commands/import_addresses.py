"""Let the addresses of the paper's earlier site lead to what is here now."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from editions.moving import WrongLines, import_addresses


class Command(BaseCommand):
    help = (
        "Read a CSV (UTF-8, no heading) of former addresses, each with the number of a story or the public address of "
        "what it showed, and redirect them. All lines are taken in or none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            with file.open(encoding="utf-8-sig", newline="") as opened:
                count = import_addresses(csv.reader(opened, strict=True))
        except WrongLines as wrong:
            for line in wrong.lines:
                self.stderr.write(f"line {line.number}: {line.sentence}")
            raise CommandError(f"{len(wrong.lines)} lines are wrong: nothing was taken in.") from wrong
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{file}: {error}") from error
        self.stdout.write(f"{count} addresses")
