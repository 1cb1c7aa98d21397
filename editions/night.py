"""For the edition of which day a story is, as far as pages know."""

from __future__ import annotations

import datetime

from articles.models import Article
from editions.models import EditionState, Placement


def edition_day_of(article: Article) -> datetime.date | None:
    """The day of the edition on whose pages the story lies while they are made; None where it lies on none. What is
    with the printer waits for nobody any more. One query.
    """
    lying = Placement.objects.filter(article=article, page__edition__state=EditionState.OPEN)
    return lying.order_by("page__edition__date").values_list("page__edition__date", flat=True).first()
