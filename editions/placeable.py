"""Which stories and pictures may lie on which page, and who says so."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from articles.errors import NotAllowed, Refusal
from articles.models import Article, Photo
from articles.querysets import ArticleQuerySet
from articles.rules import can_view, visible_to
from articles.states import PLACEABLE
from editions import rules
from editions.models import Edition, Page, Placement
from editions.rules import EditionVerb
from newsroom.dates import day
from newsroom.staff.models import User


class NotPlaceable(Refusal):
    """This story may not lie on this page."""


def require_layout(user: User) -> None:
    """Raise NotAllowed unless `user` may lay out pages."""
    if not rules.can(user, EditionVerb.LAY_OUT):
        raise NotAllowed


def refuse_story(page: Page, article: Article, user: User) -> None:
    """Raise NotPlaceable unless `user` may bring the story to the page: signed off, and in no other edition."""
    if not can_view(user, article):
        raise unknown_story(article.pk)
    if article.state not in PLACEABLE:
        raise NotPlaceable(_("“%(story)s” is not signed off.") % {"story": article})
    elsewhere = article.placements.exclude(page__edition_id=page.edition_id).select_related("page__edition").first()
    if elsewhere is not None:
        raise NotPlaceable(
            _("“%(story)s” lies in the edition of %(edition)s already.")
            % {"story": article, "edition": elsewhere.page.edition}
        )


def unknown_story(number: int) -> NotPlaceable:
    """What is said of a story that is not there, and of one that this person may not read."""
    return NotPlaceable(_("There is no story %(number)s to place.") % {"number": number})


def refuse_picture(page: Page, article: Article, photo_id: int, *, may_lie_here: bool = False) -> Photo:
    """Raise NotPlaceable unless the picture is the story's, may be printed on the edition's day, and lies nowhere
    yet. With `may_lie_here` it may lie on the page: then it stays, whatever became of its rights; the preflight
    says so. Returns the photo.
    """
    used = article.article_photos.filter(photo_id=photo_id).select_related("photo").first()
    if used is None:
        raise NotPlaceable(_("This picture does not belong to “%(story)s”.") % {"story": article})
    lying = article.placements.filter(photo_id=photo_id).first()
    if lying is None:
        _refuse_expired(page, article, used.photo)
    elif not (may_lie_here and lying.page_id == page.pk):
        raise NotPlaceable(_("This picture of “%(story)s” is placed already.") % {"story": article})
    return used.photo


def _refuse_expired(page: Page, article: Article, photo: Photo) -> None:
    if ended := photo.rights_ended(page.edition.date):
        said = {"photo": photo.pk, "story": article, "day": day(ended)}
        raise NotPlaceable(
            _("The rights in photo %(photo)s of “%(story)s” end before the paper comes out, on %(day)s.") % said
        )


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
