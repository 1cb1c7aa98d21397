"""How pages treat the stories that lie on them: each story once a page, from its first rectangle to its last."""

from __future__ import annotations

from django.db.models import Max

from articles.models import Article
from articles.models.article import Genre
from editions.models import Page, PageStory, Placement
from editions.typeset.design import HeadlineStyle

# The styles that the standard templates have for a genre; a template without one sets it as any other story.
GENRE_STYLES = {Genre.ADVERTISEMENT: "advertisement", Genre.PICTURE: "picture", Genre.BRIEF: "brief"}


def usual_treatment(page: Page, article: Article, order: int) -> PageStory:
    """How a story is treated that nobody has said anything about, not saved yet. One query."""
    style = _usual_style(page, article)
    return PageStory(
        page=page, article=article, order=order, headline_style=style.key, boxed=style.boxed, label=style.label
    )


def treat(page: Page, article: Article) -> PageStory:
    """How the page treats the story; one that is new there is treated as usual, after the others."""
    treatment = page.stories.filter(article=article).first()
    if treatment is None:
        treatment = usual_treatment(page, article, next_order(page))
        treatment.save()
    return treatment


def forget_absent(page: Page, article: Article) -> None:
    """Drop the page's treatment of a story of which nothing lies there any more."""
    if not page.placements.filter(article=article).exists():
        page.stories.filter(article=article).delete()


def follow(article: Article, source: Page, target: Page) -> None:
    """After something of the story moved from one page to another: the treatment goes along with the last of it."""
    treatment = source.stories.filter(article=article).first()
    stays = source.placements.filter(article=article).exists()
    if treatment and not stays and not target.stories.filter(article=article).exists():
        treatment.page, treatment.order = target, next_order(target)
        treatment.save()
    treat(target, article)
    forget_absent(source, article)


def next_order(page: Page) -> int:
    """The place after the last story of the page."""
    return (page.stories.aggregate(last=Max("order"))["last"] or 0) + 1


def _usual_style(page: Page, article: Article) -> HeadlineStyle:
    design = page.template.typography
    key = GENRE_STYLES.get(Genre(article.genre), design.default_headline)
    # What is paid for is labelled wherever it goes on.
    if article.genre != Genre.ADVERTISEMENT and _begins_elsewhere(page, article):
        key = design.continued_headline
    return design.headline(key)


def _begins_elsewhere(page: Page, article: Article) -> bool:
    first = Placement.objects.filter(article=article, photo__isnull=True).order_by("part").first()
    return first is not None and first.page_id != page.pk
