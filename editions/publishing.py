"""The door for editions: a whole edition reaches the reading side in one stroke, or nothing of it does."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from articles.errors import NotAllowed, Refusal
from articles.generations import begin_generation
from articles.models import Article, PublicFrame, PublishedArticle
from articles.public import files as public_files
from articles.public import surrogates
from articles.publishing import release_story
from articles.purging import Change
from articles.scheduling import earliest_release
from articles.search import index
from articles.states import PLACEABLE, State
from editions import rules
from editions.models import (
    Edition,
    EditionState,
    Page,
    PageSignatory,
    PageStory,
    Placement,
    PrintedEdition,
    PrintedFileKind,
    PrintedPage,
    PublishedEdition,
    PublishedPage,
    PublishedPlacement,
    PublishedPrinting,
)
from editions.planning import lock_stories
from editions.printed_words import begins_on, stories_on, words_of
from editions.reading.printed import page_tokens
from editions.rules import EditionVerb
from editions.typeset.sheet import Sheet
from newsroom.dates import zoned_moment
from newsroom.staff import audit
from newsroom.staff.acts import Act
from newsroom.staff.models import User

# What readers get of a printed page: the field of its public row, the file, and how its name ends.
SHOWN = (
    ("image", PrintedFileKind.LARGE_WEBP, "webp"),
    ("image_png", PrintedFileKind.LARGE_PNG, "png"),
    ("image_middle", PrintedFileKind.MIDDLE_WEBP, "webp"),
    ("thumbnail", PrintedFileKind.SMALL_WEBP, "webp"),
    ("thumbnail_png", PrintedFileKind.SMALL_PNG, "png"),
    ("pdf", PrintedFileKind.READER_PDF, "pdf"),
)


class EditionNotReady(Refusal):
    """The edition cannot be published as it is; `problems` are sentences, each naming what is in the way."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


def problems_of(edition: Edition, at: datetime.datetime) -> list[str]:
    """What is in the way of publishing the edition at the moment `at`, in the order of its pages."""
    pages = list(edition.pages.prefetch_related("placements__article__article_photos"))
    if not pages:
        return [_("The edition has no pages.")]
    problems = [_("The edition is not released to press.")] if awaits_press(edition) else []
    for page in pages:
        placements = list(page.placements.all())
        if not placements:
            problems.append(_("Page %(page)s is empty.") % {"page": page.label})
        for article in dict.fromkeys(placement.article for placement in placements):
            problems += _problems_of_story(page, article, at)
        problems += _foreign_pictures(page, placements)
    return problems


def awaits_press(edition: Edition) -> bool:
    """Whether it has to be released to press first: its title asks for signatures under the pages."""
    return edition.state == EditionState.OPEN and PageSignatory.objects.filter(title=edition.title_id).exists()


def remarked_on(edition: Edition) -> list[Article]:
    """The stories on its pages of which something is still to be said, each with how many remarks are open. They are
    in the way of nothing: whoever publishes the edition is told of them beforehand.
    """
    placed = Placement.objects.filter(page__edition=edition)
    stories = Article.objects.filter(pk__in=placed.values("article_id")).for_names().without_texts()
    return [story for story in stories.order_by("pk") if story.open_remark_count]


def _foreign_pictures(page: Page, placements: list[Placement]) -> list[str]:
    """Pictures on the page that their story has given up since they were placed."""
    return [
        _("Page %(page)s: a picture placed with “%(story)s” is not the story's any more.")
        % {"page": page.label, "story": placement.article}
        for placement in placements
        if placement.photo_id
        and placement.photo_id not in {picture.photo_id for picture in placement.article.article_photos.all()}
    ]


