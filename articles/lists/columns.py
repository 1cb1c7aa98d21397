"""The columns that a list of stories can show: what each says of a story, to pages and to exports alike."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article
from articles.querysets import ArticleQuerySet
from articles.text.counting import lines_for
from newsroom.dates import day
from newsroom.wording import comma_list

Value = str | int | datetime.datetime | None
# A line of the body in one column of the standard broadsheet.
LINE_CHARACTERS = 17


@dataclass(frozen=True)
class Column:
    """One column; `value` says it of one story, `kind` how it is drawn, `reads` what has to be fetched with it."""

    name: str
    label: str | Promise
    value: Callable[[Article], Value]
    kind: str = "text"
    reads: tuple[str, ...] = ()


def _lines(article: Article) -> int:
    """Lines by the count of characters alone: where paragraphs end makes it some lines more."""
    return lines_for(article.character_count, LINE_CHARACTERS)


def _byline(article: Article) -> str:
    return comma_list(str(byline.contributor) for byline in article.byline_list)


def _topic(article: Article) -> str:
    return str(article.assignment.topic) if article.assignment else ""


def _places(article: Article) -> str:
    """Where it lies: the edition's date and the page's label, for each page once."""
    pages = dict.fromkeys(placement.page for placement in article.placements.all())
    return comma_list(f"{day(page.edition.date)} {page.label} {page.name}".strip() for page in pages)


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("story", _("Story"), str),
        Column("state", _("State"), lambda article: article.state_label, "state"),
        Column("section", _("Section"), lambda article: str(article.section)),
        Column("genre", _("Genre"), lambda article: article.get_genre_display()),
        Column("byline", _("Byline"), _byline, "people", ("bylines__contributor",)),
        Column("characters", _("Characters"), lambda article: article.character_count, "number"),
        Column("lines", _("Lines (estimated)"), _lines, "number"),
        Column("changed", _("Last change"), lambda article: article.updated_at, "time"),
        Column("filed", pgettext_lazy("column", "Filed"), lambda article: article.created_at, "time"),
        Column("filer", _("Filed by"), lambda article: str(article.created_by or ""), "people"),
        Column("awaits", _("Awaits since"), lambda article: article.moved_at if article.step else None, "time"),
        Column("due", pgettext_lazy("before a time", "due"), lambda article: article.due_at, "time"),
        Column("remarks", _("Open remarks"), lambda article: article.open_remark_count, "number"),
        Column("topic", pgettext_lazy("something to write about", "Topic"), _topic),
        Column("placed", _("Edition and page"), _places, "text", ("placements__page__edition",)),
        Column("embargo", _("Embargo until"), lambda article: article.embargo_until, "time"),
        Column("schedule", _("Publish on the web at"), lambda article: article.publish_at, "time"),
        Column("slugline", _("Slugline"), lambda article: article.slugline),
        Column("number", pgettext_lazy("column", "Number"), lambda article: article.pk, "number"),
    )
}
# The story itself always comes first.
FIRST = "story"
USUAL = ("state", "section", "byline", "characters", "changed")


def columns_named(names: Iterable[str]) -> list[Column]:
    """The story and the columns of these names, in their order; a name that no column has is passed over."""
    wanted = dict.fromkeys([FIRST, *names])
    return [COLUMNS[name] for name in wanted if name in COLUMNS]


def fetched_for(stories: ArticleQuerySet, columns: Iterable[Column]) -> ArticleQuerySet:
    """`stories` with what `columns` read, in a constant number of queries, and without the long texts."""
    reads = [path for column in columns for path in column.reads]
    return stories.without_texts().for_names().prefetch_related(*reads)


def said_of(article: Article, columns: Iterable[Column]) -> list[tuple[Column, Value]]:
    """Each column with what it says of the story."""
    return [(column, column.value(article)) for column in columns]
