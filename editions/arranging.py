"""Writing everything that lies on a page, and how, at once; `placing` does it one by one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.due import reckon_anew
from articles.errors import Stale
from articles.models import Article
from articles.validators import clean_only, validate_text_lengths
from editions import treatments
from editions.arrangement import Arrangement, Placed, StoryTreatment, read_arrangement
from editions.models import Page, PageStory, Placement
from editions.parts import in_reading_order, number_parts
from editions.placeable import refuse_picture, refuse_story, require_layout, unknown_story
from editions.planning import lock_page
from editions.room import refuse_rectangle
from editions.typeset.design import Design
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry, User

LAYOUT_ACTS = (
    Act.PAGE_ARRANGE,
    Act.PAGE_PLACE,
    Act.PAGE_MOVE,
    Act.PAGE_REMOVE,
    Act.PAGE_CONTINUE,
    Act.PAGE_SEND,
    Act.PAGE_EDIT,
)
_WORDS = ("label", "kicker", "headline", "subhead")


class StaleLayout(Stale):
    """The page was laid out by somebody else since the arrangement was begun.

    `current` is the page as it stands, `by` who changed it last.
    """

    def __init__(self, current: Page) -> None:
        self.current, self.by = current, _last_hand(current)
        super().__init__(
            _("Meanwhile %(who)s has changed this page. Nothing was overwritten.") % {"who": self.by or "—"}
        )


def arrange_page(page_id: int, arrangement: Any, *, based_on: int, acting_user: User) -> Page:
    """Let the page be as `arrangement` (JSON, see `editions.arrangement`) says, all of it or nothing.

    Of a story that lies here without being said how it is treated, the treatment stays, or is the usual one.
    What is signed off can be brought here, what lies here already stays whatever its state. Its parts keep
    their place among those on other pages. Page designers and those who sign. Raises NotAllowed, EditionClosed,
    StaleLayout unless `based_on` is the page's version, BadArrangement where `arrangement` is none,
    NotPlaceable, DoesNotFit, and ValidationError where its words are not fit to be printed.
    """
    require_layout(acting_user)
    wanted = read_arrangement(arrangement)
    _refuse_repetitions(wanted)
    with transaction.atomic():
        page = lock_page(page_id)
        if page.layout_version != based_on:
            raise StaleLayout(page)
        articles = _locked_stories(page, wanted, acting_user)
        placements = _placements(page, wanted.placements, articles)
        stories = _treatments(page, wanted, articles)
        _rewrite(page, stories, placements)
        page.layout_version += 1
        page.save(update_fields=["layout_version"])
        numbers = [story.article_id for story in stories]
        audit.record(acting_user, Act.PAGE_ARRANGE, page, version=page.layout_version, stories=numbers)
    return page


def arrangement_of(page: Page) -> dict[str, Any]:
    """The page as it stands, as `arrange_page` takes it. Two queries, none where stories and placements are
    prefetched.
    """
    stories = sorted(page.stories.all(), key=lambda story: (story.order, story.pk))
    placements = sorted(page.placements.all(), key=lambda one: (one.article_id, one.part, one.photo_id or 0))
    return arrangement_from(page.template.typography, stories, placements)


def arrangement_from(design: Design, stories: Iterable[PageStory], placements: Iterable[Placement]) -> dict[str, Any]:
    """The same of rows in this order, saved or not."""
    return {
        "stories": [_as_data(story, design.headline(story.headline_style).key) for story in stories],
        "placements": [
            {
                "article": one.article_id,
                "photo": one.photo_id,
                **one.rectangle._asdict(),
                **{name: getattr(one, name) for name in ("focal_x", "focal_y", "zoom", "caption")},
            }
            for one in placements
        ],
    }


def _as_data(story: PageStory, style: str) -> dict[str, Any]:
    known = {name: getattr(story, name) for name in StoryTreatment._fields if name != "article"}
    return {"article": story.article_id, **known, "headline_style": style}


def _refuse_repetitions(wanted: Arrangement) -> None:
    """Raise ValidationError unless every story is treated once and has a place, and every picture has one place."""
    treated = Counter(story.article for story in wanted.stories)
    pictures = Counter((one.article, one.photo) for one in wanted.placements if one.photo is not None)
    if any(count > 1 for count in (*treated.values(), *pictures.values())):
        raise ValidationError(_("A story or a picture is named twice."))
    if set(treated) - {one.article for one in wanted.placements}:
        raise ValidationError(_("A story is named that has no place on the page."))


def _locked_stories(page: Page, wanted: Arrangement, user: User) -> dict[int, Article]:
    """The stories that are to lie on the page, by number; those new to it are checked. Each of them and each that
    leaves it is under its lock.
    """
    numbers = {one.article for one in wanted.placements}
    here = set(page.placements.values_list("article_id", flat=True))
    locked = Article.objects.select_for_update(no_key=True).filter(pk__in=numbers | here).order_by("pk")
    articles = {article.pk: article for article in locked if article.pk in numbers}
    for number in sorted(numbers - here):
        if number not in articles:
            raise unknown_story(number)
        refuse_story(page, articles[number], user)
    return articles


def _placements(page: Page, wanted: Iterable[Placed], articles: dict[int, Article]) -> list[Placement]:
    """The placements wanted, checked and not saved; parts are not numbered yet."""
    placements: list[Placement] = []
    for one in wanted:
        article = articles[one.article]
        if one.photo is not None:
            refuse_picture(page, article, one.photo, may_lie_here=True)
        refuse_rectangle(page, one.rectangle, placements)
        crop = {"focal_x": one.focal_x, "focal_y": one.focal_y, "zoom": one.zoom}
        placement = Placement(page=page, article=article, photo_id=one.photo, part=0, caption=one.caption, **crop)
        for name, value in one.rectangle._asdict().items():
            setattr(placement, name, value)
        _check(placement, article, "caption")
        placements.append(placement)
    return placements


def _treatments(page: Page, wanted: Arrangement, articles: dict[int, Article]) -> list[PageStory]:
    """How the page is to treat its stories, checked and not saved, numbered in their order from 1."""
    said = {story.article: story for story in wanted.stories}
    known = {story.article_id: story for story in page.stories.all()}
    orders = {number: story.order for number, story in known.items()}
    orders |= {number: story.order for number, story in said.items()}
    stories: list[PageStory] = []
    for number in sorted(articles, key=lambda number: (orders.get(number, math.inf), number)):
        article, order = articles[number], len(stories) + 1
        if number in said:
            stories.append(_treatment(page, article, said[number], order))
        elif number in known:
            stories.append(known[number])
        else:
            stories.append(treatments.usual_treatment(page, article, order))
        stories[-1].order = order
    return stories


def _treatment(page: Page, article: Article, said: StoryTreatment, order: int) -> PageStory:
    if said.headline_style not in page.template.typography.headlines:
        raise ValidationError(
            _("“%(story)s”: the page template has no headline style “%(style)s”.")
            % {"story": article, "style": said.headline_style}
        )
    story = PageStory(page=page, **{**said._asdict(), "article": article, "order": order})
    _check(story, article, *_WORDS)
    return story


def _check(instance: PageStory | Placement, article: Article, *names: str) -> None:
    """Run the checks of the model's own fields; what they say begins with the story."""
    try:
        clean_only(instance, *names)
        validate_text_lengths(instance)
    except ValidationError as refused:
        raise ValidationError(
            [
                _("“%(story)s”, %(field)s: %(problem)s")
                % {"story": article, "field": instance._meta.get_field(name).verbose_name, "problem": problem}  # type: ignore[union-attr]
                for name, problems in refused.message_dict.items()
                for problem in problems
            ]
        ) from refused


def _rewrite(page: Page, stories: list[PageStory], placements: list[Placement]) -> None:
    """Put `stories` and `placements` in the place of what lies on the page, and number the parts they touch."""
    gone = set(page.placements.values_list("article_id", flat=True))
    touched = gone | {story.article_id for story in stories}
    parts = list(Placement.objects.filter(article__in=touched, photo__isnull=True).order_by("part"))
    page.placements.all().delete()
    page.stories.all().delete()
    for number in touched:
        before = [part for part in parts if part.article_id == number]
        mine = [one for one in placements if one.article_id == number and one.photo_id is None]
        number_parts(in_reading_order(before, page.pk, mine))
    Placement.objects.bulk_create(placements)
    PageStory.objects.bulk_create(stories)
    reckon_anew(Article.objects.filter(pk__in=gone - {story.article_id for story in stories}))


def _last_hand(page: Page) -> str:
    """Who changed the page last, empty where nobody did."""
    acts = AuditEntry.objects.about(page).filter(act__in=LAYOUT_ACTS)
    return acts.values_list("actor_label", flat=True).first() or ""
