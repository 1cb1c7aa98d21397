"""The proofreading aid in the admin: the house's words with their import, the switches, what people accepted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import house_words
from articles.admin.records import OfVisibleStories
from articles.errors import Refusal
from articles.importing.wordlist import MOST_BYTES, UnreadableSheet, as_csv, read_sheet
from articles.models import AcceptedFinding, Fingerprint, HouseWord, ProofreadingSwitch
from articles.proofreading.checks import CHECKS
from newsroom.staff.admin.base import Kept, person


class SheetForm(forms.Form):
    """A file first; then its rows as text, with the word that they are to be taken in."""

    file = forms.FileField(
        required=False,
        label=gettext_lazy("Spreadsheet (CSV or XLSX)"),
        help_text=gettext_lazy(
            "Columns: word, kind (禁用 or 推荐), replacements parted by /, note, exceptions parted by /."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    sheet = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Reads the rows, whichever way they came."""
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("file")
        try:
            data = upload.read(MOST_BYTES + 1) if upload else cleaned.get("sheet", "").encode()
            cleaned["rows"] = read_sheet(data)
        except UnreadableSheet:
            raise forms.ValidationError(_("This is no CSV or XLSX, or it is larger than a word list.")) from None
        if not cleaned["rows"]:
            raise forms.ValidationError(_("There are no words in this file."))
        return cleaned


@admin.register(HouseWord)
class HouseWordAdmin(Kept):
    """The house's word list. Every change is seen by the next check, in every process."""

    list_display = ["word", "kind", "replacements", "exceptions", "note", "is_used"]
    list_filter = ["kind", "is_used"]
    search_fields = ["word", "replacements"]
    ordering = ["word"]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="articles_houseword_import"), *super().get_urls()]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Lets every process read the list anew, in the transaction of the save."""
        super().save_related(request, form, formsets, change)
        house_words.begin_generation()

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """A spreadsheet first shows row by row what would come in; taken in, it is taken in whole."""
        if not self.may_change(request.user):
            raise PermissionDenied
        form = SheetForm(request.POST or None, request.FILES or None)
        if request.method != "POST" or not form.is_valid():
            return self._show_import(request, form, None, 200 if request.method != "POST" else 422)
        rows = form.cleaned_data["rows"]
        if form.cleaned_data["is_confirmed"]:
            try:
                plan = house_words.import_words(rows, acting_user=person(request))
            except Refusal as refused:
                messages.error(request, str(refused))
            else:
                counts = {"added": len(plan.added), "changed": len(plan.changed)}
                messages.success(request, _("%(added)s words added, %(changed)s changed.") % counts)
                return HttpResponseRedirect(reverse("admin:articles_houseword_changelist"))
        return self._show_import(
            request, SheetForm(initial={"sheet": as_csv(rows)}), house_words.plan_import(rows), 200
        )

    def _show_import(
        self, request: HttpRequest, form: SheetForm, plan: house_words.ImportPlan | None, status: int
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Words from a spreadsheet"),
            "opts": self.opts,
            "form": form,
            "plan": plan,
        }
        return TemplateResponse(request, "admin/articles/houseword/import.html", context, status=status)


@admin.register(ProofreadingSwitch)
class ProofreadingSwitchAdmin(Kept):
    """Which checks the house uses; what has no row here is as it is delivered."""

    list_display = ["name", "is_on", "meaning", "as_delivered"]
    list_display_links = ["name"]

    @admin.display(description=gettext_lazy("check"), ordering="check_code")
    def name(self, switch: ProofreadingSwitch) -> str:
        return str(switch)

    @admin.display(description=gettext_lazy("what it finds"))
    def meaning(self, switch: ProofreadingSwitch) -> str:
        check = CHECKS.get(switch.check_code)
        return str(check.meaning) if check else ""

    @admin.display(description=gettext_lazy("as delivered"), boolean=True)
    def as_delivered(self, switch: ProofreadingSwitch) -> bool:
        check = CHECKS.get(switch.check_code)
        return bool(check and check.is_on)


@admin.register(AcceptedFinding)
class AcceptedFindingAdmin(OfVisibleStories):
    """Findings of which somebody said that the text is right so."""

    list_display = ["article", "name", "quote", "by_label", "at"]
    list_display_links = ["quote"]
    search_fields = ["quote", "by_label"]
    ordering = ["-at", "-id"]
    fields = ["article", "check_code", "quote", "by_label", "at"]


@admin.register(Fingerprint)
class FingerprintAdmin(OfVisibleStories):
    """The keys by which near-duplicates are found."""

    list_display = ["key", "article"]
    ordering = ["-id"]
    fields = ["article", "key"]
