"""Take away old versions that saved themselves: for the clock to call once a night."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from articles.versions.thinning import thin_versions

DAYS = 14


class Command(BaseCommand):
    help = "Take away versions that saved themselves on the way to one that stays, and that nothing refers to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS, help="how long all of them stay (default: %(default)s)")

    def handle(self, *_args: Any, days: int, **_options: Any) -> None:
        gone = thin_versions(timezone.now() - datetime.timedelta(days=max(days, 1)))
        self.stdout.write(f"{gone} versions taken away")
