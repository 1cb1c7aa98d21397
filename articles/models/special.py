"""Stories put together by hand under a headline of their own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article
from articles.models.moved import AddressKind, refuse_former
from articles.validators import validate_no_control_characters

PLAIN = [validate_no_control_characters]
LONGEST_INTRODUCTION = 2000


class Special(models.Model):
    """A special (专题) as the desk makes it; readers see it while `is_public`, and of its stories those that are
    public themselves.

    `slug` is its public address, and each that it had since readers first saw it (`was_public`) leads there. `version`
    counts the changes and is what the next one must be based on. Written by `articles.specials` alone.
    """

    name = models.CharField(pgettext_lazy("of a special", "headline"), max_length=80, validators=PLAIN)
    slug = models.SlugField(
        _("address"), unique=True, max_length=60, help_text=_("Small letters, digits and hyphens: spring-floods")
    )
    introduction = models.TextField(_("introduction"), max_length=LONGEST_INTRODUCTION, blank=True, validators=PLAIN)
    on_home = models.BooleanField(_("on the home page"), default=False)
    is_public = models.BooleanField(_("shown to readers"), default=False, editable=False)
    was_public = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(pgettext_lazy("of a text", "version"), default=1, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        verbose_name=pgettext_lazy("of a special", "made by"),
    )
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("special")
        verbose_name_plural = _("specials")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:special", args=[self.pk])

    def clean(self) -> None:
        """Refuse an address that readers knew as another special's."""
        super().clean()
        refuse_former(AddressKind.SPECIAL, self)


class SpecialStory(models.Model):
    """A story's place in a special: the first leads, `group` is the subheading under which it stands, or empty."""

    special = models.ForeignKey(Special, on_delete=models.CASCADE, related_name="stories", verbose_name=_("special"))
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="specials", verbose_name=_("story"))
    order = models.PositiveSmallIntegerField(_("order"))
    group = models.CharField(_("subheading"), max_length=40, blank=True, validators=PLAIN)

    class Meta:
        verbose_name = _("story of a special")
        verbose_name_plural = _("stories of specials")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="desk_story_once_a_special", fields=["special", "article"])]

    def __str__(self) -> str:
        return f"{self.special_id} {self.article_id}"
