"""The acts the audit trail knows; an act that is not in this list is refused."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Act(TextChoices):
    """One thing done to a story, a photo, an edition or a person."""

    STORY_CREATE = "story.create", _("filed")
    STORY_EDIT = "story.edit", _("edited")
    STORY_SUBMIT = "story.submit", _("submitted")
    STORY_RECALL = "story.recall", _("recalled")
    STORY_SIGN = "story.sign", _("signed")
    STORY_RETURN = "story.return", _("returned")
    STORY_SPIKE = "story.spike", _("spiked")
    STORY_REVIVE = "story.revive", _("revived")
    STORY_REOPEN = "story.reopen", _("reopened by a change of the review's steps")
    STORY_TIME = "story.time", _("set embargo and schedule")
    STORY_PUBLISH = "story.publish", _("published")
    STORY_CORRECT = "story.correct", _("opened a correction")
    STORY_WITHDRAW = "story.withdraw", _("withdrew")
    CONTRIBUTOR_ADD = "contributor.add", _("added a contributor")
    PHOTO_ADD = "photo.add", _("added a photo")
    PHOTO_EDIT = "photo.edit", _("edited a photo")
    EDITION_OPEN = "edition.open", _("opened an edition")
    EDITION_EDIT = "edition.edit", _("changed an edition")
    EDITION_PRESS = "edition.press", _("released an edition to press")
    EDITION_TAKE_BACK = "edition.take_back", _("took an edition back from press")
    EDITION_PUBLISH = "edition.publish", _("published an edition")
    PAGE_EDIT = "page.edit", _("changed a page")
    PAGE_PLACE = "page.place", _("placed")
    PAGE_MOVE = "page.move", _("moved")
    PAGE_REMOVE = "page.remove", _("took off the page")
    PAGE_ARRANGE = "page.arrange", _("laid out")
    PAGE_CONTINUE = "page.continue", _("continued on another page")
    PAGE_SEND = "page.send", _("sent to another page")
    PAGE_SIGN = "page.sign", _("signed a page")
    PAGE_UNSIGN = "page.unsign", _("took a signature under a page back")
    PROOF_PULL = "proof.pull", _("pulled a proof")
    PROOF_MARK = "proof.mark", _("marked a proof")
    PROOF_SETTLE = "proof.settle", _("ticked a mark off")
    PROOF_REOPEN = "proof.reopen", _("opened a mark again")
    STAFF_EDIT = "staff.edit", _("changed a person")
    SETTINGS_EDIT = "settings.edit", _("changed a setting")
