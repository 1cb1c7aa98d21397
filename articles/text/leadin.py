"""The lead-in (电头, 消息头) that opens a printed news story, composed from data and never typed."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LeadInKind(TextChoices):
    """Where the copy comes from, and so how the story opens."""

    NONE = "none", _("None")
    OWN = "own", _("Own copy (本报讯)")
    OWN_DISPATCH = "own_dispatch", _("Own dispatch (本报某地某月某日电)")
    AGENCY = "agency", _("Agency (某社某地某月某日电)")
    AGENCY_CUT = "agency_cut", _("Agency, cut by the editors (据某社某地某月某日电)")


NAMED_IN_LEAD_IN = ("reporter", "special_reporter", "intern_reporter", "correspondent")


@dataclass(frozen=True)
class LeadIn:
    """The data of a lead-in. `day` is the date of the dispatch, printed as month and day."""

    kind: str
    agency: str = ""
    place: str = ""
    day: datetime.date | None = None


def compose(lead_in: LeadIn, credits: Sequence[tuple[str, str]] = ()) -> str:
    """The printed lead-in, for example 本报讯（记者 甲某 通讯员 乙某） or 新华社北京3月6日电; empty for NONE.

    `credits` are (role label, name) in the order of the byline. A dispatch without place or day leaves them
    out rather than inventing one.
    """
    if lead_in.kind == LeadInKind.NONE:
        return ""
    return _source(lead_in) + _names(credits)


_PRINTED = re.compile(
    r"^(?P<cut>据)?(?P<who>本报|[\u4e00-\u9fff]{1,8}?社)(?P<place>[\u4e00-\u9fff]{0,12}?)"
    r"(?:(?P<month>1?\d)月(?P<day>[1-3]?\d)日)?电$"
)


def parse(printed: str, near: datetime.date) -> LeadIn:
    """The data of a printed lead-in without its names; the year is the one that brings the day nearest `near`.

    What is no lead-in gives the kind NONE.
    """
    printed = "".join(printed.split())
    if printed == "本报讯":
        return LeadIn(LeadInKind.OWN)
    match = _PRINTED.match(printed)
    if match is None:
        return LeadIn(LeadInKind.NONE)
    own = match["who"] == "本报"
    kind = LeadInKind.OWN_DISPATCH if own else LeadInKind.AGENCY_CUT if match["cut"] else LeadInKind.AGENCY
    return LeadIn(kind, "" if own else match["who"], match["place"], _nearest_day(match["month"], match["day"], near))


def _nearest_day(month: str | None, day: str | None, near: datetime.date) -> datetime.date | None:
    candidates = []
    for year in (near.year - 1, near.year, near.year + 1) if month and day else ():
        with contextlib.suppress(ValueError):
            candidates.append(datetime.date(year, int(month or 0), int(day or 0)))
    return min(candidates, key=lambda date: abs((date - near).days), default=None)


def _source(lead_in: LeadIn) -> str:
    if lead_in.kind == LeadInKind.OWN:
        return "本报讯"
    who = "本报" if lead_in.kind == LeadInKind.OWN_DISPATCH else lead_in.agency
    cut = "据" if lead_in.kind == LeadInKind.AGENCY_CUT else ""
    day = f"{lead_in.day.month}月{lead_in.day.day}日" if lead_in.day else ""
    return f"{cut}{who}{lead_in.place}{day}电"


def _names(credits: Sequence[tuple[str, str]]) -> str:
    """（记者 甲某 乙某 通讯员 丙某）: a role is said once, before the names that share it."""
    words: list[str] = []
    last_role = None
    for role, name in credits:
        words += [name] if role == last_role else [role, name]
        last_role = role
    return f"（{' '.join(words)}）" if words else ""
