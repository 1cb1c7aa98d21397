"""The Django admin of stories: everything is shown, and only the services change it."""

from articles.admin import plan, proofreading, records, settings, stories

__all__ = ["plan", "proofreading", "records", "settings", "stories"]
