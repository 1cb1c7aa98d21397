"""The door between desk and reading side: nothing else writes or takes away what the public sees."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import purging, workflow
from articles.content import Content, reads_as
from articles.errors import Refusal, RightsExpired
from articles.generations import begin_generation
from articles.models import (
    AddressKind,
    Article,
    ArticlePhoto,
    Contributor,
    FormerAddress,
    Photo,
    PublicFrame,
    PublishedArticle,
    PublishedAuthor,
    PublishedByline,
    PublishedPhoto,
    PublishedSection,
    PublishedTag,
    PublishedTagging,
    Revision,
    Section,
    SpecialStory,
    WithdrawnArticle,
)
from articles.models.article import PRINTED_ROLES
from articles.models.published_collections import tags_of
from articles.photo_rights import said_of_expired
from articles.public import body as public_body
from articles.public import files as public_files
from articles.public import specials as public_specials
from articles.public import surrogates
from articles.purging import Change
from articles.search import index
from articles.states import State, Verb
from articles.text.body import photo_ids
from articles.text.correcting import touched
from articles.versions.revisions import current_revision
from newsroom.staff.models import User

GatheredKind = type[PublishedByline] | type[PublishedTagging]


def act_on_story(
    article_id: int,
    verb: str,
    *,
    seen: str,
    acting_user: User,
    reason: str = "",
    listed: Sequence[int] = (),
    knowing: Mapping[str, Any] | None = None,
) -> Article:
    """Let `acting_user` say `verb` to the story, and the reading side follow, in one transaction.

    `seen` is `Article.seen` as the person saw it, `listed` the usual reasons of a return by their numbers, `knowing`
    what was open about the story and said to them before. Raises what `workflow.move_story` raises, and
    RightsExpired; then nothing has changed on either side.
    """
    with transaction.atomic():
        article = workflow.move_story(
            article_id, verb, seen=seen, acting_user=acting_user, reason=reason, listed=listed, knowing=knowing
        )
        change = Change()
        if _reaches_readers(article, verb):
            index.write([write_public(article, change)])
            begin_generation(change)
        elif verb == Verb.WITHDRAW:
            take_away(article, change)
            begin_generation(change)
    return article


def rehearse_act(
    article_id: int, verb: str, *, seen: str, acting_user: User, reason: str = "", listed: Sequence[int] = ()
) -> Article:
    """What `act_on_story` would make of the story; raises what it raises, and changes nothing on either side.

    The story is moved and the move taken back with its savepoint, so no rule is asked in a second way.
    """
    with transaction.atomic():
        article = workflow.move_story(
            article_id, verb, seen=seen, acting_user=acting_user, reason=reason, listed=listed
        )
        if _reaches_readers(article, verb):
            _refuse_expired(article)
        transaction.set_rollback(True)
    return article


def _reaches_readers(article: Article, verb: str) -> bool:
    """Whether `verb` brought the story's text to readers. Under a correction called off they have it already."""
    return article.state == State.PUBLISHED and verb != Verb.CALL_OFF


def take_signature_back(article_id: int, *, seen: str, acting_user: User) -> Article:
    """As `workflow.take_signature_back`. The reading side does not follow: what readers see with a signature is not
    taken back.
    """
    return workflow.take_signature_back(article_id, seen=seen, acting_user=acting_user)


def release_story(article_id: int, *, acting_user: User | None, at: datetime.datetime, change: Change) -> Article:
    """Publish a signed-off story on behalf of an edition or of the clock; one already public stays as it is.

    The caller has the right to what releases it, and when all is written lets the index say so and begins the new
    generation with `change`. Raises IllegalTransition, NotYet, SignatureBroken, RightsExpired.
    """
    with transaction.atomic():
        article = Article.objects.locked(article_id)
        if article.state != State.PUBLISHED:
            write_public(workflow.release(article, acting_user=acting_user, at=at), change)
    return article


