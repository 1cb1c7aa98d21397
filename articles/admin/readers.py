"""What is made for readers and what they read, in the admin: specials, and how often which page was read."""

from __future__ import annotations

from django.contrib import admin

from articles.admin.records import Record
from articles.models import CountedReads, ReadCount, Special, SpecialStory
from newsroom.staff.admin.base import ShownInline


class SpecialStoryInline(ShownInline):
    model = SpecialStory
    fields = ["order", "group", "article"]


@admin.register(Special)
class SpecialAdmin(Record):
    """Specials, which are made at the desk."""

    list_display = ["name", "slug", "is_public", "on_home", "changed_at"]
    search_fields = ["name", "slug"]
    inlines = [SpecialStoryInline]


@admin.register(ReadCount)
class ReadCountAdmin(Record):
    """How often each public page was read on which day."""

    list_display = ["day", "kind", "key", "count"]
    list_filter = ["kind", "day"]
    search_fields = ["=key"]
    ordering = ["-day", "-count"]


@admin.register(CountedReads)
class CountedReadsAdmin(Record):
    """How far the log of reads has been counted."""

    list_display = ["file", "offset", "most_read_at"]
