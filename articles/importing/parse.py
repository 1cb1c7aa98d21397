"""A printed page's extracted text, read back into stories.

The text of a page's PDF is lines without structure: headlines stand away from their bodies, indents are gone,
lines that were set loose have spaces between their glyphs. Every line is put in exactly one place (a story,
the page's furniture, or what could not be placed), so nothing is lost; nothing is ever filled in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from articles.importing.drafts import Draft, Gathered, gather
from articles.importing.headlines import Candidate, pair
from articles.importing.layout import read_blocks
from articles.importing.lines import HAN, read_lines, tidy
from articles.importing.marks import Cut, Marks, cut_closing, cut_opening, merged
from articles.importing.names import Byline

_CONTEXT = 6

_LOST_GLYPH = re.compile(rf"(?<={HAN}) (?={HAN})")
_HALF_WIDTH = re.compile(rf"(?<={HAN})[,;:?!](?={HAN})")


@dataclass(frozen=True)
class Jump:
    """The pages, by their printed labels, that a story comes from (上接) and goes on at (下转)."""

    from_page: str | None = None
    to_page: str | None = None


@dataclass(frozen=True)
class ParsedArticle:
    """One piece of the page.

    `kind` is story, photo (a picture's caption), or continuation (the rest of a story from another page).
    `headline` has one entry a printed line. `furniture` is what was cut from the paragraphs, verbatim.
    """

    kind: str
    headline: tuple[str, ...]
    paragraphs: tuple[str, ...]
    bylines: tuple[Byline, ...]
    dateline: str | None
    credit: tuple[str, ...]
    jump: Jump | None
    agency: str | None
    furniture: tuple[str, ...]


@dataclass(frozen=True)
class Doubt:
    """Something a person should look at.

    `kind` is no_headline, headline_clump (the headline stood among others), split_body (the body was broken
    off), missing_glyph or halfwidth_punct. `article` is the article's index, `context` the text around.
    """

    kind: str
    article: int
    context: str


@dataclass(frozen=True)
class ParsedPage:
    """A page's pieces in page order, and the lines that belong to none."""

    articles: tuple[ParsedArticle, ...] = ()
    page_furniture: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    unsure: tuple[Doubt, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The page in dictionaries and tuples, ready for json.dumps."""
        return asdict(self)


def parse_page(text: str) -> ParsedPage:
    """Read a page's extracted text. Any text gives a page; text without glyphs gives an empty one."""
    gathered = gather(read_blocks(read_lines(text)))
    stories = [_read_story(draft) for draft in gathered.drafts]
    titles = _titles(gathered)
    pairing = pair([title.candidate for title in titles], [_likely_body(story) for story in stories])
    articles = tuple(
        _article(story, [titles[index] for index in given]) for story, given in zip(stories, pairing, strict=True)
    )
    placed = {index for given in pairing for index in given}
    return ParsedPage(
        articles,
        tuple(block.text for block in gathered.furniture),
        tuple(line for index, title in enumerate(titles) if index not in placed for line in title.lines),
        tuple(_doubts(articles, stories, titles, pairing)),
    )


@dataclass(frozen=True)
class _Story:
    """A draft with its marks cut off."""

    paragraphs: tuple[str, ...]
    marks: Marks
    is_split: bool

    @property
    def kind(self) -> str:
        if self.marks.credit and not self.marks.dateline:
            return "photo"
        return "continuation" if self.marks.from_page else "story"


@dataclass(frozen=True)
class _Title:
    """A headline's lines: one, and the subtitle (副题) that follows it after a dash."""

    lines: tuple[str, ...]
    candidate: Candidate


def _read_story(draft: Draft) -> _Story:
    texts = _texts(draft)
    marks = merged([*_cut_openings(texts), *_cut_closings(texts)])
    return _Story(tuple(tidy(text) for text in texts), marks, draft.resumed is not None)


def _texts(draft: Draft) -> list[str]:
    """The draft's paragraphs; the one that was broken off is joined to the block that it goes on with."""
    texts = [block.text for block in draft.blocks]
    if draft.resumed is not None:
        broken = slice(draft.resumed - 1, draft.resumed + 1)
        texts[broken] = ["\n".join(texts[broken])]
    return texts


def _cut_openings(texts: list[str]) -> list[Marks]:
    """Cut the marks that the first of the texts begin with, and drop the texts that were nothing else."""
    found: list[Marks] = []
    first = 0
    while first < len(texts) and (cut := cut_opening(texts[first])):
        found.append(cut.marks)
        texts[first] = cut.rest
        first += not cut.rest
    del texts[:first]
    return found


def _cut_closings(texts: list[str]) -> list[Marks]:
    """Cut the marks that the last of the texts end with, and drop the texts that were nothing else."""
    found: list[Marks] = []
    while texts and (cut := cut_closing(texts[-1]) or _cut_names(texts)):
        found.append(cut.marks)
        texts[-1:] = [cut.rest] if cut.rest else []
    return found[::-1]


def _cut_names(texts: Sequence[str]) -> Cut | None:
    """A line of names that a story of more than that ends with."""
    cut = cut_opening(texts[-1]) if len(texts) > 1 else None
    return cut if cut and not cut.rest else None


def _titles(gathered: Gathered) -> list[_Title]:
    titles: list[_Title] = []
    for block, slot in gathered.headlines:
        above = titles[-1] if titles and titles[-1].candidate.slot == slot else None
        if above and block.text.startswith("——"):
            titles[-1] = _with_subtitle(above, block.text)
        else:
            tied = above is not None and not block.lines[0].gap
            titles.append(_Title((block.text,), Candidate(block.text, slot, tied)))
    return titles


def _with_subtitle(title: _Title, subtitle: str) -> _Title:
    candidate = replace(title.candidate, text=title.candidate.text + subtitle)
    return _Title((*title.lines, subtitle), candidate)


def _likely_body(story: _Story) -> str | None:
    return None if story.kind == "photo" else "".join(story.paragraphs)


def _article(story: _Story, titles: Sequence[_Title]) -> ParsedArticle:
    marks = story.marks
    return ParsedArticle(
        kind=story.kind,
        headline=tuple(line for title in titles for line in title.lines),
        paragraphs=story.paragraphs,
        bylines=marks.bylines,
        dateline=marks.dateline,
        credit=marks.credit,
        jump=Jump(marks.from_page, marks.to_page) if marks.from_page or marks.to_page else None,
        agency=marks.agency,
        furniture=marks.texts,
    )


def _doubts(
    articles: Sequence[ParsedArticle],
    stories: Sequence[_Story],
    titles: Sequence[_Title],
    pairing: Sequence[Sequence[int]],
) -> Iterator[Doubt]:
    crowded = _crowded_slots(titles, pairing)
    for index, (article, story, given) in enumerate(zip(articles, stories, pairing, strict=True)):
        opening = "".join(article.paragraphs)[: _CONTEXT * 2]
        if not given and article.kind != "photo":
            yield Doubt("no_headline", index, opening)
        if any(titles[title].candidate.slot in crowded for title in given):
            yield Doubt("headline_clump", index, "".join(article.headline))
        if story.is_split:
            yield Doubt("split_body", index, opening)
        yield from _glyph_doubts(index, article.paragraphs)


def _crowded_slots(titles: Sequence[_Title], pairing: Sequence[Sequence[int]]) -> set[int]:
    """The places between stories where headlines of more than one article stand."""
    owners: dict[int, set[int]] = {}
    for index, given in enumerate(pairing):
        for title in given:
            owners.setdefault(titles[title].candidate.slot, set()).add(index)
    return {slot for slot, articles in owners.items() if len(articles) > 1}


def _glyph_doubts(index: int, paragraphs: Sequence[str]) -> Iterator[Doubt]:
    for paragraph in paragraphs:
        for kind, pattern in (("missing_glyph", _LOST_GLYPH), ("halfwidth_punct", _HALF_WIDTH)):
            for match in pattern.finditer(paragraph):
                yield Doubt(kind, index, paragraph[max(0, match.start() - _CONTEXT) : match.end() + _CONTEXT])
