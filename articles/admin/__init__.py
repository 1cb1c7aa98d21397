"""The Django admin of stories: everything is shown, and only the services change it."""

from articles.admin import plan, records, settings, stories

__all__ = ["plan", "records", "settings", "stories"]
