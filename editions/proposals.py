"""Proposals for a page: chosen stories laid out on what is free of it, in several ways. Nothing is written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from articles.errors import Refusal
from articles.models import Article, Photo
from articles.models.article import Genre
from editions import snapshot, typesetting
from editions.arranging import arrangement_from, arrangement_of
from editions.geometry import Rectangle
from editions.models import Page, PageStory, Placement
from editions.placeable import NotPlaceable, refuse_story, require_layout, unknown_story
from editions.planning import lock_page
from editions.proposing.items import Headline, Item, Module, PictureRows, Plan, Standing, TextRows, Weight
from editions.proposing.scoring import is_hole, tombstones
from editions.proposing.search import Space, propose
from editions.proposing.shapes import SMALLEST_HOLE
from editions.room import taken
from editions.snapshot import Draft
from editions.treatments import GENRE_STYLES, next_order
from editions.typeset.design import Design
from editions.typeset.sheet import Sheet
from editions.typesetting import Layout
from newsroom.staff.models import User

# How many stories can be wished for at once, how many proposals are made of them, and how many plans are set
# to find as many that hold.
MOST_WISHES, PROPOSALS, SET = 24, 6, 9
THUMBNAIL_WIDTH = 260
# The headline styles of each weight, the one to begin with first; what the page template lacks is left out.
STYLES = {
    Weight.LEAD: ("lead",),
    Weight.SECOND: ("second", "third"),
    Weight.BRIEF: ("brief",),
    Weight.PICTURE: ("picture",),
}
_FEATURE_STYLES = ("feature", "third")
_FEATURES = frozenset({Genre.FEATURE, Genre.COMMENTARY})


class NothingToPropose(Refusal):
    """What was wished for cannot be laid out; the sentence says why."""


class Wish(NamedTuple):
    """A story to be laid out, and how much it counts."""

    article: int
    weight: Weight


@dataclass(frozen=True)
class Proposal:
    """A page as it could be: its arrangement as `arranging.arrange_page` takes it, what lies there already
    included; its picture as PNG; what there is to say about it, as sentences. A higher score is better.
    """

    score: float
    arrangement: dict[str, Any]
    picture: bytes
    notes: list[str]


def propose_layouts(page_id: int, wishes: Sequence[Wish], *, acting_user: User) -> list[Proposal]:
    """Lay the stories out on what is free of the page, the best proposal first. Changes nothing.

    Each proposal was set: nothing in it is cut off, and nothing it adds has a hole. Wishes stand in the order of
    their importance. Page designers and those who sign. Raises NotAllowed, EditionClosed, NotPlaceable,
    NothingToPropose, TypesettingFailed.
    """
    require_layout(acting_user)
    with transaction.atomic():
        page = lock_page(page_id)
        articles = _wished(page, wishes, acting_user)
    made = _Proposer(page, [(article, wish.weight) for article, wish in zip(articles, wishes, strict=True)])
    found = made.proposals()
    if not found:
        raise NothingToPropose(_("None of these stories goes on what is free of this page."))
    return found


def _wished(page: Page, wishes: Sequence[Wish], user: User) -> list[Article]:
    """The stories wished for, in order, each of which could lie on the page."""
    numbers = [wish.article for wish in wishes]
    if not numbers:
        raise NothingToPropose(_("Choose the stories to lay out first."))
    if len(numbers) > MOST_WISHES:
        raise NothingToPropose(_("At most %(most)s stories can be laid out at once.") % {"most": MOST_WISHES})
    if len(set(numbers)) < len(numbers):
        raise NothingToPropose(_("A story is named twice."))
    known = Article.objects.prefetch_related("article_photos__photo", "placements__page").in_bulk(numbers)
    for number in numbers:
        if number not in known:
            raise unknown_story(number)
        refuse_story(page, known[number], user)
        _refuse_placed(known[number])
    return [known[number] for number in numbers]


def _refuse_placed(article: Article) -> None:
    placed = next(iter(article.placements.all()), None)
    if placed is not None:
        raise NotPlaceable(
            _("“%(story)s” lies on page %(label)s already.") % {"story": article, "label": placed.page.label}
        )


class _Measured:
    """Needs as the typesetter measured them."""

    def __init__(self, needs: dict[str, Any]) -> None:
        self._needs = needs

    def headline(self, item: Item, style: str, columns: int) -> Headline | None:
        found = self._needs[str(item.key)]["headlines"][style][columns - 1]
        return Headline(*found) if found else None

    def text(self, item: Item, columns: int) -> TextRows:
        return TextRows(*self._needs[str(item.key)]["text"][columns - 1])

    def lines(self, item: Item) -> int:
        lines: int = self._needs[str(item.key)]["lines"]
        return lines

    def picture_rows(self, item: Item, columns: int) -> PictureRows:
        return PictureRows(*self._needs[str(item.key)]["picture"][columns - 1])


class _Proposer:
    """A page and the stories wished for it, by their numbers."""

    def __init__(self, page: Page, wishes: Sequence[tuple[Article, Weight]]) -> None:
        self.page, self.design = page, page.template.typography
        self.articles = {article.pk: article for article, _weight in wishes}
        self.photos = {article.pk: _photo_of(article, page) for article, _weight in wishes}
        self.items = [
            Item(article.pk, weight, _styles(article, weight, self.design), picture=_number(self.photos[article.pk]))
            for article, weight in wishes
        ]
        self.first_order = next_order(page)
        self.needs = self._measure()

    def proposals(self) -> list[Proposal]:
        """The proposals that hold when they are set, and their pictures."""
        plans = self._plans()
        drafts = [self._draft(plan) for plan in plans]
        descriptions = snapshot.describe_drafts(self.page, drafts)
        layouts = typesetting.layouts_of_descriptions(descriptions)
        holding = [
            (plan, draft, layout)
            for plan, draft, layout in zip(plans, drafts, layouts, strict=True)
            if self._holds(layout)
        ][:PROPOSALS]
        pictures = _thumbnails([layout for _plan, _draft, layout in holding])
        before = arrangement_of(self.page)
        return [
            Proposal(
                round(plan.score, 1),
                _together(before, arrangement_from(self.design, draft.stories, draft.placements)),
                picture,
                self._notes(plan),
            )
            for (plan, draft, _layout), picture in zip(holding, pictures, strict=True)
        ]

    def _measure(self) -> _Measured:
        [description] = snapshot.describe_drafts(self.page, [self._everything()])
        styles = {str(item.key): item.styles for item in self.items}
        return _Measured(typesetting.needs_of_stories(description, styles))

    def _plans(self) -> list[Plan]:
        space = Space(self.page.grid, taken(self.page), self._standing())
        return propose(space, self.items, self.needs, count=SET)

    def _everything(self) -> Draft:
        """All stories with their pictures, none of them in its place: for measuring."""
        in_order = enumerate(self.items, self.first_order)
        stories = [self._story(item.key, item.styles[0], order) for order, item in in_order]
        pictures = [
            self._placement(item.key, Rectangle(1, 1, 1, 1), 0, self.photos[item.key])
            for item in self.items
            if item.picture is not None
        ]
        return Draft(stories, pictures)

    def _draft(self, plan: Plan) -> Draft:
        """The plan's stories as the page would hold them, in the order in which they are read."""
        stories, placements = [], []
        in_order = sorted(plan.modules, key=lambda module: (module.banner.row, module.banner.column))
        for order, module in enumerate(in_order, start=self.first_order):
            story = self._story(module.item.key, module.style, order)
            across = module.banner.width
            story.headline_columns = across if across < module.frames[0].width else 0
            stories.append(story)
            placements += self._placements(module)
        return Draft(stories, placements)

    def _placements(self, module: Module) -> list[Placement]:
        key = module.item.key
        found = [self._placement(key, frame, part, None) for part, frame in enumerate(module.frames, start=1)]
        if module.picture is not None:
            found.append(self._placement(key, module.picture, 0, self.photos[key]))
        return found

    def _story(self, key: int, style: str, order: int) -> PageStory:
        label = self.design.headline(style).label
        return PageStory(page=self.page, article=self.articles[key], order=order, headline_style=style, label=label)

    def _placement(self, key: int, rectangle: Rectangle, part: int, photo: Photo | None) -> Placement:
        crop = {"focal_x": photo.focal_x, "focal_y": photo.focal_y} if photo else {}
        return Placement(
            page=self.page, article=self.articles[key], photo=photo, part=part, **crop, **rectangle._asdict()
        )

    def _standing(self) -> list[Standing]:
        """The headlines that stand on the page already."""
        sheet = self.page.template.sheet
        return [
            Standing(_rectangle_of(element, sheet), element["size"])
            for story in typesetting.layout_of(self.page)["stories"]
            for element in story["elements"]
            if element.get("role") == "headline"
        ]

    def _holds(self, layout: Layout) -> bool:
        """Whether everything of the stories wished for is on the page, and none of them has a hole."""
        return all(_story_holds(story) for story in layout["stories"] if story["number"] in self.articles)

    def _notes(self, plan: Plan) -> list[str]:
        notes = [
            _("“%(story)s” does not get on: it has %(lines)s lines.")
            % {"story": self.articles[item.key], "lines": self.needs.lines(item)}
            for item in plan.left_out
        ]
        if tombstones(plan.modules):
            notes.append(_("Two headlines of one size stand side by side."))
        notes += [_free_note(area) for area in plan.free if is_hole(area)]
        notes += [
            _("“%(story)s” goes without its picture.") % {"story": self.articles[module.item.key]}
            for module in plan.modules
            if module.item.picture is not None and module.picture is None
        ]
        return notes


