"""Quotation marks and brackets: each opened one is closed, the right way round, one in another in their order.

Source: GB/T 15834-2011 4.8 (引号), 4.9 (括号), 4.15 (书名号): double quotation marks outside, single ones inside,
《》 outside, 〈〉 inside; of a quotation over several paragraphs each opens with “ and the last one alone closes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles.proofreading.copy import Passage, Slip, Slips, StoryCopy, slip

PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "[": "]",
    "【": "】",
    "〔": "〕",
}
_OPENER_OF = {closer: opener for opener, closer in PAIRS.items()}
# Half a bracket of one width closes the other; what is wrong with that is said by the check of widths.
_FAMILY = {"(": "（", ")": "）"}
_INNER = {"“": "‘", "《": "〈"}
_OUTER = {"‘": "“", "〈": "《"}
_AFTER_A_QUOTATION = re.compile(r"[，。、；：？！）》”’]|$")
# 1) a） 三）: the number of an item has no opening bracket.
_ITEM_NUMBER = re.compile(r"[。；：，、][0-9A-Za-z一二三四五六七八九十]{1,3}$")
_ITEM_LENGTH = 4
# Nobody nests deeper; what does is no text to be read on.
_DEEPEST = 20
# 一九九八 as ’98.
_YEAR = re.compile(r"\d\d(?!\d)")
_QUOTING = "“‘"
_LATIN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")


class _Open(NamedTuple):
    mark: str
    at: int


def unmatched(copy: StoryCopy) -> Slips:
    """Marks that open and do not close, close and did not open, or stand the wrong way round."""
    passages = copy.passages
    for number, passage in enumerate(passages):
        following = passages[number + 1] if number + 1 < len(passages) else None
        left: list[_Open] = []
        yield from _Reader(passage, left).unmatched()
        yield from _left_open(passage, following, left)


def _left_open(passage: Passage, following: Passage | None, left: list[_Open]) -> Iterator[Slip]:
    """What was not closed; of two quotation marks in a row the second was to close the first."""
    before: _Open | None = None
    for one in left:
        mark, at = one
        if before and before.mark == mark and mark in _QUOTING and passage.text[at - 1] != "：":
            yield _wrong_way(passage, at, PAIRS[mark])
            before = None
            continue
        if before:
            yield from _not_closed(passage, before, following)
        before = one
    if before:
        yield from _not_closed(passage, before, following)


def _not_closed(passage: Passage, opened: _Open, following: Passage | None) -> Iterator[Slip]:
    mark, at = opened
    if not (mark == "“" and at == 0 and _goes_on(passage, following)):
        message = _("%(mark)s is not closed in this paragraph.") % {"mark": mark}
        yield slip(passage, at, at + 1, message, *_turned(passage, at))


def _wrong_way(passage: Passage, at: int, right: str) -> Slip:
    return slip(passage, at, at + 1, _("%(mark)s stands the wrong way round.") % {"mark": passage.text[at]}, right)


def _goes_on(passage: Passage, following: Passage | None) -> bool:
    """Whether a quotation that fills this paragraph goes on in the next one."""
    return following is not None and following.field == passage.field and following.text.startswith("“")


def _turned(passage: Passage, at: int) -> tuple[str, ...]:
    """The closing mark in place of an opening one after which a text ends or a mark stands."""
    closes = _AFTER_A_QUOTATION.match(passage.text, at + 1) and at > 0
    return (PAIRS[passage.text[at]],) if closes else ()


class _Reader:
    """Reads one passage; what is open at its end is left in `left`."""

    def __init__(self, passage: Passage, left: list[_Open]) -> None:
        self.passage, self.text, self.left = passage, passage.text, left
        self.open: Counter[str] = Counter()

    def unmatched(self) -> Iterator[Slip]:
        for at, mark in enumerate(self.text):
            if mark in PAIRS:
                yield from self._opens(mark, at)
            elif mark in _OPENER_OF and not self._is_no_bracket(mark, at):
                yield from self._closes(mark, at)

    def _opens(self, mark: str, at: int) -> Iterator[Slip]:
        wrong_way = mark in _INNER and self._is_innermost(mark) and _AFTER_A_QUOTATION.match(self.text, at + 1)
        if wrong_way:
            self._pop()
            yield _wrong_way(self.passage, at, PAIRS[mark])
        else:
            self._push(_FAMILY.get(mark, mark), at)

    def _push(self, mark: str, at: int) -> None:
        self.left.append(_Open(mark, at))
        self.open[mark] += 1

    def _pop(self) -> _Open:
        gone = self.left.pop()
        self.open[gone.mark] -= 1
        return gone

    def _is_innermost(self, mark: str) -> bool:
        return bool(self.left) and self.left[-1].mark == mark

    def _closes(self, mark: str, at: int) -> Iterator[Slip]:
        opener = _OPENER_OF[_FAMILY.get(mark, mark)]
        if not self.open[opener]:
            yield from self._was_not_opened(mark, at)
            return
        while self.left[-1].mark != opener:
            lost = self._pop()
            message = _("%(mark)s is not closed before %(other)s.") % {"mark": lost.mark, "other": mark}
            yield slip(self.passage, lost.at, lost.at + 1, message)
        self._pop()

    def _was_not_opened(self, mark: str, at: int) -> Iterator[Slip]:
        opener = _OPENER_OF[mark]
        ends_here = _AFTER_A_QUOTATION.match(self.text, at + 1)
        turned = not ends_here and mark in {"”", "’", "》", "〉"}
        if turned:
            self._push(opener, at)
            yield _wrong_way(self.passage, at, opener)
        else:
            yield slip(self.passage, at, at + 1, _("%(mark)s closes what nothing has opened.") % {"mark": mark})

    def _is_no_bracket(self, mark: str, at: int) -> bool:
        """An apostrophe in a word or before a year's last figures, or the bracket after an item's number."""
        if mark == "’":
            in_word = at > 0 and bool(_LATIN.match(self.text[at - 1]))
            return (in_word or bool(_YEAR.match(self.text, at + 1))) and not self._is_innermost("‘")
        before = self.text[max(0, at - _ITEM_LENGTH) : at]
        # The beginning of a paragraph is as good as a stop.
        before = before if at > _ITEM_LENGTH else f"。{before}"
        return mark in ")）" and not self.left and bool(_ITEM_NUMBER.search(before))


def nesting(copy: StoryCopy) -> Slips:
    """Double quotation marks right inside double ones, single ones outside any; the same of titles."""
    for passage in copy.passages:
        depth: list[str] = []
        for at, mark in enumerate(passage.text):
            if len(depth) > _DEEPEST:
                break
            if mark in _INNER or mark in _OUTER:
                yield from _misplaced(passage, at, depth)
                depth.append(mark)
            elif depth and mark == PAIRS[depth[-1]]:
                depth.pop()


def _misplaced(passage: Passage, at: int, depth: list[str]) -> Iterator[Slip]:
    """The quotation or title that opens `at`, where it does not belong inside those in `depth`."""
    mark = passage.text[at]
    family = {mark, _INNER.get(mark, mark), _OUTER.get(mark, mark)}
    around = [other for other in depth if other in family]
    if mark in _INNER and around and around[-1] == mark and not _AFTER_A_QUOTATION.match(passage.text, at + 1):
        yield from _whole(passage, at, _("Inside %(mark)s stands %(inner)s.") % {"mark": mark, "inner": _INNER[mark]})
    elif mark in _OUTER and not around:
        message = _("%(mark)s stands inside %(outer)s only.") % {"mark": mark, "outer": _OUTER[mark]}
        yield from _whole(passage, at, message)


def _whole(passage: Passage, at: int, message: str) -> Iterator[Slip]:
    """The whole of what is quoted there, with the other marks as the suggestion."""
    mark = passage.text[at]
    closer = PAIRS[mark]
    end = passage.text.find(closer, at)
    if end < 0:
        return
    other = _INNER.get(mark) or _OUTER[mark]
    within = passage.text[at + 1 : end]
    yield slip(passage, at, end + 1, message, f"{other}{within}{PAIRS[other]}")
