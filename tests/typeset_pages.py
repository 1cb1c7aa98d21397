"""Descriptions of pages for tests, with made-up stories in Chinese, English and both: the same seed, the same page.

No text here is from a newspaper. A description is what `editions.snapshot` makes and the engine composes.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.conf import settings

from editions.geometry import Rectangle
from editions.typeset.compose import compose
from editions.typeset.fonts import Fonts
from editions.typeset.layout import story_of
from editions.typeset.sheet import Sheet
from editions.typeset.standard import standard_template

WORDS = (
    "本市 城西 夜市 居民 社区 公园 图书馆 老街 河道 桥梁 工人 学生 老师 医生 记者 部门 项目 计划 方案 工程 "
    "质量 安全 服务 环境 交通 道路 公交 地铁 车站 市场 商户 摊位 菜价 蔬菜 水果 天气 降雨 气温 春天 周末 上午 "
    "下午 今年 明年 去年 目前 已经 正在 将要 开始 完成 推进 改造 建设 修缮 提升 增加 减少 介绍 表示 认为 希望 "
    "参加 举办 活动 演出 展览 比赛 志愿者 大家 孩子 老人 他 她 他们 我们 这里 那里 的 了 和 在 与 也 都 就 还 "
    "又 把 被 对 为 从 到 向 由 让 更 很 最 一 两 三 十 百 多"
).split()
ENGLISH = (
    "the council said that a new library will open beside the river in early spring and its evening market has "
    "attracted considerable international attention from neighbourhood organizations responsible for development "
    "people walked along old streets where craftsmen repaired wooden boats while children watched them quietly of to "
    "infrastructure representatives announced extraordinary improvements including transportation administration"
).split()
_LATIN = ("GDP", "5G", "AI", "Wi-Fi", "COVID-19", "App", "PM2.5", "CBA", "newsroom", "iPhone 15", "e-mail")
_NUMBERS = (
    "2024年",
    "3月7日",
    "12.5%",
    "1,280万元",
    "36.6℃",
    "约300人",
    "第4届",
    "2.5倍",
    "￥18.00",
    "上午9:30",
    "3/4",
)
_WRAPS = (("“", "”"), ("《", "》"), ("（", "）"), ("‘", "’"), ("“《", "》”"), ("「", "」"), ("【", "】"))
_STOPS = "，，，，，、、；：。。。！？"
_ENDS = ("。", "。", "。", "！", "？", "……", "。”", "——")

Description = dict[str, Any]
Layout = dict[str, Any]


@cache
def fonts() -> Fonts:
    """The faces as the set-up fetched them; says what to do where it has not."""
    return Fonts(settings.FONTS)


def chinese(rng: random.Random, characters: int, *, latin: float = 0.06) -> str:
    """About so many characters of Chinese, ended by a mark; `latin`: how often a number or a Latin word comes."""
    said = ""
    while len(said) < characters - 1:
        phrase = "".join(rng.choices(WORDS, k=rng.randint(2, 6)))
        if rng.random() < latin:
            phrase += rng.choice(_LATIN + _NUMBERS)
        if rng.random() < 0.1:
            opening, closing = rng.choice(_WRAPS)
            phrase = f"{opening}{phrase}{closing}"
        said += phrase + (rng.choice(("——", "……", "·")) if rng.random() < 0.05 else rng.choice(_STOPS))
    return said[:-1].rstrip("，、；：。！？—…") + rng.choice(_ENDS)


def english(rng: random.Random, words: int) -> str:
    """So many English words in sentences."""
    said: list[str] = []
    while len(said) < words:
        sentence = rng.choices(ENGLISH, k=min(rng.randint(5, 16), max(words - len(said), 1)))
        sentence[0] = sentence[0].capitalize()
        if len(sentence) > 8 and rng.random() < 0.4:
            sentence[4] += rng.choice((",", ";", " (2024),", "'s", "-based"))
        said += [*sentence[:-1], sentence[-1] + rng.choice((".", ".", "?", "!"))]
    return " ".join(said)


def paragraph(text: str, kind: str = "p", bold: Iterable[Sequence[int]] = ()) -> dict[str, Any]:
    return {"kind": kind, "text": text, "bold": [list(run) for run in bold]}


def blocks(
    rng: random.Random, characters: int, *, language: str = "zh", subheads: bool = False, styled: bool = False
) -> list[dict[str, Any]]:
    """A story of about so many characters in paragraphs of all lengths; `language` zh, en or mixed.

    `styled` puts in bold runs, quotations and list items.
    """
    found: list[dict[str, Any]] = []
    written = 0
    while written < characters:
        length = min(rng.choice((8, 25, 60, 90, 140, 220)), max(characters - written, 2))
        text = english(rng, max(length // 6, 1)) if _is_english(rng, language) else chinese(rng, length)
        kind = rng.choice(("p", "p", "p", "blockquote", "li")) if styled else "p"
        found.append(paragraph(text, kind, _bold(rng, text) if styled else ()))
        written += len(text)
        if subheads and written < characters and rng.random() < 0.3:
            found.append(paragraph("".join(rng.choices(WORDS, k=3)), "h2"))
    return found


def _is_english(rng: random.Random, language: str) -> bool:
    return language == "en" or (language == "mixed" and rng.random() < 0.4)


def _bold(rng: random.Random, text: str) -> list[list[int]]:
    if rng.random() < 0.5 or len(text) < 6:
        return []
    cuts = sorted(rng.sample(range(len(text) + 1), 4))
    return [cuts[:2], cuts[2:]] if cuts[1] < cuts[2] else [cuts[:2]]


def treatment(page: int, frames: Iterable[tuple[int, int, int, int]], **said: Any) -> dict[str, Any]:
    """How a page prints a story; `frames` are (column, row, width, height) in reading order."""
    return {
        "page": page,
        "label": str(page),
        "style": "third",
        "headline_columns": 0,
        "text_columns": 0,
        "boxed": False,
        "mark": "",
        "kicker": "",
        "headline": "城西夜市今晚开市",
        "subhead": "",
        "differs": [],
        "frames": [{"part": part, **Rectangle(*frame)._asdict()} for part, frame in enumerate(frames, start=1)],
    } | said


def story(number: int, body: list[dict[str, Any]], *treatments: dict[str, Any], **said: Any) -> dict[str, Any]:
    return {
        "number": number,
        "order": number,
        "genre": "news",
        "version": 1,
        "signed": True,
        "byline": "",
        "blocks": body,
        "treatments": list(treatments),
        "pictures": [],
    } | said


def picture(photo: int, frame: tuple[int, int, int, int], **said: Any) -> dict[str, Any]:
    return {
        "photo": photo,
        **Rectangle(*frame)._asdict(),
        "caption": "图为夜市一角，摊主正在收拾桌椅。",
        "credit": "甲某 摄",
        "alt": "夜市的灯",
        "differs": False,
        "focal": [50, 50],
        "zoom": 100,
        "pixels": [1200, 800],
        "fingerprint": f"{photo:064x}",
    } | said


def page(
    order: int, *stories: Mapping[str, Any], template: str = "broadsheet", count: int = 8, **furniture: Any
) -> Description:
    """The description of one page; only stories that lie on it are printed."""
    made = standard_template(template)
    sheet = Sheet(
        made["width_mm"],
        made["height_mm"],
        made["columns"],
        made["rows"],
        made["characters"],
        made["body_size"],
        made["leading"],
        made["side_margin_mm"],
        made["top_margin_mm"],
    )
    return {
        "format": 1,
        "page": {"order": order, "label": str(order), "name": "综合"},
        "sheet": sheet._asdict(),
        "design": made["design"],
        "furniture": {
            "kind": "masthead" if order == 1 else "folio",
            "title": "试验日报",
            "title_en": "Test Daily",
            "publisher": "试验报社",
            "cn_number": "CN 00-0001",
            "series": 1234,
            "day": "2024-03-07",
            "date": "2024年3月7日",
            "weekday": "星期四",
            "lunar": "农历甲辰年正月廿七",
            "pages_today": f"今日{count}版",
            "label": str(order),
            "name": "综合",
            "editor": "甲某",
            "designer": "乙某",
            "proofreader": "丙某",
            "extra": "",
        }
        | furniture,
        "stories": [one for one in stories if one["pictures"] or any(t["page"] == order for t in one["treatments"])],
    }


def composed(description: Description) -> Layout:
    return compose(description, fonts())


def entry(layout: Layout, number: int = 1) -> dict[str, Any]:
    """What the page prints of one story."""
    found = story_of(layout, number)
    assert found is not None
    return dict(found)


def sheet_of(description: Description) -> Sheet:
    return Sheet(**description["sheet"])


def body_text(one: Mapping[str, Any]) -> str:
    """All words of a story's body, a line a block."""
    return "\n".join(block["text"] for block in one["blocks"])


