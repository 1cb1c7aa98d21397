"""Set the PDFs of printed pages anew from which something was withdrawn: for the clock, from as many machines as it
likes. A process of its own, so that nothing that is due waits for a typesetter.
"""

from __future__ import annotations

from editions.following import set_pdfs_anew
from editions.management.looking import LookingCommand
from editions.typeset.engine import engine


class Command(LookingCommand):
    help = (
        "Set the PDFs anew of printed pages from which something was withdrawn, and of their editions, without it. "
        "Safe to run in several processes at once."
    )

    def look(self) -> list[str]:
        """Set what waits for it now; returns a line for each edition that could not be set."""
        try:
            anew, unset = set_pdfs_anew()
        finally:
            # Weeks may go by until there is something to set again.
            engine().close()
        for published in anew:
            self.stdout.write(f"PDF of {published} without what was withdrawn")
        return [f"PDF of {published}: {why}" for published, why in unset]
