"""Until when a story has to be signed: the step it awaits, in the night of the edition it is for.

`set_due` is called by whoever moves a story and writes nothing; `reckon_anew` by whoever changes what stories are for.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from articles.coverage_states import TopicState
from articles.deadlines import closes_at, moment_in, night_of, night_of_story
from articles.models import Article, ReviewStep, Topic
from articles.querysets import ArticleQuerySet

Source = Callable[[Article], datetime.date | None]
_SOURCES: list[Source] = []


def ask_first(source: Source) -> None:
    """Let `source` say for the edition of which day a story is, before the plan is asked: pages are not known here."""
    _SOURCES.append(source)


def set_due(article: Article) -> None:
    """Set until when the step that the story awaits has to be signed; the last one, too, where it awaits one beyond.

    Three queries at most, one where it awaits none.
    """
    steps = list(ReviewStep.objects.order_by("order"))
    awaited = [step.due for step in steps if step.order <= (article.step or 0)]
    if not awaited or awaited[-1] is None:
        article.due_at = None
        return
    night = night_of_story(
        article.moved_at,
        [step.due for step in steps if step.due is not None],
        edition_day=_edition_day_of(article),
        before=night_of(article.due_at) if article.due_at else None,
    )
    article.due_at = moment_in(night, awaited[-1])


def comes_for(edition_day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """After which moment and until which what is for no edition comes for the one of that day. One query."""
    times = [due for due in ReviewStep.objects.values_list("due", flat=True) if due is not None]
    night, before = (edition_day - datetime.timedelta(days=days) for days in (1, 2))
    return closes_at(before, times), closes_at(night, times)


def reckon_anew(stories: ArticleQuerySet) -> None:
    """Reckon until when those of `stories` that are under review have to be signed, after what they are for has
    changed; who is late at the new time is told anew. Inside the transaction of that change; takes their locks.
    """
    for article in stories.filter(step__isnull=False).select_for_update(of=("self",)).order_by("pk"):
        was, article.due_at = article.due_at, None
        set_due(article)
        if article.due_at != was:
            article.late_told_at = None
            article.save(update_fields=["due_at", "late_told_at"])


def _edition_day_of(article: Article) -> datetime.date | None:
    """The day of the edition on whose pages the story lies, else of the one that it is planned for."""
    lying = next((day for source in _SOURCES if (day := source(article)) is not None), None)
    if lying is not None or article.assignment_id is None:
        return lying
    planned = Topic.objects.filter(assignments=article.assignment_id, state=TopicState.APPROVED)
    return planned.values_list("edition_day", flat=True).first()
