"""Who has a story open, and where in it they are."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class StoryPresence(models.Model):
    """Somebody who has a story open to edit it: since when, where in it, and when they were last heard of.

    `place` is a field's name, for the body with the number of the block: `headline`, `body:3`.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences", verbose_name=_("story"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(_("place"), max_length=40, blank=True)
    came_at = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("seen"))

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(name="present_once_a_story", fields=["article", "user"])]

    def __str__(self) -> str:
        return f"{self.article_id} {self.user_id}"
