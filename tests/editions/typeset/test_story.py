"""A story on its pages: nothing lost or printed twice, on the grid, its columns even, its figures right."""

from __future__ import annotations

import math
import random
import re
from itertools import pairwise
from typing import Any

import pytest

from editions.typeset.columns import rectangle_of
from editions.typeset.measuring import measure
from editions.typeset.picture import crop
from tests import typeset_pages as tp

SEEDS = range(80)


def random_pages(seed: int) -> list[tp.Description]:
    """A story on one to three pages: rectangles of any shape, in a box or not, under any headline."""
    rng = random.Random(seed)
    body = tp.blocks(
        rng,
        rng.choice((5, 60, 400, 1200, 3000)),
        language=rng.choice(("zh", "zh", "mixed", "en")),
        subheads=rng.random() < 0.4,
        styled=rng.random() < 0.5,
    )
    template = rng.choice(("broadsheet", "berliner", "tabloid"))
    pages = rng.randint(1, 3)
    treatments = [_random_treatment(rng, page, template) for page in range(2, 2 + pages)]
    one = tp.story(1, body, *treatments, byline=rng.choice(("", "本报记者 甲某")))
    return [tp.page(page, one, template=template) for page in range(2, 2 + pages)]


def _random_treatment(rng: random.Random, page: int, template: str) -> dict[str, Any]:
    grid = tp.sheet_of(tp.page(2, template=template)).grid
    width = rng.randint(1, grid.columns - 1)
    frames = [(1, 1, width, rng.randint(4, 40))]
    if rng.random() < 0.4:
        frames.append((rng.randint(1, grid.columns - 1), 41, rng.randint(1, 2), rng.randint(1, 25)))
    return tp.treatment(
        page,
        frames,
        style=rng.choice(("lead", "second", "third", "brief", "feature", "continued")),
        headline=rng.choice(("", "城西夜市今晚开市", "城西夜市今晚开市\n首日迎客两千", tp.chinese(rng, 14, latin=0))),
        kicker=rng.choice(("", "我市今春")),
        subhead=rng.choice(("", "市民出行更方便")),
        headline_columns=rng.choice((0, 0, 1, 2)),
        text_columns=rng.choice((0, 0, width, width + 1)),
        boxed=rng.random() < 0.3,
        mark=rng.choice(("", "", "广告")),
    )


def shown(layouts: list[tp.Layout]) -> str:
    """The words printed on all pages, line ends and all, without white."""
    bodies = [element for layout in layouts for element in tp.body_elements(tp.entry(layout))]
    return tp.unspaced("".join("".join(element["lines"]) for element in bodies))


