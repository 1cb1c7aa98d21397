"""What the door writes of an edition that was printed: its pictures and PDFs, hot zones, and the words as printed."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from articles.models import PublishedArticle
from articles.states import State
from editions import publishing
from editions.models import (
    Edition,
    EditionState,
    Page,
    PageSignatory,
    PageStory,
    PrintedEdition,
    PrintedFile,
    PrintedFileKind,
    PrintedPage,
    PublishedEdition,
    PublishedPage,
    PublishedPlacement,
    PublishedPrinting,
    SignatureKind,
)
from editions.publishing import EditionNotReady, publish_edition, release_due_editions
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import press_house as press

AT = datetime.datetime(2024, 3, 6, 20, tzinfo=datetime.UTC)


def description(page: Page, story, headline: str, caption: str) -> dict:
    treatment = {
        "page": page.order,
        "kicker": "",
        "headline": headline,
        "subhead": "副题",
        "frames": [{"part": 1, "column": 1, "row": 20, "width": 3, "height": 20}],
    }
    return {
        "sheet": page.template.sheet._asdict(),
        "stories": [
            {
                "number": story.pk,
                "treatments": [treatment],
                "blocks": [{"kind": "p", "text": "本报讯 印出的第一段。"}],
                "pictures": [{"photo": 1, "caption": caption, "credit": "甲某 摄"}],
            }
        ],
    }


def print_by_hand(edition: Edition, story) -> PrintedEdition:
    """The rows of a printing as releasing to press writes them, with small files."""
    printing = PrintedEdition.objects.create(edition=edition, released_at=AT)
    for page in edition.pages.all():
        printed = PrintedPage.objects.create(
            printing=printing,
            page=page,
            description=description(page, story, "印出的标题", "图说"),
            layout={},
            parts={},
        )
        for kind in PrintedFileKind:
            data = press.png(1600, 2236) if kind == PrintedFileKind.LARGE_PNG else f"{kind} {page.order}".encode()
            keep(printing, printed, kind, data)
    for kind in (PrintedFileKind.PRESS_PDF, PrintedFileKind.READER_PDF):
        keep(printing, None, kind, f"whole {kind}".encode())
    edition.state, edition.pressed_at = EditionState.PRESSED, AT
    edition.save()
    return printing


def keep(printing, printed, kind, data) -> None:
    row = PrintedFile(printing=printing, page=printed, kind=kind)
    row.file.save(f"{kind}.bin", ContentFile(data))


@pytest.fixture
def edition(people) -> Edition:
    """One page with one story, of a title that asks for signatures, with the printer."""
    PageSignatory.objects.create(title=house.Title.objects.get(), order=1, kind=SignatureKind.EDITOR_IN_CHIEF)
    edition = house.open_edition(people, pages=1)
    story = house.story_in(State.SIGNED_OFF, people)
    house.place(edition, 1, story, people)
    PageStory.objects.update_or_create(
        page=edition.pages.get(), article=story, defaults={"order": 4, "headline_style": "lead"}
    )
    print_by_hand(edition, story)
    return edition


def publish(edition: Edition, people) -> PublishedEdition:
    return publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])


def public_bytes(address: str) -> bytes:
    store = storages["public"]
    with store.open(address.removeprefix(store.url("")), "rb") as file:
        return file.read()


def test_pictures_and_pdfs_of_a_printed_page_are_copied_for_readers(people, edition):
    published = publish(edition, people)
    page = published.pages.get()
    assert (page.image_width, page.image_height) == (1600, 2236)
    assert public_bytes(page.image) == b"large_webp 1"
    assert public_bytes(page.image_middle) == b"mid_webp 1"
    assert public_bytes(page.thumbnail) == b"small_webp 1"
    assert public_bytes(page.thumbnail_png) == b"small_png 1"
    assert public_bytes(page.pdf) == b"reader_pdf 1"
    assert public_bytes(page.image_png).startswith(b"\x89PNG")
    assert public_bytes(published.pdf) == b"whole reader_pdf"


def test_what_was_printed_before_there_was_a_middle_size_goes_without(people, edition):
    PrintedFile.objects.filter(kind=PrintedFileKind.MIDDLE_WEBP).delete()
    page = publish(edition, people).pages.get()
    assert page.image_middle == ""
    assert public_bytes(page.image) == b"large_webp 1"


def test_the_press_pdf_reaches_no_reader(people, edition):
    publish(edition, people)
    root = storages["public"].path("pages")
    kept = [path.read_bytes() for path in house.files_below(root)]
    assert len(kept) == 7
    assert not [data for data in kept if b"press_pdf" in data]


def test_a_printed_rectangle_is_a_hot_zone_in_per_cent_and_keeps_its_place_in_the_order(people, edition):
    publish(edition, people)
    placement = PublishedPlacement.objects.get()
    left, top, width, height = placement.zone
    assert (round(left, 2), round(top, 2)) == (5.13, 23.03)
    assert 40 < width < 50
    assert 15 < height < 20
    assert placement.order == 4


def test_the_words_are_kept_as_they_were_printed(people, edition):
    publish(edition, people)
    printing = PublishedPrinting.objects.get()
    assert (printing.article, printing.page) == (PublishedArticle.objects.get(), PublishedPage.objects.get())
    assert (printing.kicker, printing.headline, printing.subhead) == ("", "印出的标题", "副题")
    assert printing.paragraphs == ["本报讯 印出的第一段。", "图说\u3000甲某 摄"]


def test_an_edition_that_needs_a_press_is_not_published_without(people, edition):
    Edition.objects.update(state=EditionState.OPEN, pressed_at=None)
    with pytest.raises(EditionNotReady, match=r"(付印|released to press)"):
        publish(edition, people)
    PageSignatory.objects.all().delete()
    published = publish(edition, people)
    assert published.pdf == published.pages.get().image == ""
    assert PublishedPlacement.objects.get().zone is None
    assert PublishedPlacement.objects.get().order == 4
    assert not PublishedPrinting.objects.exists()


def test_the_clock_publishes_what_is_with_the_printer(people, edition):
    Edition.objects.update(release_at=AT)
    assert release_due_editions(AT) == ([edition], [])
    assert PublishedEdition.objects.get().pages.get().pdf
    assert release_due_editions(AT) == ([], [])


def test_only_the_last_impression_is_what_was_printed(people, edition):
    first = edition.printings.get()
    second = PrintedEdition.objects.create(edition=edition, impression=2, released_at=AT)
    PrintedPage.objects.filter(printing=first).update(printing=second)
    PrintedFile.objects.filter(printing=first).update(printing=second)
    assert publishing.printing_of(Edition.objects.get()) == second
    assert publish(edition, people).pages.get().image
