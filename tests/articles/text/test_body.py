"""Whatever comes in, a body holds the small vocabulary and nothing else."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.text.body import (
    Block,
    blocks,
    clean_body,
    from_paragraphs,
    photo_ids,
    plain_text,
    strip_unseen,
)

PHOTO = '<img src="/desk/photos/7/preview">'


@pytest.mark.parametrize(
    ("came_in", "stored"),
    [
        # as the editor sends it: stored as it is
        ("<p>今晚<strong>开市</strong>。</p>", "<p>今晚<strong>开市</strong>。</p>"),
        ("<h2>灯火</h2><p>一</p>", "<h2>灯火</h2><p>一</p>"),
        ("<ul><li><p>一</p></li></ul>", "<ul><li><p>一</p></li></ul>"),
        ("<blockquote><p>他说</p></blockquote>", "<blockquote><p>他说</p></blockquote>"),
        (
            f"<figure>{PHOTO}<figcaption>灯</figcaption></figure>",
            f"<figure>{PHOTO}<figcaption>灯</figcaption></figure>",
        ),
        (
            '<p><a href="https://example.com/?a=1&amp;b=2" rel="noopener">x</a></p>',
            '<p><a href="https://example.com/?a=1&amp;b=2" rel="noopener">x</a></p>',
        ),
        # text outside any block, and blocks in the wrong place
        ("一\n二", "<p>一</p><p>二</p>"),
        ("一<br>二", "<p>一</p><p>二</p>"),
        ("<strong>一</strong>二<h2>三</h2>四", "<p><strong>一</strong>二</p><h2>三</h2><p>四</p>"),
        ("<blockquote>他说</blockquote>", "<blockquote><p>他说</p></blockquote>"),
        ("<ul>一<li>二</ul>", "<ul><li><p>一</p></li><li><p>二</p></li></ul>"),
        ("<li>一</li>", "<p>一</p>"),
        ("<h2>一<p>二</p></h2>", "<h2>一</h2><p>二</p>"),
        ("<strong><p>一</p><p>二</p></strong>", "<p>一</p><p>二</p>"),
        (f"<p>一{PHOTO}二</p>", f"<p>一</p><figure>{PHOTO}</figure><p>二</p>"),
        (f"<figure>灯{PHOTO}</figure>", f"<figure>{PHOTO}<figcaption>灯</figcaption></figure>"),
        # other vocabularies
        ("<h1>一</h1><h3>二</h3>", "<p>一二</p>"),
        ('<p style="color:red" class="x" onclick="y()">一</p>', "<p>一</p>"),
        ("<table><tr><td>一</td></tr></table>", "<p>一</p>"),
        ("<em>一</em><u>二</u>", "<p>一二</p>"),
        # scripts in every coat
        ("<script>alert(1)</script><p>一</p>", "<p>一</p>"),
        ("<p>一</p><style>p{}</style>", "<p>一</p>"),
        ("<svg onload=alert(1)><script>alert(1)</script></svg><p>一</p>", "<p>一</p>"),
        ("<math><mtext><script>alert(1)</script></mtext></math>", ""),
        ("<iframe src='https://example.com'></iframe>", ""),
        ("<p>&lt;script&gt;</p>", "<p>&lt;script&gt;</p>"),
        # links that lead nowhere good keep their words
        ('<a href="javascript:alert(1)">一</a>', "<p>一</p>"),
        ('<a href="JaVaScRiPt:alert(1)">一</a>', "<p>一</p>"),
        ('<a href="java\nscript:alert(1)">一</a>', "<p>一</p>"),
        ('<a href="data:text/html,x">一</a>', "<p>一</p>"),
        ('<a href="//example.com/">一</a>', "<p>一</p>"),
        ('<a href="/\\example.com/">一</a>', "<p>一</p>"),
        ('<a href="https://example.com/" onmouseover="x()" target="_blank"></a>', ""),
        ("<a>一</a>", "<p>一</p>"),
        # pictures that are not the house's
        ('<figure><img src="https://example.com/x.jpg"><figcaption>x</figcaption></figure>', ""),
        ('<img src="x" onerror="alert(1)">', ""),
        ('<figure><img src="/desk/photos/7/preview?x"></figure>', ""),
        ('<figure><img src="/desk/photos/7/preview\n"></figure>', ""),
        ('<figure><img src="/desk/photos/٧/preview"></figure>', ""),
        ('<figure><img src="//example.com/desk/photos/7/preview"></figure>', ""),
        # what nobody sees
        ("<p>一\x00二\u200b三</p>", "<p>一二三</p>"),
        ("<p>一&#1;二&#8203;三</p>", "<p>一二三</p>"),
        ("<p>一\ud800</p>", "<p>一</p>"),
        ("<p> </p><p>&nbsp;</p><ul><li></li></ul><h2><strong> </strong></h2>", ""),
    ],
)
def test_what_comes_in_and_what_is_stored(came_in, stored):
    assert clean_body(came_in) == stored


# -- the property: it yields the vocabulary alone, each thing in its place, and cleaning again changes nothing

PLACES = {
    "": {"p", "h2", "blockquote", "ul", "ol", "figure"},
    "blockquote": {"p", "h2", "blockquote", "ul", "ol", "figure"},
    "li": {"p", "h2", "blockquote", "ul", "ol", "figure"},
    "ul": {"li"},
    "ol": {"li"},
    "figure": {"img", "figcaption"},
    "p": {"a", "strong", "#text"},
    "h2": {"a", "strong", "#text"},
    "figcaption": {"a", "strong", "#text"},
    "a": {"strong", "#text"},
    "strong": {"#text"},
}
ATTRIBUTES = {"a": [{"href", "rel"}], "img": [{"src"}, {"src", "alt"}]}


class Grammar(HTMLParser):
    """Reads a body and asserts that everything stands where it may."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [""]

    def handle_starttag(self, tag, attrs):
        assert tag in PLACES[self.open[-1]], f"{tag} in {self.open}"
        assert {name for name, _value in attrs} in ATTRIBUTES.get(tag, [set()])
        for name, value in attrs:
            assert name != "href" or value.startswith(("https://", "http://", "mailto:", "/"))
            assert name != "href" or not value.startswith(("//", "/\\"))
            assert name != "src" or value == "/desk/photos/7/preview"
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        assert "#text" in PLACES[self.open[-1]], f"{data!r} in {self.open}"
        assert strip_unseen(data) == data


