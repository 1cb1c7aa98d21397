"""Whether everything goes on the paper and can be printed: overset, holes, glyphs, fine enough pictures. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.pictures.print_size import COARSE_DPI, FINE_DPI
from editions.geometry import Rectangle, open_areas
from editions.preflight.dossier import Dossier, PageFacts
from editions.preflight.findings import Findings, blocks, warns

# Dots an inch at the size placed: newsprint wants so many; below the other the squares show.
# So many lines of white below a column are nobody's concern.
SMALL_HOLE = 2
POINTS_AN_INCH = 72
# A text in a script that no font has lacks all of its characters.
_SHOWN_MISSING = 12
# Of a page with many open areas the first ones tell enough.
_SHOWN_AREAS = 4


def check_overset(dossier: Dossier) -> Findings:
    """All text is printed, and headlines and captions have the room that they need."""
    ends = {story["number"]: page for page, story in dossier.copies()}
    for page in dossier.pages:
        for story in page.layout["stories"]:
            number, fit = story["number"], story["fit"]
            said = {"story": dossier.title(number), "lines": fit["over"], "characters": fit["characters_over"]}
            if fit["over"] > 0 and ends[number] is page:
                sentence = ngettext(
                    "“%(story)s”: %(lines)s line, %(characters)s characters, does not fit.",
                    "“%(story)s”: %(lines)s lines, %(characters)s characters, do not fit.",
                    fit["over"],
                )
                sentence %= said
                yield blocks("overset", sentence, page=page, story=number)
            if fit["headline_over"] and _begins_here(page, number):
                yield blocks("overset", _("The headline of “%(story)s” does not fit.") % said, page=page, story=number)
            if fit["picture_over"]:
                sentence = _("A picture with “%(story)s” is too low for its caption.") % said
                yield blocks("overset", sentence, page=page, story=number)


def check_holes(dossier: Dossier) -> Findings:
    """No column ends in white of more than two lines."""
    for page in dossier.pages:
        for story in page.layout["stories"]:
            number, rows = story["number"], max(story["holes"], default=0)
            if rows > SMALL_HOLE:
                said = {"story": dossier.title(number), "lines": rows}
                sentence = _("%(lines)s lines of white under “%(story)s”.") % said
                yield warns("hole", sentence, page=page, story=number)


def check_open_areas(dossier: Dossier) -> Findings:
    """Something lies everywhere on a page, but for the white between two stories; an empty page is said as such."""
    for page in dossier.pages:
        areas = open_areas(page.grid, page.taken(), SMALL_HOLE + 1)
        if areas and page.description["stories"]:
            places = [_("column %(columns)s, rows %(rows)s") % _said(area) for area in areas[:_SHOWN_AREAS]]
            said = {
                "label": page.label,
                "places": pgettext("between what is said of a thing", "; ").join(places)
                + (" …" if areas[_SHOWN_AREAS:] else ""),
            }
            yield warns("hole", _("Page %(label)s: nothing lies in %(places)s.") % said, page=page)


def check_glyphs(dossier: Dossier) -> Findings:
    """Every character is in the fonts: one that is not would print nothing and say nothing."""
    for page in dossier.pages:
        by_story: dict[int | None, dict[str, None]] = {}
        for missing in page.layout["missing"]:
            by_story.setdefault(missing["story"], {})[f"{missing['character']} ({missing['code']})"] = None
        for number, characters in by_story.items():
            said = {"characters": " ".join(list(characters)[:_SHOWN_MISSING])}
            if number is None:
                sentence = _("No font has these characters of the page's own line: %(characters)s.") % said
            else:
                said["story"] = dossier.title(number)
                sentence = _("No font has these characters of “%(story)s”: %(characters)s.") % said
            yield blocks("glyph", sentence, page=page, story=number)


def check_resolution(dossier: Dossier) -> Findings:
    """Pictures have dots enough for the size at which they are placed, what the crop leaves of them."""
    for page, number, picture in dossier.pictures():
        drawn = _drawn(page, number, picture["photo"])
        dots = resolution(picture["pixels"], drawn) if drawn else FINE_DPI
        if dots < FINE_DPI:
            said = {"photo": picture["photo"], "story": dossier.title(number), "dots": round(dots)}
            finds = blocks if dots < COARSE_DPI else warns
            sentence = _("Photo %(photo)s with “%(story)s” has %(dots)s dpi at this size; 200 are wanted.") % said
            yield finds("resolution", sentence, page=page, story=number, photo=picture["photo"])


def resolution(pixels: tuple[int, int], drawn: Mapping[str, Any]) -> float:
    """Dots an inch of a photo of so many pixels as it is drawn: of the part that the crop leaves."""
    left, _top, right, _bottom = drawn["crop"]
    return float(pixels[0] * (right - left) / (drawn["width"] / POINTS_AN_INCH))


def _said(area: Rectangle) -> dict[str, str]:
    sides = {"columns": (area.column, area.right - 1), "rows": (area.row, area.bottom - 1)}
    return {name: f"{first}–{last}" if last > first else str(first) for name, (first, last) in sides.items()}


def _drawn(page: PageFacts, number: int, photo: int) -> Mapping[str, Any] | None:
    story = page.drawn(number)
    elements = story["elements"] if story else []
    return next((e for e in elements if e["kind"] == "picture" and e["photo"] == photo), None)


def _begins_here(page: PageFacts, number: int) -> bool:
    story = page.described(number)
    return story is not None and story["treatments"][0]["page"] == page.order