def columns_of(drawn: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The body by columns: a step up or aside begins the next."""
    found: list[list[dict[str, Any]]] = []
    for element in tp.body_elements(drawn):
        last = found[-1][-1] if found else None
        if last is None or element["x"] != last["x"] or element["y"] < last["y"]:
            found.append([])
        found[-1].append(element)
    return found


def text_page(count: int, frame: tuple[int, int, int, int], **said: Any) -> tp.Description:
    """A story of one paragraph of so many characters, in one frame on page 2, without a headline."""
    plain = {"headline": ""} | said
    return tp.page(2, tp.story(1, [tp.paragraph("中" * count)], tp.treatment(2, [frame], **plain)))


@pytest.mark.parametrize("seed", SEEDS)
def test_shown_and_spilled_are_the_whole_text(seed):
    descriptions = random_pages(seed)
    layouts = [tp.composed(description) for description in descriptions]
    fits = [tp.entry(layout)["fit"] for layout in layouts]
    assert all(fit == fits[0] for fit in fits), "every page tells the same of the whole story"
    whole = tp.body_text(descriptions[0]["stories"][0])
    spilled = fits[0]["spilled_text"]
    assert whole.endswith(spilled)
    assert tp.unhyphenated(shown(layouts), whole.removesuffix(spilled))
    count = tp.count_characters(whole)
    assert (fits[0]["shown"] + fits[0]["spilled"], fits[0]["spilled"]) == (count, tp.count_characters(spilled))
    assert bool(fits[0]["over"]) == bool(tp.unspaced(spilled))


@pytest.mark.parametrize("seed", SEEDS)
def test_how_columns_begin_and_end(seed):
    for description in random_pages(seed):
        drawn, sheet = tp.entry(tp.composed(description)), tp.sheet_of(description)
        columns = columns_of(drawn)
        for column, following in pairwise(columns):
            first = following[0]
            goes_on = first["role"] != "h2" and not first["indent"]
            if goes_on and len(first["lines"]) == 1 and first["ends"]:
                assert len(first["lines"][0]) > 2, "a column begins with a paragraph's last one or two characters"
            assert column[-1]["role"] != "h2", "a subhead stands last in a column"
        for element in tp.body_elements(drawn):
            rows = (element["y"] - sheet.top) / sheet.leading
            if element["kind"] == "paragraph":
                assert rows == pytest.approx(round(rows), abs=0.002), "off the grid"


def test_a_short_last_line_goes_over_with_the_line_before_it():
    """The word fills its line, so the paragraph has to end with two characters: they do not head a column alone."""
    word = "n" * int(16.6 / tp.fonts().width("song", "n"))
    text = "中" * 32 + word + "完。"
    body = [tp.paragraph(text), tp.paragraph("文" * 200)]
    treated = tp.treatment(2, [(1, 1, 2, 3)], headline="")
    columns = columns_of(tp.entry(tp.composed(tp.page(2, tp.story(1, body, treated)))))
    assert [column[0]["lines"] for column in columns] == [["中" * 15, "中" * 17], [word, "完。"]]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_drawn_outside_the_story(seed):
    for description in random_pages(seed):
        layout, sheet = tp.composed(description), tp.sheet_of(description)
        drawn = tp.entry(layout)
        if drawn["fit"]["headline_over"]:
            continue
        here = next(t for t in description["stories"][0]["treatments"] if t["page"] == description["page"]["order"])
        frames = [sheet.frame(rectangle_of(frame)) for frame in here["frames"]]
        for element in drawn["elements"]:
            left, top, right, bottom = ink(element)
            assert any(
                frame.x - 0.02 <= left
                and right <= frame.x + frame.width + 0.02
                and frame.y - 0.02 <= top
                and bottom <= frame.y + frame.height + 0.02
                for frame in frames
            ), element


def ink(element: dict[str, Any]) -> tuple[float, float, float, float]:
    """What an element takes of the paper: its rows, and of lines that stand as they are their natural width."""
    if element["kind"] not in {"text", "paragraph"}:
        return element["x"], element["y"], element["x"] + element["width"], element["y"] + element["height"]
    height, width = len(element["lines"]) * element["leading"], element["width"]
    if element["kind"] == "text":
        settings = [measure(line, element["face"], tp.fonts()) for line in element["lines"]]
        width = max(setting.width(0, setting.count) for setting in settings) * element["size"]
        assert width <= element["width"] + 0.02, element
        return element["x"], element["y"], element["x"] + element["width"], element["y"] + height
    return element["x"], element["y"], element["x"] + width, element["y"] + height


@pytest.mark.parametrize("seed", range(60))
def test_the_columns_of_a_story_end_side_by_side(seed):
    rng = random.Random(seed)
    body = [tp.paragraph(tp.chinese(rng, rng.randint(60, 200))) for _number in range(rng.randint(1, 8))]
    width = rng.randint(2, 6)
    layout = tp.composed(tp.page(2, tp.story(1, body, tp.treatment(2, [(1, 1, width, 100)]))))
    drawn = tp.entry(layout)
    feet = [
        round((column[-1]["y"] + len(column[-1]["lines"]) * column[-1]["leading"]) / 13.5)
        for column in columns_of(drawn)
    ]
    assert len(feet) == width
    assert max(feet) - min(feet) <= 1


def test_a_column_of_an_l_is_read_to_its_foot():
    """What goes on below in the next rectangle is the same column; the text turns to the next one after it."""
    body = [tp.paragraph(tp.chinese(random.Random(1), 2000))]
    treated = tp.treatment(2, [(1, 1, 3, 20), (1, 21, 1, 10)], headline="")
    columns = columns_of(tp.entry(tp.composed(tp.page(2, tp.story(1, body, treated)))))
    assert [sum(len(element["lines"]) for element in column) for column in columns] == [30, 20, 20]
    lefts = [column[0]["x"] for column in columns]
    assert lefts == sorted(lefts)


def test_room_in_a_further_rectangle_draws_no_text_out_of_the_first():
    """A text that ends in its first rectangle begins there, and its columns end side by side all the same."""
    body = [tp.paragraph(tp.chinese(random.Random(3), 200, latin=0))]
    treated = tp.treatment(2, [(1, 1, 3, 10), (5, 1, 1, 40)], headline="")
    columns = columns_of(tp.entry(tp.composed(tp.page(2, tp.story(1, body, treated)))))
    assert [sum(len(element["lines"]) for element in column) for column in columns] == [5, 4, 4]
    assert {column[0]["y"] for column in columns} == {columns[0][0]["y"]}


# -- continued stories --------------------------------------------------------------------------------------


def turns(layout: tp.Layout) -> list[str]:
    return [element["lines"][0] for element in tp.entry(layout)["elements"] if element.get("role") == "turn"]


def continued(labels: tuple[str, ...], characters: int = 2000) -> list[tp.Description]:
    frames = [[(1, 1, 2, 20)], [(1, 1, 1, 30), (2, 1, 2, 12)], [(1, 1, 3, 60)]]
    treatments = [
        tp.treatment(number, frame, label=label)
        for number, (frame, label) in enumerate(zip(frames, labels, strict=False), start=1)
    ]
    one = tp.story(1, tp.blocks(random.Random(5), characters), *treatments)
    return [tp.page(number, one) for number in range(1, len(labels) + 1)]


@pytest.mark.parametrize("labels", [("1", "2"), ("A1", "B3"), ("1", "4", "7")])
def test_turn_lines_come_in_pairs_with_the_pages_labels(labels):
    layouts = [tp.composed(description) for description in continued(labels)]
    said = [turns(layout) for layout in layouts]
    for place, (label, following) in enumerate(pairwise(labels)):
        assert said[place][-1] == f"（下转第{following}版）"
        assert said[place + 1][0] == f"（上接第{label}版）"
    assert sum(map(len, said)) == 2 * (len(labels) - 1)


def test_what_goes_on_the_first_page_does_not_turn():
    layouts = [tp.composed(description) for description in continued(("1", "2", "3"), characters=150)]
    assert [turns(layout) for layout in layouts] == [[], [], []]
    assert shown(layouts[1:]) == ""


def test_a_page_with_the_storys_picture_alone_is_no_turn():
    """Its text is over on page 1, and page 2 prints a picture of it: neither page says that it goes on."""
    body = tp.blocks(random.Random(6), 1500)
    text, beside = tp.treatment(1, [(1, 1, 2, 20)]), tp.treatment(2, [])
    first = tp.page(1, tp.story(1, body, text))
    second = tp.page(2, tp.story(1, body, text, beside, pictures=[tp.picture(5, (1, 1, 2, 20))]))
    one, other = tp.composed(first), tp.composed(second)
    assert turns(one) == turns(other) == []
    assert tp.entry(one)["fit"] == tp.entry(other)["fit"]


def test_a_story_goes_on_exactly_where_it_stopped():
    descriptions = continued(("1", "2", "3"))
    layouts = [tp.composed(description) for description in descriptions]
    ends = [tp.body_elements(tp.entry(layout)) for layout in layouts]
    whole = tp.unspaced(tp.body_text(descriptions[0]["stories"][0]))
    for before, after in pairwise(ends):
        seam = tp.unspaced(before[-1]["lines"][-1]) + tp.unspaced(after[0]["lines"][0])
        assert seam in whole
        assert before[-1]["ends"] == bool(after[0].get("indent"))


# -- how it fits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "over", "left"), [(1, 0, 9), (5, 0, 5), (9, 0, 1), (10, 0, 0), (11, 1, 0), (25, 15, 0)]
)
def test_lines_over_and_left(lines, over, left):
    """One column of ten rows and a paragraph of full lines."""
    fit = tp.entry(tp.composed(text_page(17 * lines - 2, (1, 1, 1, 10))))["fit"]
    assert (fit["needed"], fit["room"], fit["over"], fit["left"]) == (lines, 10, over, left)
    assert fit["characters_over"] == fit["spilled"] == 17 * over
    assert fit["characters_left"] == 17 * left
    assert fit["shown"] == 17 * min(lines, 10) - 2


def test_the_headline_takes_its_rows_from_the_text():
    bare = tp.entry(tp.composed(text_page(1500, (1, 1, 2, 20))))["fit"]["room"]
    headed = tp.entry(tp.composed(text_page(1500, (1, 1, 2, 20), headline="城西夜市")))
    element = next(e for e in headed["elements"] if e["role"] == "headline")
    rows = math.ceil((element["size"] * 1.16 + 0.85 * 13.5) / 13.5)
    assert bare == 40
    assert headed["fit"]["room"] == 40 - 2 * rows


def test_an_empty_paragraph_holds_nothing_up():
    body = [tp.paragraph("甲" * 30), tp.paragraph(""), tp.paragraph("乙" * 30)]
    fit = tp.entry(tp.composed(tp.page(2, tp.story(1, body, tp.treatment(2, [(1, 1, 1, 30)])))))["fit"]
    assert (fit["spilled"], fit["shown"]) == (0, 60)


def test_holes_are_the_white_rows_of_each_column():
    drawn = tp.entry(tp.composed(text_page(17 * 13 - 2, (1, 1, 2, 10))))
    assert sorted(drawn["holes"]) == [3, 4]
    assert tp.entry(tp.composed(text_page(17 * 20 - 2, (1, 1, 2, 10))))["holes"] == []


def test_a_headline_higher_than_its_place_is_said():
    """A picture story of three rows has no room for a headline of five columns, though it has no text to spill."""
    treated = tp.treatment(2, [(1, 1, 5, 3)], style="lead")
    assert tp.entry(tp.composed(tp.page(2, tp.story(1, [], treated))))["fit"]["headline_over"]


def test_who_reported_is_named_under_any_headline():
    for headline in ("城西夜市今晚开市", ""):
        one = tp.story(1, [tp.paragraph("中" * 99)], tp.treatment(2, [(1, 1, 1, 20)], headline=headline))
        names = "本报记者 甲某某 乙某某 丙某某 丁某某 通讯员 戊某某 己某某 摄影报道"
        drawn = tp.entry(tp.composed(tp.page(2, one | {"byline": names})))
        lines = [line for e in drawn["elements"] if e["role"] == "byline" for line in e["lines"]]
        assert tp.unspaced("".join(lines)) == tp.unspaced(names)


# -- pictures -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(60))
def test_a_crop_keeps_the_ratio_and_the_focal_point(seed):
    rng = random.Random(seed)
    pixels, focal = [rng.randint(200, 6000), rng.randint(200, 6000)], [rng.randint(0, 100), rng.randint(0, 100)]
    ratio, zoom = rng.uniform(0.3, 4), rng.choice((100, 100, 150, 300))
    left, top, right, bottom = crop({"pixels": pixels, "focal": focal, "zoom": zoom}, ratio)
    assert 0 <= left < right <= 1.000001
    assert 0 <= top < bottom <= 1.000001
    assert (right - left) * pixels[0] / ((bottom - top) * pixels[1]) == pytest.approx(ratio, rel=1e-6)
    assert left - 1e-9 <= focal[0] / 100 <= right + 1e-9
    assert top - 1e-9 <= focal[1] / 100 <= bottom + 1e-9
    assert max(right - left, bottom - top) == pytest.approx(100 / zoom)


def test_a_caption_ends_with_the_credit_below_the_picture():
    one = tp.story(1, [], tp.treatment(2, []), pictures=[tp.picture(5, (2, 11, 2, 30))])
    description = tp.page(2, one)
    drawn, sheet = tp.entry(tp.composed(description)), tp.sheet_of(description)
    image, caption = drawn["elements"]
    assert "".join(caption["lines"]).endswith("\u3000甲某 摄")
    assert (image["kind"], caption["face"]) == ("picture", "kai")
    frame = sheet.frame(rectangle_of(one["pictures"][0]))
    assert image["y"] + image["height"] <= caption["y"]
    assert caption["y"] + caption["leading"] * len(caption["lines"]) == pytest.approx(frame.y + frame.height, abs=0.02)
    assert image["width"] / image["height"] == pytest.approx(
        1.5 * (image["crop"][2] - image["crop"][0]) / (image["crop"][3] - image["crop"][1]), rel=1e-2
    )


def test_a_picture_without_room_beside_its_caption_is_said():
    for rows, over in ((3, True), (30, False)):
        one = tp.story(1, [], tp.treatment(2, []), pictures=[tp.picture(5, (1, 1, 1, rows))])
        assert tp.entry(tp.composed(tp.page(2, one)))["fit"]["picture_over"] is over


def test_zones_are_the_rectangles_in_per_cent_of_the_paper():
    treated = tp.treatment(2, [(1, 1, 2, 20), (3, 11, 1, 10)])
    one = tp.story(1, [tp.paragraph("中" * 50)], treated, pictures=[tp.picture(5, (3, 1, 1, 10))])
    description = tp.page(2, one)
    sheet = tp.sheet_of(description)
    zones = tp.entry(tp.composed(description))["zones"]
    assert len(zones) == 3
    for (left, top, width, height), (column, row, _w, rows) in zip(
        zones, [(1, 1, 2, 20), (3, 11, 1, 10), (3, 1, 1, 10)], strict=True
    ):
        assert left / 100 * 390 == pytest.approx(20 + (column - 1) * (sheet.column_width + sheet.gutter) * 25.4 / 72)
        assert top / 100 * 545 == pytest.approx(35 + (row - 1) * 13.5 * 25.4 / 72)
        assert height / 100 * 545 == pytest.approx(rows * 13.5 * 25.4 / 72)
        assert 0 < width < 100


def test_bold_runs_fall_on_their_own_words():
    rng = random.Random(9)
    text = tp.chinese(rng, 400)
    runs = [(20, 60), (100, 103), (200, 390)]
    one = tp.story(1, [tp.paragraph(text, bold=runs)], tp.treatment(2, [(1, 1, 3, 20)]))
    drawn = tp.body_elements(tp.entry(tp.composed(tp.page(2, one))))
    bold = "".join(e["lines"][line][start:end] for e in drawn for line, start, end in e["bold"])
    assert bold == "".join(re.sub(" ", "", text[start:end]) if " " in text else text[start:end] for start, end in runs)
