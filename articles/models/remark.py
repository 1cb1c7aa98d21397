"""Remarks (批注) on a passage of a story, their answers, and the house's own list of reasons for a return."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import PLAIN, Article
from articles.text.anchoring import Place


class RemarkedField(models.TextChoices):
    """The fields whose words can be remarked on."""

    BODY = "body", _("body")
    KICKER = "kicker", _("kicker")
    HEADLINE = "headline", _("headline")
    SUBHEAD = "subhead", _("subhead")
    WEB_HEADLINE = "web_headline", _("web headline")
    SUMMARY = "summary", _("summary")


class Remark(models.Model):
    """What somebody has to say about a passage, until it is settled.

    `version` is the one it was written on, `quote` the words it was about then. Where they are now stands in
    `field`, `block`, `start` and `end` as in `anchoring`: a short field is one block. `anchored_in` is the
    version in which they are there; `gone` says that the words stand in it no more.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="remarks", verbose_name=_("story"))
    version = models.PositiveIntegerField(pgettext_lazy("of a text", "version"))
    field = models.CharField(_("field"), max_length=20, choices=RemarkedField)
    block = models.PositiveIntegerField(_("paragraph"))
    start = models.PositiveIntegerField(pgettext_lazy("of a passage", "from"))
    end = models.PositiveIntegerField(pgettext_lazy("of a passage", "to"))
    gone = models.BooleanField(_("the words are gone"), default=False)
    anchored_in = models.PositiveIntegerField(_("place in version"))
    quote = models.TextField(_("the words"))
    text = models.TextField(_("remark"), max_length=1000, validators=PLAIN)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    author_label = models.CharField(_("author"), max_length=100)
    at = models.DateTimeField(_("time"), default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("a remark", "settled by"),
    )
    settled_label = models.CharField(pgettext_lazy("a remark", "settled by"), max_length=100, blank=True)
    settled_at = models.DateTimeField(pgettext_lazy("a remark", "settled at"), null=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["id"]
        indexes = [models.Index(fields=["article"], name="remark_open", condition=Q(settled_at__isnull=True))]
        constraints = [
            models.CheckConstraint(name="remark_field_known", condition=Q(field__in=RemarkedField.values)),
            models.CheckConstraint(name="remark_passage_in_order", condition=Q(end__gte=F("start"))),
            models.CheckConstraint(
                name="remark_settled_with_a_name",
                condition=Q(settled_at__isnull=True, settled_label="") | Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    @property
    def place(self) -> Place:
        """Where the words are in version `anchored_in`."""
        return Place(self.block, self.start, self.end, self.gone)

    @place.setter
    def place(self, place: Place) -> None:
        self.block, self.start, self.end, self.gone = place


class RemarkAnswer(models.Model):
    """What somebody answered to a remark."""

    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="answers", verbose_name=_("remark"))
    text = models.TextField(_("answer"), max_length=1000, validators=PLAIN)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    author_label = models.CharField(_("author"), max_length=100)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class ReturnReason(models.Model):
    """One of the house's usual reasons for returning a story (退稿理由), to be picked instead of typed.

    A return keeps the words, not the row: they stay in the trail whatever becomes of the list.
    """

    text = models.CharField(_("reason"), max_length=60, unique=True, validators=PLAIN)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("reason for a return")
        verbose_name_plural = _("reasons for a return")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text
