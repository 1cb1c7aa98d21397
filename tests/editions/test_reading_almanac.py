"""Printed dates."""

import datetime

import pytest

from editions import almanac


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        ((2024, 3, 7), "2024年3月7日 星期四 农历甲辰年正月廿七"),
        # The lunar year changes at its own new year, not on the first of January.
        ((2024, 2, 9), "2024年2月9日 星期五 农历癸卯年腊月三十"),
        ((2024, 2, 10), "2024年2月10日 星期六 农历甲辰年正月初一"),
        ((2023, 3, 26), "2023年3月26日 星期日 农历癸卯年闰二月初五"),
        ((2024, 12, 2), "2024年12月2日 星期一 农历甲辰年冬月初二"),
    ],
)
def test_a_date_is_printed_with_weekday_and_lunar_date(day, printed):
    assert almanac.printed_date(datetime.date(*day)) == printed
