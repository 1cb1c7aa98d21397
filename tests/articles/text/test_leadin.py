"""The lead-in that opens a printed story: composed from data, read back from print."""

import datetime

import pytest

from articles.text.leadin import LeadIn, LeadInKind, compose, parse

DAY = datetime.date(2024, 3, 6)
EXAMPLES = [
    (LeadIn(LeadInKind.OWN), "本报讯"),
    (LeadIn(LeadInKind.OWN_DISPATCH, "", "北京", DAY), "本报北京3月6日电"),
    (LeadIn(LeadInKind.AGENCY, "新华社", "北京", DAY), "新华社北京3月6日电"),
    (LeadIn(LeadInKind.AGENCY, "中新社", "太原", datetime.date(2024, 1, 31)), "中新社太原1月31日电"),
    (LeadIn(LeadInKind.AGENCY_CUT, "新华社", "北京", DAY), "据新华社北京3月6日电"),
    (LeadIn(LeadInKind.AGENCY_CUT, "新华社"), "据新华社电"),
    (LeadIn(LeadInKind.AGENCY, "新华社", "北京"), "新华社北京电"),
]


@pytest.mark.parametrize(("lead_in", "printed"), [*EXAMPLES, (LeadIn(LeadInKind.NONE, "新华社"), "")])
def test_each_kind_as_it_is_printed(lead_in, printed):
    assert compose(lead_in) == printed


@pytest.mark.parametrize(("lead_in", "printed"), EXAMPLES)
def test_what_is_printed_is_read_back(lead_in, printed):
    assert parse(printed, near=DAY) == lead_in


@pytest.mark.parametrize(
    ("credits", "names"),
    [
        ([], ""),
        ([("记者", "甲某")], "（记者 甲某）"),
        ([("记者", "甲某"), ("记者", "乙某")], "（记者 甲某 乙某）"),
        ([("记者", "甲某"), ("通讯员", "丙某")], "（记者 甲某 通讯员 丙某）"),
        ([("实习记者", "丁某"), ("记者", "甲某"), ("实习记者", "戊某")], "（实习记者 丁某 记者 甲某 实习记者 戊某）"),
    ],
)
def test_the_names_behind_it(credits, names):
    assert compose(LeadIn(LeadInKind.OWN), credits) == f"本报讯{names}"


def test_without_a_lead_in_nobody_is_named():
    assert compose(LeadIn(LeadInKind.NONE), [("记者", "甲某")]) == ""


@pytest.mark.parametrize("text", ["", "昨日", "本报", "本报讯息", "新华社北京3月6日", "报社北京2月30日电讯"])
def test_what_is_no_lead_in(text):
    assert parse(text, near=DAY).kind == LeadInKind.NONE


@pytest.mark.parametrize(
    ("printed", "near", "day"),
    [
        ("新华社北京12月31日电", datetime.date(2024, 1, 1), datetime.date(2023, 12, 31)),
        ("新华社北京1月1日电", datetime.date(2023, 12, 31), datetime.date(2024, 1, 1)),
        ("新华社北京2月29日电", datetime.date(2024, 3, 1), datetime.date(2024, 2, 29)),
        ("新华社北京2月30日电", datetime.date(2024, 3, 1), None),
    ],
)
def test_the_year_is_the_nearest_one(printed, near, day):
    assert parse(printed, near=near).day == day
