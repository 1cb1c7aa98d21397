"""Placing stories and their pictures on pages one by one; `arranging` writes a page as a whole."""

from __future__ import annotations

import math

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles.due import reckon_anew
from articles.models import Article
from editions import geometry, treatments
from editions.geometry import Rectangle
from editions.models import Page, Placement
from editions.parts import number_parts, parts_of
from editions.placeable import NotPlaceable, refuse_picture, refuse_story, require_layout
from editions.planning import lock_open, lock_page
from editions.room import DoesNotFit, refuse_rectangle, taken
from editions.typeset.layout import story_of
from editions.typesetting import TypesettingFailed, layout_of
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

# How high a part that goes on elsewhere is made, in rows, where it is not known how much is to go on there.
HEIGHTS_TO_GO_ON = (30, 20, 12, 6)
# What the headline of a part that goes on elsewhere takes, and the line that says where it comes from.
ROWS_ABOVE = 5


def place_story(
    page_id: int, article_id: int, rectangle: Rectangle, *, photo_id: int | None = None, acting_user: User
) -> Placement:
    """Place a signed-off story, or with `photo_id` one of its pictures, in a rectangle of the page.

    A story that lies in this edition already gets its next part there: it continues and stays one story.
    Page designers and those who sign. Raises NotAllowed, EditionClosed, NotPlaceable, DoesNotFit.
    """
    require_layout(acting_user)
    with transaction.atomic():
        page = lock_page(page_id)
        article = Article.objects.locked(article_id)
        placement = _place(page, article, rectangle, photo_id, acting_user)
        audit.record(acting_user, Act.PAGE_PLACE, page, story=article.pk, part=placement.part, at=list(rectangle))
    return placement


def move_placement(placement_id: int, page_id: int, rectangle: Rectangle, *, acting_user: User) -> Placement:
    """Move or resize what is placed, also to another page of the same edition.

    Raises NotAllowed, EditionClosed, NotPlaceable, DoesNotFit.
    """
    require_layout(acting_user)
    with transaction.atomic():
        placement = _locked_placement(placement_id)
        source, page = placement.page, _page_beside(placement.page, page_id)
        refuse_rectangle(page, rectangle, page.placements.exclude(pk=placement.pk).select_related("article"))
        _put(placement, page, rectangle)
        if page != source:
            treatments.follow(placement.article, source, page)
        _count_change(source, page)
        audit.record(acting_user, Act.PAGE_MOVE, page, story=placement.article_id, at=list(rectangle))
    return placement


def remove_placement(placement_id: int, *, acting_user: User) -> None:
    """Take one rectangle off its page; the story's later parts move up.

    Raises NotAllowed, EditionClosed, NotPlaceable.
    """
    require_layout(acting_user)
    with transaction.atomic():
        placement = _locked_placement(placement_id)
        placement.delete()
        number_parts(parts_of(placement.article_id))
        treatments.forget_absent(placement.page, placement.article)
        _count_change(placement.page)
        reckon_anew(Article.objects.filter(pk=placement.article_id))
        audit.record(acting_user, Act.PAGE_REMOVE, placement.page, story=placement.article_id)


def continue_story(
    page_id: int, article_id: int, to_page_id: int, *, rectangle: Rectangle | None = None, acting_user: User
) -> Placement:
    """Let a story that lies on the page go on, with its next part, on another page of the edition: in
    `rectangle`, or at a free place that takes what is over, as wide as it is here, or the largest there is room for.

    Raises NotAllowed, EditionClosed, NotPlaceable, DoesNotFit.
    """
    require_layout(acting_user)
    # Setting a page takes its time: what is over is found out before the lock, as an advice and no more.
    over = 0 if rectangle else _lines_over(page_id, article_id)
    with transaction.atomic():
        page = lock_page(page_id)
        article, lying = _lying_on(page, article_id)
        target = _page_beside(page, to_page_id)
        _refuse_same(page, target)
        _refuse_twice(target, article)
        width = next((placement.width for placement in reversed(lying) if placement.part), 1)
        place = rectangle or _place_to_go_on(target, width, over)
        placement = _place(target, article, place, None, acting_user)
        for one, other in ((page, target), (target, page)):
            audit.record(acting_user, Act.PAGE_CONTINUE, one, story=article.pk, part=placement.part, on=other.label)
        # The page that it leaves prints where it goes on.
        _count_change(page)
    return placement


