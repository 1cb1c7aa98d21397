"""The audit trail, to be read."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from newsroom.staff.admin.base import ByTheRules
from newsroom.staff.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(ByTheRules):
    """Who did what to which thing, newest first."""

    list_display = ["at", "actor_label", "act", "target_label", "details"]
    list_display_links = ["at"]
    list_filter = ["act", "target_type"]
    search_fields = ["actor_label", "target_label"]
    date_hierarchy = "at"
    fields = ["at", "actor_label", "act", "target_type", "target_id", "target_label", "details"]

    @admin.display(description=_("details"))
    def details(self, entry: AuditEntry) -> str:
        """What the act was about, on one line."""
        return " · ".join(f"{name}: {value}" for name, value in entry.data.items())
