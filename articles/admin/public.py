"""The reading side as it stands: what readers see, written by the door alone, and what has to hear of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.records import Record
from articles.models import (
    FormerAddress,
    Genre,
    MovedAddress,
    PublicFrame,
    PublishedArticle,
    PublishedAuthor,
    PublishedByline,
    PublishedPhoto,
    PublishedSearch,
    PublishedSearchChange,
    PublishedSection,
    PublishedSpecial,
    PublishedSpecialStory,
    PublishedTag,
    PublishedTagging,
    Purge,
    WithdrawnArticle,
)
from newsroom.staff.admin.base import ShownInline


class PublishedPhotoInline(ShownInline):
    model = PublishedPhoto
    fields = ["order", "photo_number", "in_body", "caption", "credit", "alt", "width", "height"]


class PublishedBylineInline(ShownInline):
    model = PublishedByline
    fields = ["author", "published_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("author")


class PublishedTaggingInline(ShownInline):
    model = PublishedTagging
    fields = ["tag", "published_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("tag")


class OfGenre(admin.SimpleListFilter):
    """By genre in words: a published row keeps the code alone."""

    title = _("genre")
    parameter_name = "genre"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Genre.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[PublishedArticle]) -> QuerySet[PublishedArticle]:
        return queryset.filter(genre=self.value()) if self.value() else queryset


@admin.register(PublishedArticle)
class PublishedArticleAdmin(Record):
    """Stories as readers see them."""

    exclude = ["genre"]
    readonly_fields = ["kind"]
    list_display = ["number", "__str__", "section", "version", "published_at", "updated_at"]
    list_display_links = ["number", "__str__"]
    list_select_related = ["section"]
    list_filter = ["section", OfGenre, "published_at"]
    search_fields = ["=number", "headline", "web_headline"]
    ordering = ["-published_at", "-number"]
    inlines = [PublishedBylineInline, PublishedTaggingInline, PublishedPhotoInline]

    @admin.display(description=_("genre"))
    def kind(self, story: PublishedArticle) -> str:
        """The genre in words."""
        return str(Genre(story.genre).label)


@admin.register(PublicFrame)
class PublicFrameAdmin(Record):
    """What every public page shows around its own."""

    list_display = ["generation", "name", "name_en"]


@admin.register(PublishedSection)
class PublishedSectionAdmin(Record):
    """Sections under which something can be read."""

    list_display = ["__str__", "slug", "order"]


@admin.register(PublishedAuthor)
class PublishedAuthorAdmin(Record):
    """Authors with a public page."""

    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    ordering = ["name"]


@admin.register(WithdrawnArticle)
class WithdrawnArticleAdmin(Record):
    """Addresses that answer 410."""

    list_display = ["number", "withdrawn_at"]
    ordering = ["-withdrawn_at"]


@admin.register(FormerAddress)
class FormerAddressAdmin(Record):
    """Addresses of sections and authors that lead to the present ones."""

    list_display = ["kind", "slug", "current"]
    list_display_links = ["slug"]
    list_filter = ["kind"]
    search_fields = ["slug", "current"]
    ordering = ["kind", "slug"]


@admin.register(MovedAddress)
class MovedAddressAdmin(Record):
    """Addresses of the earlier site that lead here."""

    list_display = ["address", "target"]
    search_fields = ["address", "=target"]
    ordering = ["address"]


@admin.register(PublishedTag)
class PublishedTagAdmin(Record):
    """Keywords with a public page."""

    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    ordering = ["name"]


class PublishedSpecialStoryInline(ShownInline):
    model = PublishedSpecialStory
    fields = ["order", "group", "article"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("article")


@admin.register(PublishedSpecial)
class PublishedSpecialAdmin(Record):
    """Specials as readers see them."""

    list_display = ["name", "slug", "updated_at"]
    ordering = ["-updated_at"]
    inlines = [PublishedSpecialStoryInline]


@admin.register(PublishedSearch)
class PublishedSearchAdmin(Record):
    """What is searched of each story."""

    list_display = ["number", "published_at", "updated_at", "form"]
    search_fields = ["=number"]
    ordering = ["-published_at", "-number"]
    exclude = ["article", "plain", "extra"]


@admin.register(PublishedSearchChange)
class PublishedSearchChangeAdmin(Record):
    """What the search server has still to be told."""

    list_display = ["number", "changed_at"]
    ordering = ["changed_at"]


@admin.register(Purge)
class PurgeAdmin(Record):
    """Orders to forget that were not confirmed yet."""

    list_display = ["__str__", "receiver", "ordered_at", "due_at", "tries", "confirmed"]
    ordering = ["ordered_at"]
