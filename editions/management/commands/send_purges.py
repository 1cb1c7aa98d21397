"""Tell the CDN and the hub of feeds what to forget: for the clock, from as many machines as it likes."""

from __future__ import annotations

from articles.models.purge import Receiver
from articles.purging import send_due
from editions.management.looking import LookingCommand


class Command(LookingCommand):
    help = "Send CDN and WebSub hub the orders to forget that are due. Safe to run in several processes at once."
    # Readers wait for it.
    pause = 1

    def look(self) -> list[str]:
        """Send what is due now; returns a line for each order that was not confirmed."""
        sent, problems = send_due(Receiver.CDN, Receiver.HUB)
        for purge in sent:
            self.stdout.write(f"purge {purge.pk} {purge}")
        return problems
