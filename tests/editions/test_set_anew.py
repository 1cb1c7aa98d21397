"""The PDFs of a printed page from which a story was withdrawn, and of its edition, come back without it.

Over HTTP, with an edition that went to press; the clock sets them.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from articles.models import Photo, PublicFrame
from editions import placing
from editions.models import Edition, PublishedEdition, PublishedPage
from editions.publishing import publish_edition
from editions.typeset.engine import engine
from newsroom.staff.roles import Role
from tests import press_house as press
from tests import reading_rows
from tests.typeset_reading import all_said, pictures_in
from tests.withdrawing import addresses, cut, is_blank, publish_again, withdraw, zones_of

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/paper/2024-03-07/1/"
# Of the story that goes: what stands in it, under its picture, and what is said of that to those who cannot see it.
TOKENS = ("查无实据的事", "查无此街", "查无此图", "查无此灯")


@pytest.fixture
def printed(people) -> Edition:
    return press.in_front_of_readers(
        people,
        said_of_photo={"caption": "查无此图。", "alt": "查无此灯"},
        body=f"<p>查无此街。{press.PARAGRAPH * 3}</p>" * 3,
    )


@pytest.fixture
def gone(printed):
    return press.placed(printed, "查无实据的事")


def set_anew() -> list[str]:
    out = io.StringIO()
    call_command("set_pdfs_anew", stdout=out)
    return out.getvalue().splitlines()


def pdfs(client) -> tuple[bytes, bytes]:
    """What readers get as PDF of page 1 and of the whole edition."""
    page = PublishedPage.objects.get(order=1)
    answers = [client.get(address) for address in (page.pdf, page.edition.pdf)]
    assert [(answer.status_code, answer["Content-Type"]) for answer in answers] == [(200, "application/pdf")] * 2
    return answers[0].getvalue(), answers[1].getvalue()


def test_both_come_back_and_say_nothing_of_it(client, people, gone):
    before = addresses()
    for pdf in pdfs(client):
        said = all_said(pdf)
        assert [token for token in TOKENS if token not in said] == []
        assert pictures_in(pdf) == 1
    withdraw(gone, people)
    assert ".pdf" not in client.get(PAGE).text
    assert set_anew() == [f"PDF of {PublishedEdition.objects.get()} without what was withdrawn"]
    page, whole = pdfs(client)
    for pdf in (page, whole):
        said = all_said(pdf)
        assert [token for token in TOKENS if token in said] == []
        assert "河水涨了三十厘米" in said
        assert "河水今晨涨了三十厘米" in said
        assert pictures_in(pdf) == 0
    assert "第二版的事" in all_said(whole)
    assert {client.get(address).status_code for address in before - addresses()} == {410}
    shown = client.get(PAGE).text
    assert shown.count(".pdf") == 2
    assert 'class="blanked"' in shown


def test_its_place_is_as_blank_as_in_the_picture_and_its_neighbour_stays(client, people, printed, gone):
    zones, [neighbour] = zones_of(gone), zones_of(press.placed(printed, "河水涨了三十厘米"))
    drawn = [drawn_of(pdf) for pdf in pdfs(client)]
    withdraw(gone, people)
    set_anew()
    for before, after in zip(drawn, [drawn_of(pdf) for pdf in pdfs(client)], strict=True):
        assert all(is_blank(cut(after, zone)) for zone in zones)
        assert cut(after, neighbour).tobytes() == cut(before, neighbour).tobytes()


def drawn_of(pdf: bytes):
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=1.5).to_pil().convert("RGB")


def test_bookmarks_lead_to_what_is_left(client, people, gone):
    withdraw(gone, people)
    set_anew()
    _page, whole = pdfs(client)
    with pypdfium2.PdfDocument(whole) as document:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert [mark for mark in marks if mark[0] in {"河水涨了三十厘米", "第二版的事"}] == [
        ("河水涨了三十厘米", 0),
        ("第二版的事", 1),
    ]


def test_once_set_nothing_is_set_again(people, gone):
    withdraw(gone, people)
    set_anew()
    generation = PublicFrame.current().generation
    assert set_anew() == []
    assert PublicFrame.current().generation == generation
    # A typesetter that has nothing to do is let go.
    assert not any(Path(f"/proc/{process}").exists() for process in engine().process_ids())


def test_a_second_one_takes_them_away_again_until_they_are_set_without_both(client, people, printed, gone):
    withdraw(gone, people)
    set_anew()
    first = addresses()
    withdraw(press.placed(printed, "河水涨了三十厘米"), people)
    page = PublishedPage.objects.get(order=1)
    assert page.pdf == page.edition.pdf == ""
    assert {client.get(address).status_code for address in first - addresses()} == {410}
    set_anew()
    page, whole = map(all_said, pdfs(client))
    assert "涨了三十厘米" not in page + whole
    assert "第二版的事" in whole


def test_one_that_goes_from_another_page_brings_nothing_back(client, people, printed, gone):
    withdraw(gone, people)
    set_anew()
    first = PublishedPage.objects.get(order=1).pdf
    second = press.placed(printed, "第二版的事")
    withdraw(second, people)
    publish_again(second, people)
    # The second page is whole again, the edition is not.
    assert PublishedPage.objects.get(order=2).is_blanked is False
    assert PublishedEdition.objects.get().pdf == ""
    set_anew()
    assert PublishedPage.objects.get(order=1).pdf == first
    _page, whole = map(all_said, pdfs(client))
    assert [token for token in TOKENS if token in whole] == []
    assert "第二版的事" in whole


def test_what_comes_back_as_printed_brings_back_what_was_printed(client, people, gone):
    before = addresses()
    withdraw(gone, people)
    set_anew()
    without = addresses() - before
    publish_again(gone, people)
    assert addresses() == before
    assert {client.get(address).status_code for address in without} == {410}
    assert 'class="blanked"' not in client.get(PAGE).text
    assert set_anew() == []


def test_what_comes_back_in_other_words_stays_out(client, people, gone):
    withdraw(gone, people)
    publish_again(gone, people, headline="查有实据的事")
    set_anew()
    for said in map(all_said, pdfs(client)):
        assert [token for token in (*TOKENS, "查有实据的事") if token in said] == []


def test_one_that_goes_on_on_another_page_is_gone_from_both(client, people):
    edition = continued_in_front_of_readers(people)
    for pdf in pdfs(client):
        assert "下转第2版" in all_said(pdf)
    withdraw(press.placed(edition, "长长的一篇"), people)
    set_anew()
    second = PublishedPage.objects.get(order=2)
    said = [all_said(pdf) for pdf in (*pdfs(client), client.get(second.pdf).getvalue())]
    for token in ("长长的一篇", "下转第2版", "上接第1版", "城西的夜市入夏后"):
        assert [token in one for one in said] == [False] * 3, token
    assert "河水涨了三十厘米" in said[0]
    assert "河水涨了三十厘米" in said[1]
    assert "第二版的事" in said[1]
    assert "第二版的事" in said[2]


def continued_in_front_of_readers(people) -> Edition:
    """A printed edition of which one story begins on page 1 and goes on on page 2, each with a story beside it."""
    press.ask_for_signatures(people)
    quiet = "图书馆把闭馆时间推迟到夜里十点，自习的学生说多出来的钟头最安静。" * 12
    long = press.story(people, headline="长长的一篇", body=f"<p>{press.PARAGRAPH * 3}</p>" * 8)
    edition = press.edition_of(people, long, press.story(people, headline="第二版的事", body=f"<p>{quiet}</p>"))
    press.lay_out(edition, 1, press.other_story(people), people, (1, 45, 3, 20))
    first, second = edition.pages.all()
    placing.continue_story(first.pk, long.pk, second.pk, acting_user=people[Role.PAGE_DESIGNER])
    press.sign_all(edition, people)
    press.press(edition, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    return edition


def test_what_cannot_be_set_is_named_and_set_the_next_time(people, gone, tmp_path):
    withdraw(gone, people)
    engine().close()
    fonts, engine().fonts = engine().fonts, tmp_path
    try:
        with pytest.raises(CommandError, match="PDF of 2024"):
            call_command("set_pdfs_anew")
    finally:
        engine().fonts = fonts
    assert PublishedEdition.objects.get().pdf == ""
    assert len(set_anew()) == 1


def test_no_page_is_set_without_a_picture_whose_original_is_not_there(client, people, printed, tmp_path):
    photo = Photo.objects.get()
    original, away = Path(photo.original.path), tmp_path / "away.jpg"
    original.rename(away)
    withdraw(press.placed(printed, "河水涨了三十厘米"), people)
    with pytest.raises(CommandError, match=rf"\b{photo.pk}\b"):
        call_command("set_pdfs_anew")
    assert {PublishedEdition.objects.get().pdf, PublishedPage.objects.get(order=1).pdf} == {""}
    away.rename(original)
    set_anew()
    assert [pictures_in(pdf) for pdf in pdfs(client)] == [1, 1]


def test_the_newest_comes_first_and_one_that_cannot_be_set_holds_up_no_other(people, printed, gone):
    withdraw(gone, people)
    # Nothing on the desk says what was printed of these.
    newer = [reading_rows.make_edition(datetime.date(2024, 3, day), pages=1) for day in (8, 9)]
    PublishedPage.objects.filter(edition__in=newer).update(is_blanked=True)
    with pytest.raises(CommandError) as refusal:
        set_anew()
    named = [line.partition(": ")[0] for line in str(refusal.value).splitlines()]
    assert named == [f"PDF of {edition}" for edition in reversed(newer)]
    assert PublishedEdition.objects.get(date=printed.date).pdf
