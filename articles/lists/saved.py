"""A person's own lists of stories: kept under a name, ordered, opened with; and their columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from articles import rules
from articles.errors import NotAllowed, Refusal
from articles.lists.columns import COLUMNS, FIRST, USUAL
from articles.models import ListChoice, SavedList
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

# More tabs than this nobody finds again.
MOST_LISTS = 20


def lists_of(user: User) -> QuerySet[SavedList]:
    """The lists that are tabs for `user`: their own in their order, then what others share with everybody."""
    others_last = Case(When(user=user, then=Value(0)), default=Value(1))
    seen = SavedList.objects.filter(Q(user=user) | Q(shared=True)).select_related("user")
    return seen.order_by(others_last, "order", "id")


def choice_of(user: User) -> ListChoice:
    """What `user` chose for the list, or what it is before anybody chooses."""
    return ListChoice.objects.filter(user=user).first() or ListChoice(user=user, columns=list(USUAL))


def save_list(name: str, query: str, *, shared: bool = False, acting_user: User) -> SavedList:
    """Keep a narrowed list of stories under a name, as the last of `acting_user`'s.

    Sharing it with everybody is for those who may (`rules.can_share_lists`). Raises NotAllowed, Refusal where
    there are too many, ValidationError.
    """
    with transaction.atomic():
        own = _own_locked(acting_user)
        if len(own) >= MOST_LISTS:
            raise Refusal(_("You have %(limit)s lists: delete one first.") % {"limit": MOST_LISTS})
        order = max((other.order for other in own), default=0) + 1
        saved = SavedList(user=acting_user, name=name.strip(), query=query, order=order)
        _write(saved, shared, acting_user)
    return saved


def change_list(number: int, name: str, *, shared: bool, acting_user: User) -> SavedList:
    """Call a list something else, share it or stop sharing it. Raises NotAllowed, ValidationError."""
    with transaction.atomic():
        saved = _locked(number, acting_user)
        saved.name = name.strip()
        _write(saved, shared, acting_user)
    return saved


def move_list(number: int, steps: int, *, acting_user: User) -> None:
    """Let one's own list change places with its neighbour: `steps` is -1 for the one before, 1 for the one
    after; at the end nothing moves. Raises NotAllowed.
    """
    with transaction.atomic():
        own = _own_locked(acting_user)
        numbers = [saved.pk for saved in own]
        if number not in numbers:
            raise NotAllowed
        place = numbers.index(number)
        other = min(max(place + steps, 0), len(own) - 1)
        own.insert(other, own.pop(place))
        for order, saved in enumerate(own, start=1):
            saved.order = order
        SavedList.objects.bulk_update(own, ["order"])


def delete_list(number: int, *, acting_user: User) -> SavedList:
    """Delete a list; what is returned can be saved again. Raises NotAllowed."""
    with transaction.atomic():
        saved = _locked(number, acting_user)
        if saved.shared:
            audit.record(acting_user, Act.SETTINGS_EDIT, saved, fields=["shared"])
        SavedList.objects.filter(pk=saved.pk).delete()
    return saved


def open_with(number: int | None, *, acting_user: User) -> None:
    """Let the page of stories open with this list, or with all stories (None). Raises NotAllowed."""
    with transaction.atomic():
        # Held, so that nobody deletes it before it is chosen.
        if number is not None and not lists_of(acting_user).select_for_update(of=("self",)).filter(pk=number):
            raise NotAllowed
        _choose(acting_user, opens_with_id=number)


def choose_columns(names: Iterable[str], *, acting_user: User) -> None:
    """Show `acting_user` these columns from now on, in the house's order; the story itself always is there."""
    wanted = set(names)
    columns = [name for name in COLUMNS if name in wanted and name != FIRST]
    _choose(acting_user, columns=columns)


def _choose(user: User, **chosen: Any) -> None:
    ListChoice.objects.update_or_create(user=user, defaults=chosen, create_defaults={"columns": list(USUAL), **chosen})


def _write(saved: SavedList, shared: bool, user: User) -> None:
    if shared != saved.shared and not rules.can_share_lists(user):
        raise NotAllowed(_("Lists for everybody are kept by desk chiefs, editors-in-chief and administrators."))
    is_everybodys = shared or saved.shared
    saved.shared = shared
    saved.full_clean()
    saved.save()
    if is_everybodys:
        audit.record(user, Act.SETTINGS_EDIT, saved, fields=["name", "query", "shared"])


def _locked(number: int, user: User) -> SavedList:
    saved = SavedList.objects.select_for_update().filter(pk=number).first()
    if saved is None or not rules.can_change_list(user, saved):
        raise NotAllowed
    return saved


def _own_locked(user: User) -> list[SavedList]:
    """The person's own lists, in order; the person's row is held, so that two new lists come one after the other."""
    User.objects.select_for_update().get(pk=user.pk)
    return list(SavedList.objects.filter(user=user).order_by("order", "id"))
