"""The plan in the admin: topics and who is sent for them, to be read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from articles.admin.records import Record
from articles.models import Assignment, Topic
from articles.plan import coverage_rules
from newsroom.staff.admin.base import ShownInline


class AssignmentInline(ShownInline):
    model = Assignment
    fields = ["person", "kind", "due_at", "state", "given_by", "given_at"]
    readonly_fields = ["state", "given_by", "given_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("person", "given_by")


@admin.register(Topic)
class TopicAdmin(Record):
    """Topics that the person may read at the desk, and changes there."""

    list_display = ["title", "section", "day", "state", "proposed_by"]
    list_select_related = ["section", "proposed_by"]
    list_filter = ["state", "section", "day"]
    search_fields = ["title", "place"]
    ordering = ["-id"]
    inlines = [AssignmentInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = coverage_rules.visible_to(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(pk__in=visible)


@admin.register(Assignment)
class AssignmentAdmin(Record):
    """Who was sent for which topic. What was said with it is read at the desk by those it concerns."""

    list_display = ["topic", "person", "kind", "due_at", "state"]
    list_select_related = ["topic", "person"]
    list_filter = ["state", "kind", "due_at"]
    search_fields = ["topic__title", "person__name"]
    ordering = ["-id"]
    fields = [("topic", "person", "kind"), "due_at", "state", ("given_by", "given_at")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = coverage_rules.visible_to(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(topic__in=visible)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The trail of one assignment, to those who may read what was said with it."""
        assignment = self.get_object(request, object_id)
        if assignment is not None and not coverage_rules.can_read_trail(request.user, assignment):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)
