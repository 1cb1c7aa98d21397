"""What of a published story is searched, read from the reading side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from itertools import chain
from typing import NamedTuple

from django.utils import timezone
from django.utils.html import strip_tags

from articles.models.published import PublishedArticle, PublishedPhoto
from articles.search import tokens
from articles.search.folding import fold

_END_OF_BLOCK = re.compile(r"</(?:p|h2|li|blockquote|figure|figcaption)>")


class Searched(NamedTuple):
    """The values of a row of `PublishedSearch` but for those that only name the story."""

    section: str
    genre: str
    authors: str
    headline: str
    deck: str
    plain: str
    extra: str


def paragraphs_of(article: PublishedArticle) -> Iterator[str]:
    """What can be read of the story below its headlines, captions of its text among it, a block a line."""
    return filter(None, chain([article.summary], (_read(block).strip() for block in _END_OF_BLOCK.split(article.body))))


def _read(block: str) -> str:
    """What can be read of a block of a body. Most are a paragraph of words alone, and parsing takes its time."""
    words = block.removeprefix("<p>")
    return unescape(strip_tags(block)) if "<" in words or "&" in words else words


def searched(
    article: PublishedArticle, authors: Sequence[int], photos: Iterable[PublishedPhoto], printed: Iterable[str]
) -> Searched:
    """What the index keeps of `article`; `authors` are the ids of the public ones, `printed` the tokens of its pages.
    No query.
    """
    headline = _lines([article.headline.replace("\n", " "), article.web_headline])
    deck = _lines([article.kicker, article.subhead, *article.keywords])
    captions = [f"{photo.caption} {photo.credit}" for photo in photos if not photo.in_body]
    notes = [correction["note"] for correction in article.corrections]
    plain = "\n".join([headline, deck, _lines([*paragraphs_of(article), *captions, *notes])])[: tokens.MOST_CHARACTERS]
    day = timezone.localtime(article.published_at)
    own = {tokens.in_headline(token) for line in headline.split("\n") for token in tokens.of_text(line)}
    own |= {tokens.in_headline(token) for token in tokens.stems(headline)} | tokens.stems(plain)
    own |= {token for person in article.byline for token in tokens.name_tokens(fold(person["name"]))}
    own |= {tokens.author_token(author_id) for author_id in authors}
    own |= {tokens.year_token(day.year), tokens.month_token(day.year, day.month), *printed}
    own |= {tokens.section_token(article.section_id), tokens.genre_token(article.genre)}
    ids = " ".join(map(str, authors))
    return Searched(str(article.section_id), article.genre, ids, headline, deck, plain, tokens.joined(own))


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(folded for part in parts if (folded := fold(part).strip()))
