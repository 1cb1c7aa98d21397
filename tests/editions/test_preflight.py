"""The preflight, each check with an edition in which nothing is wrong and one in which its thing is."""

from __future__ import annotations

import copy
import datetime
from dataclasses import replace
from typing import Any

import pytest

from editions.preflight import CHECKS, blocking, preflight
from editions.preflight.dossier import Dossier, PageFacts, Signed, StoryFacts
from editions.preflight.findings import KINDS, Severity
from editions.preflight.fitting import resolution

DAY = datetime.date(2024, 3, 7)
AT = datetime.datetime(2024, 3, 6, 22, tzinfo=datetime.UTC)
BLOCKING, WARNING = Severity.BLOCKING, Severity.WARNING
FURNITURE = {
    "kind": "masthead", "series": 12846, "cn_number": "CN 00-0001", "date": "2024年3月7日", "weekday": "星期四",
    "lunar": "农历甲辰年正月廿七", "pages_today": "今日2版",
}  # fmt: skip
FITS = {"over": 0, "characters_over": 0, "headline_over": False, "picture_over": False}
TEXTS = {
    1: "河水今晨涨了三十厘米，防汛人员已到现场值守，沿岸居民照常出行，渡口停航一天。",
    2: "图书馆夜场昨晚开放，三百多名读者在灯下看书到十点，馆员说周末还会延长一小时。",
    3: "老城的两条公交线路下周改道，站牌已经换好，司机提醒乘客在新站候车。",
    4: "农科站的育秧棚今天揭膜，秧苗长势整齐，预计清明前后可以移栽。",
}


def treatment(order: int, **more) -> dict[str, Any]:
    top = 20 if order == 1 else 1
    frames = [{"part": 1, "column": 1, "row": top, "width": 3, "height": 40 - top}]
    return {"page": order, "headline": f"标题{order}", "mark": "", "frames": frames} | more


def described(number: int, treatments, **more) -> dict[str, Any]:
    plain = {"number": number, "genre": "news", "version": 3, "signed": True, "pictures": []}
    return plain | {"blocks": [{"kind": "p", "text": TEXTS[number]}], "treatments": treatments} | more


def picture(photo: int, **more) -> dict[str, Any]:
    where = {"column": 1, "row": 20, "width": 1, "height": 9}
    return {"photo": photo, "credit": "甲某 摄", "fingerprint": f"f{photo}", "pixels": [2000, 1500], **where} | more


def drawn(number: int, *elements, **fit) -> dict[str, Any]:
    return {"number": number, "elements": list(elements), "fit": FITS | fit, "holes": []}


def placed(photo: int, width: float = 360.0, crop=(0, 0, 1, 1)) -> dict[str, Any]:
    return {"kind": "picture", "photo": photo, "width": width, "crop": list(crop)}


def turn(words: str) -> dict[str, Any]:
    return {"kind": "text", "role": "turn", "lines": [f"（{words}）"]}


def page(order: int, *, label: str = "", stories=(), drawn_stories=(), furniture=None, **more) -> PageFacts:
    said = FURNITURE | {"kind": "masthead" if order == 1 else "folio"} | (furniture or {})
    lines = [f"{said['date']}\u3000{said['weekday']}", said["lunar"] if order == 1 else ""]
    return PageFacts(
        number=100 + order,
        description={
            "page": {"order": order, "label": label or str(order), "name": "要闻"},
            "sheet": {"columns": 3, "rows": 39},
            "design": {"masthead": {"columns": 3, "rows": 19}},
            "furniture": said,
            "stories": list(stories),
        },
        layout={
            "furniture": [{"kind": "text", "lines": lines}, {"kind": "rule"}],
            "stories": list(drawn_stories),
            "missing": [],
        },
        signatures=(Signed("校对", holds=True),),
        is_proofed=True,
        **more,
    )


def sound(**more) -> Dossier:
    """An edition of two pages with a story on each, one of them with a picture, and nothing wrong."""
    pages = [
        page(
            1,
            stories=[described(1, [treatment(1)], pictures=[picture(7)])],
            drawn_stories=[drawn(1, placed(7))],
        ),
        page(2, stories=[described(2, [treatment(2)])], drawn_stories=[drawn(2)]),
    ]
    stories = {1: StoryFacts("河水涨了", 3), 2: StoryFacts("图书馆夜场", 3)}
    plain: dict[str, Any] = {
        "date": DAY,
        "series": 12846,
        "earlier": 12845,
        "at": AT,
        "pages": pages,
        "stories": stories,
    }
    return Dossier(**plain | more)


def changed(change) -> Dossier:
    """The sound edition after `change` has been at a deep copy of its pages."""
    dossier = sound()
    pages = copy.deepcopy(dossier.pages)
    change(pages)
    return replace(dossier, pages=pages)


def furniture(name: str, value: Any, at: int = 0) -> Dossier:
    def change(pages):
        pages[at].description["furniture"][name] = value

    return changed(change)


