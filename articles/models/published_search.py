"""What search knows of a published story. Written by `articles/search/index.py` for the door alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.published import PublishedArticle


class PublishedSearch(models.Model):
    """A published story as it is searched; narrow columns first, for most questions read no others.

    `headline` and `deck` are what weighs more than the text; `plain` is all that readers can read of the story, a
    part a line; the three are folded. `section` and `authors` are the ids of the public ones, the latter
    parted by spaces: ids stay when an address changes, and no row has to be written anew; `printed` the
    tokens of the pages on which it stands; `extra` every token that `plain` alone does not say. `form` is the form
    of the index in which it was written, `updated_at` the story's own.

    The index itself is the database's: a GIN index over a function of `plain` and `extra` on PostgreSQL (migration
    0020), the table `articles_publishedsearch_fts` on SQLite (migration 0040). Django knows nothing of SQLite's index
    `articles_publishedsearch_narrow` (0040), which searches name, and of the trigger
    `articles_publishedsearch_emptied` (0020): a migration that changes a field here makes the table anew on SQLite,
    without them, and has to create both again.
    """

    article = models.OneToOneField(
        PublishedArticle, on_delete=models.CASCADE, primary_key=True, related_name="search", verbose_name=_("story")
    )
    number = models.PositiveBigIntegerField(_("number"), unique=True)
    published_at = models.DateTimeField(_("published at"), db_index=True)
    updated_at = models.DateTimeField(_("updated at"))
    form = models.PositiveSmallIntegerField(_("form of the index"))
    section = models.CharField(_("section"), max_length=50)
    genre = models.CharField(_("genre"), max_length=20)
    authors = models.TextField(_("authors"), blank=True)
    headline = models.TextField(_("headline"), blank=True)
    deck = models.TextField(_("deck"), blank=True)
    printed: models.JSONField[list[str], list[str]] = models.JSONField(_("printed on"), default=list)
    plain = models.TextField(_("text"), blank=True)
    extra = models.TextField(_("further tokens"), blank=True)

    class Meta:
        verbose_name = _("searched story")
        verbose_name_plural = _("searched stories")

    def __str__(self) -> str:
        return str(self.number)


class PublishedSearchChange(models.Model):
    """A story of which a search server has still to be told; unused where the database itself is searched."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    article_id = models.PositiveBigIntegerField(_("story"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("change to be told to the search server")
        verbose_name_plural = _("changes to be told to the search server")

    def __str__(self) -> str:
        return str(self.number)
