"""Each check by what it finds, what it leaves alone, and what it offers instead."""

from __future__ import annotations

import datetime

import pytest

from articles.proofreading.checks import AS_DELIVERED, CHECKS, MOST_FINDINGS, check_copy
from articles.proofreading.copy import Passage, PictureWords, StoryCopy
from articles.proofreading.wording import ListedWord, WordList
from articles.text.leadin import LeadIn, LeadInKind

DAY = datetime.date(2024, 3, 7)


def story(*paragraphs: str, **other) -> StoryCopy:
    body = [Passage("body", number, text, "p") for number, text in enumerate(paragraphs)]
    headline = [Passage("headline", 0, other.pop("headline"))] if "headline" in other else []
    return StoryCopy((*headline, *body), DAY, **other)


def found(copy: StoryCopy, *checks: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f.check, f.slip.text, f.slip.suggestions) for f in check_copy(copy, checks or CHECKS)]


# check, the paragraph, the text that is found in it, what is offered instead (the first of it)
SLIPS = [
    ("brackets", "他说：“今晚开市。", "“", None),
    ("brackets", "他说：今晚开市。”", "”", None),
    ("brackets", "他说：”今晚开市”，走了。", "”", "“"),
    ("brackets", "他说“今晚开市“，走了。", "“", "”"),
    ("brackets", "印发《夜市办法，从今天起施行。", "《", None),
    ("brackets", "城西（夜市今晚开市。", "（", None),
    ("brackets", "他说“《夜市办法”已经印发。", "《", None),
    ("nesting", "他说：“这叫“慢车”精神。”", "“慢车”", "‘慢车’"),
    ("nesting", "这叫‘慢车’精神。", "‘慢车’", "“慢车”"),
    ("nesting", "读《论《夜市》》一文。", "《夜市》", "〈夜市〉"),
    ("straight_quotes", '这叫"慢车"。', '"', "“"),
    ("straight_quotes", '普遍说“方便"。', '"', "”"),
    ("straight_quotes", '普遍说“方便”，又说"便宜”。', '"', "“"),
    ("doubled_characters", "今晚的的夜市很热闹。", "的的", "的"),
    ("doubled_characters", "记者记者在现场看到。", "记者记者", "记者"),
    ("doubled_characters", "夜市开了了三年。", "了了", "了"),
    ("doubled_marks", "今晚开市，，明晚不开。", "，，", "，"),
    ("doubled_marks", "今晚开市。。", "。。", "。"),
    ("doubled_marks", "今晚开市，。", "，。", "，"),
    ("doubled_marks", "灯一盏一盏...", "...", "……"),
    ("doubled_marks", "灯一盏一盏。。。", "。。。", "……"),
    ("doubled_marks", "灯亮了--他走了。", "--", "——"),
    ("half_width", "今晚开市,明晚不开。", ",", "，"),
    ("half_width", "今晚开市.", ".", "。"),
    ("wide_digits", "２０２６年开市。", "２０２６", "2026"),
    ("wide_digits", "同比增长５．５％。", "５．５％", "5.5%"),
    ("wide_digits", "ＧＤＰ增长。", "ＧＤＰ", "GDP"),
    ("half_width", "增长5%,其中夜市最快。", ",", "，"),
    ("half_width", "列奥纳多.达芬奇的画", ".", "。"),
    ("spaces", "今晚 开市。", " ", ""),
    ("digit_spaces", "今晚 6 点开市。", " ", ""),
    ("impossible_dates", "2月30日开市。", "2月30日", None),
    ("impossible_dates", "2023年2月29日开市。", "2023年2月29日", None),
    ("impossible_dates", "13月5日开市。", "13月5日", None),
    ("weekdays", "3月7日（星期五）开市。", "五", "四"),
    ("weekdays", "2023年3月7日星期四开市。", "四", "二"),
    ("weekdays", "去年3月7日星期四开市。", "四", "二"),
    ("weekdays", "周天（3月7日）开市。", "天", "四"),
    ("backward_ranges", "3月18日至7日开市。", "3月18日至7日", None),
    ("backward_ranges", "5月8日至3月2日开市。", "5月8日至3月2日", None),
    ("backward_ranges", "2020—2018年开市。", "2020—2018年", None),
    ("mixed_dates", "五月1日开市。", "五月1日", "5月1日"),
    ("mixed_dates", "3月十五日开市。", "3月十五日", "3月15日"),
    ("mixed_dates", "二〇二四年3月开市。", "二〇二四年3月", "2024年3月"),
    ("mixed_dates", "2024年五月二十日开市。", "2024年五月二十日", "2024年5月20日"),
    ("mixed_dates", "9时三十分开市。", "9时三十分", "9时30分"),
    ("missing_years", "12月28日至1月3日开市。", "12月28日至1月3日", "12月28日至次年1月3日"),
    ("relative_years", "去年（2021年）开市。", "2021", "2023"),
    ("hyphen_ranges", "等3-5天。", "-", "～"),
    ("hyphen_ranges", "2-3月开市。", "-", "—"),
    ("range_units", "损耗5～10%。", "5", "5%"),
    ("range_units", "投资9至16亿元。", "9", "9亿"),
    ("mixed_numbers", "来了4千人。", "4千", "4000"),
    ("mixed_numbers", "收了2千5百元。", "2千5百", "2500"),
    ("mixed_numbers", "来了10几人。", "10几", "十几"),
    ("mixed_numbers", "占百分之30。", "百分之30", "30%"),
    ("approximations", "等了三、四个小时。", "三、四", "三四"),
    ("said_twice", "约30人左右。", "约30人左右", "约30人"),
    ("said_twice", "近300多户受益。", "近300多", "近300"),
    ("said_twice", "约30多人到场。", "约30多", "约30"),
    ("said_twice", "约10多年没有开。", "约10多", "约10"),
    ("said_twice", "大约需要30分钟左右。", "大约需要30分钟左右", "大约需要30分钟"),
    ("said_twice", "来了30多人左右。", "30多人左右", "30多人"),
    ("said_twice", "超过60%以上。", "超过60%以上", "超过60%"),
    ("short_years", "24年3月开市。", "24年", "2024年"),
    ("short_years", "’98年的冬天。", "’98年", "1998年"),
    ("zeros", "二零二四年开市。", "二零二四", "二〇二四"),
    ("digit_groups", "投入12,34元。", "12,34", "1234"),
    ("bare_decimals", "增幅为.5%。", ".5", "0.5"),
    ("dated_names", "3.15晚会以后。", "3.15", "“3·15”"),
    ("mixed_units", "一段3公里，另一段5km。", "km", "公里"),
    ("celsius", "降到摄氏零下3度。", "摄氏零下3度", "零下3摄氏度"),
    ("times_less", "能耗降低了3倍。", "降低了3倍", None),
    ("shares", "三类分别占50%、30%和25%。", "50%、30%和25%", None),
    ("shares", "赞成的占55%，反对的占55%。", "55%，反对的占55%", None),
    ("shares", "其中老人占55%，其余55%是孩子。", "55%，其余55%", None),
    ("shares", "城里和乡下各占55%。", "55%", None),
    ("shares", "甲、乙两校各占55%。", "55%", None),
    ("shares", "两所学校分别各占55%。", "55%", None),
    ("mistaken_words", "夜市己经开市。", "己经", "已经"),
    ("mistaken_words", "截止3月7日已经开市。", "截止3", "截至3"),
    ("word_forms", "摊位每个6平米。", "6平米", "6平方米"),
    ("growth", "客流从200万人次增加到300万人次，增长60%。", "60", "50.0"),
]


