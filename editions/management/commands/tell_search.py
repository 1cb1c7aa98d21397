"""Tell the search server what it does not know yet: for the clock, from as many machines as it likes."""

from __future__ import annotations

from articles.search.server import deliver
from articles.search.stores import StoreFailed
from editions.management.looking import LookingCommand


class Command(LookingCommand):
    help = "Tell the search server, where there is one, what was published. Safe to run in several processes at once."
    # Readers wait for it.
    pause = 1

    def look(self) -> list[str]:
        """Tell what has to be told now; returns a line where the server did not take it."""
        try:
            told = deliver()
        except StoreFailed as failure:
            return [f"the search server could not be told: {failure}"]
        if told:
            self.stdout.write(f"{told} stories told")
        return []
