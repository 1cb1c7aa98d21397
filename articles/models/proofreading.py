"""What the house sets for the proofreading aid, what people said to its findings, and fingerprints of stories."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.proofreading.checks import CHECKS
from articles.proofreading.wording import ListedWord
from articles.validators import validate_no_control_characters

PLAIN = [validate_no_control_characters]
_SEPARATOR = re.compile(r"\s*[/／；;|\n]\s*")


def split_list(text: str) -> tuple[str, ...]:
    """The items of a list as it is typed: parted by / or ；."""
    return tuple(item for item in _SEPARATOR.split(text.strip()) if item)


def check_choices() -> list[tuple[str, object]]:
    """Every check there is, by its code."""
    return [(code, check.name) for code, check in CHECKS.items()]


def name_of_check(code: str) -> str:
    """What a check is called; a code that there is none of any more stands for itself."""
    return str(CHECKS[code].name) if code in CHECKS else code


class WordKind(models.TextChoices):
    """What the house thinks of a word: it does not print it (禁用), or prefers another (推荐)."""

    FORBIDDEN = "forbidden", _("not printed")
    PREFERRED = "preferred", _("written otherwise")


class HouseWord(models.Model):
    """One entry of the house's word list (用字用词表).

    `exceptions` are longer expressions in which the word is right. An entry is never deleted, but no longer used.
    """

    word = models.CharField(_("word"), max_length=60, unique=True, validators=PLAIN)
    kind = models.CharField(_("kind"), max_length=10, choices=WordKind, default=WordKind.PREFERRED)
    replacements = models.CharField(
        _("replacements"), max_length=300, blank=True, validators=PLAIN, help_text=_("Parted by /.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True, validators=PLAIN)
    exceptions = models.CharField(
        _("exceptions"),
        max_length=500,
        blank=True,
        validators=PLAIN,
        help_text=_("Longer expressions in which the word is right, parted by /."),
    )
    is_used = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("word of the house")
        verbose_name_plural = _("words of the house")
        ordering = ["word"]
        constraints = [
            models.CheckConstraint(name="house_word_kind_known", condition=models.Q(kind__in=WordKind.values)),
            models.CheckConstraint(name="house_word_not_empty", condition=~models.Q(word="")),
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def listed(self) -> ListedWord:
        """The entry as the checks read it."""
        is_forbidden = self.kind == WordKind.FORBIDDEN
        return ListedWord(
            self.word, is_forbidden, split_list(self.replacements), self.note, split_list(self.exceptions)
        )


class ProofreadingSwitch(models.Model):
    """Whether the house uses one check; without a row the check is as it is delivered."""

    check_code = models.CharField(_("check"), max_length=30, unique=True, choices=check_choices)
    is_on = models.BooleanField(_("on"), default=True)

    class Meta:
        verbose_name = _("proofreading switch")
        verbose_name_plural = _("proofreading switches")
        ordering = ["check_code"]

    def __str__(self) -> str:
        return name_of_check(self.check_code)


class AcceptedFinding(models.Model):
    """A finding of which somebody said that the text is right so: it is not shown again in this story.

    It is known by its check and what it quotes, the words around it included: where they change, it is asked anew.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="accepted_findings", verbose_name=_("story")
    )
    check_code = models.CharField(_("check"), max_length=30)
    quote = models.CharField(_("quoted"), max_length=250, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    by_label = models.CharField(_("who"), max_length=100)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("accepted finding")
        verbose_name_plural = _("accepted findings")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(name="finding_accepted_once", fields=["article", "check_code", "quote"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.quote}"

    @property
    def name(self) -> str:
        """What the check is called."""
        return name_of_check(self.check_code)


class Fingerprint(models.Model):
    """One key of a story's fingerprint (`articles.text.fingerprints`): stories that share keys share text."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="fingerprints", verbose_name=_("story"))
    key = models.BigIntegerField(_("key"))

    class Meta:
        verbose_name = _("fingerprint")
        verbose_name_plural = _("fingerprints")
        constraints = [models.UniqueConstraint(name="fingerprint_key_once", fields=["key", "article"])]

    def __str__(self) -> str:
        return f"{self.key:08x}"
