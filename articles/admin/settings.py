"""What administrators set: the newspaper, its review steps and sections, and who can be credited."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext

from articles.generations import follow_contributor, follow_section, follow_title, has_address
from articles.models import AddressKind, Contributor, ReturnReason, ReviewStep, Section, Title
from articles.workflow import settle_steps
from newsroom.staff.acts import Act
from newsroom.staff.admin.base import Kept, KeptInline
from newsroom.staff.models import User


class StepForm(ModelForm):
    """One step. Its number is checked with the others' alone, so that steps can be dropped and renumbered."""

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"order"}


class StepFormSet(BaseInlineFormSet):
    """All the steps of the review together; `before` are the steps before the save."""

    before: list[str]

    def clean(self) -> None:
        """Refuse a review without a step, and steps that are not numbered 1, 2, 3 … without a gap."""
        super().clean()
        if any(self.errors):
            return
        orders = sorted(order for order, _role, _due in self._wanted())
        if not orders:
            raise ValidationError(gettext("A story is reviewed at least once: name the first step."))
        if orders != list(range(1, len(orders) + 1)):
            raise ValidationError(gettext("The steps are numbered 1, 2, 3 … without a gap, each number once."))

    def save(self, commit: bool = True) -> Any:
        """Write all steps anew: nothing refers to their rows, and numbers can change places."""
        self.before = _steps_of(self.instance)
        if self.has_changed():
            ReviewStep.objects.filter(title=self.instance).delete()
            ReviewStep.objects.bulk_create(
                ReviewStep(title=self.instance, order=order, role=role, due=due) for order, role, due in self._wanted()
            )
        return super().save(commit=False)

    def _wanted(self) -> list[tuple[int, str, datetime.time | None]]:
        return [
            (form.cleaned_data["order"], form.cleaned_data["role"], form.cleaned_data.get("due"))
            for form in self.forms
            if form.cleaned_data.get("role") and not form.cleaned_data.get("DELETE")
        ]


def _steps_of(title: Title) -> list[str]:
    """The steps as the trail keeps them: the role's code, and after a stroke until when in the night."""
    steps = ReviewStep.objects.filter(title=title).order_by("order")
    return [f"{step.role}/{step.due:%H:%M}" if step.due else step.role for step in steps]


class StepInline(KeptInline):
    model = ReviewStep
    form = StepForm
    formset = StepFormSet
    fields = ["order", "role", "due"]


@admin.register(Title)
class TitleAdmin(Kept):
    """The newspaper: one an installation."""

    list_display = ["name", "name_en", "cn_number", "publisher"]
    inlines = [StepInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Title.objects.exists()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Lets the name that readers see and, where the steps changed, the stories in review follow, in the
        transaction of the save.
        """
        super().save_related(request, form, formsets, change)
        are_other_steps = any(isinstance(formset, StepFormSet) and formset.has_changed() for formset in formsets)
        if are_other_steps and isinstance(request.user, User):
            settle_steps(acting_user=request.user)
        follow_title()

    def construct_change_message(self, request: HttpRequest, form: BaseForm, formsets: Any, add: bool = False) -> Any:
        message = super().construct_change_message(request, form, formsets, add)
        for formset in formsets:
            if formset.has_changed():
                message["steps"] = [formset.before, _steps_of(formset.instance)]
        return message


@admin.register(ReturnReason)
class ReturnReasonAdmin(Kept):
    """The house's usual reasons for a return; one that is not offered any more stays in the trail."""

    fields = ["text", "order", "is_active"]
    list_display = ["text", "order", "is_active"]
    list_filter = ["is_active"]


class WithPublicAddress(Kept):
    """Something whose page readers can know: names and address follow, and every address it had leads there."""

    kind: AddressKind
    view_on_site = False

    def follow(self, obj: Any, address: str) -> None:
        """Let what readers see of it by this address follow, by the service that knows how."""
        raise NotImplementedError

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """To be changed it is read under its lock: of two who give it another address at once, the second sets out
        from what the first has written, which is what readers know it by.
        """
        found = super().get_object(request, object_id, from_field)
        if request.method != "POST" or found is None:
            return found
        return self.model._default_manager.select_for_update(no_key=True).get(pk=found.pk)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Lets what readers see follow, in the transaction of the save."""
        super().save_related(request, form, formsets, change)
        address = form.initial.get("slug", "")
        if has_address(self.kind, address):
            self.follow(form.instance, address)


@admin.register(Section)
class SectionAdmin(WithPublicAddress):
    """Sections; the public name follows with the save."""

    kind = AddressKind.SECTION
    fields = ["title", "name", "name_en", "slug", "order"]
    list_display = ["name", "name_en", "slug", "order"]
    search_fields = ["name", "name_en", "slug"]

    def follow(self, obj: Section, address: str) -> None:
        follow_section(obj, address)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"title": Title.THE_ONE, **super().get_changeform_initial_data(request)}


@admin.register(Contributor)
class ContributorAdmin(WithPublicAddress):
    """Everybody who can stand in a byline; the public author page follows with the save."""

    act_of_adding = Act.CONTRIBUTOR_ADD
    kind = AddressKind.AUTHOR
    fields = ["name", "slug", "user", "bio"]
    list_display = ["name", "slug", "user"]
    list_select_related = ["user"]
    search_fields = ["name", "slug", "user__username"]
    autocomplete_fields = ["user"]

    def follow(self, obj: Contributor, address: str) -> None:
        follow_contributor(obj, address)
