"""The door for pages that are published already: they follow the stories that were printed on them.

What is withdrawn leaves its place in the picture blank and takes the PDFs along, which the clock sets anew without it:
no withdrawal waits for a typesetter. What comes back is shown again, but never in words that were withdrawn.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.errors import Refusal
from articles.generations import begin_generation
from articles.models import PublicFrame, PublishedArticle, Revision, WithdrawnArticle
from articles.public import files as public_files
from articles.public import surrogates
from articles.purging import Change
from articles.search import index
from editions.blanking import blanked
from editions.models import (
    Edition,
    EditionState,
    Page,
    Placement,
    PrintedFileKind,
    PrintedPage,
    PublishedEdition,
    PublishedPage,
    PublishedPlacement,
)
from editions.models.published import MIDDLE_WIDTH
from editions.publishing import (
    SHOWN,
    printed_pages_of,
    printing_of,
    public_pdf,
    public_pictures,
    sheet_of,
    with_page_tokens,
    write_placements,
    write_words,
)
from editions.typeset.layout import showing
from editions.typeset.sheet import Sheet
from editions.typesetting import Layout, all_photo_files, reader_pdf

# What readers get at once of a page without what was withdrawn: made from the pictures that lose nothing.
_BLANKED = (
    ("image", PrintedFileKind.LARGE_PNG, "webp", None),
    ("image_png", PrintedFileKind.LARGE_PNG, "png", None),
    ("image_middle", PrintedFileKind.LARGE_PNG, "webp", MIDDLE_WIDTH),
    ("thumbnail", PrintedFileKind.SMALL_PNG, "webp", None),
    ("thumbnail_png", PrintedFileKind.SMALL_PNG, "png", None),
)
logger = logging.getLogger(__name__)


def follow_stories(change: Change) -> None:
    """Let published pages show of the stories of `change` what readers see of them: nothing of one that was withdrawn,
    which leaves its place in the picture blank, and again what came back.

    Whoever calls it holds the public frame, so that of two withdrawals from one page neither brings back what the
    other took away.
    """
    wanted = change.stories
    lying = Edition.objects.filter(state=EditionState.PUBLISHED, pages__placements__article__in=wanted)
    for edition in lying.distinct().order_by("pk"):
        published = PublishedEdition.objects.get(date=edition.date, extra_number=edition.extra_number)
        here = edition.pages.filter(placements__article__in=wanted).values_list("placements__article", flat=True)
        there = PublishedPlacement.objects.filter(page__edition=published, article__number__in=wanted)
        if moved := wanted & set(here) - set(there.values_list("article__number", flat=True)):
            gone = _show_anew(published, edition, moved)
            change.files |= gone
            change.takes_away |= bool(gone)
            change.keys |= _keys_of(published)


def take_withdrawn_from_pages() -> tuple[list[int], list[tuple[int, str]]]:
    """Take from their pages the stories that were withdrawn while pages did not follow their stories yet: each in its
    own transaction. Returns their numbers, and (number, why) of those that could not be taken away.
    """
    taken, refused = [], []
    for number in set(_withdrawn_and_shown()):
        try:
            with transaction.atomic():
                PublicFrame.lock()
                # Published again meanwhile, or taken away by another process.
                if _withdrawn_and_shown().filter(article=number).exists():
                    begin_generation(Change(stories={number}))
                    taken.append(number)
        except (OSError, DatabaseError) as refusal:
            refused.append((number, str(refusal)))
    return taken, refused


def _withdrawn_and_shown() -> QuerySet[Placement, int]:
    """The numbers of withdrawn stories on pages of which readers get everything that was printed."""
    whole = PublishedPage.objects.filter(
        ~Q(pdf=""),
        is_blanked=False,
        edition__date=OuterRef("page__edition__date"),
        edition__extra_number=OuterRef("page__edition__extra_number"),
        order=OuterRef("page__order"),
    )
    lying = Placement.objects.filter(Exists(whole), article__in=WithdrawnArticle.objects.values("number"))
    return lying.values_list("article", flat=True)


def _show_anew(published: PublishedEdition, edition: Edition, moved: Collection[int]) -> set[str]:
    """Write anew what readers get of the pages on which these stories lie; each went from all of them or came back.
    Returns the addresses of the files that nothing of the edition shows any more.
    """
    printing = printing_of(edition)
    printed, before = printed_pages_of(printing), _files_of(published)
    pages = {page: published.pages.get(order=page.order) for page in _pages_with(moved, edition)}
    _bring_back(set(PublishedArticle.objects.filter(number__in=moved).values_list("number", flat=True)), pages, printed)
    for page, public_page in pages.items():
        if page.pk in printed:
            _draw_anew(public_page, page, printed[page.pk])
    if printing:
        published.pdf = "" if published.pages.filter(is_blanked=True).exists() else public_pdf(printing)
        published.save(update_fields=["pdf"])
    return before - _files_of(published)


def _pages_with(stories: Collection[int], edition: Edition) -> list[Page]:
    return list(edition.pages.filter(placements__article__in=stories).distinct())


def _bring_back(
    returned: Collection[int], pages: Mapping[Page, PublishedPage], printed: Mapping[int, PrintedPage]
) -> None:
    """Let the pages show these stories again: with hot zones and their words as printed, where those are what readers
    see of them now.
    """
    as_printed = [number for number in returned if _says_what_was_printed(number, printed.values())]
    for page, public_page in pages.items():
        placements = page.placements.filter(article__in=returned)
        write_placements(public_page, list(placements.filter(article__in=as_printed)), sheet_of(printed.get(page.pk)))
        write_placements(public_page, list(placements.exclude(article__in=as_printed)), None)
    public = {page.order: public_page for page, public_page in pages.items()}
    write_words(public, [page.description for page in printed.values()], as_printed)
    index.write(*with_page_tokens(returned))


def _says_what_was_printed(number: int, pages: Iterable[PrintedPage]) -> bool:
    """Whether readers see the very content that the paper printed: what was withdrawn and written anew does not come
    back in its old words.
    """
    told = (story for page in pages for story in page.description["stories"] if story["number"] == number)
    printed = next((story["version"] for story in told), None)
    released = PublishedArticle.objects.get(number=number).version
    found = Revision.objects.filter(article=number, number__in=[version for version in (printed, released) if version])
    hashes = dict(found.values_list("number", "content_hash"))
    return printed in hashes and hashes[printed] == hashes.get(released)


def _draw_anew(public_page: PublishedPage, page: Page, printed: PrintedPage) -> None:
    """Let the page's picture show the stories that have hot zones on it and no other. Its PDF is as it was printed, or
    none until the clock sets it anew.
    """
    zones = list(public_page.placements.values_list("article__number", "zone"))
    shown = {number for number, zone in zones if zone}
    sheet = Sheet(**printed.description["sheet"])
    blank = [sheet.zone(placement.rectangle) for placement in page.placements.exclude(article__in=shown)]
    PublishedPage.objects.filter(pk=public_page.pk).update(
        is_blanked=bool(blank), **(_blanked_pictures(printed, blank) if blank else public_pictures(printed))
    )


def _blanked_pictures(printed: PrintedPage, zones: Sequence[Sequence[float]]) -> dict[str, str]:
    """The page's pictures with these places blank, and no PDF; no pictures either where they cannot be made, for
    nothing may hold up a withdrawal.
    """
    files = {file.kind: file.file for file in printed.files.all()}
    nothing = {field: "" for field, _kind, _ending in SHOWN}
    try:
        made = {field: _publish_blanked(files[kind], zones, *form) for field, kind, *form in _BLANKED}
    except OSError:
        logger.exception("The pictures of printed page %s could not be made without a withdrawn story.", printed.pk)
        return nothing
    return nothing | made


def _publish_blanked(file: File[bytes], zones: Sequence[Sequence[float]], ending: str, width: int | None) -> str:
    with file.open("rb") as opened:
        picture = opened.read()
    return public_files.publish_file(ContentFile(blanked(picture, zones, ending, width)), "pages", ending)


def set_pdfs_anew() -> tuple[list[PublishedEdition], list[tuple[PublishedEdition, str]]]:
    """Give readers PDFs again of pages from which a story was withdrawn, and of their editions: set anew without it.

    Returns the editions that have their PDFs again, and (edition, why) of those that could not be set. One from which
    a story went while it was set, or to which one came back, is left for the next time. The newest comes first, also
    one from which a story goes while older ones are set.
    """
    made, refused, tried = [], [], set[int]()
    while published := _without_pdf().exclude(pk__in=tried).first():
        tried.add(published.pk)
        try:
            if _set_pdfs_anew(published):
                made.append(published)
        except (Refusal, OSError, DatabaseError) as refusal:
            refused.append((published, str(refusal)))
        except (LookupError, ObjectDoesNotExist) as error:
            # The desk's rows do not say what was printed, or not all that is asked of it: that holds up no other.
            logger.exception("The PDFs of the edition of %s could not be set anew.", published.key)
            refused.append((published, repr(error)))
    return made, refused


def _without_pdf() -> QuerySet[PublishedEdition]:
    """The editions that wait for their PDF without what was withdrawn, the newest first."""
    return PublishedEdition.objects.filter(pdf="", pages__is_blanked=True).distinct().order_by("-date", "-extra_number")


def _set_pdfs_anew(published: PublishedEdition) -> bool:
    """Whether it could be done: readers are shown the same of the edition before and after its pages are set, which
    is done while nothing is locked.
    """
    shown = _shown_of(published)
    layouts = _layouts_of(published, {(order, number) for order, _pdf, _whole, number, zone in shown if zone})
    waiting = published.pages.filter(is_blanked=True, pdf="").values_list("order", flat=True)
    photos = all_photo_files(list(layouts.values()))
    pages = {order: reader_pdf([layouts[order]], files=photos) for order in waiting}
    whole = reader_pdf(list(layouts.values()), files=photos)
    with transaction.atomic():
        PublicFrame.lock()
        if _shown_of(published) != shown:
            return False
        for order, pdf in pages.items():
            published.pages.filter(order=order).update(pdf=_publish_pdf(pdf))
        PublishedEdition.objects.filter(pk=published.pk).update(pdf=_publish_pdf(whole))
        begin_generation(Change({surrogates.PAPER, surrogates.edition(published.key)}))
    return True


def _shown_of(published: PublishedEdition) -> list[tuple[Any, ...]]:
    """What readers get of the edition: page by page its PDF, the whole one, and each story with its hot zone."""
    shown = published.pages.order_by("order", "placements")
    return list(shown.values_list("order", "pdf", "edition__pdf", "placements__article__number", "placements__zone"))


def _layouts_of(published: PublishedEdition, shown: Collection[tuple[int, int]]) -> dict[int, Layout]:
    """The pages as they were printed, by their order, with nothing of any story but of those `shown`: (page, story)."""
    edition = Edition.objects.get(date=published.date, extra_number=published.extra_number)
    printed = {page.layout["page"]["order"]: page.layout for page in printed_pages_of(printing_of(edition)).values()}
    return {
        order: showing(layout, {number for page, number in shown if page == order}) for order, layout in printed.items()
    }


def _publish_pdf(pdf: bytes) -> str:
    return public_files.publish_file(ContentFile(pdf), "pages", "pdf")


def _files_of(published: PublishedEdition) -> set[str]:
    """The addresses of everything that readers get of the edition in files, as they stand now."""
    fields = [field for field, _kind, _ending in SHOWN]
    whole = PublishedEdition.objects.filter(pk=published.pk).values_list("pdf")
    return {address for row in [*published.pages.values_list(*fields), *whole] for address in row if address}


def _keys_of(published: PublishedEdition) -> set[str]:
    """The surrogate keys of everything that shows the edition's pages."""
    pages = published.pages.all()
    stories = PublishedPlacement.objects.filter(page__in=pages).values_list("article__number", flat=True)
    lists = {surrogates.HOME, surrogates.PAPER, surrogates.ARCHIVE, surrogates.edition(published.key)}
    lists |= {surrogates.page(order) for order in pages.values_list("order", flat=True)}
    return lists | set(map(surrogates.story, stories))


def shown_of(addresses: Collection[str]) -> set[str]:
    """Which of these files published pages and editions show."""
    shown = set(PublishedEdition.objects.filter(pdf__in=addresses).values_list("pdf", flat=True))
    for field, _kind, _ending in SHOWN:
        shown |= set(PublishedPage.objects.filter(**{f"{field}__in": addresses}).values_list(field, flat=True))
    return shown