def _problems_of_story(page: Page, article: Article, at: datetime.datetime) -> list[str]:
    where = {"page": page.label, "story": article}
    if article.state not in PLACEABLE:
        return [_("Page %(page)s: “%(story)s” is not signed off.") % where]
    earliest = earliest_release(article)
    if article.state != State.PUBLISHED and earliest is not None and at < earliest:
        time = zoned_moment(earliest)
        return [_("Page %(page)s: “%(story)s” may not be released before %(time)s.") % {**where, "time": time}]
    return []


def publish_edition(edition_id: int, *, acting_user: User, at: datetime.datetime | None = None) -> PublishedEdition:
    """Publish the edition with everything on its pages; published already, it stays as it was.

    Editors-in-chief on duty. Raises NotAllowed, EditionNotReady, or what one of its stories refuses
    (SignatureBroken, RightsExpired); then nothing is published.
    """
    if not rules.can(acting_user, EditionVerb.PUBLISH):
        raise NotAllowed
    return _publish(edition_id, acting_user=acting_user, at=at or timezone.now())


def release_due_editions(now: datetime.datetime) -> tuple[list[Edition], list[tuple[Edition, str]]]:
    """Publish the editions whose minute has come; each alone, so that one refused holds up no other.

    An edition that another process is publishing at this moment is left to it. Returns what this process
    published, and (edition, why) of what was refused.
    """
    released, refused = [], []
    for edition in list(_due(now)):
        try:
            with transaction.atomic():
                if _due(now).select_for_update(skip_locked=True, no_key=True).filter(pk=edition.pk).exists():
                    _publish(edition.pk, acting_user=None, at=now)
                    released.append(edition)
        except (Refusal, OSError, DatabaseError) as refusal:
            refused.append((edition, str(refusal)))
    return released, refused


def _due(now: datetime.datetime) -> QuerySet[Edition]:
    return Edition.objects.filter(release_at__lte=now).exclude(state=EditionState.PUBLISHED)


def _publish(edition_id: int, *, acting_user: User | None, at: datetime.datetime) -> PublishedEdition:
    with transaction.atomic():
        edition = Edition.objects.select_for_update(no_key=True).select_related("title").get(pk=edition_id)
        if edition.state == EditionState.PUBLISHED:
            return PublishedEdition.objects.get(date=edition.date, extra_number=edition.extra_number)
        stories = lock_stories(edition)
        problems = problems_of(edition, at)
        if problems:
            raise EditionNotReady(problems)
        change = Change()
        PublicFrame.lock()
        for article_id in stories:
            release_story(article_id, acting_user=acting_user, at=at, change=change)
        edition.state, edition.published_at = EditionState.PUBLISHED, at
        edition.save(update_fields=["state", "published_at"])
        published = _write_edition(edition, at)
        index.write(*with_page_tokens(stories))
        change.keys |= {*_keys_of(published), *map(surrogates.story, stories)}
        audit.record(acting_user, Act.EDITION_PUBLISH, edition, series=edition.series_number)
        begin_generation(change)
    return published


def with_page_tokens(numbers: Iterable[int]) -> tuple[list[PublishedArticle], dict[int, list[str]]]:
    """The stories as readers see them, and the tokens of their pages."""
    articles = list(PublishedArticle.objects.select_related("section").filter(number__in=numbers))
    return articles, page_tokens(article.pk for article in articles)


def _keys_of(published: PublishedEdition) -> list[str]:
    """The surrogate keys of what shows a new edition."""
    orders = published.pages.values_list("order", flat=True)
    lists = [surrogates.HOME, surrogates.PAPER, surrogates.ARCHIVE, surrogates.SEARCH]
    return [*lists, surrogates.edition(published.key), *map(surrogates.page, orders)]


