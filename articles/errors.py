"""What a service refuses, each with a sentence for the person who asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from articles.models import Photo, Revision
    from articles.text.merging import Merge
    from newsroom.staff.models import User


class Refusal(Exception):
    """Something asked of the desk was refused; `str()` is the sentence to show, in the user's language."""


class NotAllowed(Refusal):
    """This person may not do this to this thing now."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("You may not do this."))


class IllegalTransition(Refusal):
    """The verb does not follow from the state the story is in."""


class Stale(Refusal):
    """The thing was changed by somebody else since it was shown."""


class StaleVersion(Stale):
    """The story was changed or moved since the page the request came from was shown.

    `current` is the revision that stands now, for comparing the two texts; after a save `merge` is what could be
    merged and what somebody has to choose. `sentence` says to `user` what happened, where more is known than that it
    did.
    """

    def __init__(self, current: Revision, user: User, merge: Merge | None = None, *, sentence: str = "") -> None:
        self.current, self.merge = current, merge
        super().__init__(sentence or what_stands(current, user))


def what_stands(current: Revision, user: User) -> str:
    """For `user`, that a story has changed, and whose version of it stands."""
    words = _("Meanwhile this story has changed: version %(number)s by %(who)s stands. Nothing was overwritten.")
    return words % {"number": current.number, "who": current.author_told_to(user)}


class StalePhoto(Stale):
    """What is said of a photo was changed by `who` since it was shown; `standing` is what stands there now, by
    field.
    """

    def __init__(self, standing: Mapping[str, Any], who: str) -> None:
        self.standing, self.who = standing, who
        super().__init__(_("Meanwhile %(who)s changed the same. Nothing was saved.") % {"who": who})


class StaleFraming(Stale):
    """A photo was framed by `who` since it was shown; `standing` is the photo as it is framed now."""

    def __init__(self, standing: Photo, who: str) -> None:
        self.standing, self.who = standing, who
        super().__init__(_("Meanwhile %(who)s framed this photo. Nothing was overwritten.") % {"who": who})


class StaleTimes(Stale):
    """Embargo and schedule of a story were set by `who` since they were shown; `standing` says in words what stands."""

    def __init__(self, who: str, standing: str) -> None:
        words = _("Meanwhile %(who)s set these times: %(times)s. Nothing was overwritten.")
        super().__init__(words % {"who": who, "times": standing})


class WouldReopen(Refusal):
    """What saves by itself would have reopened a review that is over; a person's own save may."""

    def __init__(self) -> None:
        super().__init__(
            _("This story is signed off: saving it reopens the final review, so it is not saved by itself.")
        )


class Incomplete(Refusal):
    """Something that must be there is missing; the sentence names it."""


class NotYet(Refusal):
    """An embargo or a schedule forbids the release before its time."""


class SignatureBroken(Refusal):
    """What would be released is not what was signed."""


class RightsExpired(Refusal):
    """A photo may no longer be used."""
