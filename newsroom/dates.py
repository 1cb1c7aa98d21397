"""Dates and moments in the newsroom's own time, and as the interface writes them: Chinese, or English."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

_DAY = "j F Y"
_MONTH = {"zh": "Y年n月", "en": "F Y"}


def interface() -> str:
    """The language of the interface as dates and templates choose by: zh or en."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def start_of(day: datetime.date) -> datetime.datetime:
    """The moment at which a day of the newsroom begins."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def next_month(day: datetime.date) -> datetime.date:
    """The first day of the month after that of `day`."""
    return (day.replace(day=1) + datetime.timedelta(days=31)).replace(day=1)


def local(value: datetime.datetime) -> datetime.datetime:
    """A moment in the newsroom's own time."""
    return value.astimezone(timezone.get_default_timezone())


def zone() -> str:
    """The zone of every time that is shown or typed: 北京时间（UTC+8）."""
    return _("Beijing time (UTC+8)")


def day(value: datetime.date) -> str:
    """A calendar date: 2024年3月7日, or 7 March 2024. A moment must be made local first (`moment`)."""
    return _day(value, interface())


def _day(value: datetime.date, tongue: str) -> str:
    # Lists say it thirty times, and the general way takes ten times as long.
    if tongue == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return format_date(value, _DAY)


def day_and_weekday(value: datetime.date) -> str:
    """A calendar date with its weekday: 2024年3月7日 星期四, or Thursday, 7 March 2024."""
    weekday = format_date(value, "l")
    return f"{weekday}, {day(value)}" if interface() == "en" else f"{day(value)} {weekday}"


def short_day(value: datetime.date) -> str:
    """A date of this year as 3月7日, or 7 Mar; one of another year whole."""
    if value.year != timezone.localdate().year:
        return day(value)
    return format_date(value, "j M" if interface() == "en" else "n月j日")


def month(value: datetime.date) -> str:
    """A month: 2024年3月, or March 2024."""
    return format_date(value, _MONTH[interface()])


def moment(value: datetime.datetime) -> str:
    """A moment in the newsroom's own time, without its zone: 2024年3月7日 06:00."""
    here, tongue = local(value), interface()
    return f"{_day(here, tongue)}{', ' if tongue == 'en' else ' '}{here.hour:02}:{here.minute:02}"


def short_moment(value: datetime.datetime) -> str:
    """A recent moment: 3月7日 06:00, or 7 Mar, 06:00."""
    here = local(value)
    if interface() == "zh":
        return f"{here.month}月{here.day}日 {here.hour:02}:{here.minute:02}"
    return format_date(here, "j M, H:i")


def recent_moment(value: datetime.datetime) -> str:
    """A moment of this year without its year, any other with it: 3月7日 06:00, or 2023年3月7日 06:00."""
    is_of_this_year = local(value).year == timezone.localdate().year
    return short_moment(value) if is_of_this_year else moment(value)


def clock_time(value: datetime.datetime) -> str:
    """A moment of today by the clock alone, any other with its day: 21:04, or 3月7日 06:00."""
    here = local(value)
    return f"{here:%H:%M}" if here.date() == timezone.localdate() else short_moment(value)


def zoned_moment(value: datetime.datetime) -> str:
    """A moment with its zone, for a sentence: 北京时间2024年3月7日 06:00."""
    return _("%(moment)s, Beijing time") % {"moment": moment(value)}


def stretch(length: datetime.timedelta) -> str:
    """How long something took, as short as it can be said: 2 h 5 min; from two days on in days."""
    minutes = int(length.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    if minutes < 1:
        return _("less than a minute")
    if hours >= 48:
        return _("%(days)s d") % {"days": hours // 24}
    if hours and rest:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
    return _("%(hours)s h") % {"hours": hours} if hours else _("%(minutes)s min") % {"minutes": rest}
