"""The Django admin of stories: everything is shown, and only the services change it."""

from articles.admin import lists, plan, records, settings, stories

__all__ = ["lists", "plan", "records", "settings", "stories"]
