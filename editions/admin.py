"""The Django admin of editions: shown whole, published through the door, opened and laid out at the desk."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.forms import BaseForm, DecimalField, IntegerField, JSONField, ModelForm, Textarea
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.admin.settings import TitleAdmin
from articles.errors import Refusal
from articles.models import Title
from editions import rules
from editions.models import (
    Edition,
    EditionState,
    Page,
    PagePresence,
    PageSignatory,
    PageSignature,
    PageStory,
    PageTemplate,
    Placement,
    PrintedEdition,
    PrintedFile,
    PrintedPage,
    Proof,
    ProofMark,
    ProofRound,
    PublishedEdition,
    PublishedPage,
    PublishedPlacement,
    PublishedPrinting,
)
from editions.planning import add_standard_templates
from editions.publishing import EditionNotReady, problems_of, publish_edition, remarked_on
from editions.rules import EditionVerb
from editions.typeset.standard import standard_design
from newsroom.staff.admin.base import ByTheRules, Kept, KeptInline, ShownInline, person
from newsroom.staff.rules import Person


class Shown(ByTheRules):
    """Shown to whoever may look at editions, changed by nobody."""

    def may_view(self, user: Person) -> bool:
        return rules.can(user, EditionVerb.VIEW)


class PageInline(ShownInline):
    model = Page
    fields = ["order", "label", "name", "responsible_editor", "designer", "proofreader", "lies_on_it"]
    readonly_fields = ["lies_on_it"]
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        pages = super().get_queryset(request).select_related("responsible_editor", "designer", "proofreader")
        # A page is called by its edition's date too.
        return pages.select_related("edition").prefetch_related("placements__article")

    @admin.display(description=_("placed on it"))
    def lies_on_it(self, page: Page) -> SafeString:
        """The stories on the page in reading order, each once."""
        stories = dict.fromkeys(str(placement.article) for placement in page.placements.all())
        return format_html_join("", "<p>{}</p>", ((story,) for story in stories))


@admin.register(Edition)
class EditionAdmin(Shown):
    """Editions with their pages; the one verb here is publishing."""

    list_display = ["__str__", "series_number", "state", "page_count", "release_at", "published_at"]
    list_filter = ["state", "date"]
    search_fields = ["=series_number"]
    date_hierarchy = "date"
    actions = ["publish_selected"]
    fields = [("date", "extra_number", "series_number"), ("state", "published_at", "release_at"), "title"]
    inlines = [PageInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return Edition.objects.annotate(number_of_pages=Count("pages"))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return rules.can(request.user, EditionVerb.PUBLISH)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.publish_view))
        return [path("<int:number>/publish/", view, name="editions_edition_publish"), *super().get_urls()]

    def publish_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Publish one edition, or say what is in the way."""
        edition = self.get_queryset(request).filter(pk=number).first()
        if edition is None:
            raise Http404
        self._publish(request, [edition])
        return HttpResponseRedirect(reverse("admin:editions_edition_change", args=[number]))

    @admin.action(description=_("Publish the selected editions"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Edition]) -> None:
        """Publish each of them, all of it or nothing; the earlier date first."""
        self._publish(request, list(queryset.order_by("date", "extra_number")))

    def _publish(self, request: HttpRequest, editions: list[Edition]) -> None:
        done = 0
        for edition in editions:
            try:
                publish_edition(edition.pk, acting_user=person(request))
                done += 1
            except EditionNotReady as refusal:
                for problem in refusal.problems:
                    self._refuse(request, edition, problem)
            except Refusal as refusal:
                self._refuse(request, edition, refusal)
        if done:
            report = ngettext("%(count)s edition is published.", "%(count)s editions are published.", done)
            self.message_user(request, report % {"count": done}, messages.SUCCESS)

    def _refuse(self, request: HttpRequest, edition: Edition, why: object) -> None:
        said = gettext("%(label)s: %(text)s") % {"label": edition, "text": why}
        self.message_user(request, said, messages.ERROR)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The edition with what is in the way of publishing it, and the button for those who may."""
        edition = self.get_object(request, object_id)
        shown: dict[str, Any] = {}
        if edition is not None and edition.state != EditionState.PUBLISHED:
            shown = {
                "may_publish": self.has_publish_permission(request),
                "problems": problems_of(edition, timezone.now()),
                "remarked": remarked_on(edition),
            }
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    @admin.display(description=_("pages"), ordering="number_of_pages")
    def page_count(self, edition: Edition) -> int:
        """How many pages it has."""
        return edition.number_of_pages  # type: ignore[attr-defined, no-any-return]


class PlacementInline(ShownInline):
    model = Placement
    fields = ["article", "photo", "part", "column", "row", "width", "height"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("article", "photo")


class PageStoryInline(ShownInline):
    model = PageStory
    fields = ["order", "article", "headline_style", "headline_columns", "text_columns", "boxed", "label"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("article")


class PresenceInline(ShownInline):
    model = PagePresence
    fields = ["user", "seen_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("user")


class PageSignatureInline(ShownInline):
    model = PageSignature
    fields = ["kind", "signer_label", "signed_for", "signed_at", "ended_at"]


@admin.register(Page)
class PageAdmin(Shown):
    """Pages and what lies on them."""

    list_display = ["__str__", "order", "label", "name", "responsible_editor", "designer", "proofreader"]
    list_select_related = ["edition", "responsible_editor", "designer", "proofreader"]
    search_fields = ["name", "label"]
    date_hierarchy = "edition__date"
    ordering = ["-edition__date", "-edition__extra_number", "order"]
    inlines = [PageStoryInline, PlacementInline, PageSignatureInline, PresenceInline]


class Indented(json.JSONEncoder):
    """Writes a design as people read it: indented, Chinese as Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "indent": 2, "ensure_ascii": False})


