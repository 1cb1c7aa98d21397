"""What a story is to say: checked and cleaned as a content, and written to its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from articles.content import DESK_FIELDS, SIGNED_FIELDS, Content, fields_of
from articles.errors import RightsExpired
from articles.models import Article, ArticlePhoto, Byline, BylineRole, Contributor, Photo
from articles.photo_rights import said_of_expired
from articles.text import body
from articles.text.counting import count_characters
from articles.validators import validate_text_lengths

_WORDS = (
    "kicker",
    "headline",
    "subhead",
    "web_headline",
    "body",
    "lead_in_agency",
    "lead_in_place",
    "keywords",
    "summary",
    "desk_note",
)
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


def compose(
    article: Article,
    before: Content,
    fields: Mapping[str, Any],
    bylines: Sequence[Credit] | None,
    pictures: Sequence[Picture] | None,
) -> Content:
    """`before` with `fields` and the lists, where given, in their places: checked, and set on `article`.

    What stands in `before` already was checked when it was saved. Nothing is written. Raises RightsExpired for a
    photo that would be new to the story, ValidationError, also for whatever is not content, however it came here.
    """
    unknown = set(fields) - EDITABLE_FIELDS
    if unknown:
        raise ValidationError(_("Not content of a story: %(fields)s") % {"fields": ", ".join(sorted(unknown))})
    _set_fields(article, {**before, **fields})
    if "body" in fields:
        article.body = _checked_body(str(fields["body"]), before)
    if "correction_note" in fields and not article.is_public:
        article.correction_note = ""
    _check_fields(article, before)
    content = fields_of(article)
    content["bylines"] = before["bylines"] if bylines is None else _checked_bylines(article, bylines, before)
    content["pictures"] = _checked_pictures(article, pictures, before)
    return content


def compose_whole(article: Article, before: Content, content: Content) -> Content:
    """As `compose`, with everything that `content` says."""
    fields = {name: content[name] for name in EDITABLE_FIELDS & content.keys()}
    bylines = [Credit(**credit) for credit in content["bylines"]]
    return compose(article, before, fields, bylines, [Picture(**picture) for picture in content["pictures"]])


def says_nothing(content: Content) -> bool:
    """Whether a content has neither a headline nor a text nor a picture."""
    words = (content[name] for name in ("headline", "web_headline", "body"))
    return not content["pictures"] and not any(text.strip() for text in words)


def is_blank(content: Content, given: str) -> bool:
    """Whether nobody has written a word of a content, of whatever field: `given` is the slugline it began with."""
    words = (content[name] for name in _WORDS)
    return not content["pictures"] and not any(text.strip() for text in words) and content["slugline"] in {"", given}


def missing_for_submitting(content: Content) -> str:
    """What a story that says this needs before it is submitted; empty where it has it."""
    titled = content["headline"].strip() or content["web_headline"].strip()
    if titled and (content["body"].strip() or content["pictures"]):
        return ""
    return _("A story needs a headline and a text or a picture before it is submitted.")


def _set_fields(article: Article, content: Mapping[str, Any]) -> None:
    for name in EDITABLE_FIELDS & content.keys():
        setattr(article, name, content[name])
    if isinstance(article.lead_in_day, str):
        article.lead_in_day = _day(article.lead_in_day)


def _day(text: str) -> Any:
    """The day, or the text itself for the field to refuse."""
    try:
        return parse_date(text) or text
    except ValueError:
        return text


def _check_fields(article: Article, before: Content) -> None:
    article.character_count = count_characters(body.plain_text(article.body))
    # A section that stands was there when it was set, and cannot be taken away from under its stories.
    same_section = article.section_id is not None and article.section_id == before["section_id"]
    unasked = ["created_by", "filing_token", *(["section"] if same_section else [])]
    article.full_clean(exclude=unasked, validate_constraints=False)
    validate_text_lengths(article)
    _refuse_long_body(article.body)


def write_lists(article: Article, before: Content, after: Content) -> None:
    """Write the lists that differ: bylines and pictures, each in its new order."""
    if after["bylines"] != before["bylines"]:
        article.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(article=article, contributor_id=credit["contributor"], role=credit["role"], order=order)
            for order, credit in enumerate(after["bylines"], start=1)
        )
        article.__dict__.pop("byline_list", None)
    if after["pictures"] != before["pictures"]:
        article.article_photos.all().delete()
        ArticlePhoto.objects.bulk_create(
            _printed(article, picture, order) for order, picture in enumerate(after["pictures"], start=1)
        )


# -- checks


def _checked_body(html: str, before: Content) -> str:
    """The sanitised body; raises ValidationError where it is too long or shows photos that don't exist."""
    _refuse_long_body(html)
    clean = html if html == before["body"] else body.clean_body(html)
    new = set(body.photo_ids(clean)) - {picture["photo"] for picture in before["pictures"]}
    if new and Photo.objects.filter(pk__in=new).count() != len(new):
        raise ValidationError({"body": _("A picture in the text is not in the photo desk.")})
    return clean