def send_story(page_id: int, article_id: int, to_page_id: int, *, acting_user: User) -> list[Placement]:
    """Send everything that the page has of a story, in the same sizes, to a free place of another page.

    Raises NotAllowed, EditionClosed, NotPlaceable, DoesNotFit.
    """
    require_layout(acting_user)
    with transaction.atomic():
        page = lock_page(page_id)
        article, lying = _lying_on(page, article_id)
        target = _page_beside(page, to_page_id)
        _refuse_same(page, target)
        places = geometry.free_places([placement.rectangle for placement in lying], target.grid, taken(target))
        if places is None:
            raise DoesNotFit(_no_room(target))
        for placement, place in zip(lying, places, strict=True):
            _put(placement, target, place)
        treatments.follow(article, page, target)
        for one, other in ((page, target), (target, page)):
            audit.record(acting_user, Act.PAGE_SEND, one, story=article.pk, on=other.label)
        _count_change(page, target)
    return lying


def _place(page: Page, article: Article, rectangle: Rectangle, photo_id: int | None, user: User) -> Placement:
    """Place what may be placed, under the locks that the caller holds."""
    refuse_story(page, article, user)
    photo = None if photo_id is None else refuse_picture(page, article, photo_id)
    refuse_rectangle(page, rectangle, page.placements.select_related("article"))
    part = 0 if photo else len(parts_of(article.pk)) + 1
    crop = {"focal_x": photo.focal_x, "focal_y": photo.focal_y} if photo else {}
    placement = Placement.objects.create(
        page=page, article=article, photo=photo, part=part, **crop, **rectangle._asdict()
    )
    treatments.treat(page, article)
    _count_change(page)
    return placement


def _put(placement: Placement, page: Page, rectangle: Rectangle) -> None:
    placement.page = page
    for name, value in rectangle._asdict().items():
        setattr(placement, name, value)
    placement.save()


def _count_change(*pages: Page) -> None:
    Page.objects.filter(pk__in={page.pk for page in pages}).update(layout_version=F("layout_version") + 1)


def _locked_placement(placement_id: int) -> Placement:
    """The placement, re-read under the lock of its open edition; a placement never leaves its edition."""
    wanted = Placement.objects.filter(pk=placement_id).select_related("page__edition", "page__template", "article")
    edition_id = wanted.values_list("page__edition_id", flat=True).first()
    if edition_id is not None:
        lock_open(edition_id)
    placement = wanted.first()
    if placement is None:
        raise NotPlaceable(_("Somebody has just taken it off the page."))
    return placement


def _page_beside(page: Page, page_id: int) -> Page:
    """A page of the same edition, whose lock the caller holds; it may be the same page."""
    found = Page.objects.select_related("template", "edition").filter(pk=page_id, edition_id=page.edition_id).first()
    if found is None:
        raise NotPlaceable(_("This page belongs to another edition."))
    return found


def _refuse_same(page: Page, target: Page) -> None:
    if page == target:
        raise NotPlaceable(_("It lies on this page already."))


def _refuse_twice(target: Page, article: Article) -> None:
    """A text turns to a page once: asked twice, by two clicks or two people, it does not lie there twice."""
    if target.placements.filter(article=article, photo=None).exists():
        raise NotPlaceable(_("Its text lies on page %(label)s already.") % {"label": target.label})


def _lying_on(page: Page, article_id: int) -> tuple[Article, list[Placement]]:
    """The story under its lock, and what of it lies on the page: its parts in order, then its pictures."""
    lying = sorted(page.placements.filter(article_id=article_id), key=lambda one: (one.photo_id is not None, one.part))
    if not lying:
        raise NotPlaceable(_("Somebody has just taken it off the page."))
    return Article.objects.locked(article_id), lying


def _lines_over(page_id: int, article_id: int) -> int:
    """How many lines of the story there is no room for; 0 where there is, or where the page cannot be set."""
    try:
        layout = layout_of(Page.objects.select_related("edition").get(pk=page_id))
    except TypesettingFailed:
        return 0
    story = story_of(layout, article_id)
    return story["fit"]["over"] if story else 0


def _place_to_go_on(page: Page, width: int, over: int) -> Rectangle:
    """The first free place of the page that takes so many lines, else the largest there is room for."""
    occupied = taken(page)
    places = (geometry.free_place(wide, high, page.grid, occupied) for wide, high in _sizes(page, width, over))
    place = next((place for place in places if place is not None), None)
    if place is None:
        raise DoesNotFit(_no_room(page))
    return place


def _sizes(page: Page, width: int, over: int) -> list[tuple[int, int]]:
    """(width, height) to try in order: what takes `over` lines, the widest first; then the largest first."""
    widths = range(min(width, page.grid.columns), 0, -1)
    enough = [(wide, math.ceil(over / wide) + ROWS_ABOVE) for wide in widths] if over else []
    sizes = [(wide, high) for wide in widths for high in HEIGHTS_TO_GO_ON]
    return enough + sorted(sizes, key=lambda size: size[0] * size[1], reverse=True)


def _no_room(page: Page) -> str:
    return _("Page %(label)s has no free place of this size.") % {"label": page.label}
