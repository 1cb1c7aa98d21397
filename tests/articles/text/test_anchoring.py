"""Passages follow their text: changed, moved, split, gone and back again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.anchoring import Place, find, follow

NIGHT = "城西夜市今晚六点开市，第一排的灯亮了。"
BRIDGE = "新月步行桥昨天合龙，行人要等到下月。"
SCHOOL = "三所学校把操场借给附近居民。"
TEXT = [NIGHT, BRIDGE, SCHOOL]


def place_of(words: str, blocks: list[str]) -> Place:
    [found] = [(n, text.index(words)) for n, text in enumerate(blocks) if words in text]
    return Place(found[0], found[1], found[1] + len(words))


def followed(words: str, new: list[str], old: list[str] = TEXT) -> tuple[str, bool]:
    """The words at the place that `words` had in `old`, in `new`, and whether they are said to be gone."""
    [place] = follow([place_of(words, old)], old, new)
    return new[place.block][place.start : place.end], place.gone


@pytest.mark.parametrize(
    ("words", "new", "stands"),
    [
        ("昨天合龙", TEXT, "昨天合龙"),
        ("昨天合龙", [NIGHT, "昨天，" + BRIDGE, SCHOOL], "昨天合龙"),  # something came before it
        ("昨天合龙", ["新的第一段，别处的事。", *TEXT], "昨天合龙"),  # a paragraph came before it
        ("昨天合龙", [BRIDGE, SCHOOL, NIGHT], "昨天合龙"),  # its paragraph moved
        ("昨天合龙", [SCHOOL, BRIDGE.replace("下月", "明年春天"), NIGHT], "昨天合龙"),  # moved and changed
        ("昨天合龙", [NIGHT, BRIDGE.replace("昨天", "前天"), SCHOOL], "前天合龙"),  # changed in part
        ("昨天合龙", [NIGHT, BRIDGE.replace("昨天合龙", "昨天下午合龙"), SCHOOL], "昨天下午合龙"),
        ("行人要等", [NIGHT, *BRIDGE.split("，"), SCHOOL], "行人要等"),  # its paragraph was split
        ("操场借给", [NIGHT, BRIDGE + SCHOOL], "操场借给"),  # its paragraph was joined to the one before
        ("操场借给", [NIGHT + "把操场借给了居民。", BRIDGE], "操场借给"),  # the words went elsewhere
        ("新月", [NIGHT, "弯弯的" + BRIDGE, SCHOOL], "新月"),
        ("等到下月。", [NIGHT, BRIDGE + "别急。", SCHOOL], "等到下月。"),
    ],
)
def test_a_passage_is_followed(words, new, stands):
    assert followed(words, new) == (stands, False)


def test_words_that_are_replaced_are_gone_and_what_stands_for_them_is_shown():
    assert followed("昨天", [NIGHT, BRIDGE.replace("昨天", "前夜"), SCHOOL]) == ("前夜", True)


def test_a_paragraph_that_is_gone_leaves_its_place_at_the_end_of_the_one_before():
    assert follow([place_of("昨天合龙", TEXT)], TEXT, [NIGHT, SCHOOL]) == [Place(0, len(NIGHT), len(NIGHT), True)]
    assert follow([place_of("今晚", TEXT)], TEXT, [BRIDGE, SCHOOL]) == [Place(0, 0, 0, True)]
    assert follow([place_of("今晚", TEXT)], TEXT, []) == [Place(0, 0, 0, True)]


def test_few_words_are_not_looked_for_all_over_the_text():
    new = ["今晚有雨，今晚也有风。", BRIDGE, SCHOOL]
    assert followed("今晚", new)[1]


def test_what_is_gone_stays_gone_and_moves_along():
    [gone] = follow([place_of("昨天合龙", TEXT)], TEXT, [NIGHT, SCHOOL])
    assert follow([gone], [NIGHT, SCHOOL], ["新的第一段，别处的事。", NIGHT, SCHOOL]) == [gone._replace(block=1)]


def test_a_paragraph_too_long_to_compare_is_replaced_as_a_whole_where_it_differs():
    old, new = "甲" + "天地玄黄宇宙洪荒" * 500 + "终", "乙" + "寒来暑往秋收冬藏" * 500 + "终"
    [first, last] = follow([Place(0, 100, 110), Place(0, len(old) - 1, len(old))], [old], [new])
    assert first.gone
    assert last == Place(0, len(new) - 1, len(new))


def test_words_are_found_nearest_to_where_they_were():
    blocks = ["今晚六点开市", "无关", "今晚六点开市"]
    assert find("今晚六点", blocks, near=2) == Place(2, 0, 4)
    assert find("今晚", blocks) is None
    assert find("无关", blocks) == Place(1, 0, 2)
    assert find("没有的话", blocks) is None
    assert find("", blocks) is None


TEXTS = st.lists(st.text("天地玄黄ab，。", min_size=1, max_size=12), min_size=1, max_size=5)


@st.composite
def texts_with_a_place(draw):
    old = draw(TEXTS)
    block = draw(st.integers(0, len(old) - 1))
    start = draw(st.integers(0, len(old[block]) - 1))
    return old, Place(block, start, draw(st.integers(start + 1, len(old[block])))), draw(TEXTS)


@given(texts_with_a_place())
def test_whatever_becomes_of_the_text_the_place_lies_in_it(case):
    old, place, new = case
    assert follow([place], old, old) == [place]
    [found] = follow([place], old, new)
    assert 0 <= found.block < len(new)
    assert 0 <= found.start <= found.end <= len(new[found.block])
    assert found.gone or found.start < found.end
