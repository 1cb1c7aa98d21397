"""Saved lists and columns in the admin: to be read, since each is its owner's to change at the desk."""

from __future__ import annotations

from django.contrib import admin

from articles.models import ListChoice, SavedList
from newsroom.staff.admin.base import ByTheRules


@admin.register(SavedList)
class SavedListAdmin(ByTheRules):
    list_display = ["name", "user", "shared", "query"]
    list_filter = ["shared"]
    search_fields = ["name", "user__username"]
    list_select_related = ["user"]


@admin.register(ListChoice)
class ListChoiceAdmin(ByTheRules):
    list_display = ["user", "opens_with", "columns"]
    search_fields = ["user__username"]
    list_select_related = ["user", "opens_with"]
