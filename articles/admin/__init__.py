"""The Django admin of stories: everything is shown, and only the services change it."""

from articles.admin import lists, records, settings, stories

__all__ = ["lists", "records", "settings", "stories"]
