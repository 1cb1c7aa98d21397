"""Golden pages: two made-up pages whose boxes and line breaks are held literally in `tests/golden`.

A change that moves a line shows here. Where it is meant, write the pages anew, look at the difference, and
commit it with its reason:

    GOLDEN=write .venv/bin/python -m pytest tests/editions/typeset/test_golden.py
"""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from editions.typeset.layout import lines_of, report_of
from tests import typeset_pages as tp

FOLDER = Path(__file__).resolve().parents[2] / "golden"


def front() -> tp.Description:
    """A broadsheet's page 1: masthead, lead in an L beside its picture, two stories and a brief."""
    rng = random.Random(51)
    lead = tp.story(
        1,
        tp.blocks(rng, 900, subheads=True),
        tp.treatment(
            1,
            [(1, 16, 4, 22), (1, 38, 2, 16)],
            style="lead",
            kicker="我市今春",
            headline="城西夜市今晚开市",
            subhead="首日迎客两千，摊位一百二十",
        ),
        byline="本报记者 甲某 乙某",
        pictures=[tp.picture(5, (3, 38, 2, 16))],
    )
    turned = tp.story(
        2,
        tp.blocks(rng, 2200, styled=True),
        tp.treatment(1, [(1, 55, 4, 30)], style="second", headline="河道清淤工程本月完成，沿河步道同时开放"),
        tp.treatment(3, [(1, 1, 3, 50)], style="continued", headline="河道清淤工程完成"),
        byline="本报记者 丙某",
    )
    side = tp.story(3, tp.blocks(rng, 700), tp.treatment(1, [(5, 1, 2, 50)], headline="“老街”修缮：\n修旧如旧"))
    brief = tp.story(4, tp.blocks(rng, 120, language="mixed"), tp.treatment(1, [(5, 52, 2, 15)], style="brief"))
    return tp.page(1, lead, turned, side, brief)


def inside() -> tp.Description:
    """A tabloid's inside page: the end of a continued story, a box, an advertisement and an English column."""
    rng = random.Random(52)
    turned = tp.story(
        1,
        tp.blocks(rng, 1800),
        tp.treatment(1, [(1, 14, 3, 20)], style="lead"),
        tp.treatment(3, [(1, 1, 3, 34)], style="continued", headline="城西夜市今晚开市"),
    )
    boxed = tp.story(
        2,
        tp.blocks(rng, 420, styled=True),
        tp.treatment(3, [(4, 1, 2, 34)], style="feature", boxed=True, text_columns=1, headline="老人与河"),
        byline="丁某",
    )
    paid = tp.story(3, tp.blocks(rng, 90), tp.treatment(3, [(1, 36, 2, 16)], style="advertisement", mark="广告"))
    english = tp.story(
        4,
        tp.blocks(rng, 900, language="en"),
        tp.treatment(3, [(3, 36, 3, 30)], headline="Night market opens by the river"),
    )
    return tp.page(3, turned, boxed, paid, english, template="tabloid")


@pytest.mark.parametrize("name", ["front", "inside"])
def test_a_golden_page_is_set_as_it_was(name):
    layout = tp.composed({"front": front, "inside": inside}[name]())
    lines = {str(story["number"]): lines_of(layout, story["number"]) for story in layout["stories"]}
    found = json.loads(json.dumps({"report": report_of(layout), "lines": lines}))
    path = FOLDER / f"{name}.json"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    held = json.loads(path.read_text(encoding="utf-8"))
    assert found["lines"] == held["lines"]
    assert found["report"] == held["report"]
