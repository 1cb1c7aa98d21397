"""The Django admin of stories: everything is shown, and only the services change it."""

from articles.admin import records, settings, stories

__all__ = ["records", "settings", "stories"]
