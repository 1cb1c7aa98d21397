"""The Django admin of stories: everything is shown, and only the services change it."""

from articles.admin import proofreading, records, settings, stories

__all__ = ["proofreading", "records", "settings", "stories"]
