"""The edit form as it stands while somebody types, read for the proofreading aid: nothing is refused here."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import QueryDict
from django.utils import timezone

from articles.checking import PrintedPicture, Words
from articles.forms.parsing import day_or_none, one_line_end, whole_number
from articles.models import Article, Photo
from articles.proofreading.copy import DECK
from articles.text.body import clean_body, photo_ids
from articles.text.leadin import LeadIn, LeadInKind

_MOST_ROWS = 80


def words_typed(data: QueryDict, article: Article | None) -> Words:
    """What stands in the form. One query where pictures are new, one more where there is a story."""
    html = clean_body(data.get("body", ""))
    return Words(
        # The stripped text is what is saved and what places count in.
        {name: one_line_end(data.get(name, "")).strip() for name in DECK},
        html,
        _pictures(data, html, article),
        [name for row in _rows(data, "bylines") if (name := data.get(f"{row}-name", "").strip())],
        _lead_in(data),
        timezone.localdate(article.created_at) if article else timezone.localdate(),
    )


def _rows(data: QueryDict, prefix: str) -> Iterator[str]:
    """The rows of a list in the order that they were sent in, without those marked to go."""
    count = min(whole_number(data.get(f"{prefix}-TOTAL_FORMS", "")), _MOST_ROWS)
    rows = [f"{prefix}-{number}" for number in range(count)]
    kept = [row for row in rows if not data.get(f"{row}-DELETE")]
    return iter(sorted(kept, key=lambda row: whole_number(data.get(f"{row}-ORDER", ""))))


def _pictures(data: QueryDict, html: str, article: Article | None) -> list[PrintedPicture]:
    """The pictures as a save would print them: one that is new and says nothing takes the photo's own words."""
    typed = {}
    for row in _rows(data, "pictures"):
        number = whole_number(data.get(f"{row}-photo", ""))
        if number:
            words = [one_line_end(data.get(f"{row}-{name}", "")).strip() for name in ("caption", "credit")]
            typed[number] = PrintedPicture(number, *words)
    typed |= {number: PrintedPicture(number, "", "") for number in photo_ids(html) if number not in typed}
    silent = [number for number, picture in typed.items() if not picture.caption and not picture.credit]
    if silent and article:
        known = set(article.article_photos.values_list("photo_id", flat=True))
        silent = [number for number in silent if number not in known]
    photos = Photo.objects.in_bulk(silent) if silent else {}
    typed |= {number: PrintedPicture(number, photo.caption, photo.credit) for number, photo in photos.items()}
    return list(typed.values())


def _lead_in(data: QueryDict) -> LeadIn:
    kind = data.get("lead_in_kind", "")
    return LeadIn(
        kind if kind in LeadInKind.values else LeadInKind.NONE,
        data.get("lead_in_agency", "").strip(),
        data.get("lead_in_place", "").strip(),
        day_or_none(data.get("lead_in_day", "")),
    )
