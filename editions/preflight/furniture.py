"""What the paper says of itself: number, date, pages, CN number. An error here is the gravest there is. Pure."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.validators import validate_cn_number
from editions import almanac
from editions.preflight.dossier import Dossier, PageFacts, plain
from editions.preflight.findings import Findings, blocks, warns

_LABEL = re.compile(r"(\D*)(\d+)")


def check_series(dossier: Dossier) -> Findings:
    """总第N期 follows the number before it, and is printed as it is. A gap may be meant, a step back never is."""
    if dossier.earlier is not None and dossier.series != dossier.earlier + 1:
        finds = blocks if dossier.series <= dossier.earlier else warns
        numbers = {"number": dossier.series, "earlier": dossier.earlier}
        yield finds("series", _("No. %(number)s does not follow No. %(earlier)s of the edition before.") % numbers)
    for page in dossier.pages:
        printed = str(page.furniture["series"])
        if printed != str(dossier.series):
            words = {"printed": printed, "number": dossier.series}
            yield blocks("series", _("No. %(printed)s is printed for No. %(number)s.") % words, page=page)


def check_date(dossier: Dossier) -> Findings:
    """Date, weekday and lunar date are those of the edition's day, and the page really prints them."""
    date = dossier.date
    expected = {
        "date": f"{date.year}年{date.month}月{date.day}日",
        "weekday": almanac.weekday(date),
        "lunar": almanac.lunar_date(date),
    }
    for page in dossier.pages:
        drawn = _drawn_furniture(page)
        # The folio line has no room for the lunar date.
        for name in expected if page.furniture["kind"] == "masthead" else ("date", "weekday"):
            words = {"printed": page.furniture[name], "expected": expected[name]}
            if page.furniture[name] != expected[name]:
                yield blocks("date", _("“%(printed)s” is printed where “%(expected)s” belongs.") % words, page=page)
            elif plain(expected[name]) not in drawn:
                yield blocks("date", _("“%(expected)s” is not printed.") % words, page=page)


def check_empty(dossier: Dossier) -> Findings:
    """There are pages, and something lies on each: the door publishes no other edition, so none is printed."""
    if not dossier.pages:
        yield blocks("pages", _("The edition has no pages."))
    for page in dossier.pages:
        if not page.description["stories"]:
            yield blocks("pages", _("Page %(page)s is empty.") % {"page": page.label}, page=page)


def check_page_count(dossier: Dossier) -> Findings:
    """今日N版 is the number of pages."""
    expected = f"今日{len(dossier.pages)}版"
    for page in dossier.pages:
        printed = page.furniture["pages_today"]
        if page.furniture["kind"] == "masthead" and printed != expected:
            words = {"printed": printed, "expected": expected}
            yield blocks("pages", _("“%(printed)s” is printed where “%(expected)s” belongs.") % words, page=page)


def check_labels(dossier: Dossier) -> Findings:
    """No two pages have one label, and the labels count on, for each letter (A1, A2, B1) by itself."""
    seen, last = set[str](), dict[str, int]()
    for page in dossier.pages:
        said, parts = {"label": page.label}, _LABEL.fullmatch(page.label)
        if page.label in seen:
            yield blocks("pages", _("Two pages are labelled %(label)s.") % said, page=page)
        elif parts is None:
            yield warns("pages", _("The label %(label)s has no number at its end.") % said, page=page)
        elif int(parts[2]) != last.get(parts[1], 0) + 1:
            yield blocks("pages", _("The label %(label)s does not follow the one before it.") % said, page=page)
        if parts:
            last[parts[1]] = int(parts[2])
        seen.add(page.label)


def check_cn_number(dossier: Dossier) -> Findings:
    """The CN number has its form."""
    for page in dossier.pages:
        try:
            validate_cn_number(page.furniture["cn_number"])
        except ValidationError as wrong:
            yield blocks("cn_number", " ".join(wrong.messages), page=page)


def _drawn_furniture(page: PageFacts) -> str:
    lines = [line for element in page.layout["furniture"] for line in element.get("lines", ())]
    return plain("".join(lines))
