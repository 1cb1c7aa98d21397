"""Stories in the admin: the working copy, what was signed of it, and the verbs."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles import rules
from articles.admin.acting import ActsOnStories
from articles.models import Article, ArticlePhoto, Byline, Revision, Signature, StoryPresence
from articles.text.body import clean_body
from newsroom.dates import short_moment
from newsroom.staff.admin.base import ShownInline
from newsroom.staff.roles import Role
from newsroom.staff.rules import Person
from newsroom.wording import comma_list


class BylineInline(ShownInline):
    model = Byline
    fields = ["order", "contributor", "role"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("contributor")


class ArticlePhotoInline(ShownInline):
    model = ArticlePhoto
    fields = ["order", "photo", "caption", "credit", "alt"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("photo")


class SignatureInline(ShownInline):
    model = Signature
    fields = ["step", "signed_as", "signed_by", "signed_at", "revision", "voided_at", "void_reason"]
    readonly_fields = ["signed_as", "signed_by"]

    @admin.display(description=_("role"))
    def signed_as(self, signature: Signature) -> str:
        """The role in words."""
        return str(Role(signature.role).label)

    @admin.display(description=_("signer"))
    def signed_by(self, signature: Signature) -> str:
        """Who signed, and for whom they stood in."""
        return signature.signed_by

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("revision").defer("revision__content")


class PresenceInline(ShownInline):
    model = StoryPresence
    fields = ["who", "place", "came_at", "seen_at"]
    readonly_fields = ["who"]

    @admin.display(description=_("person"))
    def who(self, presence: StoryPresence) -> str:
        """Who has it open."""
        return str(presence.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("user")


class RevisionInline(ShownInline):
    model = Revision
    fields = ["number", "author_label", "saved_at", "autosaved", "content_hash"]
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("content")


class MineToSign(admin.SimpleListFilter):
    """The stories that await the signature of whoever asks."""

    title = _("signature")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("mine to sign"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(pk__in=rules.awaiting_signature_of(request.user).values("pk"))


@admin.register(Article)
class ArticleAdmin(ActsOnStories):
    """Every story that the person may read at the desk. The text is edited there, never here."""

    list_display = ["__str__", "section", "standing", "changed", "bylines", "public"]
    list_filter = [MineToSign, "state", "section", "genre", "updated_at"]
    search_fields = ["=pk", "headline", "web_headline", "kicker", "slugline", "bylines__contributor__name"]
    search_help_text = _("Number, headline, kicker, slugline or a name in the byline")
    ordering = ["-updated_at", "-id"]
    inlines = [BylineInline, ArticlePhotoInline, SignatureInline, RevisionInline, PresenceInline]
    fieldsets = (
        (
            _("Where it stands"),
            {
                "fields": (
                    ("state", "step"),
                    ("version", "released_version", "first_published_at"),
                    ("moved_at", "due_at"),
                    ("return_reasons", "return_reason"),
                    ("embargo_until", "publish_at"),
                    ("created_by", "created_at", "updated_at"),
                )
            },
        ),
        (
            _("The story"),
            {
                "fields": (
                    ("section", "genre", "character_count"),
                    "kicker",
                    "headline",
                    "subhead",
                    "web_headline",
                    ("lead_in_kind", "lead_in_agency", "lead_in_place", "lead_in_day"),
                    "text",
                    "summary",
                    "keywords",
                    "correction_note",
                )
            },
        ),
        (_("For the desk alone"), {"fields": ("slugline", "desk_note", "import_doubts")}),
    )

    def may_view(self, user: Person) -> bool:
        return rules.can_enter_desk(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return rules.history_visible_to(request.user).for_lists().order_by(*self.ordering)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The story with the verbs that the person may say to it now."""
        story = self.get_object(request, object_id)
        buttons = self.verbs_in_context(request, story) if story else {}
        return super().change_view(request, object_id, form_url, {**buttons, **(extra_context or {})})

    @admin.display(description=_("state"), ordering="state")
    def standing(self, story: Article) -> str:
        """Where it stands; in review, which step it awaits."""
        return story.state_label

    @admin.display(description=_("byline"))
    def bylines(self, story: Article) -> str:
        """Everybody named, in order."""
        return comma_list(str(byline.contributor) for byline in story.byline_list)

    @admin.display(description=_("public"), boolean=True)
    def public(self, story: Article) -> bool:
        """Whether readers see a version of it."""
        return story.is_public

    @admin.display(description=_("last change"), ordering="updated_at")
    def changed(self, story: Article) -> str:
        """The newsroom's own time, short enough for a column."""
        return short_moment(story.updated_at)

    @admin.display(description=_("body"))
    def text(self, story: Article) -> SafeString:
        """The body as it reads; cleaned once more, for here it becomes part of a page."""
        return format_html('<div class="story-text">{}</div>', mark_safe(clean_body(story.body)))  # noqa: S308
