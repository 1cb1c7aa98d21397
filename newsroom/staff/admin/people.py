"""The people: their accounts, their roles, whether they are here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import BaseForm, BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from newsroom.staff.acts import Act
from newsroom.staff.admin.base import ByTheRules, Kept, KeptInline, person
from newsroom.staff.handovers import telling_stand_ins
from newsroom.staff.models import Handover, RoleGrant, User
from newsroom.staff.people import has_other_administrator, lock_people
from newsroom.staff.roles import Role
from newsroom.staff.subscriptions import end_address


class PasswordForm(AdminPasswordChangeForm):
    """A new password for somebody; taking passwords away is not offered, for there is no other way in."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True


class RoleFormSet(BaseInlineFormSet):
    """All the roles of one person together; `before` are those held before the save."""

    before: list[str]

    def save(self, commit: bool = True) -> Any:
        self.before = _roles_of(self.instance)
        return super().save(commit)

    def clean(self) -> None:
        """Refuse a role named twice, and to leave the house without an active administrator."""
        super().clean()
        if any(self.errors):
            return
        wanted = self._wanted()
        if len(wanted) != len(set(wanted)):
            raise ValidationError(gettext("A role is named twice."))
        stays = self.instance.is_active and (Role.ADMINISTRATOR, None) in wanted
        if not stays and not has_other_administrator(self.instance):
            raise ValidationError(
                gettext("This is the last active administrator: name another one before this one goes.")
            )

    def _wanted(self) -> list[tuple[str, int | None]]:
        """(role, section id) of every row that will be there; an old row says its section by the id."""
        kept = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data.get("role") and not form.cleaned_data.get("DELETE")
        ]
        return [(row["role"], getattr(row["section"], "pk", row["section"])) for row in kept]


class RoleInline(KeptInline):
    """A role is given or taken, never turned into another: so two of them cannot change places half-way."""

    model = RoleGrant
    formset = RoleFormSet
    fields = ["role", "section"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("section")


@admin.register(User)
class PersonAdmin(Kept, UserAdmin):
    """Accounts are given, changed and closed here; nobody is deleted, for signatures carry their names."""

    act = Act.STAFF_EDIT
    add_form = UserCreationForm
    add_form_template = None  # type: ignore[assignment]
    change_password_form = PasswordForm
    change_user_password_template = "admin/staff/user/password.html"  # noqa: S105 - a template's name
    add_fieldsets = ((None, {"fields": ("username", "name", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "email", "language", "is_active")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ["language", "last_login", "date_joined"]
    list_display = ["username", "name", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "role_grants__role", "role_grants__section"]
    search_fields = ["username", "name", "email"]
    ordering = ["username"]
    filter_horizontal = ()
    inlines = [RoleInline]
    actions = ["end_addresses"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("role_grants__section")

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        """What they are, sections included."""
        return ", ".join(str(grant) for grant in user.role_grants.all())

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form, decided under the lock that every change of people takes."""
        shown = (request, object_id, form_url, extra_context)
        with transaction.atomic():
            if request.method != "POST":
                return super().changeform_view(*shown)
            lock_people()
            _lock_person(object_id)
            with telling_stand_ins(_number(object_id), acting_user=person(request)):
                return super().changeform_view(*shown)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Set somebody's password; the audit row is written with it or neither is."""
        with transaction.atomic():
            _lock_person(id)
            return super().user_change_password(request, id, form_url)

    def construct_change_message(self, request: HttpRequest, form: BaseForm, formsets: Any, add: bool = False) -> Any:
        message = super().construct_change_message(request, form, formsets, add)
        for formset in formsets or []:
            after = _roles_of(formset.instance)
            if formset.before != after:
                message["roles"] = [formset.before, after]
        return message

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> None:  # type: ignore[override]
        """With an account that is closed or opened ends the address of the calendar: no secret of before is to open
        anything after. With a password it has ended already (`User.save`).
        """
        super().log_change(request, obj, message)
        if isinstance(obj, User) and "is_active" in message.get("fields", ()):
            end_address(obj, acting_user=person(request))

    @admin.action(description=_("End the secret addresses of their calendars"), permissions=["change"])
    def end_addresses(self, request: HttpRequest, people: models.QuerySet[User]) -> None:
        """For a calendar that somebody reads who should not."""
        with transaction.atomic():
            ended = [end_address(user, acting_user=person(request)) for user in people.exclude(calendar_seed=None)]
        words = ngettext(
            "The addresses of %(count)s person’s calendar lead nowhere any more.",
            "The addresses of %(count)s people’s calendars lead nowhere any more.",
            len(ended),
        )
        messages.success(request, words % {"count": len(ended)})


@admin.register(Handover)
class HandoverAdmin(ByTheRules):
    """Who stands in for whom; handed over and taken back at the desk."""

    list_display = ["__str__", "begins_at", "ends_at", "taken_back_at"]
    list_select_related = ["giver", "receiver", "section"]
    list_filter = ["role", "begins_at"]
    search_fields = ["giver__name", "receiver__name"]
    fields = [("giver", "receiver"), ("role", "section"), ("begins_at", "ends_at"), ("made_at", "taken_back_at")]


def _lock_person(object_id: str | None) -> None:
    """Hold the person's row from before it is read: a save writes all of it, and would undo what they set meanwhile."""
    list(User.objects.select_for_update().filter(pk=_number(object_id)))


def _number(object_id: str | None) -> int:
    """The number in an address of the admin; 0, which nobody has, where a person is being added."""
    return int(object_id) if object_id and object_id.isdecimal() else 0


def _roles_of(user: User) -> list[str]:
    """The roles as the trail keeps them, in codes that no language changes."""
    grants = RoleGrant.objects.filter(user=user).order_by("role", "section__slug")
    rows = grants.values_list("role", "section__slug")
    return [f"{role}/{section}" if section else role for role, section in rows]
