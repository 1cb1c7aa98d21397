"""The reading side: rows of its own, and nothing in them that is not public.

Written by the door alone: `articles/publishing.py`, `articles/generations.py` and `articles/public/specials.py`.
Numbers and slugs refer to the desk by value, never by foreign key: the public process can be given these tables and
no others.
"""

from __future__ import annotations

import datetime
from contextlib import closing
from typing import Any, ClassVar, NamedTuple

from django.db import connections, models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.addresses import address
from articles.models.imprint import Imprint


class PublishedSection(models.Model):
    """A section under which something can be read."""

    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("name"), max_length=30)
    name_en = models.CharField(_("name in English"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("public section")
        verbose_name_plural = _("public sections")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name

    def get_absolute_url(self) -> str:
        return address("section", self.slug)


_SERIAL = "SELECT generation, changed_at FROM articles_publicframe WHERE id = 1"


class Serial(NamedTuple):
    """Which state of the reading side it is: the generation and when it began, as the database writes it.

    The moment tells a generation from the one of the same number before a backup was restored.
    """

    generation: int
    changed_at: Any


class PublicFrame(Imprint):
    """What every public page shows around its own: the paper's name, its imprint and its sections; one row.

    `generation` grows with every change of the reading side: a page made in a generation is right as long as
    that generation lasts. `sections` is a list of {slug, name, name_en} in their order; `most_read` the ids of the
    published stories that the home page shows as read most, `specials` those that it names as {slug, name}.
    """

    THE_ONE = 1

    generation = models.PositiveBigIntegerField(_("generation"), default=0)
    changed_at = models.DateTimeField(_("changed at"), null=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    sections: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(
        _("sections"), default=list
    )
    most_read: models.JSONField[list[int], list[int]] = models.JSONField(_("read most"), default=list)
    specials: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(
        _("specials"), default=list
    )

    class Meta:
        verbose_name = _("public frame")
        verbose_name_plural = _("public frame")
        constraints = [models.CheckConstraint(name="one_public_frame", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return str(self.generation)

    @classmethod
    def lock(cls) -> None:
        """Let nobody else write the reading side until the transaction ends.

        What stories share (authors, tags, sections) comes with the first of them and goes with the last: two that
        come and go at once would take away what the other one names, or wait for each other in a circle. Taken
        after every lock of the desk.
        """
        cls.objects.select_for_update(no_key=True).get_or_create(pk=cls.THE_ONE)

    @classmethod
    def serial(cls) -> Serial:
        """The serial as it stands: every request begins with it, so the driver is asked without any layer between.

        Everything is fetched, so that no statement stays open and nothing is read from an old snapshot.
        """
        connection = connections["default"]
        if connection.connection is None:
            connection.ensure_connection()
        with connection.wrap_database_errors, closing(connection.connection.cursor()) as cursor:
            cursor.execute(_SERIAL)
            rows = cursor.fetchall()
        return Serial(*rows[0]) if rows else Serial(0, None)

    @classmethod
    def current(cls) -> PublicFrame:
        """The frame as it stands; an empty one, generation 0, before anything was published.

        Raw, for every public request begins with it and composing the query took longer than answering it.
        """
        rows = cls.objects.raw("SELECT * FROM articles_publicframe WHERE id = %s", [cls.THE_ONE])
        return next(iter(rows), None) or cls(pk=cls.THE_ONE)


class PublishedAuthor(models.Model):
    """Somebody whose name stands under something published."""

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=60)
    bio = models.TextField(_("about"), blank=True)

    class Meta:
        verbose_name = _("public author")
        verbose_name_plural = _("public authors")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("author", self.slug)


class PublishedArticle(models.Model):
    """A story as it was signed and as readers see it.

    `number` is the story's public number, the same for ever. `byline` is a list of {name, slug, code, role}, `role`
    in words and `code` the same as code names it; `picture` is the first picture {src, thumbnail, width, height, alt,
    focus, sources} or None, `focus` what a crop keeps in per cent from the left and the top, or None; `corrections` a
    list of {at, note, paragraphs}, oldest first, `at` in ISO 8601, `paragraphs` those that it touched by the hashes of
    `articles.text.correcting`; `specials` a list of {slug, name}.
    `updated_at` is when it was published last, `changed_at` since when it says something else than before, None where
    it says what was published first.
    """

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    version = models.PositiveIntegerField(pgettext_lazy("of a text", "version"))
    section = models.ForeignKey(
        PublishedSection, on_delete=models.PROTECT, related_name="articles", verbose_name=_("section")
    )
    genre = models.CharField(_("genre"), max_length=20)
    kicker = models.CharField(_("kicker"), max_length=120, blank=True)
    headline = models.CharField(_("headline"), max_length=200)
    subhead = models.CharField(_("subhead"), max_length=200, blank=True)
    web_headline = models.CharField(_("web headline"), max_length=120, blank=True)
    body = models.TextField(_("body"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    keywords: models.JSONField[list[str], list[str]] = models.JSONField(_("keywords"), default=list)
    byline: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(_("byline"), default=list)
    picture: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(_("picture"), null=True)
    corrections: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        _("corrections"), default=list
    )
    specials: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(
        _("specials"), default=list
    )
    character_count = models.PositiveIntegerField(_("characters"), default=0)
    published_at = models.DateTimeField(_("published at"))
    updated_at = models.DateTimeField(_("updated at"))
    changed_at = models.DateTimeField(_("changed at"), null=True)

    class Meta:
        verbose_name = _("published story")
        verbose_name_plural = _("published stories")
        indexes = [
            models.Index(fields=["-published_at", "-number"], name="published_newest"),
            models.Index(fields=["section", "-published_at", "-number"], name="published_by_section"),
            models.Index(fields=["genre", "-published_at", "-number"], name="published_by_genre"),
            # What a program asks that has read everything before.
            models.Index(fields=["updated_at"], name="published_by_change"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The headline that makes sense alone, on one line."""
        return self.web_headline or self.headline.replace("\n", " ")

    @property
    def modified_at(self) -> datetime.datetime:
        """Since when it says what it says: a story that never changed since its publication."""
        return self.changed_at or self.published_at

    def get_absolute_url(self) -> str:
        return address("story", self.number)


class Gathered(models.Model):
    """A story under something by which stories are gathered, an author or a tag: finds its stories, newest first.

    The time is the story's own, kept here for the index. `BY` names the field that says under what.
    """

    BY: ClassVar[str]

    published_at = models.DateTimeField(_("published at"))
    number = models.PositiveBigIntegerField(_("number"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{getattr(self, f'{self.BY}_id')} {self.number}"

    @classmethod
    def gatherers(cls) -> models.QuerySet[Any]:
        """All authors or tags under which a story can stand."""
        gatherer: Any = cls._meta.get_field(cls.BY).related_model
        found: models.QuerySet[Any] = gatherer.objects.all()
        return found


class PublishedByline(Gathered):
    """A story under one of its authors."""

    BY = "author"

    author = models.ForeignKey(
        PublishedAuthor, on_delete=models.CASCADE, related_name="bylines", verbose_name=_("contributor")
    )
    article = models.ForeignKey(
        PublishedArticle, on_delete=models.CASCADE, related_name="author_links", verbose_name=_("story")
    )

    class Meta:
        verbose_name = _("public byline")
        verbose_name_plural = _("public bylines")
        indexes = [models.Index(fields=["author", "-published_at", "-number"], name="published_by_author")]
        constraints = [models.UniqueConstraint(name="author_once_a_story", fields=["author", "article"])]


class PublishedPhoto(models.Model):
    """A picture of a published story; its files lie in the public store.

    `photo_number` is the photo's number on the desk: it tells whether another story still shows the files.
    `sources` are its addresses by format (avif, webp) as [width, address]; empty where it has no sizes for screens.
    """

    article = models.ForeignKey(
        PublishedArticle, on_delete=models.CASCADE, related_name="photos", verbose_name=_("story")
    )
    photo_number = models.PositiveBigIntegerField(_("photo number"), db_index=True)
    order = models.PositiveSmallIntegerField(_("order"))
    in_body = models.BooleanField(_("in the text"))
    thumbnail = models.CharField(_("thumbnail"), max_length=200)
    preview = models.CharField(_("preview"), max_length=200)
    large = models.CharField(_("large"), max_length=200)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    alt = models.CharField(_("alternative text"), max_length=500, blank=True)
    sources: models.JSONField[dict[str, list[Any]], dict[str, list[Any]]] = models.JSONField(
        _("sizes for screens"), default=dict
    )

    class Meta:
        verbose_name = _("published photo")
        verbose_name_plural = _("published photos")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="published_photo_order", fields=["article", "order"])]

    def __str__(self) -> str:
        return self.caption[:40]


class WithdrawnArticle(models.Model):
    """The address of a story that was withdrawn (撤稿): it answers 410 and nothing of the story is left."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"))

    class Meta:
        verbose_name = _("withdrawn story")
        verbose_name_plural = _("withdrawn stories")

    def __str__(self) -> str:
        return str(self.number)
