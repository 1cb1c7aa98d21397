"""Paragraphs that a correction touched, and the marks at them."""

import re

import pytest

from articles.text import correcting


def html(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def marked(body: str, *corrections: list[str]) -> str:
    return correcting.marked(body, [{"paragraphs": keys} for keys in corrections], lambda number: f"note {number}")


def touched_places(before: str, now: str) -> list[int]:
    """Which paragraphs of `now` are marked, from 0."""
    found = re.findall(r"<p( id=\"[^\"]*\")?( class=\"touched\")?>", marked(now, correcting.touched(before, now)))
    return [place for place, (_id, touched) in enumerate(found) if touched]


@pytest.mark.parametrize(
    ("before", "now", "places"),
    [
        (["一。", "二。"], ["一。", "二。"], []),
        (["一。", "桥长八百米。"], ["一。", "桥长九百米。"], [1]),
        (["一。", "二。"], ["一。", "新的一段。", "二。"], [1]),
        (["一。", "二。"], ["二。"], []),
        (["<strong>重</strong>点。"], ["重点。"], []),
        (["甲 &amp; 乙开市。"], ["甲 &amp; 丙开市。"], [0]),
    ],
)
def test_what_reads_otherwise_is_touched_and_nothing_else(before, now, places):
    assert touched_places(html(*before), html(*now)) == places


def test_a_mark_leads_to_its_note_and_the_note_to_the_first_of_its_places():
    before, now = html("一千人。", "中间。", "八时。"), html("两千人。", "中间。", "九时。")
    text = marked(now, [], correcting.touched(before, now))
    assert text.startswith('<p id="corrected-2" class="touched">两千人。')
    assert text.count('<a class="mark" href="#correction-2" aria-label="note 2"></a>') == 2
    assert text.count('id="corrected-2"') == 1


def test_the_later_correction_of_a_paragraph_marks_it_and_an_earlier_one_of_another_stays():
    first, second, third = html("一千人。", "八时。"), html("两千人。", "九时。"), html("两千人。", "十时。")
    notes = [correcting.touched(first, second), correcting.touched(second, third)]
    assert re.findall(r'href="#correction-(\d)"', marked(third, *notes)) == ["1", "2"]
    assert correcting.stands(third, {"paragraphs": notes[0]})
    assert not correcting.stands(html("都不在了。"), {"paragraphs": notes[0]})


def test_corrections_from_before_paragraphs_were_kept_mark_nothing():
    body = html("正文。")
    assert correcting.marked(body, [{"at": "2024-03-08T09:00:00+08:00", "note": "更正"}], str) == body
    assert not correcting.stands(body, {"note": "更正"})
