"""Placing stories and their pictures on pages: inside the grid, never over one another."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from articles.errors import NotAllowed, Refusal
from articles.models import Article
from articles.querysets import ArticleQuerySet
from articles.rules import visible_to
from articles.states import PLACEABLE
from editions import geometry, rules
from editions.geometry import Rectangle
from editions.models import Edition, Page, Placement
from editions.planning import lock_open
from editions.rules import EditionVerb
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User


class DoesNotFit(Refusal):
    """The rectangle is not free: it lies outside the grid or over something else."""


class NotPlaceable(Refusal):
    """This story may not lie on this page."""


def place_story(
    page_id: int, article_id: int, rectangle: Rectangle, *, photo_id: int | None = None, acting_user: User
) -> Placement:
    """Place a signed-off story, or with `photo_id` one of its pictures, in a rectangle of the page.

    A story that lies in this edition already gets its next part there: it continues and stays one story.
    Page designers and those who sign. Raises NotAllowed, EditionClosed, NotPlaceable, DoesNotFit.
    """
    _require(acting_user)
    with transaction.atomic():
        page = _locked_page(page_id)
        article = Article.objects.locked(article_id)
        _refuse_story(page, article, photo_id)
        _refuse_rectangle(page, rectangle)
        part = 0 if photo_id else _next_part(article)
        placement = Placement.objects.create(
            page=page, article=article, photo_id=photo_id, part=part, **rectangle._asdict()
        )
        audit.record(acting_user, Act.PAGE_PLACE, page, story=article.pk, part=part, at=list(rectangle))
    return placement


def move_placement(placement_id: int, page_id: int, rectangle: Rectangle, *, acting_user: User) -> Placement:
    """Move or resize what is placed, also to another page of the same edition.

    Raises NotAllowed, EditionClosed, NotPlaceable, DoesNotFit.
    """
    _require(acting_user)
    with transaction.atomic():
        placement = _locked_placement(placement_id)
        page = _locked_page(page_id)
        if placement.page.edition_id != page.edition_id:
            raise NotPlaceable(_("This page belongs to another edition."))
        _refuse_rectangle(page, rectangle, apart_from=placement.pk)
        placement.page = page
        for name, value in rectangle._asdict().items():
            setattr(placement, name, value)
        placement.save()
        audit.record(acting_user, Act.PAGE_MOVE, page, story=placement.article_id, at=list(rectangle))
    return placement


def remove_placement(placement_id: int, *, acting_user: User) -> None:
    """Take one rectangle off its page; the story's later parts move up.

    Raises NotAllowed, EditionClosed, NotPlaceable.
    """
    _require(acting_user)
    with transaction.atomic():
        placement = _locked_placement(placement_id)
        placement.delete()
        _renumber_parts(placement.article_id)
        audit.record(acting_user, Act.PAGE_REMOVE, placement.page, story=placement.article_id)


def _require(user: User) -> None:
    if not rules.can(user, EditionVerb.LAY_OUT):
        raise NotAllowed


def _locked_page(page_id: int) -> Page:
    """The page, re-read under the lock of its open edition."""
    lock_open(Page.objects.values_list("edition_id", flat=True).get(pk=page_id))
    return Page.objects.select_related("template", "edition").get(pk=page_id)


def _locked_placement(placement_id: int) -> Placement:
    """The placement, re-read under the lock of its open edition; a placement never leaves its edition."""
    wanted = Placement.objects.filter(pk=placement_id).select_related("page__edition")
    edition_id = wanted.values_list("page__edition_id", flat=True).first()
    if edition_id is not None:
        lock_open(edition_id)
    placement = wanted.first()
    if placement is None:
        raise NotPlaceable(_("Somebody has just taken it off the page."))
    return placement


def _refuse_story(page: Page, article: Article, photo_id: int | None) -> None:
    if article.state not in PLACEABLE:
        raise NotPlaceable(_("“%(story)s” is not signed off.") % {"story": article})
    elsewhere = article.placements.exclude(page__edition_id=page.edition_id).select_related("page__edition").first()
    if elsewhere is not None:
        raise NotPlaceable(
            _("“%(story)s” lies in the edition of %(edition)s already.")
            % {"story": article, "edition": elsewhere.page.edition}
        )
    if photo_id is None:
        return
    if not article.article_photos.filter(photo_id=photo_id).exists():
        raise NotPlaceable(_("This picture does not belong to “%(story)s”.") % {"story": article})
    if article.placements.filter(photo_id=photo_id).exists():
        raise NotPlaceable(_("This picture of “%(story)s” is placed already.") % {"story": article})


def _refuse_rectangle(page: Page, rectangle: Rectangle, *, apart_from: int = 0) -> None:
    """Raise DoesNotFit unless the rectangle is inside the page's grid and free."""
    if not geometry.lies_inside(rectangle, page.grid):
        raise DoesNotFit(
            _("Outside the page: it has %(columns)s columns and %(rows)s rows.")
            % {"columns": page.grid.columns, "rows": page.grid.rows}
        )
    for other in page.placements.exclude(pk=apart_from).select_related("article"):
        if geometry.overlap(rectangle, other.rectangle):
            raise DoesNotFit(_("It would lie over “%(story)s”.") % {"story": other.article})


def _next_part(article: Article) -> int:
    return (article.placements.aggregate(last=Max("part"))["last"] or 0) + 1


def _renumber_parts(article_id: int) -> None:
    parts = Placement.objects.filter(article_id=article_id, photo__isnull=True).order_by("part")
    for number, placement in enumerate(parts, start=1):
        if placement.part != number:
            Placement.objects.filter(pk=placement.pk).update(part=number)


def pool_for(edition: Edition, user: User) -> ArticleQuerySet:
    """The stories that can be placed in `edition` and that `user` may read: signed off or public, and not in
    another edition; the last changed first. Four queries with what a list of them shows.
    """
    elsewhere = Placement.objects.filter(article=OuterRef("pk")).exclude(page__edition=edition)
    return (
        visible_to(user)
        .filter(~Exists(elsewhere), state__in=sorted(PLACEABLE))
        .prefetch_related("placements", "article_photos__photo")
        .order_by("-updated_at", "-id")
    )
