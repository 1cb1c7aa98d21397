"""A story that is withdrawn goes from the printed page that readers see: its place in the picture, its words, the PDF.

Over HTTP, with an edition that went to press.
"""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone

from articles import generations
from articles.models import PublicFrame, PublishedPhoto, Purge
from articles.purging import Change
from articles.states import State
from editions import following
from editions.models import Edition, PrintedFile, PrintedFileKind, PublishedPage, PublishedPlacement, PublishedPrinting
from tests import newsroom_of_tests as house
from tests import press_house as press
from tests.typeset_reading import all_words
from tests.withdrawing import SHOWN, addresses, cut, is_blank, picture, publish_again, withdraw, zones_of

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/paper/2024-03-07/1/"


@pytest.fixture
def printed(people) -> Edition:
    return press.in_front_of_readers(people)


def test_its_place_in_every_picture_of_the_page_is_blank_and_the_rest_stays(client, people, printed):
    gone, stays = press.placed(printed, "查无实据的事"), press.placed(printed, "河水涨了三十厘米")
    zones, [neighbour] = zones_of(gone), zones_of(stays)
    before = {name: picture(client, getattr(PublishedPage.objects.get(order=1), name)) for name in SHOWN}
    assert len(zones) == 2
    assert not any(is_blank(cut(image, zone)) for image in before.values() for zone in zones)
    withdraw(gone, people)
    page = PublishedPage.objects.get(order=1)
    for name, was in before.items():
        image = picture(client, getattr(page, name))
        assert image.size == was.size
        assert all(is_blank(cut(image, zone)) for zone in zones), name
        assert not is_blank(cut(image, neighbour)), name
    png = picture(client, page.image_png)
    assert cut(png, neighbour).tobytes() == cut(before["image_png"], neighbour).tobytes()


def test_every_address_that_showed_it_is_gone_or_shows_nothing_of_it(client, people, printed):
    gone = press.placed(printed, "查无实据的事")
    [photo] = PublishedPhoto.objects.all()
    files = {photo.thumbnail, photo.preview, photo.large}
    before = addresses()
    pages = [
        "/",
        "/paper/2024-03-07/",
        PAGE,
        "/sections/city/",
        "/feeds/all.rss",
        "/feeds/pages/1.json",
        "/archive/2024/03/",
    ]
    assert [path for path in pages if "查无实据" in client.get(path).text]
    withdraw(gone, people)
    after = addresses()
    second = PublishedPage.objects.get(order=2)
    assert {getattr(second, name) for name in (*SHOWN, "pdf")} <= before & after
    assert len(before - after) == 7  # five pictures of the page, its PDF and the edition's
    for address in (before - after) | files:
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"]) == (410, "no-store"), address
    for prefix in ("", "/en", "/zh-hant"):
        assert client.get(f"{prefix}/stories/{gone.pk}/").status_code == 410
    assert client.get(f"/cards/{gone.pk}.png").status_code == 410
    assert client.get(f"/oembed/?url=http://testserver/stories/{gone.pk}/").status_code == 410
    for path in [*pages, "/search/?q=查无实据", "/sitemap.xml"]:
        shown = client.get(path).text
        assert f"/stories/{gone.pk}/" not in shown, path
        assert "查无实据的事" not in shown, path
    assert house.files_below(storages["public"].path("photos")) == []


def test_no_file_that_readers_get_says_a_word_of_it(people, printed, tmp_path):
    gone = press.placed(printed, "查无实据的事")
    pdfs = [path for path in house.files_below(storages["public"].path("pages")) if path.suffix == ".pdf"]
    assert sum("查无实据的事" in words_in(path) for path in pdfs) == 2
    withdraw(gone, people)
    [left] = [path for path in house.files_below(storages["public"].path("pages")) if path.suffix == ".pdf"]
    assert "第二版的事" in words_in(left)
    assert "查无实据的事" not in words_in(left)


def words_in(path) -> str:
    return all_words(path.read_bytes())


def test_what_went_to_press_stays_as_it_was(people, printed):
    before = {file.pk: file.file.read() for file in PrintedFile.objects.all()}
    withdraw(press.placed(printed, "查无实据的事"), people)
    assert {file.pk: file.file.read() for file in PrintedFile.objects.all()} == before


def test_of_two_that_are_withdrawn_from_a_page_neither_comes_back_with_the_other(client, people, printed):
    gone, other = press.placed(printed, "查无实据的事"), press.placed(printed, "河水涨了三十厘米")
    zones = [*zones_of(gone), *zones_of(other)]
    withdraw(gone, people)
    withdraw(other, people)
    page = PublishedPage.objects.get(order=1)
    assert all(is_blank(cut(picture(client, page.image), zone)) for zone in zones)
    publish_again(other, people)
    page = PublishedPage.objects.get(order=1)
    blank = [is_blank(cut(picture(client, page.image), zone)) for zone in zones]
    assert blank == [True, True, False]
    assert page.pdf == ""


