"""The roles a person can hold: data, no code that decides anything."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody is in the newsroom; a person can hold several.

    Section editor (编辑, signs 一审) and desk chief (主任, signs 二审) hold theirs for named sections; the
    editor-in-chief on duty (值班总编) signs 三审 and thereby releases (签发).
    """

    REPORTER = "reporter", _("Reporter")
    PHOTOGRAPHER = "photographer", _("Photographer")
    SECTION_EDITOR = "section_editor", _("Section editor")
    DESK_CHIEF = "desk_chief", _("Desk chief")
    EDITOR_IN_CHIEF = "editor_in_chief", _("Editor-in-chief on duty")
    PAGE_DESIGNER = "page_designer", _("Page designer")
    PROOFREADER = "proofreader", _("Proofreader")
    ADMINISTRATOR = "administrator", _("Administrator")


SECTION_ROLES = frozenset({Role.SECTION_EDITOR, Role.DESK_CHIEF})
SIGNING_ROLES = (Role.SECTION_EDITOR, Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF)
WRITING_ROLES = frozenset({Role.REPORTER, Role.PHOTOGRAPHER, *SIGNING_ROLES})
ADMIN_SITE_ROLES = frozenset({Role.ADMINISTRATOR, *SIGNING_ROLES})
