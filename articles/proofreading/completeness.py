"""What is missing or too long: captions and credits, the data of a lead-in, headlines over their length."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from articles.proofreading.copy import Slips, StoryCopy, absence, slip
from articles.text.counting import count_characters
from articles.text.leadin import LeadInKind

# A caption that ends 张三 摄, or names who provided it, carries its credit.
_CREDITED = re.compile(r"摄$|摄）$|供图|图/|资料图片|图片来源|发$|制图|绘$")


def captions(copy: StoryCopy) -> Slips:
    """A picture without a caption (图说)."""
    for number, picture in enumerate(copy.pictures):
        if not picture.caption.strip():
            yield absence("caption", number, _("Picture %(number)s has no caption.") % {"number": number + 1})


def credits(copy: StoryCopy) -> Slips:
    """A picture that says nowhere whose it is (摄)."""
    for number, picture in enumerate(copy.pictures):
        if not picture.credit.strip() and not _CREDITED.search(picture.caption.strip().rstrip("。")):
            yield absence("credit", number, _("Picture %(number)s has no credit.") % {"number": number + 1})


def lead_in(copy: StoryCopy) -> Slips:
    """A dispatch without its agency, place or day, or with a day still to come."""
    data = copy.lead_in
    if data.kind in {LeadInKind.NONE, LeadInKind.OWN}:
        return
    if data.kind != LeadInKind.OWN_DISPATCH and not data.agency:
        yield absence("lead_in_agency", 0, _("The lead-in names no agency."))
    if not data.place:
        yield absence("lead_in_place", 0, _("The lead-in names no place."))
    if data.day is None:
        yield absence("lead_in_day", 0, _("The lead-in names no day."))


def headline_length(copy: StoryCopy) -> Slips:
    """A line of a headline that is longer than the house allows in its field."""
    for passage in copy.passages:
        limit = copy.limits.get(passage.field)
        if limit is None:
            continue
        start = 0
        for line in passage.text.split("\n"):
            length = count_characters(line)
            if length > limit:
                values = {"length": length, "limit": limit}
                message = _("%(length)s characters; the house allows %(limit)s here.") % values
                yield slip(passage, start, start + len(line), message)
            start += len(line) + 1
