"""Release what is due and tell of what is late: for the clock, every minute, from as many machines as it likes."""

from __future__ import annotations

from django.utils import timezone

from articles.late import tell_of_late_stories
from articles.publishing import release_due_stories
from editions.management.looking import LookingCommand
from editions.publishing import release_due_editions


class Command(LookingCommand):
    help = (
        "Publish the editions and stories whose minute has come, and tell of what is late. "
        "Safe to run in several processes at once."
    )

    def look(self) -> list[str]:
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
