"""The book of an edition, opened as reading systems open it."""

from __future__ import annotations

import datetime
import io
import posixpath
import re
import zipfile
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models.published import PublishedArticle, PublishedPhoto
from articles.states import State, Verb
from editions.publishing import publish_edition
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests import reading_rows
from tests.origin import Origin

ADDRESS = "/paper/2024-03-07.epub"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_ADDRESS = "https://paper.example"


class Opened:
    """A book with its files by name, each that is XML read."""

    def __init__(self, client) -> None:
        response = client.get(ADDRESS)
        assert (response.status_code, response["Content-Type"]) == (200, "application/epub+zip")
        assert response["Content-Disposition"] == 'attachment; filename="2024-03-07.epub"'
        self.archive = zipfile.ZipFile(io.BytesIO(response.content))
        assert self.archive.testzip() is None
        self.names = self.archive.namelist()
        self.trees = {
            name: ElementTree.fromstring(self.archive.read(name))
            for name in self.names
            if name.endswith((".xhtml", ".opf", ".xml"))
        }
        self.package = self.trees["EPUB/package.opf"]
        self.manifest = {item.get("id"): item for item in self.package.iter(f"{OPF}item")}

    def text(self, name: str) -> str:
        return "".join(self.trees[f"EPUB/{name}"].itertext())

    def dc(self, name: str) -> str:
        return self.package.findtext(f"{OPF}metadata/{DC}{name}")

    def meta(self, name: str) -> str:
        return next(one.text for one in self.package.iter(f"{OPF}meta") if one.get("property") == name)

    def chapters(self) -> list[str]:
        spine = [self.manifest[item.get("idref")].get("href") for item in self.package.iter(f"{OPF}itemref")]
        return [name for name in spine if name.startswith("page-")]

    def stories(self, chapter: str) -> list[str]:
        return [one.get("id") for one in self.trees[f"EPUB/{chapter}"].iter(f"{XHTML}article")]


def check(book: Opened) -> None:
    """What every reading system relies on."""
    first = book.archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book.archive.read("mimetype") == b"application/epub+zip"
    [root] = book.trees["META-INF/container.xml"].iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")
    assert root.get("full-path") == "EPUB/package.opf"
    hrefs = [item.get("href") for item in book.manifest.values()]
    assert len(hrefs) == len(set(hrefs))
    listed = {f"EPUB/{href}" for href in hrefs}
    assert listed == set(book.names) - {"mimetype", "META-INF/container.xml", "EPUB/package.opf"}
    assert {item.get("idref") for item in book.package.iter(f"{OPF}itemref")} <= set(book.manifest)
    assert [item.get("href") for item in book.manifest.values() if item.get("properties") == "nav"] == ["nav.xhtml"]
    for name, tree in book.trees.items():
        if name.endswith(".xhtml"):
            _check_links(book, name, tree)


def _check_links(book: Opened, name: str, tree: ElementTree.Element) -> None:
    for element in tree.iter():
        for target in (element.get("href"), element.get("src")):
            if target is None or urlsplit(target).scheme:
                continue
            path, fragment = unquote(urlsplit(target).path), urlsplit(target).fragment
            there = posixpath.join(posixpath.dirname(name), path) if path else name
            assert there in book.names, target
            if fragment:
                assert fragment in {one.get("id") for one in book.trees[there].iter()}, target
    for picture in tree.iter(f"{XHTML}img"):
        assert picture.get("alt"), name


