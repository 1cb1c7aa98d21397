"""Lines: nothing of a text is lost, none begins or ends as Chinese may not, none is wider than its column."""

from __future__ import annotations

import random
import unicodedata

import pyphen
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.typeset.lines import Line, break_lines, texts_of
from editions.typeset.measuring import is_mostly_latin, measure
from tests import typeset_pages as tp

# Held here on their own, not taken from the code: GB/T 15834 and clreq 3.1.5.
NEVER_FIRST = "，。．、：；？！”’》）』」】〗〕〉］,.;:?!)]}"
NEVER_LAST = "“‘《（『「【〖〔〈［(["
WIDTHS = st.sampled_from((9.0, 13.0, 15.0, 17.0, 36.5))
SEEDS = st.integers(min_value=0, max_value=10**6)
LANGUAGES = st.sampled_from(("zh", "en", "mixed"))
# Text as nobody would write it: marks on marks, spaces anywhere, words of every script a paper knows.
PIECES = (
    "中 文 的 ， 。 ” “ 《 》 （ ） …… —— · a Word it’s 12.5% 2024-03-07 A/B - , ( ) $5 km² “AI” "
    "e\u0301 葛\U000e0100 1\ufe0f\u20e3 中\u20dd"
).split()
ANYTHING = st.lists(st.sampled_from([*PIECES, " ", "  ", "\u3000"]), min_size=1, max_size=120).map("".join)


def broken(text: str, width: float = 17.0, indent: float = 2.0, face: str = "song") -> tuple[Line, ...]:
    return break_lines(text, face, width, indent, tp.fonts())


def drawn(text: str, width: float = 17.0, indent: float = 2.0) -> list[str]:
    return texts_of(text, broken(text, width, indent))


def story(seed: int, language: str, characters: int = 300) -> str:
    rng = random.Random(seed)
    texts = [block["text"] for block in tp.blocks(rng, characters, language=language)]
    return max(texts, key=len)


def check_nothing_is_lost(text: str, lines: tuple[Line, ...]) -> None:
    """Line follows line, and between two there is nothing but spaces."""
    place = 0
    for line in lines:
        assert not text[place : line.start].strip(" "), text[place : line.start]
        assert line.end > line.start
        place = line.end
    assert place == len(text)


@given(ANYTHING, WIDTHS)
@settings(max_examples=150)
def test_lines_joined_give_the_text_back(text, width):
    lines = broken(text, width)
    check_nothing_is_lost(text, lines)
    assert [t[: len(t) - line.hyphen] for t, line in zip(texts_of(text, lines), lines, strict=True)] == [
        text[line.start : line.end] for line in lines
    ]


@given(SEEDS, LANGUAGES, WIDTHS)
@settings(max_examples=60)
def test_a_storys_lines_give_it_back(seed, language, width):
    text = story(seed, language)
    check_nothing_is_lost(text, broken(text, width))


@given(SEEDS, LANGUAGES, WIDTHS)
@settings(max_examples=100)
def test_no_line_begins_or_ends_as_it_may_not(seed, language, width):
    lines = drawn(story(seed, language), width)
    assert [line for line in lines[1:] if line[0] in NEVER_FIRST] == []
    assert [line for line in lines[:-1] if line[-1] in NEVER_LAST] == []


@pytest.mark.parametrize("mark", NEVER_FIRST)
@pytest.mark.parametrize("space", ["", " "])
def test_no_closing_mark_begins_a_line_wherever_it_falls(mark, space):
    for length in range(13, 19):
        text = "中" * length + space + mark + "文" * 30
        assert [line for line in drawn(text)[1:] if line[0] == mark] == [], length


@pytest.mark.parametrize("mark", NEVER_LAST)
@pytest.mark.parametrize("space", ["", " "])
def test_no_opening_mark_ends_a_line_wherever_it_falls(mark, space):
    for length in range(12, 18):
        text = "中" * length + mark + space + "文" * 30
        assert [line for line in drawn(text)[:-1] if line[-1] == mark] == [], length


WHOLE = ["……", "——", "1,280.5", "2024-03-07", "010-12345678", "12.5%", "36.6℃", "￥18.00", "newsroom", "PM2.5", "9:30"]


@pytest.mark.parametrize("word", [*WHOLE, "McDonald’s", "naïve", "Москва"])
def test_marks_numbers_and_words_stay_whole_in_chinese(word):
    for length in range(8, 18):
        text = "中" * length + word + "文" * 30
        assert any(word in line for line in drawn(text)), (length, drawn(text))


