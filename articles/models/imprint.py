"""What a paper's public pages say at their foot about the paper: beyond its name, and only what is filled in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Imprint(models.Model):
    """What the law and readers want to find at the foot of every page; empty where the paper says nothing.

    `icp_filing` is the site's number with the ministry (ICP备案), `news_licence` that of the licence to publish news
    on the internet (互联网新闻信息服务许可证).
    """

    reprint_terms = models.CharField(_("terms for reprints"), max_length=200, blank=True)
    reprint_terms_en = models.CharField(_("terms for reprints in English"), max_length=300, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    contact_en = models.CharField(_("contact in English"), max_length=300, blank=True)
    icp_filing = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    news_licence = models.CharField(_("internet news licence number"), max_length=60, blank=True)

    class Meta:
        abstract = True

    @property
    def imprint(self) -> dict[str, str]:
        """The fields of the imprint by name."""
        return {field.name: getattr(self, field.name) for field in Imprint._meta.get_fields()}

    @property
    def terms_shown(self) -> str:
        """The terms for reprints in the reader's language, where they are written in it."""
        return self._in_language(self.reprint_terms, self.reprint_terms_en)

    @property
    def contact_shown(self) -> str:
        """Where the paper is to be reached, in the reader's language where it is written in it."""
        return self._in_language(self.contact, self.contact_en)

    @staticmethod
    def _in_language(said: str, in_english: str) -> str:
        return in_english or said if (get_language() or "").startswith("en") else said
