"""What a proofreader's checks read and what they say: a story's words as one plain value, and slips in them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from articles.proofreading.wording import WordList
from articles.text.leadin import LeadIn, LeadInKind

CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
DECK = ("kicker", "headline", "subhead", "web_headline")
NO_LEAD_IN = LeadIn(LeadInKind.NONE)
_QUOTED = 6  # characters of its surroundings with which a slip is quoted


class Where(NamedTuple):
    """A place in a story: `start` to `end` in code points of the stripped text of a field's block.

    In `body` the block is an index into `articles.text.body.blocks`, in `caption` and `credit` the picture's, in every
    other field 0. A slip that is an absence is empty: it starts where it ends.
    """

    field: str
    block: int
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """One block of text in a field; `kind` is the block's in `articles.text.body`, empty outside the body."""

    field: str
    block: int
    text: str
    kind: str = ""

    @property
    def is_running_text(self) -> bool:
        """Whether it is text in sentences, and not a headline or a credit, where spaces part names and lines."""
        return self.kind in {"p", "li", "blockquote"}


@dataclass(frozen=True)
class PictureWords:
    """What one picture of the story prints."""

    caption: str
    credit: str


@dataclass(frozen=True)
class StoryCopy:
    """A story as the checks read it. `day` is the newsroom's day that the story counts from, `names` stand in
    the byline, `limits` are the most characters a field's line may have, `words` the house's list.
    """

    passages: tuple[Passage, ...]
    day: datetime.date
    pictures: tuple[PictureWords, ...] = ()
    names: tuple[str, ...] = ()
    lead_in: LeadIn = NO_LEAD_IN
    limits: Mapping[str, int] = field(default_factory=dict)
    words: WordList = field(default_factory=WordList)

    @cached_property
    def running(self) -> tuple[Passage, ...]:
        """The passages of the body that are text in sentences."""
        return tuple(passage for passage in self.passages if passage.is_running_text)

    def matches(self, *patterns: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Where one of `patterns` matches in the passages, passage by passage."""
        for passage in self.passages:
            for pattern in patterns:
                for match in pattern.finditer(passage.text):
                    yield passage, match


@dataclass(frozen=True)
class Slip:
    """What a check says of one place; each of `suggestions` is a whole replacement of `text`."""

    where: Where
    text: str
    quote: str
    message: str
    suggestions: tuple[str, ...] = ()

    @property
    def around(self) -> tuple[str, str]:
        """What the quotation has before the place, and after it."""
        lead = min(_QUOTED, self.where.start)
        return self.quote[:lead], self.quote[lead + len(self.text) :]


Slips = Iterator[Slip]


def slip(passage: Passage, start: int, end: int, message: str, *suggestions: str) -> Slip:
    """A slip from `start` to `end` of a passage, quoted with what stands around it."""
    text = passage.text
    quote = text[max(0, start - _QUOTED) : end + _QUOTED]
    return Slip(Where(passage.field, passage.block, start, end), text[start:end], quote, message, suggestions)


def absence(field_name: str, block: int, message: str) -> Slip:
    """Something that should stand in a field and does not."""
    return Slip(Where(field_name, block, 0, 0), "", "", message)
