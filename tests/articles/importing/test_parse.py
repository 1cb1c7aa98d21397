"""Reading a printed page's text back into stories. The pages are made up; real ones are read if given."""

import importlib.util
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.parse import ParsedPage, parse_page

PAGES = os.environ.get("NEWSROOM_PAGES", "")

HARBOUR = "码头上新修的灯塔昨晚点亮。渔民们说，往后夜里回港再也不用摸黑，船队的平安有了着落。港务站同时换了新缆绳。"
ORCHARD = "果园里的梨树今年挂果很多。合作社请来技术员教大家疏果套袋，预计秋天每棵树多收二十斤，客商已经来过。"
LIBRARY = "图书室周末延长开放到晚上九点，新到的两千册图书已上架。孩子们放学后有了看书的去处，家长放心。"


def column(text: str, width: int = 14) -> list[str]:
    """A paragraph as a page prints it: the first line two characters short, the others full, no indent."""
    first, rest = text[: width - 2], text[width - 2 :]
    return [first, *(rest[at : at + width] for at in range(0, len(rest), width))]


def story(text: str, lead_in: str = "本报讯（记者 周明）", width: int = 14) -> list[str]:
    return column(lead_in + text, width)


def page(*parts: list[str] | str) -> ParsedPage:
    lines = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
    return parse_page("\n".join(lines))


def glyphs(text: str) -> Counter[str]:
    return Counter(text.replace("\x00", "").replace("\x07", "").replace(" ", "").replace("\n", ""))


def all_text(parsed: ParsedPage) -> str:
    told = [
        text for article in parsed.articles for text in (*article.headline, *article.paragraphs, *article.furniture)
    ]
    return "".join((*told, *parsed.page_furniture, *parsed.unplaced))


def doubts(parsed: ParsedPage) -> set[tuple[str, int]]:
    return {(doubt.kind, doubt.article) for doubt in parsed.unsure}


@pytest.mark.parametrize("text", ["", " \n\n\t\n", "\x00\x07"])
def test_text_without_glyphs_gives_an_empty_page(text: str) -> None:
    assert parse_page(text) == ParsedPage()


def test_control_characters_are_dropped() -> None:
    parsed = parse_page("\n".join(story(HARBOUR)).replace("灯塔", "灯\x00塔\x07"))
    assert parsed.articles[0].paragraphs == (HARBOUR,)


def test_a_story_with_its_lead_in_and_headline() -> None:
    (article,) = page(story(HARBOUR), "港口灯塔点亮 渔民夜归安心").articles
    assert article.kind == "story"
    assert article.headline == ("港口灯塔点亮 渔民夜归安心",)
    assert article.paragraphs == (HARBOUR,)
    assert [(byline.name, byline.role) for byline in article.bylines] == [("周明", "记者")]
    assert article.dateline == "本报讯"
    assert article.furniture == ("本报讯（记者 周明）",)


def test_a_lead_in_may_break_inside_a_name_and_be_set_loose() -> None:
    (article,) = page("本 报 讯 （记 者 陈 小", "满） 渔港的灯塔点亮了。").articles
    assert [byline.name for byline in article.bylines] == ["陈小满"]
    assert article.paragraphs == ("渔港的灯塔点亮了。",)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("记者 张 三 李小四", ["张三", "李小四"]),
        ("记者 张三、李四", ["张三", "李四"]),
        ("记者 欧阳小满 通讯员 王五", ["欧阳小满", "王五"]),
        ("记 者 张 三 丰 李 小 四", ["张三丰", "李小四"]),
    ],
)
def test_names_are_told_apart(printed: str, names: list[str]) -> None:
    (article,) = page(f"本报讯 （{printed}） 灯塔点亮了。").articles
    assert [byline.name for byline in article.bylines] == names


def test_each_name_has_its_role() -> None:
    (article,) = page("本报讯（记者 周明 通讯员 吴小芳） 灯塔点亮了。").articles
    assert [byline.role for byline in article.bylines] == ["记者", "通讯员"]


def test_a_loose_line_is_closed_up_and_figures_lose_their_spaces() -> None:
    (article,) = page("本报讯 合作社今年种了", "梨 树 三 百 多 亩 ，每 亩 收 成", "达到 1800斤。").articles
    assert article.paragraphs == ("合作社今年种了梨树三百多亩，每亩收成达到1800斤。",)


def test_a_paragraph_ends_before_an_indent_even_if_its_last_line_is_full() -> None:
    first = "渔港的灯塔昨晚已经点亮，船队从此不用摸黑回到码头来。"
    second = "镇上的老人说，六十年前这里只有一盏马灯挂在木杆子上。"
    (article,) = page(column(first), column(second)).articles
    assert [len(line) for line in column(first)] == [12, 14]
    assert article.paragraphs == (first, second)


