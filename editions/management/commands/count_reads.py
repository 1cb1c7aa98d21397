"""Count what was read, from the log that the web server writes: for the clock."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from articles.readership.counting import count_reads
from articles.readership.most_read import renew_most_read
from editions.management.looking import LookingCommand


class Command(LookingCommand):
    help = "Count the log of reads and renew what readers see as read most. Safe to run in several processes at once."

    def look(self) -> list[str]:
        """Count what came since the last look; a log that cannot be read is said."""
        try:
            count = count_reads(settings.READS_LOG)
        except OSError as error:
            return [str(error)]
        if count:
            self.stdout.write(f"{count} read")
        renew_most_read(timezone.now())
        return []
