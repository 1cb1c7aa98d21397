"""Where the things that notices speak of are read, and who may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from articles import rules as story_rules
from articles.plan import coverage_rules
from editions import rules
from editions.models import Page
from editions.rules import EditionVerb
from newsroom.staff.models import Handover, Notice, User


class Thing(NamedTuple):
    """Something by its kind (`app.model`) and number, as notices and the audit trail name it."""

    kind: str
    number: int


class _Place(NamedTuple):
    """Which of these numbers a person may read, and the name of the address where they do; one page for all of
    them where it is not `numbered`.
    """

    readable: Callable[[User, Collection[int]], Iterable[int]]
    address: str
    numbered: bool = True


def _stories(user: User, numbers: Collection[int]) -> Iterable[int]:
    return story_rules.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True)


def _topics(user: User, numbers: Collection[int]) -> Iterable[int]:
    return coverage_rules.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True)


def _pages(user: User, numbers: Collection[int]) -> Iterable[int]:
    if not rules.can(user, EditionVerb.READ):
        return ()
    return Page.objects.filter(pk__in=numbers).values_list("pk", flat=True)


def _handovers(user: User, numbers: Collection[int]) -> Iterable[int]:
    theirs = Handover.objects.filter(Q(giver=user) | Q(receiver=user))
    return theirs.filter(pk__in=numbers).values_list("pk", flat=True)


_PLACES: dict[str, _Place] = {
    "articles.article": _Place(_stories, "desk:story"),
    "articles.topic": _Place(_topics, "desk:topic"),
    "editions.page": _Place(_pages, "desk:page_proofs"),
    "staff.handover": _Place(_handovers, "desk:duty", numbered=False),
}


def thing_of(notice: Notice) -> Thing:
    """What a notice is about."""
    return Thing(notice.target_type, notice.target_id)


def readable_of(user: User, things: Iterable[Thing]) -> frozenset[Thing]:
    """Those of the things that `user` may read now. One query for every kind among them."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for kind, number in things:
        numbers[kind].add(number)
    return frozenset(
        Thing(kind, number)
        for kind, wanted in numbers.items()
        if kind in _PLACES
        for number in _PLACES[kind].readable(user, wanted)
    )


def address_of(notice: Notice, readable: Collection[Thing]) -> str:
    """Where what the notice speaks of is read, in the language that is active, with its place on the page; empty
    where that is not among what is `readable`.
    """
    thing = thing_of(notice)
    if thing not in readable:
        return ""
    place = _PLACES[thing.kind]
    address = reverse(place.address, args=[thing.number] if place.numbered else [])
    return f"{address}#{notice.anchor}" if notice.anchor else address