@given(SEEDS, WIDTHS)
@settings(max_examples=60)
def test_english_is_parted_where_the_dictionary_parts_it(seed, width):
    text = tp.english(random.Random(seed), 60)
    lines = broken(text, width)
    dictionary = pyphen.Pyphen(lang="en_US", left=3, right=3)
    for line in lines:
        if line.hyphen:
            start, end = line.end, line.end
            while start and text[start - 1].isalpha():
                start -= 1
            while end < len(text) and text[end].isalpha():
                end += 1
            assert line.end - start in dictionary.positions(text[start:end]), text[start:end]
        elif line.end < len(text):
            assert text[line.end] == " " or text[line.end - 1] in "-/", text[line.end - 9 : line.end + 9]


def test_english_is_hyphenated_at_all_and_chinese_is_not():
    rng = random.Random(1)
    assert any(line.hyphen for line in broken(tp.english(rng, 200)))
    text = "本市" * 20 + "infrastructure" + "居民" * 20
    assert not any(line.hyphen for length in range(9, 20) for line in broken(text, float(length)))


@given(st.one_of(ANYTHING, st.builds(story, SEEDS, LANGUAGES)), WIDTHS)
@settings(max_examples=150)
def test_no_line_is_wider_than_the_column(text, width):
    setting = measure(text, "song", tp.fonts())
    units = {offset: number for number, offset in enumerate((*setting.starts, len(text)))}
    hyphen = tp.fonts().width("song-bold", "-")
    for number, line in enumerate(broken(text, width)):
        start, end = units[line.start], units[line.end]
        room = width - (0.0 if number else 2.0) - (hyphen if line.hyphen else 0.0)
        assert setting.width(start, end) - setting.give(start, end) <= room + 0.02, text[line.start : line.end]


def test_a_paragraph_hardly_ever_ends_with_one_or_two_characters():
    """Broken greedily, one in eight would."""
    rng = random.Random(7)
    ends = [drawn(tp.chinese(rng, rng.randint(50, 220))) for _number in range(300)]
    long = [lines for lines in ends if len(lines) >= 3]
    assert len(long) > 250
    assert sum(len(lines[-1]) < 3 for lines in long) / len(long) <= 0.02


@pytest.mark.parametrize("word", ["a" * 5000, "1" * 5000, "（" * 500, "。" * 500, "…" * 501, "é" * 900])
def test_a_word_of_any_length_is_torn_and_nothing_is_lost(word):
    text = f"本市{word}居民。"
    lines = broken(text)
    check_nothing_is_lost(text, lines)
    setting = measure(text, "song", tp.fonts())
    for line in lines:
        assert setting.width(line.start, line.end) - setting.give(line.start, line.end) <= 17.02


@given(ANYTHING, st.sampled_from((3.0, 9.0, 17.0)))
@settings(max_examples=100)
def test_what_clings_to_a_character_stays_with_it(text, width):
    for line in broken(text, width)[1:]:
        assert unicodedata.category(text[line.start]) not in {"Mn", "Me"}, text[line.start - 2 : line.start + 2]


@pytest.mark.parametrize("width", [9, 15, 17])
def test_the_first_line_is_two_characters_shorter(width):
    lines = drawn("中" * (4 * width - 2), float(width))
    assert [len(line) for line in lines] == [width - 2, width, width, width]


@pytest.mark.parametrize("space", ["", " ", "   ", "\u3000\u3000"])
def test_empty_and_blank_text_breaks_nothing(space):
    check_nothing_is_lost(space, broken(space))


def test_bold_words_are_as_wide_as_they_are_bold():
    """Latin letters are wider in bold: a line full of them holds fewer."""
    text = tp.english(random.Random(3), 120)
    plain = broken(text)
    stressed = break_lines(text, "song", 17.0, 2.0, tp.fonts(), bold=((0, len(text)),))
    assert len(stressed) > len(plain)
    setting = measure(text, "song-bold", tp.fonts())
    for number, line in enumerate(stressed):
        room = 17.0 - (0.0 if number else 2.0) - (tp.fonts().width("song-bold", "-") if line.hyphen else 0.0)
        assert setting.width(line.start, line.end) - setting.give(line.start, line.end) <= room + 0.02


def test_the_same_paragraph_is_english_or_chinese_throughout():
    assert is_mostly_latin("The council said it’s open.")
    assert not is_mostly_latin("市政府 said 已经开放了")
