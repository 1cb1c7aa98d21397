"""What a window can watch: who is on a story or a page. Each kind names its rule and its presence here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from editions import presence, rules
from editions.rules import EditionVerb
from newsroom.staff.models import User

# A browser has a few windows open, not a hundred.
MOST_TARGETS = 12


class _Kind(NamedTuple):
    """Whether a person may know who is on the thing with this number; who is on each of many, in one query."""

    may_watch: Callable[[User, int], bool]
    present_on: Callable[[Collection[int]], Mapping[int, Sequence[User]]]


class Target(NamedTuple):
    """A thing that is watched; written `page:12`."""

    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"


_KINDS: dict[str, _Kind] = {
    "page": _Kind(lambda user, _number: rules.can(user, EditionVerb.VIEW), presence.present_on_pages),
}


def targets_of(user: User, asked: Iterable[str]) -> frozenset[Target]:
    """What of the things asked for `user` may watch; what is no thing of ours is passed over."""
    parsed = [target for target in map(_parse, list(asked)[:MOST_TARGETS]) if target is not None]
    return frozenset(target for target in parsed if _KINDS[target.kind].may_watch(user, target.number))


def present_on(targets: Iterable[Target]) -> dict[Target, Sequence[User]]:
    """Who is on each of the targets. One query for every kind among them."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for kind, number in targets:
        numbers[kind].add(number)
    found = {kind: _KINDS[kind].present_on(wanted) for kind, wanted in numbers.items()}
    return {Target(kind, number): found[kind].get(number, ()) for kind, wanted in numbers.items() for number in wanted}


def _parse(text: str) -> Target | None:
    kind, _colon, number = text.partition(":")
    known = kind in _KINDS and number.isascii() and number.isdigit() and len(number) <= 18
    return Target(kind, int(number)) if known else None
