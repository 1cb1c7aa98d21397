"""What the PDF draws is what was composed: the words object by object, and the widths that lines are broken by."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import typst
from django.conf import settings

import editions.typeset
from editions.typeset import elements
from editions.typeset.drawing import AROUND, drawing_of
from editions.typeset.measuring import is_mostly_latin, measure
from editions.typesetting import layouts_of_descriptions, press_pdf, reader_pdf
from tests import newsroom_of_tests as house
from tests import typeset_pages as tp
from tests.typeset_reading import on_one_line, texts_composed, texts_drawn, words_by_font

PAGES = {
    "chinese": lambda: tp.whole_page(11),
    "chinese, again": lambda: tp.whole_page(12, template="tabloid"),
    "mixed": lambda: tp.whole_page(13, language="mixed"),
    "mixed, again": lambda: tp.whole_page(17, language="mixed", template="berliner"),
    "english": lambda: tp.whole_page(14, language="en"),
    "english, again": lambda: tp.whole_page(15, language="en", template="tabloid"),
}


def check_drawn(pdf: bytes, layout: Mapping[str, Any], *, page: int = 0, around: float = 0.0) -> None:
    """Line for line the same words, on the same baseline, and within the frame."""
    drawn, composed = on_one_line(texts_drawn(pdf, page)), on_one_line(texts_composed(layout))
    assert "\n".join(line.text for line in drawn) == "\n".join(line.text for line in composed)
    # Half a point more for what overhangs, as an f does.
    for is_there, meant in zip(drawn, composed, strict=True):
        assert is_there.base - around == pytest.approx(meant.base, abs=0.1), meant
        assert is_there.left - around >= meant.left - 0.5, meant
        assert is_there.right - around <= meant.right + 1.0, (meant, is_there)


@pytest.mark.parametrize("name", PAGES)
def test_the_pdf_draws_the_lines_that_were_composed(name):
    [layout] = layouts_of_descriptions([PAGES[name]()])
    check_drawn(reader_pdf([layout], files={}), layout)


def fingerprints(layout: Mapping[str, Any]) -> set[str]:
    elements = [element for story in layout["stories"] for element in story["elements"]]
    return {element["fingerprint"] for element in elements if element["kind"] == "picture"}


def test_the_press_draws_the_same_lines(tmp_path):
    [layout] = layouts_of_descriptions([tp.whole_page(13, language="mixed")])
    # The press prints no grey field for a picture that is not there.
    (tmp_path / "photo.jpg").write_bytes(house.jpeg(300, 200))
    files = {name: str(tmp_path / "photo.jpg") for name in fingerprints(layout)}
    check_drawn(press_pdf([layout], files=files), layout, around=AROUND)


def test_every_word_is_in_its_face():
    """Bold runs in Song's bold, quotations in Kai with the Song's marks and letters, the headline in its own."""
    text = "市民说“好”，GDP增长三成，大家高兴。"
    body = [tp.paragraph(text, bold=[(8, 13)]), tp.paragraph(text, "blockquote", bold=[(8, 13)])]
    treated = tp.treatment(2, [(1, 1, 3, 30)], style="lead", headline="夜市")
    [layout] = layouts_of_descriptions([tp.page(2, tp.story(1, body, treated))])
    words = words_by_font(reader_pdf([layout], files={}))
    by_face = {name.replace("-", "").lower(): said for name, said in words.items()}
    assert by_face["notoserifscbold"] == text[8:13] == "DP增长三"
    assert "市民说" in by_face["lxgwwenkairegular"]
    assert not set("“”GDP") & set(by_face["lxgwwenkairegular"])
    assert by_face["notoserifscblack"] == "夜市"


def continued_story() -> list[tp.Description]:
    """A story in both languages over two pages, with room for all of it."""
    body = tp.blocks(random.Random(21), 2600, language="mixed", styled=True, subheads=True)
    first = tp.treatment(2, [(1, 1, 4, 30)], style="lead")
    second = tp.treatment(3, [(1, 1, 3, 70), (4, 31, 3, 40)], style="continued", headline="城西夜市开市了")
    one = tp.story(1, body, first, second)
    return [tp.page(2, one), tp.page(3, one)]


def body_drawn(pdf: bytes, layouts: list[Mapping[str, Any]]) -> str:
    """The words that the PDF draws of the one story on these pages: not its deck, turn lines or furniture."""
    words = ""
    for page, layout in enumerate(layouts):
        bodies = {
            round(element["y"] + number * element["leading"] + (element["leading"] + 0.76 * element["size"]) / 2, 1)
            for element in tp.body_elements(layout["stories"][0])
            for number in range(len(element["lines"]))
        }
        others = [e for e in layout["stories"][0]["elements"] if e["kind"] == "text" and e["role"] != "h2"]
        beside = {"".join(element["lines"]) for element in [*others, *layout["furniture"]] if "lines" in element}
        for drawn in on_one_line(texts_drawn(pdf, page)):
            near = any(abs(drawn.base - base) < 0.3 for base in bodies)
            if near and not any(drawn.text in tp.unspaced(text) for text in beside):
                words += drawn.text
    return words


def test_a_continued_storys_words_are_the_storys():
    """Read back from the file of both pages: nothing left out, nothing twice, only hyphens added."""
    descriptions = continued_story()
    layouts = layouts_of_descriptions(descriptions)
    assert [layout["stories"][0]["fit"]["spilled"] for layout in layouts] == [0, 0]
    pdf = reader_pdf(layouts, files={})
    for page, layout in enumerate(layouts):
        check_drawn(pdf, layout, page=page)
    hyphenated = body_drawn(pdf, layouts)
    assert tp.unhyphenated(hyphenated, tp.body_text(descriptions[0]["stories"][0]))


# Between figures and signs the engine kerns by rules that the model does not know.
WITH_A_FIGURE = re.compile(r"-[0-9]|\([0-9]")
# What a line is measured by must be what the engine draws: marks in company, both languages, every face.
TRICKY = [
    "城西夜市，今晚开市。",
    "“《说》”（一）、（二）。”",
    "他说：“‘好’。”……——完",
    "3月7日GDP增长12.5%，约1,280万元",
    "COVID-19与5G、AI和Wi-Fi的e-mail",
    "见《条例》第3条（修订）；",
    "A、B、C三类·其他",
    "36.6℃、100㎡、￥18.00",
    "The council said “it’s open” — at last…",
    "“Don’t,” he said; the ‘new’ plan (2024) isn’t.",
    "Infrastructure, AVATAR, To fly: We. y, r.",
    "McDonald’s餐厅开业",
    "naïve café Москва αβγ",
    "葛\U000e0100城、e\u0301t",
    "【本报讯】「是」『否』〔注〕",
]


@pytest.mark.parametrize("face", ["song", "song-bold", "song-heavy", "hei", "hei-bold", "kai"])
def test_widths_are_the_engines_own(tmp_path, face):
    """By the engine's own `measure`: to a hundredth of an em."""
    widths = measured_by_the_engine(tmp_path, face)
    ours = {text: measure(text, face, tp.fonts()) for text in TRICKY}
    wrong = {
        text: (round(setting.width(0, setting.count), 3), round(widths[text], 3))
        for text, setting in ours.items()
        if abs(setting.width(0, setting.count) - widths[text]) > (0.15 if WITH_A_FIGURE.search(text) else 0.01)
    }
    assert wrong == {}


