"""What is only ever read here: revisions, signatures, photos."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles import rules
from articles.models import (
    ArticlePhoto,
    Photo,
    Remark,
    RemarkAnswer,
    Rendition,
    Revision,
    ScreenRendition,
    Signature,
)
from articles.versions.comparing import label_of, lines_of, names_in
from newsroom.staff.admin.base import ByTheRules, ShownInline
from newsroom.staff.rules import Person


class Record(ByTheRules):
    """Shown to everybody who works at the desk, changed by nobody."""

    def may_view(self, user: Person) -> bool:
        return rules.can_enter_desk(user)


class OfVisibleStories(Record):
    """Rows of stories: shown with the stories that the person may read, and with no others."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = rules.history_visible_to(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(article__in=visible).select_related("article")


@admin.register(Revision)
class RevisionAdmin(OfVisibleStories):
    """What a story was at each save."""

    list_display = ["article", "number", "author_label", "saved_at"]
    list_display_links = ["number"]
    search_fields = ["article__headline", "author_label"]
    ordering = ["-saved_at", "-id"]
    fields = ["article", ("number", "based_on"), "author_label", ("saved_at", "autosaved"), "content_hash", "said"]

    @admin.display(description=_("content"))
    def said(self, revision: Revision) -> SafeString:
        """Every field that says something, by its name."""
        lines = lines_of(revision.content, names_in([revision.content]))
        rows = ((label_of(name), "\n".join(text)) for name, text in lines.items())
        return format_html_join("", '<p class="said"><strong>{}</strong> {}</p>', rows)


@admin.register(Signature)
class SignatureAdmin(OfVisibleStories):
    """Who signed which step of what, and what became of it."""

    list_display = ["article", "step", "role", "signer_label", "signed_at", "voided_at", "void_reason"]
    list_display_links = ["signed_at"]
    list_filter = ["step", "role", "void_reason"]
    search_fields = ["article__headline", "signer_label"]
    ordering = ["-signed_at", "-id"]
    fields = [
        "article",
        ("step", "role"),
        ("signer_label", "signed_for", "signed_at"),
        ("version", "content_hash"),
        ("voided_at", "void_reason"),
    ]

    @admin.display(description=pgettext_lazy("of a text", "version"))
    def version(self, signature: Signature) -> int:
        """The version that was signed."""
        return signature.revision.number


class AnswerInline(ShownInline):
    model = RemarkAnswer
    fields = ["author_label", "at", "text"]


@admin.register(Remark)
class RemarkAdmin(OfVisibleStories):
    """What was remarked on which words, what was answered, and whether it is settled."""

    list_display = ["article", "author_label", "at", "__str__", "settled_label", "settled_at"]
    list_display_links = ["at"]
    list_filter = ["at", "settled_at"]
    search_fields = ["article__headline", "author_label", "text"]
    ordering = ["-id"]
    fields = [
        "article",
        ("author_label", "at", "version"),
        ("field", "quote", "gone"),
        "text",
        ("settled_label", "settled_at"),
    ]
    inlines = [AnswerInline]


class ScreenRenditionInline(ShownInline):
    model = ScreenRendition


class RenditionInline(ShownInline):
    model = Rendition
    fields = ["name", "width", "height"]


class UseInline(ShownInline):
    model = ArticlePhoto
    verbose_name_plural = _("stories with this photo")
    fields = ["story", "caption", "credit"]
    readonly_fields = ["story"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        visible = rules.history_visible_to(request.user).order_by().values("pk")
        return super().get_queryset(request).filter(article__in=visible).select_related("article")

    @admin.display(description=_("story"))
    def story(self, use: ArticlePhoto) -> str:
        """The story's own name."""
        return str(use.article)


@admin.register(Photo)
class PhotoAdmin(Record):
    """Photos as they were taken in; captions and rights are changed at the photo desk."""

    list_display = ["id", "__str__", "credit", "source", "rights_expire_on", "uploaded_by", "uploaded_at"]
    list_select_related = ["uploaded_by"]
    list_display_links = ["id", "__str__"]
    list_filter = ["uploaded_at", "rights_expire_on"]
    search_fields = ["caption", "credit", "source"]
    fields = [
        "caption",
        "headline",
        ("byline", "credit", "source"),
        "alt",
        ("people", "keywords"),
        ("rights", "rights_expire_on"),
        ("focal_x", "focal_y", "crops"),
        "taken_at",
        ("format", "width", "height"),
        "fingerprint",
        ("uploaded_by", "uploaded_at"),
    ]
    inlines = [RenditionInline, ScreenRenditionInline, UseInline]