def story(at: int = 0, **more) -> Dossier:
    return changed(lambda pages: pages[at].description["stories"][0].update(more))


def fit(**more) -> Dossier:
    return changed(lambda pages: pages[0].layout["stories"][0]["fit"].update(more))


def on_page(at: int, **more) -> Dossier:
    dossier = sound()
    pages = list(dossier.pages)
    pages[at] = replace(pages[at], **more)
    return replace(dossier, pages=pages)


def facts(number: int, **more) -> Dossier:
    dossier = sound()
    return replace(dossier, stories={**dossier.stories, number: replace(dossier.stories[number], **more)})


def labels(*names: str) -> Dossier:
    count = {"pages_today": f"今日{len(names)}版"}
    pages = [
        page(n, label=name, furniture=count, stories=[described(n, [treatment(n)])], drawn_stories=[drawn(n)])
        for n, name in enumerate(names, start=1)
    ]
    return sound(pages=pages, stories={n: StoryFacts(f"标题{n}", 3) for n in TEXTS})


def continued(first=("下转第2版",), second=("上接第1版",), order=(1, 2)) -> Dossier:
    """Story 1 goes on from page 1 to page 2 with these turn lines."""
    treatments = [treatment(number) for number in order]
    pages = [
        page(
            n,
            stories=[described(1, treatments)],
            drawn_stories=[drawn(1, *[turn(words) for words in lines])],
        )
        for n, lines in ((1, first), (2, second))
    ]
    return sound(pages=pages)


def missing_characters(entries) -> Dossier:
    return changed(lambda pages: pages[0].layout["missing"].extend(entries))


def with_holes(rows: list[int]) -> Dossier:
    return changed(lambda pages: pages[0].layout["stories"][0].update(holes=rows))


def higher(rows: int) -> Dossier:
    """Page 1 with so many rows more than its story covers."""
    return changed(lambda pages: pages[0].description["sheet"].update(rows=39 + rows))


def dots(width: float, crop=(0, 0, 1, 1)) -> Dossier:
    return changed(lambda pages: pages[0].layout["stories"][0].update(elements=[placed(7, width, crop)]))


MISSING = {"character": "𠮷", "code": "U+20BB7", "where": "body", "position": 3}
AN_HOUR = datetime.timedelta(hours=1)
ADVERTISEMENT = {"genre": "advertisement"}


def test_nothing_is_wrong_with_a_sound_edition():
    assert preflight(sound()) == []


