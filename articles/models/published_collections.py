"""What gathers published stories beside their section and their authors: tags and specials.

Written by the door alone, like everything of the reading side (`published.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles.addresses import address
from articles.models.published import Gathered, PublishedArticle


def tag_slug(keyword: str) -> str:
    """The address of the tag that a keyword is: letters and digits of any script, folded; empty where it has none."""
    return slugify(keyword, allow_unicode=True)[:60]


def tags_of(keywords: Iterable[str]) -> dict[str, str]:
    """The tags that keywords are: what each is called by its address, as it is written first."""
    names: dict[str, str] = {}
    for keyword in keywords:
        names.setdefault(tag_slug(keyword), keyword[:60])
    names.pop("", None)
    return names


class PublishedTag(models.Model):
    """A keyword under which something can be read; `slug` is the keyword folded, so that one word has one page."""

    slug = models.SlugField(_("address"), unique=True, max_length=60, allow_unicode=True)
    name = models.CharField(_("tag"), max_length=60)

    class Meta:
        verbose_name = _("public tag")
        verbose_name_plural = _("public tags")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("tag", self.slug)


class PublishedTagging(Gathered):
    """A story under one of its tags."""

    BY = "tag"

    tag = models.ForeignKey(PublishedTag, on_delete=models.CASCADE, related_name="taggings", verbose_name=_("tag"))
    article = models.ForeignKey(
        PublishedArticle, on_delete=models.CASCADE, related_name="taggings", verbose_name=_("story")
    )

    class Meta:
        verbose_name = _("public tagging")
        verbose_name_plural = _("public taggings")
        indexes = [models.Index(fields=["tag", "-published_at", "-number"], name="published_by_tag")]
        constraints = [models.UniqueConstraint(name="tag_once_a_story", fields=["tag", "article"])]


class PublishedSpecial(models.Model):
    """A special (专题) as readers see it: stories gathered by hand under a headline of their own.

    `introduction` is plain text in paragraphs.
    """

    slug = models.SlugField(_("address"), unique=True, max_length=60)
    name = models.CharField(_("headline"), max_length=80)
    introduction = models.TextField(_("introduction"), blank=True)
    on_home = models.BooleanField(_("on the home page"), default=False)
    updated_at = models.DateTimeField(_("updated at"))

    class Meta:
        verbose_name = _("published special")
        verbose_name_plural = _("published specials")
        indexes = [models.Index(fields=["-updated_at"], name="published_specials_newest")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("special", self.slug)


class PublishedSpecialStory(models.Model):
    """A story's place in a special: the first leads, `group` is the subheading under which it stands, or empty."""

    special = models.ForeignKey(
        PublishedSpecial, on_delete=models.CASCADE, related_name="stories", verbose_name=_("special")
    )
    article = models.ForeignKey(
        PublishedArticle, on_delete=models.CASCADE, related_name="special_links", verbose_name=_("story")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    group = models.CharField(_("subheading"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("story of a published special")
        verbose_name_plural = _("stories of published specials")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="story_once_a_special", fields=["special", "article"])]

    def __str__(self) -> str:
        return f"{self.special_id} {self.article_id}"
