"""How keywords that somebody typed are parted."""

from __future__ import annotations

import pytest

from articles.pictures.facts import keywords_in

TYPED = {
    "夜市, 灯，桥、河;雨；雪": ["夜市", "灯", "桥", "河", "雨", "雪"],
    "夜市 灯光\u3000上海": ["夜市", "灯光", "上海"],
    "夜市 灯光，上海": ["夜市", "灯光", "上海"],
    "夜市,夜市 灯": ["夜市", "灯"],
    "New York, night market": ["New York", "night market"],
    "night  market 夜市": ["night market", "夜市"],
    "iPhone 15 发布会": ["iPhone 15", "发布会"],
    "iPhone\u300015": ["iPhone", "15"],
    "“深圳 大鹏” 夜市": ["深圳 大鹏", "夜市"],
    '"深圳 大鹏"、「一带 一路」': ["深圳 大鹏", "一带 一路"],
    "“深圳 大鹏 夜市": ["深圳", "大鹏", "夜市"],
    " ，、 ": [],
    "": [],
}


@pytest.mark.parametrize(("typed", "keywords"), TYPED.items(), ids=TYPED.keys())
def test_how_keywords_are_parted(typed, keywords):
    assert list(keywords_in(typed)) == keywords


def test_what_is_known_stays_whole():
    assert keywords_in("深圳 大鹏, 夜市 灯", known=("深圳 大鹏",)) == ("深圳 大鹏", "夜市", "灯")