def test_what_is_published_again_as_it_was_printed_is_back_on_its_page(client, people, printed):
    gone = press.placed(printed, "查无实据的事")
    before, zones, shown = addresses(), zones_of(gone), client.get(PAGE).text
    words = list(PublishedPrinting.objects.filter(article__number=gone.pk).values_list("headline", "paragraphs"))
    withdraw(gone, people)
    publish_again(gone, people)
    assert addresses() == before
    assert all(client.get(address).status_code == 200 for address in before)
    assert zones_of(gone) == zones
    assert (
        list(PublishedPrinting.objects.filter(article__number=gone.pk).values_list("headline", "paragraphs")) == words
    )
    assert client.get(PAGE).text == shown
    assert f"/stories/{gone.pk}/" in client.get("/search/?q=查无实据的事").text


def test_what_was_written_anew_comes_back_to_its_page_without_its_old_words(client, people, printed):
    gone = press.placed(printed, "查无实据的事")
    zones = zones_of(gone)
    withdraw(gone, people)
    publish_again(gone, people, headline="查有实据的事")
    assert "查有实据的事" in client.get(PAGE).text
    page = PublishedPage.objects.get(order=1)
    assert all(is_blank(cut(picture(client, page.image), zone)) for zone in zones)
    assert zones_of(gone) == [None, None]
    assert not PublishedPrinting.objects.filter(article__number=gone.pk).exists()
    assert page.pdf == page.edition.pdf == ""


def test_a_picture_that_cannot_be_made_holds_up_no_withdrawal(client, people, printed):
    before = addresses()
    file = PrintedFile.objects.get(kind=PrintedFileKind.SMALL_PNG, page__page__order=1)
    file.file.storage.delete(file.file.name)
    withdraw(press.placed(printed, "查无实据的事"), people)
    page = PublishedPage.objects.get(order=1)
    assert {getattr(page, name) for name in (*SHOWN, "pdf")} == {""}
    assert len(before - addresses()) == 7
    assert {client.get(address).status_code for address in before - addresses()} == {410}
    assert client.get(PAGE).status_code == 200


def test_a_cdn_is_told_to_forget_the_page_its_files_and_whatever_shows_it(people, printed, settings):
    settings.CDN_PURGE_URL = "http://127.0.0.1:1/purge"
    before, neighbour = addresses(), press.placed(printed, "河水涨了三十厘米")
    withdraw(press.placed(printed, "查无实据的事"), people)
    orders = list(Purge.objects.all())
    assert before - addresses() <= {file for order in orders for file in order.files}
    shown = {"home", "paper", "archive", "edition-2024-03-07", f"story-{neighbour.pk}"}
    assert shown <= {key for order in orders for key in order.keys}


def test_a_name_that_the_store_never_gives_is_404(client, db):
    storages["public"].save("photos/ab/kept.webp", ContentFile(b""))
    too_long = "a" * 300
    for path in ("photos/nothing.webp", "pages/00/name.part/x", "epoch", "drawings/ab/x.png", "%00", too_long):
        assert client.get(f"/media/{path}").status_code == 404, path


def test_page_files_that_could_not_be_deleted_are_deleted_by_the_clock(people, printed, monkeypatch):
    store, before = storages["public"], {path.name for path in page_files()}
    with monkeypatch.context() as patched:
        patched.setattr(type(store), "delete", lambda *_args: (_ for _ in ()).throw(OSError))
        withdraw(press.placed(printed, "查无实据的事"), people)
    assert before <= {path.name for path in page_files()}
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=5), tick=False):
        call_command("publish_due")
    shown = {address.rpartition("/")[2] for address in addresses() if "/pages/" in address}
    assert {path.name for path in page_files()} == shown


def test_what_was_withdrawn_before_pages_followed_their_stories_is_taken_away_by_the_clock(
    client, people, printed, monkeypatch
):
    gone = press.placed(printed, "查无实据的事")
    before, zones = addresses(), zones_of(gone)
    with monkeypatch.context() as earlier:
        earlier.setattr(generations, "_FOLLOWERS", [])
        withdraw(gone, people)
    assert addresses() == before
    call_command("publish_due")
    page = PublishedPage.objects.get(order=1)
    for name in SHOWN:
        assert all(is_blank(cut(picture(client, getattr(page, name)), zone)) for zone in zones), name
    assert len(before - addresses()) == 7
    assert {client.get(address).status_code for address in before - addresses()} == {410}
    generation = PublicFrame.current().generation
    call_command("publish_due")
    assert PublicFrame.current().generation == generation


def page_files():
    return house.files_below(storages["public"].path("pages"))


def test_what_lies_on_no_page_of_an_edition_lets_it_be(people, printed, monkeypatch):
    asked = []
    monkeypatch.setattr(following, "_show_anew", lambda _published, _edition, moved: asked.append(moved) or set())
    here, elsewhere = press.placed(printed, "查无实据的事"), house.story_in(State.PUBLISHED, people)
    following.follow_stories(Change(stories={here.pk, elsewhere.pk}))
    assert asked == []
    PublishedPlacement.objects.filter(article__number=here.pk).delete()
    following.follow_stories(Change(stories={here.pk, elsewhere.pk}))
    assert asked == [{here.pk}]