def _thumbnails(layouts: Sequence[Layout]) -> list[bytes]:
    files = typesetting.photo_files(layouts)
    return typesetting.side_by_side(
        partial(typesetting.picture_of, layout, width=THUMBNAIL_WIDTH, files=files) for layout in layouts
    )


def _story_holds(story: dict[str, Any]) -> bool:
    fit = story["fit"]
    whole = not (fit["over"] or fit["headline_over"] or fit["picture_over"])
    return whole and max(story["holes"], default=0) <= SMALLEST_HOLE


def _rectangle_of(element: dict[str, Any], sheet: Sheet) -> Rectangle:
    """The fields of the grid on which a headline stands."""
    step = sheet.column_width + sheet.gutter
    return Rectangle(
        round((element["x"] - sheet.left) / step) + 1,
        int((element["y"] - sheet.top) / sheet.leading) + 1,
        max(round((element["width"] + sheet.gutter) / step), 1),
        math.ceil(len(element["lines"]) * element["leading"] / sheet.leading),
    )


def _photo_of(article: Article, page: Page) -> Photo | None:
    """The picture that a story takes along: its first one that may still be printed."""
    photos = (used.photo for used in article.article_photos.all())
    return next((photo for photo in photos if photo.rights_ended(page.edition.date) is None), None)


def _number(photo: Photo | None) -> int | None:
    return photo.pk if photo else None


def _styles(article: Article, weight: Weight, design: Design) -> tuple[str, ...]:
    """The headline styles that suit the story: what is paid for keeps its own, whatever its weight."""
    if article.genre == Genre.ADVERTISEMENT:
        wanted: tuple[str, ...] = (GENRE_STYLES[Genre.ADVERTISEMENT],)
    elif weight == Weight.SECOND and article.genre in _FEATURES:
        wanted = _FEATURE_STYLES
    else:
        wanted = STYLES[weight]
    return tuple(style for style in wanted if style in design.headlines) or (design.default_headline,)


def _free_note(area: Rectangle) -> str:
    words = {"lines": area.area, "rows": area.height, "first": area.column, "last": area.right - 1, "row": area.row}
    if area.width == 1:
        return _("%(lines)s lines stay free in column %(first)s from row %(row)s.") % words
    return _("%(lines)s lines stay free in columns %(first)s to %(last)s from row %(row)s.") % words


def _together(before: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    """What lies on the page, and what is added to it."""
    return {name: before[name] + added[name] for name in before}