def _write_edition(edition: Edition, at: datetime.datetime) -> PublishedEdition:
    pages = list(edition.pages.select_related("template", "responsible_editor", "designer", "proofreader"))
    printing = printing_of(edition)
    published = PublishedEdition.objects.create(
        date=edition.date,
        extra_number=edition.extra_number,
        series_number=edition.series_number,
        title_name=edition.title.name,
        title_name_en=edition.title.name_en,
        cn_number=edition.title.cn_number,
        publisher=edition.title.publisher,
        page_count=len(pages),
        pdf=public_pdf(printing) if printing else "",
        published_at=at,
    )
    printed = printed_pages_of(printing)
    public = {page.order: _write_page(published, page, printed.get(page.pk)) for page in pages}
    descriptions = [page.description for page in printed.values()]
    write_words(public, descriptions, stories_on(descriptions))
    return published


def printed_pages_of(printing: PrintedEdition | None) -> dict[int, PrintedPage]:
    """The printed pages by the number of the desk's page; none where the edition went to no press."""
    return {page.page_id: page for page in printing.pages.prefetch_related("files")} if printing else {}


def printing_of(edition: Edition) -> PrintedEdition | None:
    """The impression that is with the printer; None where the edition went to no press."""
    return edition.printings.first() if edition.pressed_at else None


def _write_page(published: PublishedEdition, page: Page, printed: PrintedPage | None) -> PublishedPage:
    public_page = PublishedPage.objects.create(
        edition=published,
        order=page.order,
        label=page.label,
        name=page.name,
        responsible_editor=str(page.responsible_editor or ""),
        designer=str(page.designer or ""),
        proofreader=str(page.proofreader or ""),
        columns=page.template.columns,
        rows=page.template.rows,
        width_mm=page.template.width_mm,
        height_mm=page.template.height_mm,
        **(public_pictures(printed) if printed else {}),
    )
    placements = list(page.placements.all())
    write_placements(public_page, placements, sheet_of(printed))
    return public_page


def sheet_of(printed: PrintedPage | None) -> Sheet | None:
    return Sheet(**printed.description["sheet"]) if printed else None


def write_placements(public_page: PublishedPage, placements: Sequence[Placement], sheet: Sheet | None) -> None:
    """Let the public page show these placements of its own; with hot zones where its picture shows them."""
    articles = PublishedArticle.objects.in_bulk({p.article_id for p in placements}, field_name="number")
    pages = {placement.page_id for placement in placements}
    orders = dict(PageStory.objects.filter(page__in=pages).values_list("article_id", "order"))
    PublishedPlacement.objects.bulk_create(
        PublishedPlacement(
            page=public_page,
            article=articles[placement.article_id],
            photo_number=placement.photo_id,
            part=placement.part,
            order=orders.get(placement.article_id, 0),
            zone=list(sheet.zone(placement.rectangle)) if sheet else None,
            **placement.rectangle._asdict(),
        )
        for placement in placements
    )


def write_words(
    pages: Mapping[int, PublishedPage], descriptions: Sequence[dict[str, Any]], numbers: Collection[int]
) -> None:
    """Keep the words of these stories as they were printed, each at the page where it begins."""
    articles = PublishedArticle.objects.in_bulk(numbers, field_name="number")
    PublishedPrinting.objects.bulk_create(
        PublishedPrinting(
            article=articles[number],
            page=pages[begins_on(descriptions, number)],
            **words_of(descriptions, number)._asdict(),
        )
        for number in numbers
    )


def public_pdf(printing: PrintedEdition) -> str:
    whole = printing.files.get(page=None, kind=PrintedFileKind.READER_PDF)
    return public_files.publish_file(whole.file, "pages", "pdf")


def public_pictures(printed: PrintedPage) -> dict[str, Any]:
    """Copy what readers get of a printed page into the public store; the values of its public row. What was printed
    before there was a middle size has none.
    """
    files = {file.kind: file.file for file in printed.files.all()}
    with files[PrintedFileKind.LARGE_PNG].open("rb") as file, Image.open(file) as picture:
        width, height = picture.size
    addresses = {
        field: public_files.publish_file(files[kind], "pages", ending) if kind in files else ""
        for field, kind, ending in SHOWN
    }
    return {**addresses, "image_width": width, "image_height": height}
