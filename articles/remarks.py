"""Remarks on a passage: written, answered, settled; they follow their words while the text goes on changing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import audience, rules
from articles.content import Content
from articles.errors import Incomplete, NotAllowed
from articles.models import Article, Remark, RemarkAnswer, RemarkedField
from articles.text import anchoring, body
from articles.text.anchoring import Place
from articles.validators import validate_text_lengths
from articles.versions.revisions import current_revision
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User


class Passage(NamedTuple):
    """Words that somebody points at: the field, the block in it (0 in a short field), the range, the words.

    `start` and `end` are in characters. `version` is the one that was before their eyes.
    """

    field: str
    block: int
    start: int
    end: int
    quote: str
    version: int


def texts_of(content: Mapping[str, Any], field: str) -> list[str]:
    """The blocks of a field that places count in: those of the body, and the one of a short field."""
    if field == RemarkedField.BODY:
        return [block.text for block in body.blocks(content["body"])]
    return [content[field]] if content[field] else []


def write_remark(article_id: int, passage: Passage, text: str, *, acting_user: User) -> Remark:
    """Remark on a passage of the story as `acting_user` saw it; the place is that of the version that stands.

    Whoever may read the story's past. Raises NotAllowed, Incomplete without words, ValidationError where the
    passage is not in the text.
    """
    with transaction.atomic():
        article = _locked(article_id, acting_user)
        place = _place_now(article, passage)
        remark = Remark(
            article=article,
            version=min(passage.version, article.version),
            anchored_in=article.version,
            field=passage.field,
            quote=passage.quote,
            text=_said(text),
            author=acting_user,
            author_label=str(acting_user),
        )
        remark.place = place
        _check(remark)
        remark.save()
        audit.record(acting_user, Act.REMARK_WRITE, article, remark=remark.text, version=remark.version)
        _tell(remark, remark.text, acting_user)
    return remark


def answer_remark(remark_id: int, text: str, *, acting_user: User) -> RemarkAnswer:
    """Answer a remark, open or settled. Whoever may read the story's past. Raises NotAllowed, Incomplete."""
    with transaction.atomic():
        remark = _locked_remark(remark_id, acting_user)
        answer = RemarkAnswer(
            remark=remark, text=_said(text), author=acting_user, author_label=str(acting_user), at=timezone.now()
        )
        _check(answer)
        answer.save()
        audit.record(acting_user, Act.REMARK_ANSWER, remark.article, remark=remark.text, answer=answer.text)
        _tell(remark, answer.text, acting_user)
    return answer


def settle_remark(remark_id: int, *, acting_user: User) -> Remark:
    """Tick a remark off; without effect where it is. The story's owner and its reviewers. Raises NotAllowed."""
    with transaction.atomic():
        remark = _to_settle(remark_id, acting_user)
        if remark.is_open:
            remark.settled_by, remark.settled_label, remark.settled_at = acting_user, str(acting_user), timezone.now()
            remark.save(update_fields=["settled_by", "settled_label", "settled_at"])
            audit.record(acting_user, Act.REMARK_SETTLE, remark.article, remark=remark.text)
    return remark


def reopen_remark(remark_id: int, *, acting_user: User) -> Remark:
    """Take a tick back; the words are looked for in the text as it stands. Who settles. Raises NotAllowed."""
    with transaction.atomic():
        remark = _to_settle(remark_id, acting_user)
        if not remark.is_open:
            remark.settled_by, remark.settled_label, remark.settled_at = None, "", None
            then = remark.article.revisions.filter(number=remark.anchored_in).first()
            now = current_revision(remark.article).content
            # Of a version that was thinned out nothing is left but the words to look for.
            remark.gone = remark.gone or then is None
            _move([remark], then.content if then else now, now)
            remark.anchored_in = remark.article.version
            remark.save()
            audit.record(acting_user, Act.REMARK_REOPEN, remark.article, remark=remark.text)
    return remark


def follow_text(article: Article, before: Content, after: Content) -> None:
    """Let the open remarks on a story follow from one content to the next, inside the transaction of its save.

    With the save and not when shown: each step is a small one, and every reader finds a place that is right.
    One query where nothing is open.
    """
    followed = list(article.remarks.filter(settled_at__isnull=True))
    _move(followed, before, after)
    for remark in followed:
        remark.anchored_in = article.version
    if followed:
        Remark.objects.bulk_update(followed, ["block", "start", "end", "gone", "anchored_in"])


def _move(remarks: Sequence[Remark], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Give each its place in `after`; words that had gone and are there again are found."""
    for field in {remark.field for remark in remarks}:
        moving = [remark for remark in remarks if remark.field == field]
        new = texts_of(after, field)
        places = anchoring.follow([remark.place for remark in moving], texts_of(before, field), new)
        for remark, place in zip(moving, places, strict=True):
            again = anchoring.find(remark.quote, new, place.block) if place.gone else None
            remark.place = again or place


def _place_now(article: Article, passage: Passage) -> Place:
    """Where the passage is in the version that stands. Raises ValidationError where it never was."""
    seen = article.revisions.filter(number=passage.version).first()
    now = current_revision(article).content
    if passage.field not in RemarkedField.values:
        raise ValidationError(_("A remark is made on words of the text."))
    texts, block = texts_of(seen.content, passage.field) if seen else [], passage.block
    place = Place(block, passage.start, passage.end)
    if block < len(texts) and passage.quote and texts[block][place.start : place.end] == passage.quote:
        [moved] = anchoring.follow([place], texts, texts_of(now, passage.field))
        return moved
    found = anchoring.find(passage.quote, texts_of(now, passage.field), block)
    if found is None:
        raise ValidationError(_("These words do not stand in the text that is saved."))
    return found


def _said(text: str) -> str:
    said = body.strip_unseen(text).strip()
    if not said:
        raise Incomplete(_("Say what is to be said."))
    return said


def _check(written: Remark | RemarkAnswer) -> None:
    written.clean_fields(exclude=["article", "remark", "author", "settled_by", "settled_label", "settled_at"])
    validate_text_lengths(written)


def _locked(article_id: int, user: User) -> Article:
    article = Article.objects.locked(article_id)
    if not rules.can_remark(user, article):
        raise NotAllowed
    return article


def _locked_remark(remark_id: int, user: User) -> Remark:
    """The remark, re-read under the lock of its story; a remark stays with its story."""
    article = _locked(Remark.objects.values_list("article_id", flat=True).get(pk=remark_id), user)
    remark = Remark.objects.get(pk=remark_id)
    remark.article = article
    return remark


def _to_settle(remark_id: int, user: User) -> Remark:
    remark = _locked_remark(remark_id, user)
    if not rules.can_settle_remarks(user, remark.article):
        raise NotAllowed(_("Remarks are settled by the story's owner and its reviewers."))
    return remark


def _tell(remark: Remark, said: str, user: User) -> None:
    """Tell the story's authors, who wrote the remark and who answered it, as far as they may still read it."""
    talking = {remark.author_id, *remark.answers.values_list("author_id", flat=True)} - {None}
    others = User.objects.filter(pk__in=talking, is_active=True)  # type: ignore[misc]
    reading = [person for person in others if rules.can_remark(person, remark.article)]
    audience.tell_remarked(remark.article, reading, by=user, text=said, anchor=anchor_of(number_of(remark)))


def number_of(remark: Remark) -> int:
    """The remark's number among all that were ever made on its story. One query."""
    return Remark.objects.filter(article=remark.article_id, pk__lte=remark.pk).count()


def anchor_of(number: int) -> str:
    """By which name the story's page knows the remark with this number."""
    return f"remark-{number}"
