"""Headlines: broken where the editor says and otherwise never inside a word, within the width, as large as it goes."""

from __future__ import annotations

import random
from itertools import accumulate

import pytest
import rjieba

from editions.typeset.headline import SetHeadline, set_headline
from editions.typeset.measuring import measure
from tests import typeset_pages as tp

SEEDS = range(60)


def headline(
    text: str, *, width: float = 400.0, size: float = 40.0, smallest: float = 0.6, lines: int = 2
) -> SetHeadline:
    return set_headline(text, "song-heavy", width=width, size=size, smallest=smallest, lines=lines, fonts=tp.fonts())


def width_of(line: str, size: float) -> float:
    setting = measure(line, "song-heavy", tp.fonts())
    return setting.width(0, setting.count) * size


def random_headline(seed: int) -> str:
    rng = random.Random(seed)
    return tp.chinese(rng, rng.randint(4, 30), latin=0.2)[:-1] if seed % 4 else tp.english(rng, rng.randint(2, 9))


def test_the_editors_lines_are_kept():
    assert headline("城西夜市今晚开市\n首日迎客").lines == ("城西夜市今晚开市", "首日迎客")
    assert headline("夜\n市", width=900).lines == ("夜", "市")
    assert headline(" 夜市 \n\n 开市 ").lines == ("夜市", "开市")


@pytest.mark.parametrize("seed", SEEDS)
def test_no_line_ends_inside_a_word(seed):
    text = random_headline(seed)
    made = headline(text, width=220)
    assert tp.unspaced("".join(made.lines)) == tp.unspaced(text)
    ends = set(accumulate(len(tp.unspaced(word)) for word in rjieba.cut(text)))
    assert set(accumulate(len(tp.unspaced(line)) for line in made.lines)) <= ends


@pytest.mark.parametrize("seed", SEEDS)
def test_it_fits_its_width_or_is_said_to_be_over(seed):
    text, rng = random_headline(seed), random.Random(seed)
    width, size, lines = rng.choice((120.0, 300.0, 700.0)), rng.choice((15.0, 34.0, 64.0)), rng.randint(1, 3)
    made = headline(text, width=width, size=size, lines=lines)
    if made.over:
        return
    assert len(made.lines) <= lines
    assert size * 0.6 <= made.size <= size
    assert max(width_of(line, made.size) for line in made.lines) <= width + 0.01


def test_what_is_too_long_is_said_and_shrinks_no_further_than_it_must():
    made = headline("城西夜市" * 20, width=200)
    assert made.over
    assert made.size >= 40 * 0.6 * 0.5
    assert headline("城西夜市" * 20 + "\n" + "城西", width=200).over
    assert not headline("城西夜市今晚开市", width=400).over


def test_a_short_headline_keeps_its_size_on_one_line():
    assert headline("夜市开市") == SetHeadline(("夜市开市",), 40.0, over=False)


def test_two_lines_are_taken_before_it_shrinks_much():
    made = headline("城西夜市今晚开市居民周末可以逛到深夜", width=400)
    assert (len(made.lines), made.over) == (2, False)
    assert made.size > 40 * 0.84


@pytest.mark.parametrize("text", ["“夜市”开市（图）：居民、学生都来了，《城西》", "夜市：“开市了”，居民说——好！"])
def test_no_line_begins_or_ends_with_the_wrong_mark(text):
    for width in range(60, 400, 20):
        for line in headline(text, width=float(width), lines=3).lines:
            assert line[0] not in "，。、：；！？”》）—"
            assert line[-1] not in "“《（"


@pytest.mark.parametrize("text", ["", " ", "\n", " \n \n"])
def test_an_empty_headline_prints_nothing(text):
    assert headline(text).lines == ()
