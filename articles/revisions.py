"""The line of a story's revisions: writing the next, finding the one that stands."""

from __future__ import annotations

from articles.content import content_of, hash_of
from articles.models import Article, Revision
from newsroom.staff.models import User


def write_revision(article: Article, author: User) -> Revision:
    """Keep the story's content as it is now under its version number, inside the transaction of the save."""
    content = content_of(article)
    return Revision.objects.create(
        article=article,
        number=article.version,
        content=content,
        content_hash=hash_of(content),
        author=author,
        author_label=str(author),
    )


def current_revision(article: Article) -> Revision:
    """The revision that stands: every story has one from its first save."""
    return article.revisions.get(number=article.version)
