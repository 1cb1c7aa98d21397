"""Making specials and showing them to readers: the only writer of `Special`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rules
from articles.errors import NotAllowed, Refusal, Stale
from articles.generations import follow_special
from articles.models import Article, Special, SpecialStory
from articles.validators import validate_text_lengths
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

FIELDS = ("name", "slug", "introduction", "on_home")
MOST_STORIES = 100


class Place(NamedTuple):
    """A story of a special and the subheading under which it stands; their order is the special's."""

    article_id: int
    group: str = ""


def make_special(fields: Mapping[str, Any], *, acting_user: User) -> Special:
    """Begin a special, which readers do not see yet. Raises NotAllowed, ValidationError."""
    if not rules.can_make_specials(acting_user):
        raise NotAllowed
    with transaction.atomic():
        special = Special(made_by=acting_user)
        _apply(special, fields)
        special.save()
        audit.record(acting_user, Act.SPECIAL_EDIT, special, version=special.version)
    return special


def save_special(
    special_id: int, fields: Mapping[str, Any], places: Sequence[Place], *, based_on: int, acting_user: User
) -> Special:
    """Save a special whose version `based_on` was shown, with its stories in this order; what readers see follows.

    Saving what is there already changes nothing. Raises Stale, NotAllowed, Refusal, ValidationError.
    """
    with transaction.atomic():
        special = _lock(special_id, based_on, acting_user, adding=[place.article_id for place in places])
        before, known_by = ([getattr(special, name) for name in FIELDS], _places_of(special)), special.slug
        _apply(special, fields)
        if before != ([getattr(special, name) for name in FIELDS], list(places)):
            _refuse_unfit(places, before[1], acting_user)
            special.stories.all().delete()
            SpecialStory.objects.bulk_create(_rows(special, places))
            _save(special, Act.SPECIAL_EDIT, acting_user, known_by=known_by)
    return special


def add_story(special_id: int, article_id: int, *, acting_user: User) -> Special:
    """Put a story at the end of a special, unless it stands there already. Raises as `save_special`."""
    with transaction.atomic():
        special = Special.objects.select_for_update().get(pk=special_id)
        places = _places_of(special)
        if article_id not in {place.article_id for place in places}:
            places.append(Place(article_id, places[-1].group if places else ""))
        fields = {name: getattr(special, name) for name in FIELDS}
        return save_special(special_id, fields, places, based_on=special.version, acting_user=acting_user)


def show_special(special_id: int, *, based_on: int, acting_user: User) -> Special:
    """Let readers see a special. Raises Stale, NotAllowed, Refusal where nothing of it is public yet."""
    with transaction.atomic():
        special = _lock(special_id, based_on, acting_user)
        if not rules.can_release_specials(acting_user):
            raise NotAllowed
        if not special.stories.filter(article__released_version__isnull=False).exists():
            raise Refusal(_("Readers would see nothing: none of its stories is public yet."))
        special.is_public = special.was_public = True
        _save(special, Act.SPECIAL_SHOW, acting_user, known_by=special.slug)
    return special


def hide_special(special_id: int, *, based_on: int, acting_user: User) -> Special:
    """Take a special away from readers; its stories stay. Raises Stale, NotAllowed."""
    with transaction.atomic():
        special = _lock(special_id, based_on, acting_user)
        special.is_public = False
        _save(special, Act.SPECIAL_HIDE, acting_user, known_by=special.slug)
    return special


def _lock(special_id: int, based_on: int, acting_user: User, adding: Sequence[int] = ()) -> Special:
    """The special under its lock, and then its stories and those that come in by their number, so that none is
    published meanwhile without it; if it is as it was seen and `acting_user` may change it as it stands.
    """
    special = Special.objects.select_for_update().get(pk=special_id)
    if special.version != based_on:
        raise Stale(_("Meanwhile this special has changed: look at it again. Nothing was overwritten."))
    if not rules.can_edit_special(acting_user, special):
        raise NotAllowed
    numbers = {*adding, *special.stories.values_list("article_id", flat=True)}
    list(Article.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk").values_list("pk"))
    return special


def _apply(special: Special, fields: Mapping[str, Any]) -> None:
    for name in FIELDS:
        setattr(special, name, fields[name])
    special.full_clean()
    validate_text_lengths(special)


def _refuse_unfit(places: Sequence[Place], before: Sequence[Place], acting_user: User) -> None:
    """Hold what comes in against what this person may read; what stands there already may stay."""
    numbers = [place.article_id for place in places]
    if len(numbers) > MOST_STORIES:
        raise Refusal(_("A special has at most %(most)s stories.") % {"most": MOST_STORIES})
    new = set(numbers) - {place.article_id for place in before}
    seen = set(rules.visible_to(acting_user).filter(pk__in=new).values_list("pk", flat=True))
    if unknown := sorted(new - seen):
        raise Refusal(_("There is no story %(number)s in your sight.") % {"number": unknown[0]})
    if len(set(numbers)) < len(numbers):
        raise Refusal(_("A story stands in a special once."))


def _places_of(special: Special) -> list[Place]:
    return [Place(row.article_id, row.group) for row in special.stories.order_by("order")]


def _rows(special: Special, places: Sequence[Place]) -> list[SpecialStory]:
    rows = [
        SpecialStory(special=special, article_id=number, order=order, group=group)
        for order, (number, group) in enumerate(places, start=1)
    ]
    for row in rows:
        row.clean_fields(exclude={"special", "article"})
    return rows


def _save(special: Special, act: Act, acting_user: User, *, known_by: str) -> None:
    """Keep the special in its next version; `known_by` is the address it had before."""
    special.version += 1
    special.changed_at = timezone.now()
    special.save()
    audit.record(acting_user, act, special, version=special.version)
    if special.was_public:
        follow_special(special, known_by)


def stories_of(special: Special) -> list[Article]:
    """The stories of a special in their order, each with the subheading under which it stands (`group`)."""
    rows = special.stories.select_related("article__section").order_by("order")
    stories = []
    for row in rows:
        row.article.group = row.group  # type: ignore[attr-defined]
        stories.append(row.article)
    return stories
