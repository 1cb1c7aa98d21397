"""The door between desk and reading side: nothing else writes or takes away what the public sees."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import purging, workflow
from articles.content import Content
from articles.errors import Refusal, RightsExpired
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
    Title,
    WithdrawnArticle,
)
from articles.models.article import PRINTED_ROLES
from articles.models.published_collections import tag_slug
from articles.public import body as public_body
from articles.public import files as public_files
from articles.public import surrogates
from articles.search import index
from articles.states import State, Verb
from articles.text.body import photo_ids
from articles.text.correcting import touched
from articles.versions.revisions import current_revision
from newsroom.dates import day
from newsroom.staff.models import User

Follower = Callable[[Iterable[int]], None]
_FOLLOWERS: list[Follower] = []


def follow_also(follower: Follower) -> None:
    """Let `follower` bring what else shows stories in line with the stories of these numbers, which appeared,
    changed or went: in the same transaction, before readers can ask for anything. Pages are not known here.
    """
    _FOLLOWERS.append(follower)


def act_on_story(
    article_id: int, verb: str, *, seen: str, acting_user: User, reason: str = "", listed: Sequence[int] = ()
) -> Article:
    """Let `acting_user` say `verb` to the story, and the reading side follow, in one transaction.

    `seen` is `Article.seen` as the person saw it, `listed` the usual reasons of a return by their numbers.
    Raises what `workflow.move_story` raises, and RightsExpired; then nothing has changed on either side.
    """
    with transaction.atomic():
        article = workflow.move_story(
            article_id, verb, seen=seen, acting_user=acting_user, reason=reason, listed=listed
        )
        if article.state == State.PUBLISHED:
            write_public(article)
            begin_generation([article.pk])
        elif verb == Verb.WITHDRAW:
            take_away(article)
            begin_generation([article.pk])
    return article


def rehearse_act(article_id: int, verb: str, *, seen: str, acting_user: User, reason: str = "") -> Article:
    """What `act_on_story` would make of the story; raises what it raises, and changes nothing on either side.

    The story is moved and the move taken back with its savepoint, so no rule is asked in a second way.
    """
    with transaction.atomic():
        article = workflow.move_story(article_id, verb, seen=seen, acting_user=acting_user, reason=reason)
        if article.state == State.PUBLISHED:
            _refuse_expired(article, list(article.article_photos.select_related("photo")))
        transaction.set_rollback(True)
    return article


def release_story(article_id: int, *, acting_user: User | None, at: datetime.datetime) -> Article:
    """Publish a signed-off story on behalf of an edition or of the clock; one already public stays as it is.

    The caller has the right to what releases it, and begins the new generation when all is written. Raises
    IllegalTransition, NotYet, SignatureBroken, RightsExpired.
    """
    with transaction.atomic():
        article = Article.objects.locked(article_id)
        if article.state != State.PUBLISHED:
            write_public(workflow.release(article, acting_user=acting_user, at=at))
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
                if Article.objects.due(now).select_for_update(skip_locked=True).filter(pk=pk).exists():
                    released.append(release_story(pk, acting_user=None, at=now))
                    begin_generation([pk])
        except (Refusal, OSError, DatabaseError) as refusal:
            refused.append((pk, str(refusal)))
    return released, refused


def write_public(article: Article) -> PublishedArticle:
    """Write the public rows and files of a story from the version just released, replacing what was there."""
    revision = current_revision(article)
    pictures = list(article.article_photos.select_related("photo"))
    _refuse_expired(article, pictures)
    files = public_files.publish(picture.photo_id for picture in pictures)
    before = _keys_of(article.pk)
    published = _write_article(article, revision, pictures, files)
    _write_bylines(published, revision.content)
    _write_tags(published)
    _write_photos(published, pictures, files, in_body=set(photo_ids(revision.content["body"])))
    WithdrawnArticle.objects.filter(number=article.pk).delete()
    index.write([published])
    if before:
        # What is corrected must not be read as it was, even where nothing answers.
        purging.begin_epoch()
    purging.order([*before, *_keys_of(article.pk)])
    return published


def take_away(article: Article) -> None:
    """Remove everything public of a withdrawn story; its address answers 410 from now on."""
    shown = public_files.shown_in(PublishedPhoto.objects.filter(article__number=article.pk))
    authors, tags = _authors_of(article.pk), _tags_of(article.pk)
    index.remove([article.pk])
    purging.order(_keys_of(article.pk), [address for photo in shown for address in photo.addresses])
    PublishedArticle.objects.filter(number=article.pk).delete()
    _forget_those_of_nothing(authors)
    _forget_tags_of_nothing(tags)
    WithdrawnArticle.objects.update_or_create(number=article.pk, defaults={"withdrawn_at": timezone.now()})
    purging.begin_epoch()
    transaction.on_commit(lambda: public_files.remove_unused(shown))


def _keys_of(number: int) -> list[str]:
    """The surrogate keys of everything that shows the story as it is public now; none where it is not."""
    article = PublishedArticle.objects.select_related("section").filter(number=number).first()
    if article is None:
        return []
    authors = PublishedAuthor.objects.filter(bylines__article=article).values_list("slug", flat=True)
    tags = PublishedTag.objects.filter(taggings__article=article).values_list("slug", flat=True)
    return surrogates.keys_of_change(number, [article.section.slug], authors, tags)


def _refuse_expired(article: Article, pictures: list[ArticlePhoto]) -> None:
    today = timezone.localdate()
    for picture in pictures:
        if ended := picture.photo.rights_ended(today):
            raise RightsExpired(
                _("The rights in photo %(photo)s of “%(story)s” expired on %(day)s.")
                % {"photo": picture.photo_id, "story": article, "day": day(ended)}
            )


def _write_article(
    article: Article,
    revision: Revision,
    pictures: list[ArticlePhoto],
    files: dict[int, public_files.PublicFiles],
) -> PublishedArticle:
    content, now = revision.content, timezone.now()
    previous = PublishedArticle.objects.filter(number=article.pk).first()
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
            "corrections": _corrections(previous, content["correction_note"], body, now),
            "character_count": article.character_count,
            "published_at": article.first_published_at or now,
            "updated_at": now,
        },
    )
    return published


def _public_section(section_id: int) -> PublishedSection:
    section = Section.objects.get(pk=section_id)
    # Not updated here: releases of one section would wait for each other. `follow_section` does that.
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


def _write_bylines(published: PublishedArticle, content: Content) -> None:
    before = _authors_of(published.number)
    PublishedByline.objects.filter(article=published).delete()
    people = Contributor.objects.filter(pk__in={credit["contributor"] for credit in content["bylines"]})
    # In the order of their addresses: two publications that name the same new people meet in one order.
    for person in people.order_by("slug"):
        author, _created = PublishedAuthor.objects.get_or_create(
            slug=person.slug, defaults={"name": person.name, "bio": person.bio}
        )
        PublishedByline.objects.create(
            author=author, article=published, published_at=published.published_at, number=published.number
        )
    _forget_those_of_nothing(before)


def _authors_of(number: int) -> list[int]:
    return list(PublishedByline.objects.filter(number=number).values_list("author_id", flat=True))


def _forget_those_of_nothing(authors: list[int]) -> None:
    """Take away those of these public authors under whose name nothing stands any more; their addresses stay theirs."""
    gone = PublishedAuthor.objects.filter(pk__in=authors, bylines__isnull=True)
    FormerAddress.objects.bulk_create(
        [FormerAddress(kind=AddressKind.AUTHOR, slug=author.slug, current=author.slug) for author in gone],
        ignore_conflicts=True,
    )
    gone.delete()


def _write_tags(published: PublishedArticle) -> None:
    before = _tags_of(published.number)
    PublishedTagging.objects.filter(article=published).delete()
    names = {slug: keyword for keyword in published.keywords if (slug := tag_slug(keyword))}
    # In the order of their addresses, like the authors.
    for slug in sorted(names):
        tag, _created = PublishedTag.objects.get_or_create(slug=slug, defaults={"name": names[slug][:60]})
        PublishedTagging.objects.create(
            tag=tag, article=published, published_at=published.published_at, number=published.number
        )
    _forget_tags_of_nothing(before)


def _tags_of(number: int) -> list[int]:
    return list(PublishedTagging.objects.filter(number=number).values_list("tag_id", flat=True))


def _forget_tags_of_nothing(tags: list[int]) -> None:
    PublishedTag.objects.filter(pk__in=tags, taggings__isnull=True).delete()


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
    previous = public_files.shown_in(published.photos.all())
    published.photos.all().delete()
    purging.order(files=[address for photo in previous for address in photo.addresses])
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
    transaction.on_commit(lambda: public_files.remove_unused(previous))


def show_sizes(photo_id: int) -> int:
    """Let the published stories that show the photo offer the sizes it has been given since; how many stories."""
    with transaction.atomic():
        files = public_files.publish([photo_id]).get(photo_id)
        if files is None or not files.sources:
            return 0
        shown = PublishedPhoto.objects.filter(photo_number=photo_id, preview=files.preview)
        shown.update(sources=files.sources)
        stories = list(
            PublishedArticle.objects.select_for_update(no_key=True)
            .filter(pk__in=shown.values("article_id"))
            .order_by("number")
        )
        for story in stories:
            if story.picture and story.picture["src"] == files.preview:
                story.picture = {**story.picture, "sources": files.sources}
                story.save(update_fields=["picture"])
            purging.order(_keys_of(story.number))
        begin_generation()
    return len(stories)


def _corrections(
    previous: PublishedArticle | None, note: str, body: str, now: datetime.datetime
) -> list[dict[str, Any]]:
    earlier = previous.corrections if previous else []
    if not note:
        return earlier
    paragraphs = touched(previous.body, body) if previous else []
    return [*earlier, {"at": now.isoformat(), "note": note, "paragraphs": paragraphs}]


def begin_generation(numbers: Iterable[int] = ()) -> None:
    """Say that the reading side has changed, by the stories of these `numbers` or otherwise, and renew the frame
    of its pages.

    The last thing before the transaction ends: the row is every release's, so whoever held it while still
    waiting for a story would make the others wait in a circle.
    """
    lock_frame()
    for follow in _FOLLOWERS:
        follow(numbers)
    title = Title.objects.get()
    sections = PublishedSection.objects.order_by("order", "id").values("slug", "name", "name_en")
    PublicFrame.objects.filter(pk=PublicFrame.THE_ONE).update(
        generation=F("generation") + 1,
        changed_at=timezone.now(),
        name=title.name,
        name_en=title.name_en,
        sections=list(sections),
    )


def lock_frame() -> None:
    """Hold the public frame to the end of the transaction: the last lock of whoever writes the reading side."""
    PublicFrame.objects.get_or_create(pk=PublicFrame.THE_ONE)
    PublicFrame.objects.select_for_update().get(pk=PublicFrame.THE_ONE)


def follow_title() -> None:
    """Let every public page follow the newspaper's name."""
    purging.order([surrogates.ALL])
    begin_generation()


