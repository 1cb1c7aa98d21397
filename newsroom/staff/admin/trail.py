"""The audit trail and the notices, to be read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsroom.staff.admin.base import ByTheRules
from newsroom.staff.models import AuditEntry, Notice, NoticeChoice


class OfKind(admin.SimpleListFilter):
    """By the kind of thing the rows are about, in words."""

    title = _("kind of thing")
    parameter_name = "target_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        kinds = AuditEntry.objects.order_by("target_type").values_list("target_type", flat=True).distinct()
        return [(kind, AuditEntry(target_type=kind).kind) for kind in kinds]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(target_type=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ByTheRules):
    """Who did what to which thing, newest first."""

    list_display = ["at", "by", "act", "target_label", "details"]
    list_display_links = ["at"]
    list_filter = ["act", OfKind]
    search_fields = ["actor_label", "target_label"]
    date_hierarchy = "at"
    fields = ["at", "by", "act", "kind", "target_id", "target_label", "details"]

    @admin.display(description=_("details"))
    def details(self, entry: AuditEntry) -> str:
        """What the act was about, on one line."""
        return entry.details

    @admin.display(description=_("who"), ordering="actor_label")
    def by(self, entry: AuditEntry) -> str:
        """The person's name as it was then."""
        return entry.by

    @admin.display(description=_("kind of thing"))
    def kind(self, entry: AuditEntry) -> str:
        """What kind of thing it is about, in words."""
        return entry.kind


@admin.register(Notice)
class NoticeAdmin(ByTheRules):
    """Who was told of what, newest first."""

    list_display = ["at", "recipient", "kind", "target_label", "read_at", "mail_state"]
    list_display_links = ["at"]
    list_filter = ["kind", "mail_state"]
    list_select_related = ["recipient"]
    search_fields = ["recipient__username", "recipient__name", "target_label"]
    fields = [
        *("at", "recipient", "kind", "target_label", "text", "by_label", "in_desk", "read_at"),
        *("mail_state", "mail_at", "mail_tries"),
    ]


@admin.register(NoticeChoice)
class NoticeChoiceAdmin(ByTheRules):
    """What people want to be told of, where they chose; each chooses for themselves on the desk."""

    list_display = ["user", "kind", "in_desk", "by_mail"]
    list_filter = ["kind"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__name"]
    fields = ["user", "kind", "in_desk", "by_mail"]
