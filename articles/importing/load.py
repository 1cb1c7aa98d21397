"""What was read off a page becomes drafts on the desk."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from articles import contributors, editing
from articles.importing.parse import ParsedArticle, ParsedPage
from articles.models import Article, BylineRole, Genre, Section
from articles.models.article import PRINTED_ROLES
from articles.text import body, leadin
from newsroom.dates import day
from newsroom.staff.models import User

ROLES = {printed: role for role, printed in PRINTED_ROLES.items()}


class PageSource(NamedTuple):
    """Where a page came from: the edition's date, and the page's order if it is known."""

    date: datetime.date
    page: int | None


def load_page(parsed: ParsedPage, source: PageSource, section: Section, *, acting_user: User) -> list[Article]:
    """Make a draft of each piece of the page, in page order, all or none; whoever may file.

    What the reading was unsure of is noted on the draft it concerns. Raises NotAllowed, ValidationError.
    """
    with transaction.atomic():
        return [
            _load(article, _doubts_about(parsed, index), source, section, acting_user)
            for index, article in enumerate(parsed.articles)
        ]


def _load(piece: ParsedArticle, doubts: list[str], source: PageSource, section: Section, user: User) -> Article:
    credits = [
        editing.Credit(
            contributors.add_contributor(byline.name, acting_user=user).pk,
            ROLES.get(byline.role, BylineRole.REPORTER),
        )
        for byline in piece.bylines
    ]
    fields = _deck(piece) | _lead_in(piece, source.date)
    return editing.create_story(
        {
            **fields,
            "body": body.from_paragraphs(list(piece.paragraphs)),
            "genre": Genre.PICTURE if piece.kind == "photo" else Genre.NEWS,
            "section_id": section.pk,
            "desk_note": _note(piece, source),
        },
        bylines=credits,
        doubts=doubts,
        acting_user=user,
    )


def _deck(piece: ParsedArticle) -> dict[str, Any]:
    """Headline and subhead: a line that begins with a dash is the subhead (副题)."""
    lines = [" ".join(line.split()) for line in piece.headline]
    subheads = [line for line in lines if line.startswith("——")]
    return {
        "headline": "\n".join(line for line in lines if line not in subheads),
        "subhead": "".join(subheads),
    }


def _lead_in(piece: ParsedArticle, date: datetime.date) -> dict[str, Any]:
    parsed = leadin.parse(piece.dateline or "", date)
    return {
        "lead_in_kind": parsed.kind,
        "lead_in_agency": parsed.agency,
        "lead_in_place": parsed.place,
        "lead_in_day": parsed.day,
    }


def _note(piece: ParsedArticle, source: PageSource) -> str:
    place = _("Read from the page of %(date)s") % {"date": day(source.date)}
    if source.page is not None:
        place = _("Read from page %(page)s of %(date)s") % {"page": source.page, "date": day(source.date)}
    jump = piece.jump
    marks = [
        _("continued from page %(page)s") % {"page": jump.from_page} if jump and jump.from_page else "",
        _("continues on page %(page)s") % {"page": jump.to_page} if jump and jump.to_page else "",
        _("signed off as %(agency)s") % {"agency": piece.agency} if piece.agency else "",
    ]
    return "\n".join([place, *(mark for mark in marks if mark)])


def _doubts_about(parsed: ParsedPage, index: int) -> list[str]:
    """A sentence for each thing that a person should look at in this piece."""
    sentences = {
        "no_headline": _("No headline was found."),
        "headline_clump": _("The headline stood among others; is it this story's?"),
        "split_body": _("The text was broken off and joined again."),
        "missing_glyph": _("A character is missing."),
        "halfwidth_punct": _("A half-width mark stands between Chinese characters."),
    }
    return [f"{sentences[doubt.kind]} {doubt.context}".strip() for doubt in parsed.unsure if doubt.article == index]