def _refuse_long_body(html: str) -> None:
    if len(html) > body.MAX_BODY_CHARACTERS:
        message = _("The body is too long: %(length)s characters, at most %(limit)s.")
        raise ValidationError({"body": message % {"length": len(html), "limit": body.MAX_BODY_CHARACTERS}})


def _checked_bylines(article: Article, bylines: Sequence[Credit], before: Content) -> list[dict[str, Any]]:
    wanted = [credit._asdict() for credit in dict.fromkeys(bylines)]
    if wanted == before["bylines"]:
        return wanted
    known = set(Contributor.objects.filter(pk__in={c.contributor for c in bylines}).values_list("pk", flat=True))
    if any(c.contributor not in known or c.role not in BylineRole.values for c in bylines):
        raise ValidationError(_("Somebody in the byline is not among the contributors."))
    _refuse_signers(article, bylines)
    return wanted


def _refuse_signers(article: Article, bylines: Sequence[Credit]) -> None:
    """Nobody signs a story and then stands in its byline; returned, it can be credited and signed anew."""
    if article.pk is None:
        return
    signers = article.signatures.filter(voided_at__isnull=True).values("signer")
    signer = Contributor.objects.filter(user__in=signers, pk__in={c.contributor for c in bylines}).first()
    if signer is not None:
        raise ValidationError(_("%(name)s has signed this story and cannot stand in its byline.") % {"name": signer})


def _checked_pictures(article: Article, pictures: Sequence[Picture] | None, before: Content) -> list[dict[str, Any]]:
    """The pictures with their words; a photo that stands in the text is one of the story's pictures."""
    stand = {picture["photo"]: picture for picture in before["pictures"]}
    listed = [Picture(**picture) for picture in before["pictures"]] if pictures is None else list(pictures)
    wanted = {picture.photo: picture for picture in listed}
    wanted |= {number: Picture(number) for number in body.photo_ids(article.body) if number not in wanted}
    changed = [picture.photo for picture in wanted.values() if picture._asdict() != stand.get(picture.photo)]
    photos = Photo.objects.in_bulk(changed) if changed else {}
    if len(photos) != len(changed):
        raise ValidationError(_("A picture of this story is not in the photo desk."))
    _refuse_expired([number for number in changed if number not in stand])
    return [
        _worded(article, picture, photos[number]) if number in photos else stand[number]
        for number, picture in wanted.items()
    ]


def _refuse_expired(new: Sequence[int]) -> None:
    """Nobody takes up a photo that may not be printed any more; one that a story has already stays in it, and the
    release asks again.
    """
    sentence = _("The rights in “%(photo)s” (photo %(number)s) expired on %(day)s: no story can newly use it.")
    for said in said_of_expired(Photo.objects.filter(pk__in=new), sentence):
        raise RightsExpired(said)


def _worded(article: Article, picture: Picture, photo: Photo) -> dict[str, Any]:
    """The picture with its own words, or the photo's; checked."""
    own = {
        name: getattr(photo, name) if getattr(picture, name) is None else body.strip_unseen(getattr(picture, name))
        for name in ("caption", "credit", "alt")
    }
    worded = {"photo": photo.pk, **own}
    printed = _printed(article, worded, order=1)
    printed.clean_fields(exclude=["article", "photo"])
    validate_text_lengths(printed)
    return worded


def _printed(article: Article, picture: Mapping[str, Any], order: int) -> ArticlePhoto:
    words = {name: picture[name] for name in ("caption", "credit", "alt")}
    return ArticlePhoto(article=article, photo_id=picture["photo"], order=order, **words)
