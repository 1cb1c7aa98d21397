"""The line of a story's revisions: writing the next, finding the one that stands or that was continued."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F

from articles.content import Content, content_of, hash_of
from articles.models import Article, Revision
from newsroom.staff.models import User


def write_revision(article: Article, author: User, content: Content | None = None, **how: Any) -> Revision:
    """Keep the story's content as it is now under its version number, inside the transaction of the save.

    `content` spares reading it again where the caller has it; `how` says how the save came about: `based_on`,
    `attempt`, `autosaved`.
    """
    content = content_of(article) if content is None else content
    return Revision.objects.create(
        article=article,
        number=article.version,
        content=content,
        content_hash=hash_of(content),
        author=author,
        author_label=str(author),
        **how,
    )


def current_revision(article: Article) -> Revision:
    """The revision that stands: every story has one from its first save."""
    return article.revisions.get(number=article.version)


def continued_revision(article: Article, based_on: int, continues: UUID | None = None) -> Revision | None:
    """The revision that a text continues; None where the story has no such version.

    `continues` names a save of the same text whose answer its sender may never have read. A save that was merged
    holds more than was sent, so it is not what the sender goes on from.
    """
    sent = article.revisions.filter(attempt=continues, based_on=F("number") - 1, number__gte=based_on)
    newest = sent.order_by("-number").first() if continues else None
    return newest or article.revisions.filter(number=based_on).first()