WRONG = {
    "a gap in the numbers": (sound(earlier=12840), "series", WARNING, "12840"),
    "a number that goes back": (sound(earlier=12846), "series", BLOCKING, "12846"),
    "another number printed": (furniture("series", 12845), "series", BLOCKING, "12845"),
    "another date": (furniture("date", "2024年3月8日"), "date", BLOCKING, "2024年3月8日"),
    "another weekday on a folio line": (furniture("weekday", "星期五", 1), "date", BLOCKING, "星期五"),
    "another lunar date": (furniture("lunar", "农历甲辰年正月廿八"), "date", BLOCKING, "廿八"),
    "a date that is not drawn": (
        changed(lambda pages: pages[1].layout["furniture"][0].update(lines=["星期四"])),
        "date", BLOCKING, "2024年3月7日",
    ),
    "another count of pages": (furniture("pages_today", "今日4版"), "pages", BLOCKING, "今日4版"),
    "an empty page": (
        changed(lambda pages: [listed["stories"].clear() for listed in (pages[1].description, pages[1].layout)]),
        "pages", BLOCKING, "2",
    ),
    "no page at all": (sound(pages=[]), "pages", BLOCKING, ""),
    "one label twice": (labels("1", "1"), "pages", BLOCKING, "1"),
    "a label left out": (labels("1", "3"), "pages", BLOCKING, "3"),
    "a letter that begins at two": (labels("A1", "B2"), "pages", BLOCKING, "B2"),
    "a label without a number": (labels("1", "特"), "pages", WARNING, "特"),
    "a CN number that is none": (furniture("cn_number", "CN 1-1"), "cn_number", BLOCKING, "CN 14-0012"),
    "no line to the next page": (continued(first=()), "turn", BLOCKING, "河水涨了"),
    "no line from the page before": (continued(second=()), "turn", BLOCKING, "河水涨了"),
    "a line to the wrong page": (continued(first=("下转第2版", "下转第3版")), "turn", BLOCKING, "下转第3版"),
    "a story that goes on backward": (continued(order=(2, 1)), "turn", BLOCKING, "河水涨了"),
    "one text under two numbers": (
        story(1, blocks=[{"kind": "p", "text": TEXTS[1][:34]}]), "twice", BLOCKING, "图书馆夜场",
    ),
    "one headline twice": (
        story(1, treatments=[treatment(2, headline="标 题1")]), "twice", WARNING, "图书馆夜场",
    ),
    "one photo twice": (
        story(1, pictures=[picture(8, fingerprint="f7")]), "twice", WARNING, "8",
    ),
    "a picture without a credit": (story(pictures=[picture(7, credit=" ")]), "credit", BLOCKING, "7"),
    "a story without author and source": (facts(1, is_credited=False), "credit", WARNING, "河水涨了"),
    "an advertisement without its label": (story(**ADVERTISEMENT), "advertising", BLOCKING, "河水涨了"),
    "a story that is not signed off": (facts(1, signed_version=None), "copy", BLOCKING, "河水涨了"),
    "a story described as unsigned": (story(signed=False), "copy", BLOCKING, "河水涨了"),
    "another version than the signed one": (facts(1, signed_version=4), "copy", BLOCKING, "河水涨了"),
    "a live embargo": (facts(2, embargo_until=AT + AN_HOUR), "embargo", BLOCKING, "图书馆夜场"),
    "rights that have ended": (sound(rights_end={7: DAY - datetime.timedelta(1)}), "rights", BLOCKING, "7"),
    "text that does not fit": (fit(over=3, characters_over=51), "overset", BLOCKING, "51"),
    "a headline that does not fit": (fit(headline_over=True), "overset", BLOCKING, "河水涨了"),
    "a picture without room": (fit(picture_over=True), "overset", BLOCKING, "河水涨了"),
    "a hole of three lines": (with_holes([1, 3]), "hole", WARNING, "3"),
    "a part of the page where nothing lies": (higher(3), "hole", WARNING, "40–42"),
    "a character that no font has": (missing_characters([{**MISSING, "story": 1}]), "glyph", BLOCKING, "U+20BB7"),
    "one in the folio line": (missing_characters([{**MISSING, "story": None}]), "glyph", BLOCKING, "U+20BB7"),
    "a picture of 150 dpi": (dots(960), "resolution", WARNING, "150"),
    "a picture of 90 dpi": (dots(800, (0, 0, 0.5, 1)), "resolution", BLOCKING, "90"),
    "remarks that are open": (facts(2, open_remarks=2), "remarks", WARNING, "图书馆夜场"),
    "a mark that is not ticked off": (on_page(0, open_marks=2), "marks", BLOCKING, "2"),
    "another page than its final proof": (on_page(1, is_proofed=False), "proof", WARNING, "2"),
    "a page that is not signed": (
        on_page(1, signatures=(Signed("值班总编", False),)), "signature", BLOCKING, "值班总编",
    ),
    "a signature that is void": (
        on_page(1, signatures=(Signed("校对", False, ("the folio line",)),)), "signature", BLOCKING, "the folio line",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("dossier", "kind", "severity", "names"), WRONG.values(), ids=WRONG.keys())
def test_each_thing_is_found_with_its_place(dossier, kind, severity, names):
    [finding] = preflight(dossier)
    assert (finding.kind, finding.severity) == (kind, severity)
    assert names in finding.sentence
    assert finding.page in {101, 102} or finding.kind == "series" or not dossier.pages
    assert bool(blocking([finding])) == (severity == BLOCKING)


RIGHT = {
    "the first edition of all": sound(earlier=None),
    "sections by letter": labels("A1", "A2", "B1", "B2"),
    "a story with both turn lines": continued(),
    "an advertisement with its label": story(**ADVERTISEMENT, treatments=[treatment(1, mark="广告")]),
    "a notice without an author": replace(story(genre="notice"), stories=facts(1, is_credited=False).stories),
    "an embargo that is over when the paper comes out": facts(2, embargo_until=AT),
    "rights that end on the day": sound(rights_end={7: DAY}),
    "a hole of two lines": with_holes([2, 2]),
    "the white between two stories": higher(2),
    "a picture of 200 dpi": dots(720),
    "a title without proof rounds": on_page(0, is_proofed=None),
    "what is over on the page where the story goes on": changed(
        lambda pages: pages[0].layout["stories"][0]["fit"].update(over=0)
    ),
}


@pytest.mark.parametrize("dossier", RIGHT.values(), ids=RIGHT.keys())
def test_what_is_right_is_not_found(dossier):
    assert preflight(dossier) == []


def test_what_is_over_is_said_once_where_the_story_ends():
    dossier = continued()
    for at in (0, 1):
        dossier.pages[at].layout["stories"][0]["fit"] = FITS | {"over": 2, "characters_over": 30}
    [finding] = preflight(dossier)
    assert (finding.kind, finding.page, finding.story) == ("overset", 102, 1)


def test_blocking_findings_come_first():
    dossier = replace(with_holes([9]), earlier=12846)
    assert [finding.severity for finding in preflight(dossier)] == [BLOCKING, WARNING]


def test_every_kind_of_finding_has_a_case_and_every_check_is_in_the_table():
    assert {kind for _dossier, kind, _severity, _names in WRONG.values()} == set(KINDS)
    assert len(set(CHECKS)) == len(CHECKS) == 23


def test_the_resolution_is_that_of_what_the_crop_leaves():
    assert resolution((3000, 2000), {"width": 720, "crop": [0.25, 0, 0.75, 1]}) == 150