def body_elements(drawn: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What of a layout's entry is body text, in order."""
    return [e for e in drawn["elements"] if e.get("role") in {"p", "h2", "blockquote", "li"}]


def unspaced(text: str) -> str:
    return "".join(text.split())


def whole_page(seed: int, *, language: str = "zh", template: str = "broadsheet") -> Description:
    """An inside page full of stories of every sort: boxed, in an L, with a picture, with bold and quotations."""
    rng = random.Random(seed)
    grid = sheet_of(page(2, template=template)).grid
    half, right = grid.rows // 2, grid.columns - 2
    body = {
        number: blocks(rng, rng.randint(*span), language=language, styled=True, subheads=number == 1)
        for number, span in {1: (500, 1500), 2: (200, 600), 3: (200, 900), 4: (30, 300)}.items()
    }
    frames = [(1, 1, right, 20), (1, 21, right - 1, half - 20)]
    lead = treatment(
        2, frames, style="lead", kicker="我市今春", headline=chinese(rng, 16, latin=0)[:-1], subhead="市民出行更方便"
    )
    boxed = treatment(2, [(right + 1, 1, 2, half)], boxed=True, headline="English headline of the day", style="feature")
    third = treatment(2, [(1, half + 1, grid.columns, grid.rows - half - 20)], headline_columns=3)
    brief = treatment(2, [(1, grid.rows - 19, 3, 20)], style="brief", text_columns=2, mark="广告", headline="简讯一则")
    return page(
        2,
        story(1, body[1], lead, pictures=[picture(5, (right, 21, 1, half - 20))]),
        story(2, body[2], boxed, byline="本报记者 甲某 乙某"),
        story(3, body[3], third, byline="本报记者 丙某"),
        story(4, body[4], brief),
        template=template,
    )