def test_a_full_line_that_ends_a_sentence_may_be_inside_a_paragraph() -> None:
    text = "渔港的灯塔昨晚已经点亮，船队从此不用摸黑回到码头来。老人们都说这盏灯盼了六十年。"
    (article,) = page(column(text)).articles
    assert column(text)[1].endswith("。")
    assert article.paragraphs == (text,)


def test_headlines_in_a_clump_find_their_stories() -> None:
    parsed = page(
        story(HARBOUR),
        story(ORCHARD),
        story(LIBRARY),
        "图书室周末延长开放",
        "",
        "港口灯塔昨晚点亮",
        "",
        "梨树挂果多",
    )
    assert [article.headline for article in parsed.articles] == [
        ("港口灯塔昨晚点亮",),
        ("梨树挂果多",),
        ("图书室周末延长开放",),
    ]
    assert {("headline_clump", 0), ("headline_clump", 1), ("headline_clump", 2)} <= doubts(parsed)


def test_a_story_takes_no_neighbours_headline() -> None:
    parsed = page(story(HARBOUR), story(ORCHARD), "梨树挂果多")
    assert [article.headline for article in parsed.articles] == [(), ("梨树挂果多",)]
    assert doubts(parsed) == {("no_headline", 0)}


def test_a_kicker_belongs_to_the_headline_below_it() -> None:
    deck = ["新春走基层", "梨树挂果多"]
    parsed = page(story(HARBOUR), "", deck, story(ORCHARD), story(LIBRARY), "", "图书室周末延长开放")
    assert [article.headline for article in parsed.articles] == [(), tuple(deck), ("图书室周末延长开放",)]


def test_a_subtitle_belongs_to_the_headline_above_it_whatever_it_says() -> None:
    deck = ["果园梨树今年挂果多", "——灯塔码头见闻"]
    parsed = page(story(HARBOUR), story(ORCHARD), "", deck)
    assert [article.headline for article in parsed.articles] == [(), tuple(deck)]


def test_a_photo_takes_no_headline() -> None:
    parsed = page("图为村民在果园套袋。 周明 摄", "村民果园套袋忙")
    assert parsed.articles[0].headline == ()
    assert parsed.unplaced == ("村民果园套袋忙",)


def test_a_subhead_stays_inside_its_story() -> None:
    (article,) = page("梨树挂果多", story(ORCHARD), "客商上门", column(LIBRARY)).articles
    assert article.paragraphs == (ORCHARD, "客商上门", LIBRARY)


def test_a_caption_below_a_body_is_a_photo_of_its_own() -> None:
    caption = column("近日，村民们在果园里给梨树套袋。", 20)
    body, photo = page(story(ORCHARD), caption, "图为村民在套袋。 周明 吴小芳 摄").articles
    assert body.paragraphs == (ORCHARD,)
    assert (photo.kind, photo.headline) == ("photo", ())
    assert photo.paragraphs == ("近日，村民们在果园里给梨树套袋。", "图为村民在套袋。")
    assert photo.credit == ("周明", "吴小芳")
    assert [byline.role for byline in photo.bylines] == ["摄", "摄"]


def test_a_story_continued_from_another_page() -> None:
    (article,) = page("（上接1版）", column(HARBOUR), "新华社北京5月2日电", "港口灯塔昨晚点亮").articles
    assert article.kind == "continuation"
    assert article.jump is not None
    assert (article.jump.from_page, article.jump.to_page) == ("1", None)
    assert (article.dateline, article.agency) == ("新华社北京5月2日电", "新华社")
    assert article.paragraphs == (HARBOUR,)


def test_a_story_that_goes_on_elsewhere() -> None:
    first, second = page(story(HARBOUR), "（下转第四版）", story(ORCHARD)).articles
    assert first.jump is not None
    assert first.jump.to_page == "4"
    assert second.jump is None


def test_a_brief_signed_at_its_end_parts_from_the_signed_story_above() -> None:
    brief = column("渡口增开早班船，六点半开行。（吴小芳）", 20)
    story_above, below = page(story(HARBOUR), brief).articles
    assert story_above.paragraphs == (HARBOUR,)
    assert below.paragraphs == ("渡口增开早班船，六点半开行。",)
    assert [(byline.name, byline.role) for byline in below.bylines] == [("吴小芳", "作者")]


