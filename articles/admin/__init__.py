"""The Django admin of stories: everything is shown, and only the services change it."""

from articles.admin import lists, plan, proofreading, public, readers, records, settings, stories

__all__ = ["lists", "plan", "proofreading", "public", "readers", "records", "settings", "stories"]