def release_due_stories(now: datetime.datetime) -> tuple[list[Article], list[tuple[int, str]]]:
    """Publish every signed-off story whose schedule has come and whose embargo is over.

    Each in its own transaction, so that one that is refused holds up no other; a story that another process
    is releasing at this moment is left to it. Returns what this process released, and (number, why) of what
    was refused.
    """
    released, refused = [], []
    for pk in list(Article.objects.due(now).values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                if Article.objects.due(now).select_for_update(skip_locked=True, no_key=True).filter(pk=pk).exists():
                    change = Change()
                    story = release_story(pk, acting_user=None, at=now, change=change)
                    index.write(PublishedArticle.objects.filter(number=pk))
                    begin_generation(change)
                    released.append(story)
        except (Refusal, OSError, DatabaseError) as refusal:
            refused.append((pk, str(refusal)))
    return released, refused


def write_public(article: Article, change: Change) -> PublishedArticle:
    """Write the public rows and files of a story from the version just released, replacing what was there.

    `change` gathers what that changes; search is not told.
    """
    revision = current_revision(article)
    pictures = list(article.article_photos.select_related("photo"))
    _refuse_expired(article)
    files = public_files.publish(picture.photo_id for picture in pictures)
    PublicFrame.lock()
    previous = PublishedArticle.objects.filter(number=article.pk).first()
    if previous:
        # What is corrected must not be read as it was, even where nothing answers.
        _note_taken_away(previous, change)
    change.stories.add(article.pk)
    published = _write_article(article, revision, pictures, files, previous)
    _gather(PublishedByline, published, _authors_by_slug(revision.content))
    _gather(PublishedTagging, published, _tags_by_slug(published.keywords))
    _write_photos(published, pictures, files, in_body=set(photo_ids(revision.content["body"])))
    WithdrawnArticle.objects.filter(number=article.pk).delete()
    specials = public_specials.join(published, _places_in_specials(article.pk))
    change.keys |= _keys_of(published) | {surrogates.special(slug) for slug in specials}
    return published


def take_away(article: Article, change: Change) -> None:
    """Remove everything public of a withdrawn story; its address answers 410 from now on.

    `change` gathers what that changes.
    """
    PublicFrame.lock()
    gatherers = {kind: _gatherers_of(kind, article.pk) for kind in (PublishedByline, PublishedTagging)}
    change.stories.add(article.pk)
    index.remove([article.pk])
    for published in PublishedArticle.objects.filter(number=article.pk):
        _note_taken_away(published, change)
        Article.objects.filter(pk=article.pk).update(
            told_version=published.version,
            told_changed_at=published.changed_at,
            told_corrections=published.corrections,
        )
        published.delete()
    for kind, before in gatherers.items():
        _forget_those_of_nothing(kind, before)
    WithdrawnArticle.objects.update_or_create(number=article.pk, defaults={"withdrawn_at": timezone.now()})


def _note_taken_away(published: PublishedArticle, change: Change) -> None:
    """Note everything that shows the story as it is public until now."""
    photos = list(published.photos.all())
    change.takes_away = True
    change.keys |= _keys_of(published) | {surrogates.special(special["slug"]) for special in published.specials}
    change.files |= public_files.addresses_in(photos)
    change.photos |= {photo.photo_number for photo in photos}


def _keys_of(published: PublishedArticle) -> set[str]:
    """The surrogate keys of everything that shows the story as it is public now; none where nobody wants them."""
    if not purging.is_somebody_told():
        return set()
    authors = PublishedAuthor.objects.filter(bylines__article=published).values_list("slug", flat=True)
    tags = PublishedTag.objects.filter(taggings__article=published).values_list("slug", flat=True)
    return set(surrogates.keys_of_change(published.number, [published.section.slug], authors, tags))


def _refuse_expired(article: Article) -> None:
    sentence = _("The rights in photo %(number)s of “%(story)s” expired on %(day)s.")
    for said in said_of_expired(article.photos.order_by("uses__order"), sentence, story=article):
        raise RightsExpired(said)


def _write_article(
    article: Article,
    revision: Revision,
    pictures: list[ArticlePhoto],
    files: dict[int, public_files.PublicFiles],
    previous: PublishedArticle | None,
) -> PublishedArticle:
    content, moment = revision.content, _moment_of(article, previous)
    byline = printed_byline(content)
    body = public_body.render(content, byline, files)
    published, _created = PublishedArticle.objects.update_or_create(
        number=article.pk,
        defaults={
            **{name: content[name] for name in ("genre", "kicker", "headline", "subhead", "web_headline", "summary")},
            "version": revision.number,
            "section": _public_section(content["section_id"]),
            "keywords": content["keywords"].replace(",", " ").replace("，", " ").replace("、", " ").split(),
            "byline": byline,
            "body": body,
            "picture": _first_picture(content, pictures, files),
            "corrections": _corrections(article, previous, content["correction_note"], body, moment),
            "character_count": article.character_count,
            "published_at": article.first_published_at or moment,
            "updated_at": moment,
            "changed_at": _changed_at(article, content, previous, moment),
        },
    )
    return published


def _moment_of(article: Article, previous: PublishedArticle | None) -> datetime.datetime:
    """Since when the story reads so: a new one since its publication, what is corrected or comes back since now."""
    is_new = previous is None and not WithdrawnArticle.objects.filter(number=article.pk).exists()
    return article.first_published_at if is_new and article.first_published_at else timezone.now()


def _changed_at(
    article: Article, content: Content, previous: PublishedArticle | None, moment: datetime.datetime
) -> datetime.datetime | None:
    """Since when readers have something else than they had before; None where they never had anything else."""
    version = previous.version if previous else article.told_version
    changed_at = previous.changed_at if previous else article.told_changed_at
    before = article.revisions.filter(number=version).first() if version else None
    return changed_at if before is None or reads_as(content, before.content) else moment


def _public_section(section_id: int) -> PublishedSection:
    section = Section.objects.get(pk=section_id)
    # Not updated here: `follow_section` does that.
    public, _created = PublishedSection.objects.get_or_create(
        slug=section.slug, defaults={"name": section.name, "name_en": section.name_en, "order": section.order}
    )
    return public


def printed_byline(content: Content) -> list[dict[str, str]]:
    """The byline as it is printed: names as the contributors are called today, roles in Chinese."""
    people = Contributor.objects.in_bulk({credit["contributor"] for credit in content["bylines"]})
    return [
        {
            "name": people[credit["contributor"]].name,
            "slug": people[credit["contributor"]].slug,
            "code": credit["role"],
            "role": PRINTED_ROLES[credit["role"]],
        }
        for credit in content["bylines"]
    ]


def _authors_by_slug(content: Content) -> dict[str, dict[str, str]]:
    people = Contributor.objects.filter(pk__in={credit["contributor"] for credit in content["bylines"]})
    return {person.slug: {"name": person.name, "bio": person.bio} for person in people}


def _tags_by_slug(keywords: Iterable[str]) -> dict[str, dict[str, str]]:
    return {slug: {"name": name} for slug, name in tags_of(keywords).items()}


def _gather(kind: GatheredKind, published: PublishedArticle, under: dict[str, dict[str, str]]) -> None:
    """Let the story stand under the authors or tags of these addresses and no others; `under` says with which
    values one is made that is not there yet.
    """
    before = _gatherers_of(kind, published.number)
    kind.objects.filter(article=published).delete()
    for slug, values in under.items():
        gatherer, _created = kind.gatherers().get_or_create(slug=slug, defaults=values)
        named = {kind.BY: gatherer, "published_at": published.published_at, "number": published.number}
        kind.objects.create(article=published, **named)
    _forget_those_of_nothing(kind, before)


def _gatherers_of(kind: GatheredKind, number: int) -> list[int]:
    """The authors or tags under which the story stands."""
    return list(kind.objects.filter(number=number).values_list(kind.BY, flat=True))


def _forget_those_of_nothing(kind: GatheredKind, gatherers: list[int]) -> None:
    """Take away those of these authors or tags under which nothing stands any more; their addresses stay theirs."""
    stories = kind.objects.filter(**{kind.BY: OuterRef("pk")})
    gone = kind.gatherers().filter(~Exists(stories), pk__in=gatherers)
    slugs = gone.values_list("slug", flat=True)
    kept = [FormerAddress(kind=AddressKind(kind.BY), slug=slug, current=slug) for slug in slugs]
    FormerAddress.objects.bulk_create(kept, ignore_conflicts=True)
    gone.delete()


def _first_picture(
    content: Content, pictures: list[ArticlePhoto], files: dict[int, public_files.PublicFiles]
) -> dict[str, Any] | None:
    if not content["pictures"]:
        return None
    first = content["pictures"][0]
    file = files[first["photo"]]
    return {
        "src": file.preview,
        "thumbnail": file.thumbnail,
        "width": file.width,
        "height": file.height,
        "alt": first["alt"],
        "sources": file.sources,
        "focus": _focus(next(picture.photo for picture in pictures if picture.photo_id == first["photo"])),
    }


def _focus(photo: Photo) -> list[int] | None:
    """The focal point that somebody has set, in per cent; without one the page looks where it usually does."""
    point = [photo.focal_x, photo.focal_y]
    return point if point != [50, 50] else None


def _write_photos(
    published: PublishedArticle,
    pictures: list[ArticlePhoto],
    files: dict[int, public_files.PublicFiles],
    *,
    in_body: set[int],
) -> None:
    published.photos.all().delete()
    PublishedPhoto.objects.bulk_create(
        PublishedPhoto(
            article=published,
            photo_number=picture.photo_id,
            order=picture.order,
            in_body=picture.photo_id in in_body,
            caption=picture.caption,
            credit=picture.credit,
            alt=picture.alt,
            **files[picture.photo_id]._asdict(),
        )
        for picture in pictures
    )


def show_sizes(photo_ids: Iterable[int]) -> int:
    """Let the published stories that show these photos offer the sizes they have been given since; how many stories.

    All of them in one transaction: a batch of some hundred.
    """
    change = Change()
    with transaction.atomic():
        files = {pk: public for pk, public in public_files.publish(photo_ids).items() if public.sources}
        PublicFrame.lock()
        photos = PublishedPhoto.objects.filter(photo_number__in=files)
        shown = [photo for photo in photos if photo.preview == files[photo.photo_number].preview]
        for photo in shown:
            photo.sources = files[photo.photo_number].sources
        PublishedPhoto.objects.bulk_update(shown, ["sources"])
        sources = {public.preview: public.sources for public in files.values()}
        stories = list(
            PublishedArticle.objects.select_for_update(no_key=True)
            .filter(pk__in={photo.article_id for photo in shown})
            .order_by("number")
        )
        for story in stories:
            if story.picture and story.picture["src"] in sources:
                story.picture = {**story.picture, "sources": sources[story.picture["src"]]}
                story.save(update_fields=["picture"])
            change.keys |= _keys_of(story)
        if stories:
            begin_generation(change)
    return len(stories)


def _corrections(
    article: Article, previous: PublishedArticle | None, note: str, body: str, at: datetime.datetime
) -> list[dict[str, Any]]:
    earlier = previous.corrections if previous else article.told_corrections
    if not note:
        return earlier
    paragraphs = touched(previous.body, body) if previous else []
    return [*earlier, {"at": at.isoformat(), "note": note, "paragraphs": paragraphs}]


def _places_in_specials(article_id: int) -> list[tuple[str, int, str]]:
    places = SpecialStory.objects.filter(article_id=article_id, special__is_public=True)
    return list(places.values_list("special__slug", "order", "group"))
