"""From the desk's rows to the frozen description of a page: everything it prints, and nothing else.

A description is JSON. The same description gives the same page, whatever has become of its rows since.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any, NamedTuple, cast

from articles.models import Article, ArticlePhoto, Byline, Photo
from articles.models.article import PRINTED_ROLES, BylineRole, Genre
from articles.public.body import lead_in_of
from articles.states import PLACEABLE
from articles.text.body import Block, blocks
from articles.text.leadin import NAMED_IN_LEAD_IN
from editions.almanac import lunar_date, weekday
from editions.models import Edition, Page, PageStory, Placement

FORMAT = 1
# White that is a space and no line end in what is printed, as it is on the web.
_WHITE = re.compile("[\t-\r\x85\u2028\u2029]")
# Who is named under a headline where no lead-in names anybody.
_UNDER_HEADLINE = frozenset({*NAMED_IN_LEAD_IN, BylineRole.PHOTO_REPORT})

Description = dict[str, Any]


def describe_edition(edition: Edition) -> list[tuple[Page, Description]]:
    """Every page of the edition in order with its description: eight queries, however many pages."""
    return _describe(edition, None)


def describe_page(page: Page) -> Description:
    """The description of one page, with what its stories print on others: eight queries."""
    [(_page, description)] = _describe(page.edition, page.pk)
    return description


class Draft(NamedTuple):
    """Stories and what is placed of them, none of it saved, that might lie on a page."""

    stories: Sequence[PageStory]
    placements: Sequence[Placement]


def describe_drafts(page: Page, drafts: Sequence[Draft]) -> list[Description]:
    """The page as it would print each of the drafts beside what lies on it; the queries of one description."""
    drafted = {story.article_id for draft in drafts for story in draft.stories}
    rows = _rows(page.edition, page.pk, drafted)
    return [rows.with_draft(draft).describe(rows.pages[page.pk]) for draft in drafts]


def _describe(edition: Edition, only: int | None) -> list[tuple[Page, Description]]:
    rows = _rows(edition, only, frozenset())
    return [(page, rows.describe(page)) for page in rows.pages.values() if only in (None, page.pk)]


def _rows(edition: Edition, only: int | None, drafted: Collection[int]) -> _Teller:
    pages = list(
        edition.pages.select_related("template", "edition__title", "responsible_editor", "designer", "proofreader")
    )
    treated = PageStory.objects.filter(page__edition=edition).order_by("order", "id")
    if only is not None:
        treated = treated.filter(article__page_stories__page=only)
    treatments = list(treated)
    numbers = {treatment.article_id for treatment in treatments} | set(drafted)
    articles = Article.objects.prefetch_related("bylines__contributor", "article_photos").in_bulk(numbers)
    placed = Placement.objects.filter(page__edition=edition, article__in=numbers).select_related("photo")
    return _Teller(pages, articles, treatments, list(placed.order_by("part", "row", "column")))


class _Teller:
    """What the rows of an edition say, at hand for describing its pages."""

    def __init__(
        self,
        pages: Sequence[Page],
        articles: dict[int, Article],
        treatments: Sequence[PageStory],
        placements: Sequence[Placement],
    ) -> None:
        self.pages = {page.pk: page for page in pages}
        self.articles, self._treatments, self._placements = articles, treatments, placements
        self.treatments: dict[int, list[PageStory]] = defaultdict(list)
        for treatment in treatments:
            self.treatments[treatment.article_id].append(treatment)
        self.text: dict[int, list[Placement]] = defaultdict(list)
        self.pictures: dict[tuple[int, int], list[Placement]] = defaultdict(list)
        for placement in placements:
            if placement.photo_id is None:
                self.text[placement.article_id].append(placement)
            else:
                self.pictures[placement.page_id, placement.article_id].append(placement)

    def with_draft(self, draft: Draft) -> _Teller:
        """The same with a draft added."""
        treatments, placements = [*self._treatments, *draft.stories], [*self._placements, *draft.placements]
        return _Teller(list(self.pages.values()), self.articles, treatments, placements)

    def describe(self, page: Page) -> Description:
        here = [t for found in self.treatments.values() for t in found if t.page_id == page.pk]
        here.sort(key=lambda treatment: (treatment.order, treatment.pk))
        return {
            "format": FORMAT,
            "page": {"order": page.order, "label": page.label, "name": page.name},
            "sheet": page.template.sheet._asdict(),
            "design": page.template.design,
            "furniture": _furniture(page, len(self.pages)),
            "stories": [self._story(treatment) for treatment in here],
        }

    def _story(self, treatment: PageStory) -> dict[str, Any]:
        article = self.articles[treatment.article_id]
        lead_in, byline = _credits(article)
        return {
            "number": article.pk,
            "order": treatment.order,
            "genre": article.genre,
            "version": article.version,
            "signed": article.state in PLACEABLE,
            "byline": byline,
            "blocks": body_blocks(article.body, lead_in),
            "treatments": self._parts(article, treatment),
            "pictures": [_picture(placement, article) for placement in self.pictures[treatment.page_id, article.pk]],
        }

    def _parts(self, article: Article, treatment: PageStory) -> list[dict[str, Any]]:
        """The story page by page in the order in which its text runs; a page with pictures alone has no frames."""
        treated = {found.page_id: found for found in self.treatments[article.pk]}
        parts = [
            _treatment(treated[page_id], article, self.pages[page_id], list(frames))
            for page_id, frames in groupby(self.text[article.pk], key=lambda placement: placement.page_id)
            if page_id in treated
        ]
        if not any(part["page"] == self.pages[treatment.page_id].order for part in parts):
            parts.append(_treatment(treatment, article, self.pages[treatment.page_id], []))
        return parts


def _treatment(treatment: PageStory, article: Article, page: Page, frames: list[Placement]) -> dict[str, Any]:
    words = {name: getattr(treatment, name) for name in ("kicker", "headline", "subhead")}
    return {
        "page": page.order,
        "label": page.label,
        "style": treatment.headline_style,
        "headline_columns": treatment.headline_columns,
        "text_columns": treatment.text_columns,
        "boxed": treatment.boxed,
        "mark": treatment.label,
        **{name: getattr(article, name) if said is None else said for name, said in words.items()},
        "differs": [name for name, said in words.items() if said is not None],
        "frames": [{"part": frame.part, **frame.rectangle._asdict()} for frame in frames],
    }


def _picture(placement: Placement, article: Article) -> dict[str, Any]:
    photo = cast("Photo", placement.photo)
    own = next((p for p in article.article_photos.all() if p.photo_id == photo.pk), None) or ArticlePhoto()
    return {
        "photo": photo.pk,
        **placement.rectangle._asdict(),
        "caption": own.caption if placement.caption is None else placement.caption,
        "credit": own.credit,
        "alt": own.alt,
        "differs": placement.caption is not None,
        "focal": [placement.focal_x, placement.focal_y],
        "zoom": placement.zoom,
        "pixels": [photo.width, photo.height],
        "fingerprint": photo.fingerprint,
    }


def _furniture(page: Page, count: int) -> dict[str, Any]:
    edition, title = page.edition, page.edition.title
    day = edition.date
    return {
        "kind": "masthead" if page.order == 1 else "folio",
        "title": title.name,
        "title_en": title.name_en,
        "publisher": title.publisher,
        "cn_number": title.cn_number,
        "series": edition.series_number,
        "day": day.isoformat(),
        "date": f"{day.year}年{day.month}月{day.day}日",
        "weekday": weekday(day),
        "lunar": lunar_date(day),
        "pages_today": f"今日{count}版",
        "label": page.label,
        "name": page.name,
        "editor": _name(page.responsible_editor),
        "designer": _name(page.designer),
        "proofreader": _name(page.proofreader),
        "extra": "号外" if edition.extra_number else "",
    }


def _name(person: object | None) -> str:
    return str(person) if person else ""


def _credits(article: Article) -> tuple[str, str]:
    """The lead-in, and the line under the headline that names who reported where the lead-in names nobody."""
    bylines: list[Byline] = article.byline_list
    said = [{"name": b.contributor.name, "code": b.role, "role": PRINTED_ROLES[BylineRole(b.role)]} for b in bylines]
    content = {
        "lead_in_kind": article.lead_in_kind,
        "lead_in_agency": article.lead_in_agency,
        "lead_in_place": article.lead_in_place,
        "lead_in_day": article.lead_in_day.isoformat() if article.lead_in_day else None,
    }
    lead_in = lead_in_of(content, said)
    named = [credit for credit in said if credit["code"] in _UNDER_HEADLINE]
    if lead_in or article.genre in {Genre.ADVERTISEMENT, Genre.NOTICE}:
        named = [credit for credit in named if credit["code"] not in NAMED_IN_LEAD_IN]
    return lead_in, "\u3000".join(
        _group(role, [credit["name"] for credit in group], article.genre)
        for role, group in groupby(named, key=lambda credit: credit["role"])
    )


def _group(role: str, names: list[str], genre: str) -> str:
    """People of one role as they are named under a headline: 本报记者 甲某 乙某, 丙某 摄影报道; a comment's author
    alone.
    """
    people = " ".join(names)
    if role == PRINTED_ROLES[BylineRole.PHOTO_REPORT]:
        return f"{people} {role}"
    if genre == Genre.COMMENTARY and role == PRINTED_ROLES[BylineRole.REPORTER]:
        return people
    return f"本报{role} {people}" if role == PRINTED_ROLES[BylineRole.REPORTER] else f"{role} {people}"


def body_blocks(body: str, lead_in: str) -> list[dict[str, Any]]:
    """The body's blocks without captions, the lead-in at the head of the first paragraph."""
    found = [block for block in blocks(body) if block.kind != "figcaption"]
    if lead_in:
        first = next((place for place, block in enumerate(found) if block.kind == "p"), None)
        if first is None:
            found.insert(0, Block("p", lead_in))
        else:
            found[first] = _opened(found[first], f"{lead_in}\u3000")
    return [
        {"kind": block.kind, "text": _WHITE.sub(" ", block.text), "bold": [list(run) for run in block.bold]}
        for block in found
    ]


def _opened(block: Block, words: str) -> Block:
    """The block with words before it."""
    return Block(
        block.kind,
        words + block.text,
        tuple((start + len(words), end + len(words)) for start, end in block.bold),
    )