def test_a_book_tells_the_edition_page_by_page(people, client):
    reporter, chief = people[Role.REPORTER], people[Role.EDITOR_IN_CHIEF]
    before, inside = house.make_photo(reporter), house.make_photo(reporter, house.jpeg(colour="navy"))
    story = house.story_in(
        State.SIGNED_OFF,
        people,
        kicker="城西 & 城东",
        headline="夜市<今晚>\n开张",
        subhead="三条街亮灯",
        body=f'<p>一&amp;二<br>三\u0007</p><h2>灯下</h2><figure><img src="/desk/photos/{inside.pk}/preview"></figure>'
        '<p>见<a href="https://other.example/">别处</a></p>',
        bylines=[house.credit(reporter)],
        pictures=[
            house.editing.Picture(before.pk, caption="灯火", credit="甲某 摄", alt="夜市的灯"),
            house.editing.Picture(inside.pk, caption="人", credit="乙某 摄", alt="人群"),
        ],
    )
    second = house.story_in(State.SIGNED_OFF, people, headline="第二条")
    edition = house.open_edition(people, pages=2)
    house.place(edition, 1, story, people)
    house.place(edition, 2, second, people)
    publish_edition(edition.pk, acting_user=chief)
    house.act(house.act(story, Verb.CORRECT, chief, "时间有误"), Verb.SIGN, chief)
    book = Opened(client)
    check(book)
    assert book.dc("identifier") == "tag:paper.example,2024-03-07:paper/2024-03-07"
    assert (book.dc("title"), book.dc("language"), book.dc("date")) == (
        "试验日报 2024年3月7日",
        "zh-Hans",
        "2024-03-07",
    )
    assert (book.dc("publisher"), book.dc("creator")) == ("试验报社", "试验日报")
    assert book.chapters() == ["page-1.xhtml", "page-2.xhtml"]
    assert (book.stories("page-1.xhtml"), book.stories("page-2.xhtml")) == (
        [f"story-{story.pk}"],
        [f"story-{second.pk}"],
    )
    text = book.text("page-1.xhtml")
    author = PublishedArticle.objects.get(number=story.pk).byline[0]["name"]
    said = (
        "第1版 要闻",
        "城西 & 城东",
        "夜市<今晚>",
        "开张",
        "三条街亮灯",
        f"记者 {author}",
        "时间有误",
        "一&二",
        "灯火",
        "甲某 摄",
        "乙某 摄",
    )
    assert [words for words in said if words not in text] == []
    headings = [
        (one.tag.removeprefix(XHTML), "".join(one.itertext()))
        for one in book.trees["EPUB/page-1.xhtml"].iter()
        if one.tag in {f"{XHTML}h{depth}" for depth in range(1, 7)}
    ]
    assert headings == [("h1", "第1版 要闻"), ("h2", "夜市<今晚>开张"), ("h3", "灯下")]
    pictures = [one.get("src") for one in book.trees["EPUB/page-1.xhtml"].iter(f"{XHTML}img")]
    shown = {f"pictures/{photo.preview.rpartition('/')[2]}": photo.preview for photo in PublishedPhoto.objects.all()}
    assert set(pictures) == set(shown)
    store = storages["public"]
    for name, address in shown.items():
        with store.open(address.removeprefix(store.url(""))) as file:
            assert book.archive.read(f"EPUB/{name}") == file.read()
    links = {one.get("href") for one in book.trees["EPUB/page-1.xhtml"].iter(f"{XHTML}a")}
    assert links == {"https://other.example/", f"https://paper.example/stories/{story.pk}/"}


def test_the_cover_is_the_first_page_as_it_was_printed(db, client):
    edition = reading_rows.make_edition(pages=2)
    check(Opened(client))
    assert "EPUB/cover.xhtml" not in Opened(client).names
    reading_rows.typeset(edition.pages.get(order=1))
    book = Opened(client)
    check(book)
    [cover] = [item for item in book.manifest.values() if item.get("properties") == "cover-image"]
    assert (cover.get("href"), cover.get("media-type")) == ("pictures/2024-03-07-1-large.webp", "image/webp")
    [image] = book.trees["EPUB/cover.xhtml"].iter(f"{XHTML}img")
    assert image.get("src") == cover.get("href")
    assert next(iter(book.package.iter(f"{OPF}itemref"))).get("idref") == "cover"


@pytest.mark.parametrize("accepted", ["zh-CN", "en"])
def test_a_book_says_nothing_in_english_whatever_the_reader_s_browser_asks_for(db, client, accepted):
    edition = reading_rows.make_edition(pages=0)
    full, _empty = (reading_rows.make_page(edition, order) for order in (1, 2))
    reading_rows.typeset(full)
    [paid] = reading_rows.make_articles(1, corrections=[{"at": "2024-03-07T08:00:00+08:00", "note": "时间有误"}])
    PublishedArticle.objects.filter(pk=paid.pk).update(genre="advertisement")
    reading_rows.place(full, paid, (1, 10, 2, 9))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = accepted
    book = Opened(client)
    pages = {name: tree for name, tree in book.trees.items() if name.endswith(".xhtml")}
    assert set(pages) == {f"EPUB/{name}.xhtml" for name in ("cover", "nav", "page-1", "page-2")}
    for name, tree in pages.items():
        said = [*tree.itertext(), *(picture.get("alt") for picture in tree.iter(f"{XHTML}img"))]
        words = [text for text in said if not text.startswith("https://")]
        assert re.findall("[A-Za-z]+", " ".join(words)) == [], name


def test_stories_stand_once_in_reading_order_and_advertisements_are_marked(db, client):
    edition = reading_rows.make_edition(pages=0)
    page, other = (reading_rows.make_page(edition, order) for order in (1, 2))
    late, early, paid = reading_rows.make_articles(3)
    PublishedArticle.objects.filter(pk=paid.pk).update(genre="advertisement", headline="好茶\x0b上市", subhead="\x07")
    for order, story in enumerate((early, late, paid), start=1):
        reading_rows.place(page, story, (1, order * 10, 2, 9), order=order)
    reading_rows.place(other, early, (1, 1, 2, 9), part=2)
    book = Opened(client)
    check(book)
    assert book.stories("page-1.xhtml") == [f"story-{one.number}" for one in (early, late, paid)]
    assert book.stories("page-2.xhtml") == []
    marked = [
        story.get("id")
        for story in book.trees["EPUB/page-1.xhtml"].iter(f"{XHTML}article")
        if any(one.get("class") == "advertisement" for one in story.iter())
    ]
    assert marked == [f"story-{paid.number}"]
    [toc] = [one for one in book.trees["EPUB/nav.xhtml"].iter(f"{XHTML}nav") if one.get(f"{EPUB}type") == "toc"]
    pages = toc.findall(f"{XHTML}ol/{XHTML}li")
    assert ["".join(one.find(f"{XHTML}a").itertext()) for one in pages] == ["第1版 要闻", "第2版 综合"]
    titles = ["".join(one.itertext()).strip() for one in pages[0].iter(f"{XHTML}a")][1:]
    assert titles[:2] == [early.title, late.title]
    assert titles[2].endswith("好茶上市")
    assert titles[2] != "好茶上市"


