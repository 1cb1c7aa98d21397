"""An archive for tests of the public site: published rows in bulk, where the way they came does not matter."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from articles.models.published import PublicFrame, PublishedArticle, PublishedAuthor, PublishedByline, PublishedSection
from editions.models.published import PublishedEdition, PublishedPage, PublishedPlacement

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime.datetime(2024, 3, 7, 12, tzinfo=SHANGHAI)
SHAPES = [(1, 15, 4, 30), (5, 1, 2, 30), (1, 46, 3, 40), (4, 46, 3, 40)]


def changed() -> None:
    """What the door says after every change: a new generation, with the frame as it is now."""
    frame = PublicFrame.current()
    edition = PublishedEdition.objects.first()
    if edition:
        frame.name, frame.name_en = edition.title_name, edition.title_name_en
    frame.sections = list(PublishedSection.objects.values("slug", "name", "name_en"))
    frame.generation += 1
    frame.save()


def make_section(slug: str = "city", name: str = "本市", name_en: str = "City") -> PublishedSection:
    found, _created = PublishedSection.objects.get_or_create(
        slug=slug, defaults={"name": name, "name_en": name_en, "order": 1}
    )
    return found


def make_author(slug: str = "jia") -> PublishedAuthor:
    return PublishedAuthor.objects.get_or_create(slug=slug, defaults={"name": "甲某", "bio": "跑夜市的记者。"})[0]


def make_articles(
    count: int,
    *,
    section: PublishedSection | None = None,
    author: PublishedAuthor | None = None,
    newest: datetime.datetime = NOON,
    every: datetime.timedelta = datetime.timedelta(minutes=1),
    **fields,
) -> list[PublishedArticle]:
    """`count` stories, the newest first, each `every` older than the one before."""
    first = (PublishedArticle.objects.order_by("-number").values_list("number", flat=True).first() or 0) + count
    rows = [
        PublishedArticle(
            number=first - place,
            version=1,
            section=section or make_section(),
            published_at=newest - place * every,
            updated_at=newest - place * every,
            **{
                "genre": "news",
                "headline": f"第{first - place}条消息",
                "body": "<p>正文。</p>",
                "byline": [{"name": "甲某", "slug": "jia", "code": "reporter", "role": "记者"}],
            }
            | fields,
        )
        for place in range(count)
    ]
    PublishedArticle.objects.bulk_create(rows, batch_size=500)
    PublishedByline.objects.bulk_create(
        (
            PublishedByline(
                author=author or make_author(), article=row, published_at=row.published_at, number=row.number
            )
            for row in rows
        ),
        batch_size=500,
    )
    changed()
    return rows


def make_edition(
    date: datetime.date = datetime.date(2024, 3, 7), *, pages: int = 2, extra: int = 0, series: int = 1234
) -> PublishedEdition:
    """A published edition whose pages hold four stories each."""
    edition = PublishedEdition.objects.create(
        date=date,
        extra_number=extra,
        series_number=series,
        title_name="试验日报",
        title_name_en="Test Daily",
        cn_number="CN 00-0001",
        publisher="试验报社",
        page_count=pages,
        published_at=datetime.datetime.combine(date, datetime.time(6), SHANGHAI),
    )
    for order in range(1, pages + 1):
        page = make_page(edition, order)
        for article, shape in zip(make_articles(4, newest=edition.published_at), SHAPES, strict=True):
            place(page, article, shape)
    changed()
    return edition


def make_page(edition: PublishedEdition, order: int) -> PublishedPage:
    return PublishedPage.objects.create(
        edition=edition, order=order, label=str(order), name="要闻" if order == 1 else "综合",
        responsible_editor="乙某", columns=6, rows=102, width_mm=390, height_mm=545,
    )  # fmt: skip


def place(page: PublishedPage, article: PublishedArticle, shape, part: int = 1, photo: int | None = None) -> None:
    column, row, width, height = shape
    PublishedPlacement.objects.create(
        page=page, article=article, part=part, photo_number=photo,
        column=column, row=row, width=width, height=height,
    )  # fmt: skip
    changed()