class TemplateForm(ModelForm):
    characters = IntegerField(label=_("characters a column"), min_value=1, max_value=200, initial=17)
    width_mm = IntegerField(label=_("width in mm"), min_value=50, max_value=2000, initial=390)
    height_mm = IntegerField(label=_("height in mm"), min_value=50, max_value=2000, initial=545)
    body_size = DecimalField(label=_("body size in points"), min_value=4, max_value=40, decimal_places=2, initial=9)
    leading = DecimalField(label=_("leading in points"), min_value=4, max_value=80, decimal_places=2, initial=13.5)
    design = JSONField(label=_("design"), initial=standard_design, widget=Textarea, encoder=Indented)


@admin.register(PageTemplate)
class PageTemplateAdmin(Kept):
    """Kinds of page. One that pages were made on keeps its grid and its type, for what lies on them was measured
    by both.
    """

    form = TemplateForm
    list_display = ["name", "width_mm", "height_mm", "columns", "rows", "characters", "is_default"]
    fieldsets = [
        (None, {"fields": ["title", "name", "is_default"]}),
        (_("Paper"), {"fields": [("width_mm", "height_mm"), ("side_margin_mm", "top_margin_mm")]}),
        (_("Grid and body type"), {"fields": [("columns", "characters"), "rows", ("body_size", "leading")]}),
        (
            _("Typography"),
            {
                "fields": ["design"],
                "description": _("The masthead, the folio line, the styles of headlines and the rules, as JSON."),
            },
        ),
    ]
    measured = [
        "width_mm",
        "height_mm",
        "side_margin_mm",
        "top_margin_mm",
        "columns",
        "characters",
        "rows",
        "body_size",
        "leading",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: PageTemplate | None = None) -> Any:
        return self.measured if obj is not None and Page.objects.filter(template=obj).exists() else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"title": Title.THE_ONE, **super().get_changeform_initial_data(request)}

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.add_standard_view))
        return [path("standard/", view, name="editions_pagetemplate_standard"), *super().get_urls()]

    def add_standard_view(self, request: HttpRequest) -> HttpResponse:
        """Add the standard page templates that are not there yet."""
        try:
            added = add_standard_templates(get_object_or_404(Title), acting_user=person(request))
        except Refusal as refusal:
            raise PermissionDenied from refusal
        report = ngettext("%(count)s page template is added.", "%(count)s page templates are added.", len(added))
        self.message_user(request, report % {"count": len(added)}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:editions_pagetemplate_changelist"))


# -- the newspaper's own rounds and signatures ---------------------------------------------------------------


class RoundInline(KeptInline):
    model = ProofRound
    fields = ["order", "name", "name_en"]


class SignatoryInline(KeptInline):
    model = PageSignatory
    fields = ["order", "kind"]


class NewspaperAdmin(TitleAdmin):
    """The newspaper with its proof rounds, and the signatures that every page needs before it goes to press."""

    inlines = [*TitleAdmin.inlines, RoundInline, SignatoryInline]

    def construct_change_message(self, request: HttpRequest, form: BaseForm, formsets: Any, add: bool = False) -> Any:
        """What the audit row will say of rounds and signatures too: what each is called after the save."""
        own = [formset for formset in formsets if formset.model in (ProofRound, PageSignatory)]
        steps = [formset for formset in formsets if formset not in own]
        message = super().construct_change_message(request, form, steps, add)
        for formset in own:
            if formset.has_changed():
                rows = formset.model.objects.filter(title=formset.instance)
                message[_CALLED[formset.model]] = [str(row) for row in rows]
        return message


_CALLED = {ProofRound: "rounds", PageSignatory: "page_signatures"}
admin.site.unregister(Title)
admin.site.register(Title, NewspaperAdmin)


# -- proofs and printings: kept as they were ----------------------------------------------------------------


class ProofMarkInline(ShownInline):
    model = ProofMark
    fields = ["remark", "made_by", "made_at", "settled_by", "settled_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("made_by", "settled_by")


@admin.register(Proof)
class ProofAdmin(Shown):
    """Proofs with their marks; pages are proofed at the desk."""

    list_display = ["page", "round", "number", "pulled_by", "pulled_at"]
    list_display_links = ["number"]
    list_select_related = ["page__edition", "round", "pulled_by"]
    date_hierarchy = "pulled_at"
    ordering = ["-pulled_at"]
    fields = [("page", "round", "number"), ("pulled_by", "pulled_at")]
    inlines = [ProofMarkInline]


class PrintedPageInline(ShownInline):
    model = PrintedPage
    fields = ["page"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("page__edition").defer("description", "layout", "parts")


class PrintedFileInline(ShownInline):
    model = PrintedFile
    fields = ["page", "kind"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("page__page__edition")


@admin.register(PrintedEdition)
class PrintedEditionAdmin(Shown):
    """Editions as they went to press; their files are had at the desk."""

    list_display = ["edition", "impression", "released_by", "released_at"]
    list_select_related = ["edition", "released_by"]
    ordering = ["-released_at"]
    fields = [("edition", "impression"), ("released_by", "released_at")]
    inlines = [PrintedPageInline, PrintedFileInline]


# -- the reading side: the issue as it was published, which never changes ------------------------------------


class PublishedPageInline(ShownInline):
    model = PublishedPage
    fields = ["order", "label", "name", "responsible_editor", "designer", "proofreader"]
    show_change_link = True


@admin.register(PublishedEdition)
class PublishedEditionAdmin(Shown):
    """Editions as readers see them."""

    list_display = ["__str__", "series_number", "page_count", "published_at"]
    date_hierarchy = "date"
    inlines = [PublishedPageInline]


class PublishedPlacementInline(ShownInline):
    model = PublishedPlacement
    fields = ["article", "photo_number", "part", "column", "row", "width", "height"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("article")


class PublishedPrintingInline(ShownInline):
    model = PublishedPrinting
    fields = ["article", "kicker", "headline", "subhead"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("article")


@admin.register(PublishedPage)
class PublishedPageAdmin(Shown):
    """Pages as readers see them."""

    list_display = ["edition", "order", "label", "name", "responsible_editor", "designer", "proofreader"]
    list_display_links = ["order", "label", "name"]
    list_select_related = ["edition"]
    ordering = ["-edition__date", "-edition__extra_number", "order"]
    date_hierarchy = "edition__date"
    inlines = [PublishedPlacementInline, PublishedPrintingInline]
