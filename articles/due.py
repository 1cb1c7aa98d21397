"""Until when a story has to be signed: the step it awaits, in the night of the edition it is for.

`set_due` is called by whoever moves a story and writes nothing; `reckon_anew` by whoever changes what stories are for,
`reckon_story_anew` by whoever changes the steps.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from articles.coverage_states import TopicState
from articles.deadlines import closes_at, moment_in, night_of_story
from articles.models import Article, ReviewStep, Topic
from articles.querysets import ArticleQuerySet

Source = Callable[[Article], datetime.date | None]
_SOURCES: list[Source] = []


def ask_first(source: Source) -> None:
    """Let `source` say for the edition of which day a story is, before the plan is asked: pages are not known here."""
    _SOURCES.append(source)


def review_steps() -> list[ReviewStep]:
    """The steps of the review in their order. One query."""
    return list(ReviewStep.objects.order_by("order"))


def set_due(article: Article, steps: Sequence[ReviewStep] | None = None) -> None:
    """Set until when the step that the story awaits has to be signed (the last one where it awaits one beyond), and
    since when it is under this review: since the move that let it await a step.

    `steps` are the review's, from a caller who has them. Three queries at most, none where it awaits no step.
    """
    if article.step is None:
        article.review_began_at = article.due_at = None
        return
    article.review_began_at = article.review_began_at or article.moved_at
    steps = review_steps() if steps is None else steps
    awaited = [step.due for step in steps if step.order <= article.step]
    if not awaited or awaited[-1] is None:
        article.due_at = None
        return
    night = night_of_story(
        article.review_began_at,
        [step.due for step in steps if step.due is not None],
        edition_day=_edition_day_of(article),
    )
    article.due_at = moment_in(night, awaited[-1])


def comes_for(edition_day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """After which moment and until which what is for no edition comes for the one of that day. One query."""
    times = [due for due in ReviewStep.objects.values_list("due", flat=True) if due is not None]
    night, before = (edition_day - datetime.timedelta(days=days) for days in (1, 2))
    return closes_at(before, times), closes_at(night, times)


def reckon_anew(stories: ArticleQuerySet) -> None:
    """Reckon until when those of `stories` that are under review have to be signed, after what they are for has
    changed. Inside the transaction of that change; takes the locks of all of `stories`: which of them are under
    review is known under the lock alone, for somebody may be moving one at this moment.
    """
    locked = list(stories.select_for_update(of=("self",)).order_by("pk"))
    under_review = [article for article in locked if article.step is not None]
    steps = review_steps() if under_review else []
    for article in under_review:
        reckon_story_anew(article, steps)


def reckon_story_anew(article: Article, steps: Sequence[ReviewStep]) -> None:
    """Reckon until when a locked story has to be signed; who is late at a new time is told anew."""
    was = article.due_at
    set_due(article, steps)
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
