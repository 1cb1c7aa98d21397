"""An edition as an EPUB 3.3: a page is a chapter, its stories stand in it in reading order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.core.files.storage import storages
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from articles.models.published import PublishedArticle, PublishedPhoto
from articles.public.bylines import in_words
from articles.public.reading import ADVERTISEMENT, photos_by_story
from articles.public.site import Site, tag_uri
from articles.public.xhtml import Element, writable, xhtml
from editions.epub.container import File, packed
from editions.models.published import PublishedEdition, PublishedPage
from editions.reading.pages import lay_out, placements_of

# What every reading system of EPUB 3.3 shows, by how a file's name ends.
_KINDS = {"webp": "image/webp", "png": "image/png"}
_ROOT = "EPUB"


@dataclass(frozen=True)
class Picture:
    """A picture as the book holds it: under which name, and what is in it."""

    address: str
    content: bytes

    @property
    def name(self) -> str:
        return f"pictures/{self.address.rpartition('/')[2]}"

    @property
    def kind(self) -> str:
        return _KINDS[self.address.rpartition(".")[2]]


@dataclass(frozen=True)
class Story:
    """A story as the book tells it."""

    article: PublishedArticle
    photos: Sequence[PublishedPhoto]
    book: Book

    @property
    def is_advertisement(self) -> bool:
        return self.article.genre == ADVERTISEMENT

    @property
    def headline(self) -> list[str]:
        """Line by line."""
        return (self.article.headline or self.article.title).splitlines()

    @property
    def byline(self) -> str:
        return in_words(self.article.byline)

    @property
    def corrections(self) -> list[tuple[datetime.datetime, str]]:
        return [(datetime.datetime.fromisoformat(one["at"]), one["note"]) for one in self.article.corrections]

    @property
    def pictures_before(self) -> list[tuple[PublishedPhoto, Picture]]:
        """Those that nothing in the text shows."""
        found = ((photo, self.book.pictures.get(photo.preview)) for photo in self.photos if not photo.in_body)
        return [(photo, picture) for photo, picture in found if picture]

    @property
    def text(self) -> SafeString:
        return mark_safe(xhtml(self.article.body, self._in_book))  # noqa: S308 (the door has cleaned it)

    def _in_book(self, element: Element) -> Element | None:
        """An element of the text as it stands in a book: subheads under the story's headline, pictures out of the
        book, links to the site.
        """
        name, said = element
        if name == "h2":
            return Element("h3", said)
        if name == "img":
            picture = self.book.pictures.get(said["src"])
            return Element(name, {"src": picture.name, "alt": said.get("alt", "")}) if picture else None
        if name == "a" and said.get("href", "").startswith("/"):
            is_of_picture = any(said["href"] == photo.large for photo in self.photos)
            return None if is_of_picture else Element(name, {"href": self.book.site.root + said["href"]})
        return element


@dataclass(frozen=True)
class Chapter:
    """A page with the stories that begin on it."""

    page: PublishedPage
    stories: Sequence[Story]

    @property
    def name(self) -> str:
        return f"page-{self.page.order}.xhtml"


@dataclass(frozen=True)
class Book:
    """An edition, and the files of its pictures by their addresses."""

    edition: PublishedEdition
    site: Site
    cover: Picture | None
    pictures: Mapping[str, Picture]
    chapters: list[Chapter] = field(default_factory=list)

    @property
    def identifier(self) -> str:
        """The name of the edition, as other programs are told it."""
        return tag_uri(self.edition.date, f"paper/{self.edition.key}")

    @property
    def title(self) -> str:
        return f"{self.edition.title_name} {self.edition}"

    @cached_property
    def changed_at(self) -> datetime.datetime:
        """When what stands in it changed last, in UTC. A story that was withdrawn does not stand in it: nothing may say
        that there was one.
        """
        changes = [story.article.updated_at for chapter in self.chapters for story in chapter.stories]
        return max([self.edition.published_at, *changes]).astimezone(datetime.UTC)

    @property
    def images(self) -> list[Picture]:
        return [*([self.cover] if self.cover else []), *self.pictures.values()]


def book_of(pages: list[PublishedPage], site: Site) -> bytes:
    """The book of an edition of which `pages` are all, as the site shows it now: four queries."""
    placements = placements_of(pages)
    articles = PublishedArticle.objects.select_related("section").in_bulk({one.article_id for one in placements})
    photos = photos_by_story(articles.values())
    shown = [photo.preview for pk in articles for photo in photos[pk]]
    pictures = {picture.address: picture for picture in _read(dict.fromkeys(shown))}
    book = Book(pages[0].edition, site, next(_read([pages[0].image]), None), pictures)
    told: set[int] = set()
    for laid in lay_out(pages, placements, articles):
        beginning = [piece.article for piece in laid.pieces if piece.article.pk not in told]
        told.update(article.pk for article in beginning)
        book.chapters.append(Chapter(laid.page, [Story(one, photos[one.pk], book) for one in beginning]))
    return packed(_files(book))


def _read(addresses: Iterable[str]) -> Iterator[Picture]:
    """The files of the public store at these addresses, as far as they are there: what is being withdrawn is not."""
    store = storages["public"]
    for address in filter(None, addresses):
        try:
            with store.open(address.removeprefix(store.url(""))) as file:
                yield Picture(address, file.read())
        except OSError:
            continue


def _files(book: Book) -> Iterator[File]:
    # `makemessages` reads templates that are called .html.
    yield _written("META-INF/container.xml", "container.xml", book)
    yield _written(f"{_ROOT}/package.opf", "package.opf", book)
    yield _written(f"{_ROOT}/nav.xhtml", "nav.html", book)
    yield _written(f"{_ROOT}/style.css", "style.css", book)
    if book.cover:
        yield _written(f"{_ROOT}/cover.xhtml", "cover.html", book)
    for chapter in book.chapters:
        yield _written(f"{_ROOT}/{chapter.name}", "chapter.html", book, chapter=chapter)
    for picture in book.images:
        yield File(f"{_ROOT}/{picture.name}", picture.content, is_packed=True)


def _written(name: str, template: str, book: Book, **more: object) -> File:
    text = render_to_string(f"reading/epub/{template}", {"book": book, **more})
    return File(name, writable(text).encode())
