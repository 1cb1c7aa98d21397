"""What was printed of a story, held against what it says now."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from articles.content import Content
from articles.models import Article
from articles.public.body import lead_in_of
from articles.publishing import printed_byline
from articles.text.diffing import Difference, Lines, compare
from articles.versions.revisions import current_revision
from editions.models import Edition, Page, PrintedPage
from editions.printed_words import PrintedWords, photos_of, words_of
from editions.snapshot import body_blocks
from editions.typeset.picture import caption_of


class Printing(NamedTuple):
    """A story as an edition prints it: on which pages, and where its words differ from those of now.

    `from_story` is the difference from the print to the working copy, `from_public` to what readers see on the
    web, empty where that is the working copy or nothing.
    """

    edition: Edition
    pages: list[Page]
    words: PrintedWords
    from_story: list[Difference]
    from_public: list[Difference]

    @property
    def differs(self) -> bool:
        """Whether it says something else by now, at the desk or on the web."""
        return bool(self.from_story or self.from_public)


def printings_of(article: Article) -> list[Printing]:
    """Every edition that prints the story and is released to press, the newest first: its last impression."""
    printed = PrintedPage.objects.filter(
        page__placements__article=article, printing__edition__pressed_at__isnull=False
    ).distinct()
    newest = printed.order_by("-printing__edition__date", "-printing__edition", "-printing__impression", "page__order")
    found = newest.select_related("page__edition", "printing__edition").defer("layout", "parts", "printing__findings")
    by_edition = groupby(found, key=lambda page: page.printing.edition)
    return [_printing(article, edition, _last_impression(pages)) for edition, pages in by_edition]


def _last_impression(pages: Iterable[PrintedPage]) -> list[PrintedPage]:
    _printing_id, last = next(groupby(pages, key=lambda page: page.printing_id))
    return list(last)


def _printing(article: Article, edition: Edition, pages: list[PrintedPage]) -> Printing:
    descriptions = [page.description for page in pages]
    words, photos = words_of(descriptions, article.pk), photos_of(descriptions, article.pk)
    printed = _as_lines(words.kicker, words.headline, words.subhead, words.paragraphs)
    version = article.released_version
    public = article.revisions.get(number=version).content if version not in (None, article.version) else None
    return Printing(
        edition,
        [page.page for page in pages],
        words,
        compare(printed, _lines_now(current_revision(article).content, photos)),
        compare(printed, _lines_now(public, photos)) if public else [],
    )


def _lines_now(content: Content, photos: list[int]) -> Lines:
    """What the print would say of this content: captions of the photos that are printed alone."""
    paragraphs = [block["text"] for block in body_blocks(content["body"], lead_in_of(content, printed_byline(content)))]
    pictures = {picture["photo"]: picture for picture in content["pictures"]}
    captions = [caption_of(pictures[photo]) for photo in photos if photo in pictures]
    return _as_lines(
        content["kicker"], content["headline"], content["subhead"], paragraphs + [text for text in captions if text]
    )


def _as_lines(kicker: str, headline: str, subhead: str, paragraphs: list[str]) -> Lines:
    lines = {
        "kicker": kicker.splitlines(),
        "headline": headline.splitlines(),
        "subhead": subhead.splitlines(),
        "body": paragraphs,
    }
    return {name: text for name, text in lines.items() if text}
