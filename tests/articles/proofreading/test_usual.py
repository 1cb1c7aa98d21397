"""The words that are delivered: each is found, mended by the right one, and left alone in its contexts."""

from __future__ import annotations

import datetime

import pytest

from articles.proofreading.checks import check_copy
from articles.proofreading.copy import Passage, StoryCopy
from articles.proofreading.usual import delivered, listed_in
from articles.proofreading.wording import ListedWord, WordList

LISTS = ["mistaken", "variants"]
EVERY = [listed for name in LISTS for listed in listed_in(name)]


def found(text: str) -> list[str]:
    return [match.listed.word for name in LISTS for match in delivered(name).matches(text)]


def test_every_word_is_found_and_no_right_one_is():
    assert [listed.word for listed in EVERY if listed.word not in found(f"，{listed.word}，")] == []
    assert [listed.word for listed in EVERY if found(f"，{listed.replacements[0]}，")] == []


def test_in_its_contexts_no_word_is_found():
    wrong = [around for listed in EVERY for around in listed.exceptions if listed.word in found(f"，{around}，")]
    assert wrong == []


def test_no_word_is_listed_twice():
    words = [listed.word for listed in EVERY]
    assert sorted(words) == sorted(set(words))


def checked(text: str, **house) -> list[tuple[str, tuple[str, ...]]]:
    copy = StoryCopy((Passage("body", 0, text, "p"),), datetime.date(2024, 3, 7), **house)
    checks = ["forbidden_words", "preferred_words", "mistaken_words", "word_forms"]
    return [(f.check, f.slip.suggestions) for f in check_copy(copy, checks)]


@pytest.mark.parametrize(
    ("text", "check", "right"),
    [("夜市己经开市。", "mistaken_words", "已经"), ("他的帐号不见了。", "word_forms", "账号")],
)
def test_of_a_word_that_the_house_lists_the_house_speaks(text, check, right):
    assert checked(text) == [(check, (right,))]
    words = WordList([ListedWord("己经", True, ("已然",)), ListedWord("帐号", True, ("户头",))])
    assert [check for check, _instead in checked(text, words=words)] == ["forbidden_words"]
