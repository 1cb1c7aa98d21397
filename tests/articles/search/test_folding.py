"""One form a character, each from a known place of the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.asking import terms_of
from articles.search.folding import fold, fold_with_places
from articles.search.genres import GENRES
from articles.search.marking import mark, snippet
from articles.search.tokens import in_headline, name_tokens, of_text, page_token, section_token, stems


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("夜市開發", "夜市开发"), ("裡裏臺灣後麵", "里里台湾后面"), ("ＡＢＣ１２３", "abc123"), ("Straße", "strasse"),
        ("e\u0301tude Étude", "étude étude"), ("㎡", "m2"), ("夜\u200b市\ufe0f", "夜市"), ("一\u3000 \n二", "一 二"),
        ("薴", "苎"), ("𠮷野家", "𠮷野家"),
    ],
)  # fmt: skip
def test_how_it_is_written_makes_no_difference(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_every_character_comes_from_its_place(text):
    folded = fold_with_places(text)
    assert folded.text == fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
    for character, start, end in zip(*folded, strict=True):
        assert character in fold(text[start:end])


@given(st.text(), st.text())
def test_what_was_written_stays_whole_whatever_is_marked(text, asked):
    assert "".join(piece.text for piece in mark(text, terms_of(asked))) == text


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("ＧＤＰ增长，發展", "gdp 发展", ["ＧＤＰ", "發展"]),
        ("He runs; running is fun. Brunt", "run", ["runs", "running"]),
        ("哈哈哈", "哈哈", ["哈哈哈"]),
        ("5G手机与15G", "5g", ["5G", "5G"]),
        ("夜市，开张", "“市，开”", ["市，开"]),
    ],
)
def test_what_is_marked(text, asked, marked):
    assert [piece.text for piece in mark(text, terms_of(asked)) if piece.is_match] == marked


def test_a_snippet_shows_the_place_with_the_most_words():
    paragraphs = ["夜市。" + "无关的话，" * 60, "别的。" * 40 + "地铁旁的夜市开了。" + "后话。" * 60]
    shown = "".join(piece.text for piece in snippet(paragraphs, terms_of("夜市 地铁")))
    assert "地铁旁的夜市开了。" in shown
    assert shown.startswith("…")
    assert len(shown) < 120


def test_no_more_of_a_text_is_read_than_a_snippet_needs():
    unread = iter(["一。", "夜市与地铁。", "夜市。"])
    assert "".join(piece.text for piece in snippet(unread, terms_of("夜市 地铁"))) == "夜市与地铁。"
    assert list(unread) == ["夜市。"]


@pytest.mark.parametrize(
    ("said", "texts"),
    [
        ("夜市 开张", ["夜市", "开张"]),
        ("夜市　夜市", ["夜市"]),
        ('"夜市 开张" 「地铁」“通车 了”', ["夜市 开张", "地铁", "通车 了"]),
        ("夜市“开张", ["夜市", "开张"]),
        ("！ 。 、", []),
        ("「，」", [","]),
        ("", []),
    ],
)
def test_how_a_question_is_read(said, texts):
    assert [term.text for term in terms_of(said)] == texts


def test_tokens_of_different_kinds_are_never_taken_for_each_other():
    pairs = of_text("s:city h:市 w:run b:甲")
    others = {section_token("c"), *stems("a run"), *name_tokens("甲"), page_token(__import__("datetime").date.min)}
    assert not pairs & (others | {in_headline(token) for token in pairs})


def test_readers_choose_between_the_genres_of_the_desk():
    from articles.models import Genre

    assert list(GENRES) == Genre.values
    assert [str(label) for label in GENRES.values()] == [str(label) for label in Genre.labels]
