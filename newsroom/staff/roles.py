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

# Who may stand in for whom for some hours: whoever holds one of these roles, in whatever section, in their own right.
# A step of the review goes to those who sign it or a later one; the last has none after it and goes to a desk chief
# too. What signs no story goes to those who do such work.
STAND_INS: dict[str, frozenset[Role]] = {
    Role.SECTION_EDITOR: frozenset(SIGNING_ROLES),
    Role.DESK_CHIEF: frozenset({Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}),
    Role.EDITOR_IN_CHIEF: frozenset({Role.DESK_CHIEF, Role.EDITOR_IN_CHIEF}),
    Role.REPORTER: WRITING_ROLES,
    Role.PHOTOGRAPHER: WRITING_ROLES,
    Role.PAGE_DESIGNER: frozenset({Role.PAGE_DESIGNER, Role.PROOFREADER, *SIGNING_ROLES}),
    Role.PROOFREADER: frozenset({Role.PAGE_DESIGNER, Role.PROOFREADER, *SIGNING_ROLES}),
}