def test_a_picture_that_is_taken_away_this_moment_is_left_out(people, client):
    photo = house.make_photo(people[Role.REPORTER])
    body = f'<p>文</p><figure><img src="/desk/photos/{photo.pk}/preview"></figure>'
    story = house.story_in(State.SIGNED_OFF, people, body=body, pictures=[house.editing.Picture(photo.pk)])
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, story, people)
    publish_edition(edition.pk, acting_user=people[Role.EDITOR_IN_CHIEF])
    store = storages["public"]
    store.delete(PublishedPhoto.objects.get().preview.removeprefix(store.url("")))
    book = Opened(client)
    check(book)
    assert not [name for name in book.names if name.startswith("EPUB/pictures/")]


def test_the_same_edition_is_the_same_bytes_until_something_of_it_changes(db):
    edition = reading_rows.make_edition(pages=1)
    reading_rows.typeset(edition.pages.get(order=1))
    first, other = Origin().get(ADDRESS), Origin().get(ADDRESS)
    assert first.sent == other.sent
    assert "Content-Encoding" not in Origin().get(ADDRESS, accept_encoding="gzip").headers
    known = {"if_none_match": first.headers["ETag"]}
    assert Origin().get(ADDRESS, **known).status == 304
    # Something else of the reading side.
    reading_rows.make_articles(1)
    assert Origin().get(ADDRESS, **known).status == 304
    PublishedArticle.objects.filter(number=1).update(headline="换了标题")
    reading_rows.changed()
    assert Origin().get(ADDRESS, **known).status == 200


def test_a_book_says_in_utc_when_something_in_it_changed_last(db, client):
    """EPUB allows no other zone."""
    reading_rows.make_edition(pages=1)

    def modified() -> str:
        return Opened(client).meta("dcterms:modified")

    assert modified() == "2024-03-06T22:00:00Z"
    corrected = datetime.datetime(2024, 3, 8, 7, 30, tzinfo=reading_rows.SHANGHAI)
    PublishedArticle.objects.filter(number=1).update(updated_at=corrected)
    reading_rows.changed()
    assert modified() == "2024-03-07T23:30:00Z"


def test_a_withdrawn_story_is_in_no_book_from_the_next_request_on(people, client):
    chief, photo = people[Role.EDITOR_IN_CHIEF], house.make_photo(people[Role.REPORTER])
    gone = house.story_in(State.SIGNED_OFF, people, headline="失实的一条", pictures=[house.editing.Picture(photo.pk)])
    stays = house.story_in(State.SIGNED_OFF, people, headline="留下的一条")
    edition = house.open_edition(people, pages=1)
    house.place(edition, 1, gone, people)
    house.place(edition, 1, stays, people, rectangle=(4, 20, 3, 20))
    publish_edition(edition.pk, acting_user=chief)
    origin = Origin()
    assert b"pictures/" in origin.get(ADDRESS).sent
    house.act(gone, Verb.WITHDRAW, chief, "失实")
    assert b"pictures/" not in origin.get(ADDRESS).sent
    book = Opened(client)
    check(book)
    assert book.stories("page-1.xhtml") == [f"story-{stays.pk}"]


def test_a_book_costs_the_same_however_large_and_is_kept(db):
    reading_rows.make_edition(pages=1)

    def cost(origin) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert origin.get(ADDRESS).status == 200
        return len(queries)

    few = cost(Origin())
    edition = reading_rows.PublishedEdition.objects.get()
    for order in range(2, 6):
        page = reading_rows.make_page(edition, order)
        for story, shape in zip(reading_rows.make_articles(4), reading_rows.SHAPES, strict=True):
            reading_rows.place(page, story, shape)
    origin = Origin()
    assert cost(origin) == few
    assert cost(origin) == 0


def test_caches_forget_a_book_with_its_edition_and_with_any_story(db, client, with_cdn):
    reading_rows.make_edition(pages=1)
    assert client.get(ADDRESS)["Surrogate-Key"].split() == ["all", "edition-2024-03-07", "paper", "many-stories"]


def test_an_edition_leads_to_its_book_in_every_language(db, client):
    reading_rows.make_edition(pages=1)
    for prefix in ("", "/en", "/zh-hant"):
        assert f'href="{ADDRESS}"' in client.get(f"{prefix}/paper/2024-03-07/").text
    assert client.get("/paper/2024-03-08.epub").status_code == 404
    assert client.post(ADDRESS).status_code == 405
