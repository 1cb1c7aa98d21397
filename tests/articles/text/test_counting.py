"""The paper's rule: a Chinese character or a mark one, a Latin letter or a digit half a one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.counting import count_characters


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("今晚开市", 4),
        ("今晚，开市。", 6),
        ("“开市”", 4),
        ("——", 2),
        ("今 晚\n开\u3000市", 4),
        ("AI", 1),
        ("GDP", 2),
        ("2024", 2),
        ("2024年", 3),
        ("3月7日", 3),
        ("3.5%", 3),
        ("12:30", 3),
        ("COVID-19疫情", 6),
        ("A股和B股", 4),
        ("½", 1),
        ("𠮷野", 2),
    ],
)
def test_what_counts_how_much(text, count):
    assert count_characters(text) == count


@given(st.text(alphabet="今晚开市，。"), st.text(alphabet=" \n\u3000"))
def test_chinese_text_counts_its_characters_and_no_space(text, space):
    assert count_characters(space.join(text)) == len(text)


@given(st.text(), st.text(alphabet="今，"))
def test_a_longer_text_never_counts_less(text, more):
    assert count_characters(f"{text}今{more}") > count_characters(text)
