"""Passages are marked in the text, and nothing of the text is lost by it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import body
from articles.text.anchoring import Place
from articles.text.marking import Mark, mark_body

HTML = (
    "<p>城西<strong>夜市</strong>今晚&amp;明晚开市。</p><h2>小标题</h2><ul><li><p>第一项</p></li></ul>"
    '<blockquote><p> 前有空格</p></blockquote><figure><img src="/desk/photos/3/preview">'
    "<figcaption>图为夜市</figcaption></figure>"
)


def marked(*places: Place, html: str = HTML) -> str:
    marks = [Mark(number, place) for number, place in enumerate(places, start=1)]
    return mark_body(html, marks, lambda number: f"Remark {number}")


def words_of(number: int, html: str) -> str:
    pieces = re.findall(r'<mark class="remarked" data-remarks="([\d ]+)">([^<]*)</mark>', html)
    return "".join(text for numbers, text in pieces if str(number) in numbers.split())


def test_a_passage_is_marked_across_bold_type_and_has_its_number_behind_it():
    html = marked(Place(0, 1, 6))
    assert words_of(1, html) == "西夜市今晚"
    assert html.index('id="remark-at-1"') > html.index("今晚</mark>")
    assert 'aria-label="Remark 1"' in html


def test_the_space_before_a_text_does_not_count():
    assert words_of(1, marked(Place(3, 0, 2))) == "前有"


def test_two_remarks_on_the_same_words_both_have_them():
    html = marked(Place(1, 0, 2), Place(1, 1, 3))
    assert (words_of(1, html), words_of(2, html)) == ("小标", "标题")


def test_no_link_holds_a_number():
    html = marked(Place(0, 0, 2), html='<p>见<a href="https://example.org/" rel="noopener">公告全文</a>。</p>')
    assert html.index("</mark>") < html.index("</a>") < html.index("remark-at-1")


@pytest.mark.parametrize("place", [Place(0, 0, 0, True), Place(2, 3, 3, True), Place(4, 2, 2, True)])
def test_words_that_are_gone_leave_their_number(place):
    html = marked(place)
    assert "<mark" not in html
    assert html.count('class="remark-at gone"') == 1


def test_the_text_is_what_it_was_and_every_block_has_its_index():
    html = marked(Place(0, 2, 4), Place(4, 0, 2))
    texts = re.findall(r'<span data-block="(\d)">(.*?)</span>', html)
    assert [int(number) for number, _text in texts] == [0, 1, 2, 3, 4]
    bare = re.sub(r"</?mark[^>]*>|<a class=\"remark-at.*?</a>|</?span[^>]*>", "", html)
    assert bare == HTML


@given(st.integers(0, 4), st.integers(0, 12), st.integers(0, 12))
def test_every_mark_has_its_words_and_its_number_once(block, start, length):
    text = body.blocks(HTML)[block].text
    start = min(start, len(text))
    end = min(start + length, len(text))
    html = marked(Place(block, start, end, gone=start == end))
    assert words_of(1, html).replace("&amp;", "&") == text[start:end]
    assert html.count('id="remark-at-1"') == 1
