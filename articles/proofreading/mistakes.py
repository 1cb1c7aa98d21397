"""Checks that are patterns: what a slip looks like, the sentence said of it, what stands there instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from articles.proofreading.copy import Passage, Slip, Slips, StoryCopy, slip

Match = re.Match[str]


def _nothing(_match: Match) -> Sequence[str]:
    return ()


def _always(_match: Match) -> bool:
    return True


def _groups(match: Match) -> Mapping[str, object]:
    return {"text": match.group(), **match.groupdict()}


@dataclass(frozen=True)
class Mistake:
    """One mistake that a pattern sees, unless `is_one` says of a match that it is none.

    `at` is the group that is wrong, the whole match where it is not given. `sentence` may name the pattern's groups,
    `text` for the whole match, or what `values` gives; `instead` gives whole replacements of what is wrong.
    """

    pattern: re.Pattern[str]
    sentence: Promise | str
    instead: Callable[[Match], Sequence[str]] = _nothing
    at: int | str = 0
    is_one: Callable[[Match], bool] = _always
    values: Callable[[Match], Mapping[str, object]] = _groups

    def said_of(self, passage: Passage, match: Match) -> Slip:
        """The slip that a match in a passage is."""
        start, end = match.span(self.at)
        return slip(passage, start, end, str(self.sentence) % self.values(match), *self.instead(match))


def finds(*mistakes: Mistake) -> Callable[[StoryCopy], Slips]:
    """A check that finds these mistakes in every passage of a story."""

    def find(copy: StoryCopy) -> Slips:
        for mistake in mistakes:
            for passage, match in copy.matches(mistake.pattern):
                if mistake.is_one(match):
                    yield mistake.said_of(passage, match)

    return find
