"""The card that stands for a story without a picture where somebody shares its address: drawn, in the paper's type."""

from __future__ import annotations

import datetime
import hashlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone, translation
from PIL import Image, ImageDraw, ImageFont

from articles.models.published import PublicFrame, PublishedArticle
from articles.public.structured import CARD_SIZE
from articles.public.wording import mark_of
from editions.typeset.fonts import FILES, Fonts
from editions.typeset.headline import SetHeadline, set_headline
from newsroom.dates import day

# Raised with every change of what a card looks like.
_DESIGN = 1
_PAPER, _INK, _RED, _GREY, _RULE = "#fbf9f4", "#1c1b19", "#a3161b", "#5f5b54", "#d9d3c5"
_MARGIN = 80
# The headline stands between these, lower where a mark is above it.
_TOP, _BELOW_MARK, _BOTTOM = 176, 216, 520
_SIZE, _SMALLEST, _LINES, _LEADING = 112, 0.52, 3, 1.32
_FEWEST_CHARACTERS = 6
# The nameplate alone.
_NAMEPLATE_SIZE = 180


class Card(NamedTuple):
    """What a card says: the paper's names, and of a story its section, headline and date, and its mark where somebody
    paid for it; without a story, the paper.
    """

    name: str
    name_en: str
    section: str = ""
    headline: str = ""
    date: str = ""
    mark: str = ""

    @property
    def key(self) -> str:
        return hashlib.sha256(repr((_DESIGN, self)).encode()).hexdigest()


def card_of(article: PublishedArticle, frame: PublicFrame) -> Card:
    """What the story's card says: in Chinese, like the story."""
    with translation.override("zh-hans"):
        date = day(_day_of(article))
    headline = article.web_headline or article.headline
    return Card(frame.name, frame.name_en, article.section.name, headline, date, mark_of(article))


def card_of_paper(frame: PublicFrame) -> Card:
    """The card of the paper itself: its nameplate."""
    return Card(frame.name, frame.name_en)


def picture_of(card: Card) -> bytes:
    """The card as PNG, drawn once."""
    kept = caches["cards"].get(card.key)
    if kept is None:
        kept = _drawn(card, settings.FONTS)
        caches["cards"].set(card.key, kept)
    return bytes(kept)


def _day_of(article: PublishedArticle) -> datetime.date:
    return timezone.localdate(article.published_at)


def _drawn(card: Card, folder: Path) -> bytes:
    picture = Image.new("RGB", CARD_SIZE, _PAPER)
    pen = ImageDraw.Draw(picture)
    if card.headline:
        _draw_story(pen, card, folder)
    else:
        _draw_nameplate(pen, card, folder)
    file = BytesIO()
    # Few colours, flat areas: a palette halves the file and nobody sees it.
    picture.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_story(pen: ImageDraw.ImageDraw, card: Card, folder: Path) -> None:
    width, _height = CARD_SIZE
    right = width - _MARGIN
    pen.rectangle([0, 0, width, 14], fill=_RED)
    _write(pen, (_MARGIN, 108), card.name, _RED, _Face(folder, "song-heavy", 48), "ls", 660)
    _write(pen, (right, 106), card.section, _GREY, _Face(folder, "hei-bold", 32), "rs", 340)
    pen.line([_MARGIN, 136, right, 136], fill=_RULE, width=2)
    if card.mark:
        _draw_mark(pen, card.mark, folder)
    _draw_headline(pen, card.headline, folder, right - _MARGIN, _BELOW_MARK if card.mark else _TOP)
    pen.line([_MARGIN, 544, right, 544], fill=_RULE, width=2)
    _write(pen, (_MARGIN, 590), card.date, _GREY, _Face(folder, "hei", 28), "ls", 300)
    _write(pen, (right, 590), card.name_en, _GREY, _Face(folder, "hei", 28), "rs", 700)


def _draw_mark(pen: ImageDraw.ImageDraw, mark: str, folder: Path) -> None:
    """Framed, above the headline, as pages show it."""
    face = _Face(folder, "hei-bold", 30)
    right = _MARGIN + _font(face).getlength(mark) + 24
    pen.rectangle([_MARGIN, 156, right, 204], outline=_GREY, width=2)
    _write(pen, (_MARGIN + 12, 180), mark, _GREY, face, "lm", 400)


def _draw_headline(pen: ImageDraw.ImageDraw, headline: str, folder: Path, width: int, top: int) -> None:
    """The headline broken as the paper breaks one, in the middle of what is left for it."""
    said = _set(headline, folder, width)
    room = _BOTTOM - top
    size = min(int(said.size), int(room / len(said.lines) / _LEADING))
    step = round(size * _LEADING)
    first = (top + _BOTTOM - step * (len(said.lines) - 1)) // 2
    for place, line in enumerate(said.lines):
        _write(pen, (_MARGIN, first + place * step), line, _INK, _Face(folder, "song-heavy", size), "lm", width)


def _set(headline: str, folder: Path, width: int) -> SetHeadline:
    """The headline in its lines; where it is too long the editor's line ends are given up, and then words."""
    fonts, left = _fonts(folder), headline
    while True:
        said = set_headline(left, "song-heavy", width=width, size=_SIZE, smallest=_SMALLEST, lines=_LINES, fonts=fonts)
        if not said.over or len(left) < _FEWEST_CHARACTERS:
            return said
        in_one, words = " ".join(left.split("\n")), left.rstrip("…")
        # Of the words alone: counted with the ellipsis, a short headline would be cut to its own length for ever.
        left = in_one if in_one != left else f"{words[: len(words) * 7 // 8]}……"


def _draw_nameplate(pen: ImageDraw.ImageDraw, card: Card, folder: Path) -> None:
    width, height = CARD_SIZE
    pen.rectangle([0, 0, width, 14], fill=_RED)
    pen.rectangle([0, height - 14, width, height], fill=_RED)
    room = width - 2 * _MARGIN
    _write(pen, (width // 2, 290), card.name, _RED, _Face(folder, "song-heavy", _NAMEPLATE_SIZE), "mm", room)
    _write(pen, (width // 2, 440), card.name_en, _GREY, _Face(folder, "song", 44), "mm", room)


class _Face(NamedTuple):
    """A face of the paper's at a size in pixels."""

    folder: Path
    name: str
    size: int


def _write(
    pen: ImageDraw.ImageDraw, at: tuple[int, int], words: str, colour: str, face: _Face, anchor: str, widest: int
) -> None:
    """Words on one line, set smaller where they would be wider than `widest`."""
    font = _font(face)
    length = font.getlength(words)
    if length > widest:
        font = _font(face._replace(size=max(int(face.size * widest / length), 1)))
    pen.text(at, words, colour, font, anchor=anchor)


@lru_cache(maxsize=64)
def _font(face: _Face) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(face.folder / FILES[face.name].file), face.size)


@lru_cache(maxsize=1)
def _fonts(folder: Path) -> Fonts:
    return Fonts(folder)
