"""Filing a story and saving it: every save is a revision; none overwrites what its author had not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import body, rules
from articles.content import DESK_FIELDS, SIGNED_FIELDS, content_of, hash_of
from articles.counting import count_characters
from articles.errors import IllegalTransition, NotAllowed, StaleVersion
from articles.models import Article, ArticlePhoto, Byline, BylineRole, Contributor, Photo
from articles.remarks import follow_text
from articles.revisions import current_revision, write_revision
from articles.states import TARGETS, Verb
from articles.validators import validate_text_lengths
from articles.workflow import reopen_last_step
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

EDITABLE_FIELDS = frozenset(SIGNED_FIELDS + DESK_FIELDS)


class Credit(NamedTuple):
    """One place in a byline: the contributor's id and a `BylineRole`."""

    contributor: int
    role: str


class Picture(NamedTuple):
    """One picture of a story: the photo's id, and what this story prints with it (None: the photo's own)."""

    photo: int
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None


def create_story(
    fields: Mapping[str, Any],
    *,
    bylines: Sequence[Credit] = (),
    pictures: Sequence[Picture] = (),
    doubts: Sequence[str] = (),
    acting_user: User,
) -> Article:
    """File a new story as a draft of `acting_user`'s, with its first revision.

    `doubts` are what an import was unsure of. Whoever may file (`rules.can_file`). Raises NotAllowed, ValidationError.
    """
    if not rules.can_file(acting_user):
        raise NotAllowed
    with transaction.atomic():
        article = Article(created_by=acting_user, import_doubts=list(doubts))
        _apply(article, fields)
        article.save()
        _write_lists(article, bylines, pictures)
        write_revision(article, acting_user)
        audit.record(acting_user, Act.STORY_CREATE, article)
    return article


def save_story(
    article_id: int,
    fields: Mapping[str, Any],
    *,
    based_on: int,
    bylines: Sequence[Credit] | None = None,
    pictures: Sequence[Picture] | None = None,
    acting_user: User,
) -> Article:
    """Save `fields` (and the lists, where given) as the next version, if `based_on` is still the current one.

    Whoever may edit the story where it stands (`rules.MAY`). A change to signed content after the last
    signature voids it and reopens the last step. Saving what is there already changes nothing.
    Raises StaleVersion (with the revision that stands), NotAllowed, IllegalTransition, ValidationError.
    """
    with transaction.atomic():
        article = Article.objects.locked(article_id)
        _refuse_edit(article, based_on, acting_user)
        before = content_of(article)
        _apply(article, fields)
        _write_lists(article, bylines, pictures)
        after = content_of(article)
        if after == before:
            return article
        changed_signed_content = hash_of(after) != hash_of(before)
        article.version += 1
        article.updated_at = timezone.now()
        if changed_signed_content:
            reopen_last_step(article, by=acting_user)
        article.save()
        write_revision(article, acting_user)
        follow_text(article, before, after)
        audit.record(acting_user, Act.STORY_EDIT, article, version=article.version)
    return article


def _refuse_edit(article: Article, based_on: int, user: User) -> None:
    """Raise unless `user` may edit the locked story and has seen its current version."""
    if (article.state, Verb.EDIT) not in TARGETS:
        raise IllegalTransition(_("A story that is %(state)s is not edited.") % {"state": article.state_label})
    if not rules.can(user, Verb.EDIT, article):
        raise NotAllowed(_("This story is not yours to edit now."))
    if article.version != based_on:
        raise StaleVersion(current_revision(article))


def _apply(article: Article, fields: Mapping[str, Any]) -> None:
    """Set and check `fields`; whatever is not content is refused, however it came here."""
    unknown = set(fields) - EDITABLE_FIELDS
    if unknown:
        raise ValidationError(_("Not content of a story: %(fields)s") % {"fields": ", ".join(sorted(unknown))})
    for name, value in fields.items():
        setattr(article, name, value)
    if "body" in fields:
        article.body = _checked_body(str(fields["body"]))
    if "correction_note" in fields and not article.is_public:
        article.correction_note = ""
    article.character_count = count_characters(body.plain_text(article.body))
    article.full_clean(exclude=["created_by"], validate_constraints=False)
    validate_text_lengths(article)


def _checked_body(html: str) -> str:
    """The sanitised body; raises ValidationError where it is too long or shows photos that don't exist."""
    if len(html) > body.MAX_BODY_CHARACTERS:
        message = _("The body is too long: %(length)s characters, at most %(limit)s.")
        raise ValidationError({"body": message % {"length": len(html), "limit": body.MAX_BODY_CHARACTERS}})
    clean = body.clean_body(html)
    wanted = body.photo_ids(clean)
    if Photo.objects.filter(pk__in=wanted).count() != len(wanted):
        raise ValidationError({"body": _("A picture in the text is not in the photo desk.")})
    return clean


def _write_lists(article: Article, bylines: Sequence[Credit] | None, pictures: Sequence[Picture] | None) -> None:
    if bylines is not None:
        _write_bylines(article, bylines)
    shown = body.photo_ids(article.body)
    if pictures is None:
        pictures = [Picture(p.photo_id, p.caption, p.credit, p.alt) for p in article.article_photos.all()]
    # A photo that stands in the text is one of the story's pictures.
    listed = {picture.photo for picture in pictures}
    _write_pictures(article, [*pictures, *(Picture(number) for number in shown if number not in listed)])


def _write_bylines(article: Article, bylines: Sequence[Credit]) -> None:
    known = set(Contributor.objects.filter(pk__in={c.contributor for c in bylines}).values_list("pk", flat=True))
    if any(c.contributor not in known or c.role not in BylineRole.values for c in bylines):
        raise ValidationError(_("Somebody in the byline is not among the contributors."))
    _refuse_signers(article, bylines)
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, contributor_id=credit.contributor, role=credit.role, order=order)
        for order, credit in enumerate(dict.fromkeys(bylines), start=1)
    )
    article.__dict__.pop("byline_list", None)


def _refuse_signers(article: Article, bylines: Sequence[Credit]) -> None:
    """Nobody signs a story and then stands in its byline; returned, it can be credited and signed anew."""
    signers = article.signatures.filter(voided_at__isnull=True).values("signer")
    signer = Contributor.objects.filter(user__in=signers, pk__in={c.contributor for c in bylines}).first()
    if signer is not None:
        raise ValidationError(_("%(name)s has signed this story and cannot stand in its byline.") % {"name": signer})


def _write_pictures(article: Article, pictures: Sequence[Picture]) -> None:
    wanted = {picture.photo: picture for picture in pictures}
    photos = Photo.objects.in_bulk(wanted)
    if len(photos) != len(wanted):
        raise ValidationError(_("A picture of this story is not in the photo desk."))
    article.article_photos.all().delete()
    ArticlePhoto.objects.bulk_create(
        _printed(article, picture, photos[number], order)
        for order, (number, picture) in enumerate(wanted.items(), start=1)
    )


def _printed(article: Article, picture: Picture, photo: Photo, order: int) -> ArticlePhoto:
    own = {
        name: getattr(photo, name) if getattr(picture, name) is None else body.strip_unseen(getattr(picture, name))
        for name in ("caption", "credit", "alt")
    }
    printed = ArticlePhoto(article=article, photo=photo, order=order, **own)
    printed.clean_fields(exclude=["article", "photo"])
    validate_text_lengths(printed)
    return printed
