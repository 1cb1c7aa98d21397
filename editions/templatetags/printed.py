"""What the desk's templates need of proofs and printings."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from articles.models import Article
from editions.models import PrintedFile, ProofMark
from editions.printings import printings_of

register = template.Library()


@register.inclusion_tag("desk/_printings.html")
def printings(article: Article) -> dict[str, object]:
    """Where the story was printed, and whether its words differ from those of now."""
    return {"article": article, "printings": printings_of(article)}


@register.filter
def open_marks(marks: Iterable[ProofMark]) -> int:
    """How many of the marks are not ticked off."""
    return sum(mark.settled_at is None for mark in marks)


@register.filter
def by_page(files: Iterable[PrintedFile]) -> list[PrintedFile]:
    """The files of a printing: the whole edition's, then page by page."""
    return sorted(files, key=lambda file: (file.page.page.order if file.page else 0, file.pk))