def test_a_body_broken_off_in_mid_sentence_is_joined_to_its_rest() -> None:
    lines = story(ORCHARD, width=20)
    parsed = page(lines[:2], "港口灯塔昨晚点亮", story(HARBOUR), lines[2:])
    assert [article.paragraphs for article in parsed.articles] == [(ORCHARD,), (HARBOUR,)]
    assert ("split_body", 0) in doubts(parsed)


def test_a_lost_glyph_is_reported_and_never_filled_in() -> None:
    text = HARBOUR.replace("缆绳", " 绳")
    parsed = page(story(text), "港口灯塔昨晚点亮")
    assert parsed.articles[0].paragraphs == (text,)
    (doubt,) = parsed.unsure
    assert (doubt.kind, doubt.article) == ("missing_glyph", 0)
    assert "新 绳" in doubt.context


def test_a_half_width_comma_is_kept_and_reported() -> None:
    text = HARBOUR.replace("说，", "说,")
    parsed = page(story(text), "港口灯塔昨晚点亮")
    assert parsed.articles[0].paragraphs == (text,)
    assert doubts(parsed) == {("halfwidth_punct", 0)}


def test_the_pages_furniture_is_no_headline() -> None:
    folio = ["第3版", "2031年5月2日 星期五", "责任编辑 周明 校对 吴小芳"]
    parsed = page(folio, story(HARBOUR), "港口灯塔昨晚点亮", "综合")
    assert parsed.page_furniture == (*folio, "综合")
    assert parsed.articles[0].headline == ("港口灯塔昨晚点亮",)


def test_lines_that_belong_to_no_story_are_unplaced() -> None:
    assert parse_page("港口灯塔昨晚点亮") == ParsedPage(unplaced=("港口灯塔昨晚点亮",))


def test_the_page_is_ready_for_json() -> None:
    told = json.loads(json.dumps(page("（上接1版）", column(HARBOUR)).as_json()))
    assert told["articles"][0]["jump"] == {"from_page": "1", "to_page": None}
    assert told["unsure"][0] == {"kind": "no_headline", "article": 0, "context": HARBOUR[:12]}


PIECES = [
    "本报讯",
    "（记者 周明）",
    "周明",
    "新华社北京5月2日电",
    "（上接1版）",
    "（下转3版）",
    " 摄",
    "\n",
    "\n",
    "\n\n",
]
PIECES += [
    "。",
    "，",
    "“",
    "”",
    "：",
    "（",
    "）",
    "近日",
    "图为",
    "灯塔亮了",
    " ",
    "ab",
    "12",
    "——",
    "要闻",
    "\x00",
    "本 报 讯",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_every_glyph_is_in_exactly_one_place(text: str) -> None:
    assert glyphs(all_text(parse_page(text))) == glyphs(text)


@pytest.mark.parametrize(
    "text", ["\n".join(story(HARBOUR)) + "\n港口灯塔昨晚点亮\n", "灯塔点亮了。\n", "灯塔亮了", "港口灯塔亮\n"]
)
def test_a_text_that_is_no_page_any_more_is_read_whole(text: str) -> None:
    """Twice the text takes about twice the work: whatever took the square of it would not come to an end here."""
    much = text * (250_000 // len(text.encode()))
    assert glyphs(all_text(parse_page(much))) == glyphs(much)


needs_pages = pytest.mark.skipif(not PAGES, reason="NEWSROOM_PAGES names no folder of printed pages")


def figures_of(*texts: Path) -> dict[str, float]:
    """The figures of the folder's own scorer over all the pages together."""
    spec = importlib.util.spec_from_file_location("score", Path(PAGES) / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    total: Counter[str] = Counter()
    for path in texts:
        raw = path.read_text(encoding="utf-8")
        truth = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf-8"))
        total.update(score.evaluate(json.loads(json.dumps(parse_page(raw).as_json())), truth, raw))
    return dict(score.figures(total))


@needs_pages
def test_the_real_page_is_read_whole() -> None:
    figures = figures_of(*Path(PAGES).glob("*.txt"))
    whole = ["article_f1", "headline_acc", "byline_f1", "credit_f1", "jump_f1", "dateline_acc", "conserve"]
    assert {name: figures[name] for name in whole} == dict.fromkeys(whole, 1.0)
    assert figures["unsure_recall"] == 1.0
    assert figures["overall"] > 0.97


@needs_pages
@pytest.mark.parametrize(("level", "overall"), [("easy", 0.99), ("medium", 0.98), ("hard", 0.90)])
def test_the_simulated_pages_keep_their_score(level: str, overall: float) -> None:
    figures = figures_of(*sorted(Path(PAGES).glob(f"sim/{level}-*.txt")))
    assert figures["conserve"] == 1.0
    assert figures["overall"] > overall