def measured_by_the_engine(folder: Path, face: str) -> dict[str, float]:
    """The widths of the tricky texts in em, each measured as the page's own template sets a line."""
    template = (Path(editions.typeset.__file__).parent / "page.typ").read_text(encoding="utf-8")
    script = folder / "measure.typ"
    script.write_text(template[: template.index("#let crop-marks")] + MEASURE, encoding="utf-8")
    drawn = [
        elements.paragraph(
            "p",
            [text],
            x=0,
            y=0,
            width=9,
            face=face,
            size=100,
            leading=100,
            indent=0,
            ends=True,
            latin=is_mostly_latin(text),
        )
        for text in TRICKY
    ]
    page = {"order": 1, "label": "1"}
    layout = {
        "page": page,
        "missing": [],
        "title": "",
        "author": "",
        "day": "2024-03-07",
        "width": 100,
        "height": 100,
        "furniture": [],
        "stories": [{"elements": drawn}],
    }
    widths = typst.query(
        str(script),
        "<widths>",
        field="value",
        one=True,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(settings.FONTS)]
        ),
        ignore_system_fonts=True,
        sys_inputs={"drawing": drawing_of([layout], {}, folder, press=False, dpi=72, tagged=False)},
    )
    return dict(zip(TRICKY, json.loads(widths), strict=True))


MEASURE = """
#context [#metadata(drawing.pages.at(0).elements.map(element => measure({
  set text(lang: element.lang, region: if element.lang == "zh" { "cn" } else { none })
  segments(element, element.lines.at(0))
}).width / 100pt))<widths>]
"""
