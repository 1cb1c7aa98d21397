"""How what is published is said in short, to people and to machines. No queries."""

from __future__ import annotations

import datetime
import re
from html import unescape

from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext

from articles.models.published import PublishedArticle
from articles.public.reading import ADVERTISEMENT
from newsroom.dates import local

_FIGURE = re.compile(r"<figure>.*?(?:</figure>|$)", re.S)
_LEAD_IN = re.compile(r'<span class="lead-in">.*?</span>\u3000?', re.S)
_END_OF_BLOCK = re.compile(r"</(?:p|li|h2|blockquote)>")
_BETWEEN_BLOCKS = "\x1e"  # no body has it
_CUT_TAG = re.compile(r"<[^>]*$")
_CUT_ENTITY = re.compile(r"&\w*$")
_SPACES = re.compile(r"\s+")
_END_OF_SENTENCE = re.compile(r"[。！？…]+[”’」』）]*")


def stamp(value: datetime.datetime) -> str:
    """A moment as machines read it, to the second: HTML allows no microseconds."""
    return local(value).isoformat(timespec="seconds")


def mark_of(article: PublishedArticle) -> str:
    """What tells readers that somebody paid for the story, in Chinese like the story; nothing where nobody did."""
    if article.genre != ADVERTISEMENT:
        return ""
    with translation.override("zh-hans"):
        return gettext("Advertisement")


def title_elsewhere(article: PublishedArticle, headline: str = "") -> str:
    """The headline as other sites show it, where our own mark does not stand beside it; on one line, or as in
    `headline`.
    """
    mark, title = mark_of(article), headline or article.title
    return f"【{mark}】{title}" if mark else title


def standfirst(article: PublishedArticle, length: int = 90) -> str:
    """What a list says of a story: its summary, else the first `length` characters of its text."""
    if article.summary:
        return article.summary
    return opening(article, length)


def opening(article: PublishedArticle, length: int) -> str:
    """The first `length` characters of a story's text: whole sentences, where half of it or more are such, and none
    that leaves a quotation open.
    """
    # A list has only the beginning of the body; asking for the rest would be a query a story.
    html = article.body if "body" in article.__dict__ else article.opening  # type: ignore[attr-defined]
    text = opening_words(html)
    if len(text) <= length:
        return text
    ends = [end for end in _ends_of_sentences(text[: length + 1]) if length // 2 <= end <= length]
    return text[: ends[-1]] if ends else text[:length].rstrip("，、；：。 \u3000") + "……"


def in_two(text: str, length: int) -> tuple[str, str]:
    """A text parted where a sentence ends, as near to so many characters as one does."""
    end = min(_ends_of_sentences(text) or [len(text)], key=lambda end: abs(end - length))
    return text[:end], text[end:]


def _ends_of_sentences(text: str) -> list[int]:
    """Where sentences end that leave no quotation open."""
    ends = (found.end() for found in _END_OF_SENTENCE.finditer(text))
    return [end for end in ends if _quotes_are_closed(text[:end])]


def _quotes_are_closed(text: str) -> bool:
    return all(text.count(first) == text.count(last) for first, last in ("“”", "‘’", "「」", "『』"))


def opening_words(html: str) -> str:
    """The words at the beginning of a body, which may be cut anywhere: no pictures, no lead-in, no markup, and a wide
    space where a paragraph ended.
    """
    html = _CUT_TAG.sub("", _LEAD_IN.sub("", _FIGURE.sub("", html)))
    text = unescape(strip_tags(_CUT_ENTITY.sub("", _END_OF_BLOCK.sub(_BETWEEN_BLOCKS, html))))
    blocks = (_SPACES.sub(" ", block).strip() for block in text.split(_BETWEEN_BLOCKS))
    return "\u3000".join(filter(None, blocks))
