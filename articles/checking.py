"""A story checked by the proofreading aid: what is found, and what somebody said is right so."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from articles import rules
from articles.content import Content
from articles.errors import Incomplete, NotAllowed
from articles.house_words import HouseStyle, house_style
from articles.models import AcceptedFinding, Article, Contributor
from articles.proofreading.checks import CHECKS, Finding, check_copy
from articles.proofreading.copy import DECK, Passage, PictureWords, StoryCopy
from articles.text import body
from articles.text.leadin import LeadIn
from articles.versions.revisions import current_revision
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

_QUOTE = 250
_FIGURE = re.compile(r'<figure><img src="/desk/photos/(\d+)/preview"[^>]*><figcaption>')


class PrintedPicture(NamedTuple):
    """A photo by its number, with the caption and the credit that the story prints."""

    photo: int
    caption: str
    credit: str


class Words(NamedTuple):
    """The words of a story, saved or not: what stands in its fields, and the day that it counts from."""

    deck: Mapping[str, str]
    body: str
    pictures: Sequence[PrintedPicture]
    names: Sequence[str]
    lead_in: LeadIn
    day: datetime.date


class Checked(NamedTuple):
    """What the aid found in a story, and the findings of which somebody said that it is right so."""

    findings: list[Finding]
    accepted: list[AcceptedFinding]


def words_of(article: Article, content: Content) -> Words:
    """The words of a version of a story. One query."""
    people = Contributor.objects.in_bulk([credit["contributor"] for credit in content["bylines"]])
    day = content["lead_in_day"]
    return Words(
        {name: content[name] for name in DECK},
        content["body"],
        [PrintedPicture(picture["photo"], picture["caption"], picture["credit"]) for picture in content["pictures"]],
        [person.name for person in people.values()],
        LeadIn(
            content["lead_in_kind"],
            content["lead_in_agency"],
            content["lead_in_place"],
            datetime.date.fromisoformat(day) if day else None,
        ),
        timezone.localdate(article.created_at),
    )


def check_words(words: Words, article: Article | None) -> Checked:
    """What the checks that the house uses find in `words`; of `article` what was accepted in it is left out.

    The queries of the house's settings, and one where there is a story.
    """
    findings = check_copy(_copy(words, style := house_style()), style.on)
    accepted = list(article.accepted_findings.all()) if article else []
    right = {(row.check_code, row.quote) for row in accepted}
    return Checked([f for f in findings if (f.check, quote_of(f)) not in right], accepted)


def check_story(article: Article) -> Checked:
    """What the checks find in a story as it stands. The queries of `words_of` and `check_words`, and one."""
    return check_words(words_of(article, current_revision(article).content), article)


def quote_of(finding: Finding) -> str:
    """By what a finding is known again in its story: what it quotes, or where something is missing."""
    where = finding.where
    return _kept_quote(finding.slip.quote or f"{where.field} {where.block}")


def _copy(words: Words, style: HouseStyle) -> StoryCopy:
    # A picture may have its caption in the text alone.
    in_text = {int(match[1]) for match in _FIGURE.finditer(words.body)}
    pictures = [PictureWords(p.caption or ("…" if p.photo in in_text else ""), p.credit) for p in words.pictures]
    return StoryCopy(
        passages=tuple(_passages(words)),
        day=words.day,
        pictures=tuple(pictures),
        names=tuple(words.names),
        lead_in=words.lead_in,
        limits=style.limits,
        words=style.words,
    )


def _passages(words: Words) -> Iterable[Passage]:
    yield from (Passage(name, 0, words.deck[name]) for name in DECK if words.deck.get(name))
    for number, block in enumerate(body.blocks(words.body)):
        yield Passage("body", number, block.text, block.kind)
    for name in ("caption", "credit"):
        for number, picture in enumerate(words.pictures):
            yield Passage(name, number, getattr(picture, name))


def accept_finding(article_id: int, check: str, quote: str, *, acting_user: User) -> None:
    """Say that the text is right so: this finding is not shown again in this story. Once or twice is the same.

    Who writes the story and who reviews it. Raises NotAllowed, and Incomplete for a check that there is none of.
    """
    known_as = _kept_quote(quote)
    if check not in CHECKS or not known_as:
        raise Incomplete
    with transaction.atomic():
        article = _judged_by(acting_user, article_id)
        known = {"article": article, "check_code": check, "quote": known_as}
        who = {"by": acting_user, "by_label": str(acting_user)}
        _row, is_new = AcceptedFinding.objects.get_or_create(**known, defaults=who)
        if is_new:
            audit.record(acting_user, Act.FINDING_ACCEPT, article, check=check, quote=known_as)


def reopen_finding(article_id: int, check: str, quote: str, *, acting_user: User) -> None:
    """Take back that the text is right so, also of a check that there is no more. Who writes the story and who
    reviews it. Raises NotAllowed.
    """
    check, known_as = body.strip_unseen(check), _kept_quote(quote)
    with transaction.atomic():
        article = _judged_by(acting_user, article_id)
        gone, _rows = AcceptedFinding.objects.filter(article=article, check_code=check, quote=known_as).delete()
        if gone:
            audit.record(acting_user, Act.FINDING_REOPEN, article, check=check, quote=known_as)


def _kept_quote(quote: str) -> str:
    """A quote as it is kept: its beginning, without what databases refuse."""
    return body.strip_unseen(quote)[:_QUOTE]


def _judged_by(user: User, article_id: int) -> Article:
    """The locked story, if `user` may judge findings in it."""
    article = Article.objects.locked(article_id)
    if not rules.can_judge_findings(user, article):
        raise NotAllowed
    return article