def follow_section(section: Section, address: str) -> None:
    """Let the public name, place and address of a section that readers know by `address` follow the desk's."""
    moved = address != section.slug
    stories = _locked(PublishedArticle.objects.filter(section__slug=address)) if moved else []
    PublishedSection.objects.filter(slug=address).update(
        slug=section.slug, name=section.name, name_en=section.name_en, order=section.order
    )
    if moved:
        _keep_address(AddressKind.SECTION, address, section.slug)
        _index_anew(stories)
    purging.order([surrogates.ALL])
    begin_generation()


def follow_contributor(contributor: Contributor, address: str) -> None:
    """Let the public page of an author whom readers know by `address` follow the desk's. Printed bylines stay, but
    for where they lead.
    """
    moved = address != contributor.slug
    stories = _locked(PublishedArticle.objects.filter(author_links__author__slug=address)) if moved else []
    PublishedAuthor.objects.filter(slug=address).update(
        slug=contributor.slug, name=contributor.name, bio=contributor.bio
    )
    if moved:
        _keep_address(AddressKind.AUTHOR, address, contributor.slug)
        _lead_bylines(stories, address, contributor.slug)
        _index_anew(stories)
    purging.order([surrogates.ALL] if moved else [surrogates.author(contributor.slug), surrogates.SEARCH])
    begin_generation()


