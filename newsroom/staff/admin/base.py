"""What every admin page of the house shares: it asks the rules, deletes nothing and keeps the trail."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from newsroom.staff import audit, rules
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User
from newsroom.staff.rules import Person

TRAIL_PAGE = 100


class ByTheRules(admin.ModelAdmin):
    """An admin whose permissions are the rules' and never rows of Django's own permission tables.

    Nothing is ever deleted here: people are deactivated, stories withdrawn, and what a revision or a printed
    page refers to has to stay. Its history is the audit trail.
    """

    show_full_result_count = False
    list_per_page = 50
    object_history_template = "admin/audit_trail.html"

    def may_view(self, user: Person) -> bool:
        """Whether this kind of thing is shown to `user` at all."""
        return rules.can_administer(user)

    def may_change(self, user: Person) -> bool:
        """Whether `user` may add and change things of this kind here; nobody, unless a subclass knows."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_view(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_view(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_change(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @method_decorator(require_safe)
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The trail of one thing, newest first."""
        entries = AuditEntry.objects.filter(target_type=self.opts.label_lower, target_id=unquote(object_id))
        page = self.get_paginator(request, entries, TRAIL_PAGE).get_page(request.GET.get(PAGE_VAR, 1))
        return super().history_view(request, object_id, {"trail": page, **(extra_context or {})})


class Kept(ByTheRules):
    """What administrators set: people, sections, steps, templates. Every change leaves an audit row."""

    act = Act.SETTINGS_EDIT
    act_of_adding: Act | None = None

    def may_change(self, user: Person) -> bool:
        return rules.can_administer(user)

    def construct_change_message(self, request: HttpRequest, form: BaseForm, formsets: Any, add: bool = False) -> Any:
        """What the audit row will say: every changed field with its value before and after."""
        fields = changed_values(form)
        return {"fields": fields} if fields else {}

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]
        """Django calls this inside the transaction of the save: it is where the audit row is written."""
        audit.record(person(request), self.act_of_adding or self.act, obj, **{"added": True, **message})

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]
        """As `log_addition`; saving what is there already leaves no row."""
        if message:
            audit.record(person(request), self.act, obj, **message)


class ShownInline(admin.TabularInline):
    """Rows that belong to the thing shown, to be read alone."""

    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KeptInline(admin.TabularInline):
    """Rows that administrators add, change and take away with the thing they belong to."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.can_administer(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.can_administer(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.can_administer(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.can_administer(request.user)


def person(request: HttpRequest) -> User:
    """Who is signed in; behind `admin_view` it is always somebody."""
    return cast(User, request.user)


def changed_values(form: BaseForm) -> dict[str, Any]:
    """{field: [before, after]} of what a valid form changes, JSON-ready; passwords without their values."""
    return {
        name: "***"
        if name.startswith("password")
        else [_plain(form.get_initial_for_field(form.fields[name], name)), _plain(form.cleaned_data[name])]
        for name in form.changed_data
    }


def _plain(value: Any) -> Any:
    value = getattr(value, "pk", value)
    return value if value is None or isinstance(value, (bool, int)) else str(value)