@pytest.mark.parametrize(("check", "text", "slip", "instead"), SLIPS)
def test_a_slip_is_found_where_it_is(check, text, slip, instead):
    findings = check_copy(story(text), [check])
    assert findings, "nothing was found"
    first = findings[0]
    start, end = first.where.start, first.where.end
    assert (text[start:end], first.slip.text) == (slip, slip)
    assert (first.slip.suggestions[0] if first.slip.suggestions else None) == instead
    assert first.slip.message


def test_every_check_has_a_slip_here_or_a_test_of_its_own():
    own = {"names", "captions", "credits", "lead_in", "headline_length", "forbidden_words", "preferred_words"}
    assert {check for check, *_rest in SLIPS} | own == set(CHECKS)


RIGHT = [
    "他说：“这叫‘慢车’精神。”《〈夜市〉序》（第3版）已经印发。",
    "谢谢大家，常常来，天天来，刚刚开市，的的确确很热闹；研究研究，商量商量，一步一步走，看看再说。",
    "他的目的的确不在夜市。家家户户、人人参与，这个“等等”等了很久。",
    "灯一盏一盏……他走了——没有回头！！",
    "见https://example.com/a,b;c?d=1，或写信到a.b@example.com。",
    "GDP增长5.2%，AI、5G (fifth generation) 等应用加快；比分为3:2，时间是8:30，共12,345元。",
    "The market (night) opens at 6, he said.",
    "3月7日（星期四）、去年3月7日（星期二）开市，2024年2月29日也开；12月28日至1月3日休市，3月7日至9日开市。",
    "等3～5天，长2—3公里，5%～10%，9亿～16亿元，18—20时，电话0358-8221234，2024-03-07，C919-100型，4-4-2阵型。",
    "4千克、5千米、10千瓦、3百货商场，第3百货，20世纪90年代，十几人，四十五六岁，三四个小时，一、二年级。",
    "节约300元左右，附近300余户，历时24年3个月，约30人，300人左右，近300人，二〇二四年，两千零一夜。",
    "气温23℃，长3公里、宽2公里；一袋20公斤；零下3℃。",
    "1）先报名；2）再开市。It’s the reporters’ night.",
    "三月三开市，农历五月初三休市；上午9点十分热闹，3月一日三餐都在夜市。",
    "签约30多个，节约20多万元，纽约100多家，近三年多来，大概三十多岁。",
    "女性占55%，本科以上的占60%以上；男、女各占50%；人口占全省的60%，产值占全国的55%；2020年占52%，2021年占53%。",
    "在’98音乐会上听，’97年会在城西开。",
    "如何如何，碧蓝碧蓝的，反对对方，现在在城西，可以以茶代酒。",
    "从200万人次增加到300万人次，增长50%；由41%提高到72%，提高31个百分点。",
    "三类分别占50%、30%和20%；其中老人占33.3%、孩子占33.3%、其余33.3%。同比增长5%、6%、88%。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text):
    assert found(story(text), *AS_DELIVERED) == []


def test_a_date_far_off_may_be_of_the_last_year_or_of_this_one():
    """15 October was a Sunday in 2023 and is a Tuesday in 2024, as far from 7 March either way."""
    for weekday, is_found in (("日", False), ("二", False), ("三", True)):
        assert bool(found(story(f"10月15日（星期{weekday}）开市。"), "weekdays")) == is_found


def test_a_quotation_over_several_paragraphs_opens_each_and_closes_the_last():
    assert found(story("“第一段。", "“第二段。”", "第三段。"), "brackets") == []
    assert found(story("“第一段。", "第二段。”"), "brackets") == [("brackets", "“", ()), ("brackets", "”", ())]


def test_spaces_between_names_and_in_headlines_stay():
    copy = story(
        "（记者 甲某 通讯员 乙某）今晚开市。", "图为夜市。甲某 乙某 摄", "（甲某 乙某）", headline="城西夜市 今晚开市"
    )
    assert found(copy, "spaces") == []


def test_a_name_that_sounds_alike_is_found_against_the_byline_and_the_text():
    copy = story("村民张晓明说，灯亮了。张晓明住在城西。", "张小明又来了。", "王五平没有来。", names=("王武平",))
    assert found(copy, "names") == [("names", "张小明", ("张晓明",)), ("names", "王五平", ("王武平",))]
    assert found(story("村民张晓明说，灯亮了。张晓东走了，张大明来了。"), "names") == []


def test_a_picture_says_what_it_shows_and_whose_it_is():
    pictures = (PictureWords("图为夜市。", "甲某 摄"), PictureWords("", ""), PictureWords("图为夜市。乙某 摄", ""))
    findings = check_copy(story("今晚开市。", pictures=pictures), ["captions", "credits"])
    assert [(f.check, f.where.field, f.where.block) for f in findings] == [
        ("captions", "caption", 1),
        ("credits", "credit", 1),
    ]


def test_a_dispatch_says_from_whom_whence_and_when():
    agency = story("今晚开市。", lead_in=LeadIn(LeadInKind.AGENCY, place="北京"))
    assert [f.where.field for f in check_copy(agency, ["lead_in"])] == ["lead_in_agency", "lead_in_day"]
    own = story("今晚开市。", lead_in=LeadIn(LeadInKind.OWN_DISPATCH, place="北京", day=DAY))
    assert check_copy(own, ["lead_in"]) == []


def test_each_line_of_a_headline_has_its_length():
    copy = story("今晚开市。", headline="城西夜市\n今晚六点准时开市", limits={"headline": 6})
    [finding] = check_copy(copy, ["headline_length"])
    assert (finding.slip.text, finding.where.start) == ("今晚六点准时开市", 5)
    assert check_copy(story("今晚开市。", headline="城西夜市今晚六点开市"), ["headline_length"]) == []


def test_a_quotation_mark_the_wrong_way_round_is_said_once():
    assert found(story("正在建的“夜市一条街“在城西。"), "brackets") == [("brackets", "“", ("”",))]
    two = "他说：“走了。她说：“来了。"
    assert len(found(story(two), "brackets")) == 2


WORDS = WordList(
    [
        ListedWord("截止目前", False, ("截至目前",)),
        ListedWord("目前", False, ("眼下",), exceptions=("目前为止",)),
        ListedWord("残废", True, ("残疾",), note="用“残疾人”。"),
    ]
)


def test_the_houses_words_are_found_the_longest_first_and_not_in_their_exceptions():
    copy = story("截止目前没有残废，目前为止也没有，目前开市。", words=WORDS)
    assert found(copy, "forbidden_words", "preferred_words", "mistaken_words") == [
        ("preferred_words", "截止目前", ("截至目前",)),
        ("forbidden_words", "残废", ("残疾",)),
        ("preferred_words", "目前", ("眼下",)),
    ]
    assert "用“残疾人”。" in check_copy(copy, ["forbidden_words"])[0].slip.message


def test_places_are_code_points_of_the_block():
    [finding] = check_copy(story("第一段。", "𠮷祥，，开市。"), ["doubled_marks"])
    assert finding.where == ("body", 1, 2, 4)
    assert finding.slip.quote == "𠮷祥，，开市。"


def test_findings_come_in_the_order_of_the_text():
    copy = story("二，，二。", "一。。 一，，一。", headline="题,,题")
    places = [(f.where.field, f.where.block, f.where.start) for f in check_copy(copy)]
    assert places == sorted(places, key=lambda place: (place[0] != "headline", place[1:]))


ENDLESS = [
    "“",
    "“）",
    "”",
    "(",
    ")",
    "（)",
    "1",
    "1,",
    "a",
    "a@",
    "，",
    "的",
    "张",
    "甲乙 ",
    "记者",
    "村民张三说，",
    "1-",
    "“‘",
    "2月",
    "一",
    "约一",
    "五月",
    "占5%",
    "各占",
    "“走",
    "己",
]


@pytest.mark.parametrize("piece", ENDLESS)
def test_a_text_without_end_is_read_in_good_time_and_its_findings_have_one(piece):
    """Twice the text takes about twice the work: whatever took the square of it would not come to an end here."""
    text = piece * (100_000 // len(piece))
    assert len(check_copy(story(text), CHECKS)) <= MOST_FINDINGS


def test_odd_texts_break_nothing():
    for text in (
        "",
        " ",
        "”",
        "’’’’",
        "((((",
        "））",
        "�",
        "0" * 3000,
        "“" * 500,
        "》《" * 300,
        "９９９年９９月９９日",
    ):
        check_copy(story(text, headline=text, names=(text,), words=WORDS), CHECKS)


def test_a_row_of_digits_longer_than_any_number_breaks_nothing():
    """Python refuses to convert more than 4,300 digits."""
    assert found(story(f"共1,234元，编号{'7' * 5000}元。"), "digit_groups") == []