def has_address(kind: AddressKind, address: str) -> bool:
    """Whether readers know a section or an author by this address, or did and will again."""
    known = {AddressKind.SECTION: PublishedSection, AddressKind.AUTHOR: PublishedAuthor}[kind]._default_manager
    return known.filter(slug=address).exists() or FormerAddress.objects.filter(kind=kind, current=address).exists()


def _keep_address(kind: AddressKind, before: str, after: str) -> None:
    """Let the address `before`, and whatever leads there, lead to `after` for good."""
    FormerAddress.objects.filter(kind=kind, current=before).update(current=after)
    FormerAddress.objects.filter(kind=kind, slug=after).delete()
    FormerAddress.objects.update_or_create(kind=kind, slug=before, defaults={"current": after})


def _locked(stories: QuerySet[PublishedArticle]) -> list[int]:
    """The ids of these public stories, under their locks in the order of their numbers: before what they stand under,
    as whoever publishes takes them.
    """
    return list(stories.select_for_update(of=("self",), no_key=True).order_by("number").values_list("pk", flat=True))


def _lead_bylines(stories: list[int], before: str, after: str) -> None:
    for story in PublishedArticle.objects.filter(pk__in=stories).only("byline").iterator(index.BATCH):
        story.byline = [{**person, "slug": after} if person["slug"] == before else person for person in story.byline]
        story.save(update_fields=["byline"])


def _index_anew(stories: list[int]) -> None:
    """Let search know these stories by the addresses that lead to them now."""
    for start in range(0, len(stories), index.BATCH):
        some = PublishedArticle.objects.filter(pk__in=stories[start : start + index.BATCH])
        index.write(some.prefetch_related("section", "photos"))
