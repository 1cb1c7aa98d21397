"""What changed, paragraphs first, and quickly enough for a page."""

import random
from difflib import SequenceMatcher

from articles.text import diffing
from articles.text.diffing import Kind, compare
from articles.versions.comparing import body_lines

RANDOM = random.Random(7)
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 1200)]


def paragraph(length: int) -> str:
    return "".join(RANDOM.choice("，。；") if RANDOM.random() < 0.08 else RANDOM.choice(HAN) for _ in range(length))


def pieces(difference):
    return [[(piece.kind.value, piece.text) for piece in line.pieces] for line in difference.lines]


def test_only_the_characters_that_changed_are_marked():
    (headline,) = compare(
        {"headline": ["城西夜市今晚开市"], "kicker": ["同"]}, {"headline": ["城西夜市明晚开市"], "kicker": ["同"]}
    )
    assert headline.field == "headline"
    assert pieces(headline) == [[("same", "城西夜市"), ("removed", "今"), ("added", "明"), ("same", "晚开市")]]


def test_a_paragraph_moved_in_leaves_its_neighbours_unmarked():
    first, second, new = paragraph(80), paragraph(80), paragraph(80)
    (body,) = compare({"body": [first, second]}, {"body": [first, new, second]})
    assert [line.kind for line in body.lines] == [Kind.SAME, Kind.ADDED, Kind.SAME]


def test_a_paragraph_written_anew_is_not_a_soup_of_single_characters():
    old, new = "甲乙丙丁戊己庚辛壬癸" * 4, "子丑寅卯辰巳午未申酉" * 4
    (body,) = compare({"body": [old]}, {"body": [new]})
    assert [line.kind for line in body.lines] == [Kind.REMOVED, Kind.ADDED]


def test_both_texts_can_be_put_together_again_from_a_difference():
    old = [paragraph(120) for _ in range(12)]
    new = [text[:30] + paragraph(9) + text[45:] for text in old]
    new[3:5] = [paragraph(60)]
    (body,) = compare({"body": old}, {"body": new})
    before = "".join(p.text for line in body.lines for p in line.pieces if p.kind != Kind.ADDED)
    after = "".join(p.text for line in body.lines for p in line.pieces if p.kind != Kind.REMOVED)
    assert before == "".join(old)
    assert after == "".join(new)


def test_what_came_and_what_went_altogether():
    differences = compare({"subhead": ["副题"]}, {"summary": ["提要"]})
    assert [(d.field, pieces(d)) for d in differences] == [
        ("summary", [[("added", "提要")]]),
        ("subhead", [[("removed", "副题")]]),
    ]


class Counted(SequenceMatcher):
    """Counts the pairs of items that a comparison of two sequences can cost."""

    pairs = 0

    def __init__(self, isjunk, old, new, **options):
        Counted.pairs += len(old) * len(new)
        assert Counted.pairs <= diffing.BUDGET
        super().__init__(isjunk, old, new, **options)


def test_twenty_thousand_characters_and_worse_stay_within_the_budget(monkeypatch):
    monkeypatch.setattr(diffing, "SequenceMatcher", Counted)
    story = [paragraph(400) for _ in range(50)]
    edited = [text[:100] + "改" + text[101:] for text in story]
    cases = [
        (story, edited),
        (["".join(story)], ["".join(edited)]),
        (["ab" * 10_000], ["ba" * 10_000]),
        ([str(n) for n in range(20_000)], [str(2 * n) for n in range(20_000)]),
    ]
    for old, new in cases:
        Counted.pairs = 0
        assert compare({"body": old}, {"body": new})


def test_a_change_of_nothing_but_a_link_or_bold_type_shows():
    plain = body_lines("<p>甲乙</p>")
    assert body_lines('<p><a href="https://a.cn">甲</a>乙</p>') == ["甲〔https://a.cn〕乙"] != plain
    assert body_lines("<p><strong>甲</strong>乙</p>") == ["**甲**乙"] != plain
    assert body_lines("<h2>甲乙</h2><blockquote><p>丙</p></blockquote><ul><li><p>丁</p></li></ul>") == [
        "■ 甲乙",
        "〉丙",
        "• 丁",
    ]


# -- moved paragraphs, folded stretches


def kinds(old, new):
    (body,) = compare({"body": old}, {"body": new})
    return [line.kind.value for line in body.lines]


def test_a_moved_paragraph_is_moved_and_not_removed_and_added():
    first, second, third, fourth = (paragraph(60) for _ in range(4))
    (body,) = compare({"body": [first, second, third, fourth]}, {"body": [second, third, fourth, first]})
    assert [line.kind for line in body.lines] == [Kind.SAME] * 3 + [Kind.MOVED]
    assert body.lines[-1].moved_from == 1
    assert pieces(body)[-1] == [("same", first)]


def test_a_moved_paragraph_shows_what_was_changed_in_it():
    first, second, third = (paragraph(80) for _ in range(3))
    changed = first[:40] + "改" + first[41:]
    (body,) = compare({"body": [first, second, third]}, {"body": [second, third, changed]})
    assert [line.kind for line in body.lines] == [Kind.SAME, Kind.SAME, Kind.MOVED]
    assert pieces(body)[-1] == [
        ("same", first[:40]),
        ("removed", first[40]),
        ("added", "改"),
        ("same", first[41:]),
    ]


def test_what_went_stands_where_it_stood():
    first, second, third = (paragraph(50) for _ in range(3))
    assert kinds([first, second, third], [first, third]) == ["same", "removed", "same"]


def test_long_unchanged_stretches_are_folded_but_for_a_line_beside_each_change():
    story = [paragraph(40) for _ in range(20)]
    edited = [*story[:9], story[9] + "改", *story[10:]]
    (body,) = compare({"body": story}, {"body": edited})
    assert [(len(s.lines), s.is_folded) for s in body.stretches] == [
        (8, True),
        (1, False),
        (1, False),
        (1, False),
        (9, True),
    ]
    assert tuple(line for s in body.stretches for line in s.lines) == body.lines
    (short,) = compare({"body": story[:4]}, {"body": [*story[:3], story[3] + "改"]})
    assert not any(stretch.is_folded for stretch in short.stretches)
