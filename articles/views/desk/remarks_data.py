"""Remarks as they are shown: numbered in the order in which they were made, on the page and as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles import rules
from articles.models import Article, Remark, RemarkedField
from articles.remarks import texts_of
from articles.text.marking import Mark, mark_body
from newsroom.dates import recent_moment
from newsroom.staff.models import User


@dataclass(frozen=True)
class Numbered:
    """A remark and its number among all that were ever made on its story."""

    number: int
    remark: Remark

    @property
    def is_on_body(self) -> bool:
        return self.remark.field == RemarkedField.BODY


def numbered(article: Article) -> list[Numbered]:
    """Every remark on the story with its answers. Two queries."""
    return [Numbered(n, remark) for n, remark in enumerate(article.remarks.prefetch_related("answers"), start=1)]


def marked_body(html: str, remarks: list[Numbered]) -> str:
    """A clean body with the words of the open remarks marked."""
    marks = [Mark(r.number, r.remark.place) for r in remarks if r.remark.is_open and r.is_on_body]
    return mark_body(html, marks, lambda number: _("Remark %(number)s") % {"number": number})


def remarks_as_data(article: Article, user: User) -> dict[str, Any]:
    """The open remarks for a script, with the version that their places count in, and what `user` may do."""
    content = {field: getattr(article, field) for field in RemarkedField.values}
    texts = {field: texts_of(content, field) for field in RemarkedField.values}
    return {
        "version": article.version,
        "can_settle": rules.can_settle_remarks(user, article),
        "remarks": [_as_data(one, texts[one.remark.field]) for one in numbered(article) if one.remark.is_open],
    }


def _as_data(one: Numbered, texts: list[str]) -> dict[str, Any]:
    """`words` are what stands at its place in the version that is saved: an editor that is ahead looks for them."""
    remark = one.remark
    words = texts[remark.block][remark.start : remark.end] if remark.block < len(texts) else ""
    answers = remark.answers.all()
    return {
        "number": one.number,
        **{name: getattr(remark, name) for name in ("field", "block", "start", "end", "gone", "quote", "text")},
        "words": words,
        "where": str(remark.get_field_display()),
        "author": remark.author_label,
        "at": recent_moment(remark.at),
        "answers": [{"author": a.author_label, "at": recent_moment(a.at), "text": a.text} for a in answers],
        "answer": reverse("desk:remark_answer", args=[remark.pk]),
        "settle": reverse("desk:remark_settle", args=[remark.pk]),
    }
