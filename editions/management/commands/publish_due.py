"""Release what is due, clear away what was withdrawn, tell of what is late: for the clock, every minute, from as many
machines as it likes.
"""

from __future__ import annotations

from django.utils import timezone

from articles.late import tell_of_late_stories
from articles.models.purge import Receiver
from articles.publishing import release_due_stories
from articles.purging import send_due
from editions.following import take_withdrawn_from_pages
from editions.management.looking import LookingCommand
from editions.publishing import release_due_editions


class Command(LookingCommand):
    help = (
        "Publish the editions and stories whose minute has come, clear away the public files that a withdrawal or a "
        "correction could not remove at once, blank what was withdrawn in the pictures of pages and tell of what is "
        "late. Safe to run in several processes at once."
    )

    def look(self) -> list[str]:
        """Do what is due now; returns a line for each thing that was refused or did not succeed."""
        now = timezone.now()
        editions, refused_editions = release_due_editions(now)
        stories, refused_stories = release_due_stories(now)
        for edition in editions:
            self.stdout.write(f"edition {edition}")
        for story in stories:
            self.stdout.write(f"story {story.pk} {story}")
        taken, standing = take_withdrawn_from_pages()
        for number in taken:
            self.stdout.write(f"withdrawn story {number} taken from its page")
        _cleared, uncleared = send_due(Receiver.STORE)
        for story in tell_of_late_stories(now):
            self.stdout.write(f"late {story.pk} {story}")
        return [
            *(f"edition {edition}: {why}" for edition, why in refused_editions),
            *(f"story {number}: {why}" for number, why in refused_stories),
            *(f"withdrawn story {number}: {why}" for number, why in standing),
            *uncleared,
        ]