BLOCKS = ["p", "h1", "h2", "blockquote", "ul", "ol", "li", "figure", "figcaption", "div", "table", "td"]
TAGS = [*BLOCKS, "strong", "b", "em", "span", "svg", "math", "style", "script", "template", "textarea"]
LINKS = ["https://x", "javascript:x", "//x", "/\\x", " /x", "mailto:x", "\x01https://x", "/desk/photos/7/preview"]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in [*TAGS, "a"]]),
    st.sampled_from([f'<a href="{link}" onclick="x">' for link in LINKS]),
    st.sampled_from([f'<img src="{source}" alt="x" onerror="x">' for source in [*LINKS, "x"]]),
    st.sampled_from(["&lt;", "&amp;", "&nbsp;", "&#0;", "&#8203;", "<!--", "-->", "<", '"', "<br>", "\n", "　"]),
    st.text(max_size=5),
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=12).map("".join))
@example('<a href="/x">一<a href="https://x">&#8203;<a href="/x">二')
def test_a_cleaned_body_is_the_vocabulary_and_stays_as_it_is(html):
    clean = clean_body(html)
    grammar = Grammar()
    grammar.feed(clean)
    grammar.close()
    assert grammar.open == [""]
    assert clean_body(clean) == clean
    assert plain_text(clean) == "\n".join(block.text for block in blocks(clean) if block.kind != "figcaption")


@pytest.mark.parametrize("tag", ["<blockquote>", "<ul><li>", "<strong>", "<div>", "<figure>"])
def test_depth_costs_nothing_and_loses_no_words(tag):
    clean = clean_body(f"{PHOTO}{tag * 5000}深处")
    assert "深处" in plain_text(clean) or tag == "<figure>"
    assert len(clean) < 300
    assert clean_body(clean) == clean


# -- reading a body


def test_the_blocks_of_a_body_in_reading_order():
    body = clean_body(
        "<h2>灯</h2><p>一</p><ul><li><p>二</p></li></ul><blockquote><p>三</p></blockquote>"
        f"<figure>{PHOTO}<figcaption>图</figcaption></figure>"
    )
    assert blocks(body) == [
        Block("h2", "灯"),
        Block("p", "一"),
        Block("li", "二"),
        Block("blockquote", "三"),
        Block("figcaption", "图"),
    ]
    assert plain_text(body) == "灯\n一\n二\n三"


def test_each_photo_in_the_text_is_named_once():
    two = PHOTO.replace("7", "12")
    assert photo_ids(clean_body(f"<figure>{two}</figure><figure>{PHOTO}</figure><figure>{two}</figure>")) == [12, 7]


def test_plain_paragraphs_are_escaped():
    assert from_paragraphs(["一 < 二 & 三", " ", "四\x00"]) == "<p>一 &lt; 二 &amp; 三</p><p>四</p>"
    assert clean_body(from_paragraphs(["一 < 二"])) == from_paragraphs(["一 < 二"])
