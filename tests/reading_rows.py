"""An archive for tests of the public site: published rows in bulk, where the way they came does not matter."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from io import BytesIO
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone
from PIL import Image, ImageDraw

from articles.models.published import PublicFrame, PublishedArticle, PublishedAuthor, PublishedByline, PublishedSection
from editions.geometry import percentages
from editions.models.published import (
    MIDDLE_WIDTH,
    PublishedEdition,
    PublishedPage,
    PublishedPlacement,
    PublishedPrinting,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime.datetime(2024, 3, 7, 12, tzinfo=SHANGHAI)
SHAPES = [(1, 15, 4, 30), (5, 1, 2, 30), (1, 46, 3, 40), (4, 46, 3, 40)]


@contextmanager
def right_after(words: str, happens: Callable[[], object]) -> Iterator[None]:
    """Let something happen once, as in another process, right after the first query with these words in it."""
    done = []

    def answer(execute, sql, params, many, context):
        answered = execute(sql, params, many, context)
        if words in sql and not done:
            done.append(sql)
            happens()
        return answered

    with connection.execute_wrapper(answer):
        yield
    assert done


def changed() -> None:
    """What the door says after every change: a new generation, with the frame as it is now."""
    frame = PublicFrame.current()
    edition = PublishedEdition.objects.first()
    if edition:
        frame.name, frame.name_en = edition.title_name, edition.title_name_en
    frame.sections = list(PublishedSection.objects.values("slug", "name", "name_en"))
    frame.generation += 1
    frame.changed_at = timezone.now()
    frame.save()


def escaped(text: str) -> str:
    """`text` as it stands in a body."""
    return escape(text, quote=False)


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


def place(
    page: PublishedPage, article: PublishedArticle, shape, part: int = 1, photo: int | None = None, order: int = 0
) -> None:
    column, row, width, height = shape
    PublishedPlacement.objects.create(
        page=page, article=article, part=part, photo_number=photo, order=order,
        column=column, row=row, width=width, height=height,
    )  # fmt: skip
    changed()


def typeset(page: PublishedPage, width: int = 780, height: int = 1090) -> None:
    """Give the page what the door writes of a typeset one: its pictures and PDF in the public store, and a hot
    zone for every placement, which is its rectangle on the grid.
    """
    sheet = Image.new("RGB", (width, height), "ivory")
    pen = ImageDraw.Draw(sheet)
    for placement in page.placements.all():
        placement.zone = list(percentages(placement.rectangle, page.grid))
        placement.save()
        left, top, across, down = placement.zone
        corners = [left * width, top * height, (left + across) * width, (top + down) * height]
        pen.rectangle([corner / 100 for corner in corners], fill="white", outline="black")
    name = f"pages/{page.edition.key}-{page.order}"
    small = sheet.resize((480, round(480 * height / width)))
    page.image, page.image_png = (_keep(sheet, f"{name}-large.{kind}") for kind in ("webp", "png"))
    if width > MIDDLE_WIDTH:
        middle = sheet.resize((MIDDLE_WIDTH, round(MIDDLE_WIDTH * height / width)))
        page.image_middle = _keep(middle, f"{name}-middle.webp")
    page.thumbnail, page.thumbnail_png = (_keep(small, f"{name}-small.{kind}") for kind in ("webp", "png"))
    page.pdf = _keep(sheet, f"{name}.pdf")
    page.image_width, page.image_height = sheet.size
    page.save()
    changed()


def print_words(article: PublishedArticle, page: PublishedPage, **words) -> None:
    """The story as `page` printed it: in its own words, but for `words`."""
    own = {"kicker": article.kicker, "headline": article.headline, "subhead": article.subhead, "paragraphs": ["正文。"]}
    PublishedPrinting.objects.create(article=article, page=page, **(own | words))
    changed()


def _keep(picture: Image.Image, name: str) -> str:
    file = BytesIO()
    picture.save(file, name.rpartition(".")[2].upper())
    return storages["public"].url(storages["public"].save(name, ContentFile(file.getvalue())))
