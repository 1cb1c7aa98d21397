"""What the figures are taken on: ten years of a made-up daily, the same at every loading."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from articles import editing
from articles.models import (
    Article,
    Contributor,
    PublishedArticle,
    PublishedAuthor,
    PublishedByline,
    PublishedPhoto,
    PublishedSection,
    ReviewStep,
    Section,
    Title,
)
from articles.publishing import act_on_story
from articles.states import Verb
from editions import placing, planning
from editions.geometry import Rectangle
from editions.models import Edition, PageTemplate, PublishedEdition, PublishedPage, PublishedPlacement
from newsroom.staff.models import RoleGrant, User
from newsroom.staff.roles import SIGNING_ROLES, Role

STORIES = 10_000
SECTIONS = 12
YEARS = 10
CHARACTERS = 800
STORIES_A_PHOTO = 5
FIRST_DAY = datetime.date(2014, 3, 7)
# Stories made on the desk come after the loaded ones, so their numbers never meet.
FIRST_DESK_NUMBER = 1_000_000
FIRST_DESK_EDITION = datetime.date(2030, 1, 1)
# By name alone, for nobody fetches it here: in every width that one of twelve megapixels has.
_FILE = "/media/photos/00/bench"
FILES = {
    "thumbnail": f"{_FILE}-360.webp",
    "width": 960,
    "height": 640,
    "sources": {
        "avif": [[width, f"{_FILE}-{width}.avif"] for width in (320, 640, 960, 1280, 1920)],
        "webp": [[width, f"{_FILE}-{width}.webp"] for width in (320, 640, 1280)],
    },
}
PICTURE = {**FILES, "src": f"{_FILE}-960.webp", "alt": "老桥", "focus": None}
WORDS = """
河道 街区 老桥 校园 果园 图书馆 公交 车站 夜市 剧团 步道 居民 工人 老师 学生
店主 志愿者 技术员 今年 去年 上午 傍晚 周末 修缮 开放 清理 种植 检测 排练
搬迁 改造 巡查 记录 展出 比赛 完成 提前 增加 减少 通过 收集 整理 三十 四十二
一百 两千 公里 平方米 小时 当天 随后 目前 据介绍 记者看到 在现场 的 了 和 与
从 到 由 把 被 让 比
""".split()


def is_loaded() -> bool:
    return PublishedArticle.objects.count() >= STORIES


def load() -> None:
    """Load the reading side in bulk: rows as the door writes them, without a desk behind them."""
    rng = random.Random(20240307)
    with transaction.atomic():
        _make_house()
        sections = [
            PublishedSection.objects.create(slug=f"s{n}", name=f"版块{n}", name_en=f"Section {n}", order=n)
            for n in range(1, SECTIONS + 1)
        ]
        authors = [PublishedAuthor.objects.create(slug=f"author-{n}", name=f"作者{n}") for n in range(1, 61)]
        rows = _stories(rng, sections, authors)
        while batch := list(islice(rows, 1000)):
            _write(batch, authors)
        _load_editions()


def _make_house() -> None:
    title = Title.objects.create(name="测速日报", name_en="Bench Daily", cn_number="CN 00-0002")
    PageTemplate.objects.create(title=title, name="broadsheet", is_default=True)
    for n in range(1, SECTIONS + 1):
        Section.objects.create(title=title, slug=f"s{n}", name=f"版块{n}", name_en=f"Section {n}", order=n)
    for order, role in enumerate(SIGNING_ROLES, start=1):
        ReviewStep.objects.create(title=title, order=order, role=role)
        user = User.objects.create_user(f"bench_{role}", name=f"bench {role}")
        for section in Section.objects.all() if role != Role.EDITOR_IN_CHIEF else [None]:
            RoleGrant.objects.create(user=user, role=role, section=section)
    reporter = User.objects.create_user("bench_reporter", name="bench reporter")
    RoleGrant.objects.create(user=reporter, role=Role.REPORTER)
    Contributor.objects.create(name="测速员", slug="bench", user=reporter)


def _stories(
    rng: random.Random, sections: list[PublishedSection], authors: list[PublishedAuthor]
) -> Iterator[PublishedArticle]:
    start = timezone.make_aware(datetime.datetime.combine(FIRST_DAY, datetime.time(6)))
    step = datetime.timedelta(days=365 * YEARS) / STORIES
    for number in range(1, STORIES + 1):
        author, at = rng.choice(authors), start + step * number
        text = _text(rng, CHARACTERS)
        yield PublishedArticle(
            number=number,
            version=4,
            section=rng.choice(sections),
            genre="news",
            headline=_text(rng, 14),
            subhead=_text(rng, 20),
            body="".join(f"<p>{text[i : i + 160]}。</p>" for i in range(0, len(text), 160)),
            summary=text[:80],
            picture=PICTURE if number % STORIES_A_PHOTO == 0 else None,
            byline=[{"name": author.name, "slug": author.slug, "code": "reporter", "role": "记者"}],
            character_count=len(text),
            published_at=at,
            updated_at=at,
        )


def _text(rng: random.Random, length: int) -> str:
    words: list[str] = []
    size = 0
    while size < length:
        word = rng.choice(WORDS) + ("，" if rng.random() < 0.12 else "")
        words.append(word)
        size += len(word)
    return "".join(words)[:length].strip("，")


def _write(batch: list[PublishedArticle], authors: list[PublishedAuthor]) -> None:
    by_slug = {author.slug: author for author in authors}
    PublishedArticle.objects.bulk_create(batch)
    PublishedByline.objects.bulk_create(
        PublishedByline(
            author=by_slug[story.byline[0]["slug"]],
            article=story,
            published_at=story.published_at,
            number=story.number,
        )
        for story in batch
    )
    PublishedPhoto.objects.bulk_create(
        PublishedPhoto(
            article=story,
            photo_number=story.number,
            order=1,
            in_body=False,
            preview=PICTURE["src"],
            large=f"{_FILE}-1920.webp",
            caption=story.subhead,
            credit="测速员",
            alt=PICTURE["alt"],
            **FILES,
        )
        for story in batch
        if story.picture
    )


def _load_editions() -> None:
    """One edition of eight pages for each of the last 120 days of the archive, seven stories a page."""
    newest = list(PublishedArticle.objects.order_by("-number")[: 120 * 56])
    last = FIRST_DAY + datetime.timedelta(days=365 * YEARS)
    for day in range(120):
        date = last - datetime.timedelta(days=day)
        edition = PublishedEdition.objects.create(
            date=date,
            series_number=9000 - day,
            title_name="测速日报",
            title_name_en="Bench Daily",
            cn_number="CN 00-0002",
            page_count=8,
            published_at=timezone.make_aware(datetime.datetime.combine(date, datetime.time(6))),
        )
        for order in range(1, 9):
            stories = newest[day * 56 + (order - 1) * 7 :][:7]
            _load_page(edition, order, stories)


def _load_page(edition: PublishedEdition, order: int, stories: list[PublishedArticle]) -> None:
    """A page as one that was typeset: it has its pictures, by name alone, for nobody fetches them here."""
    picture = f"/media/pages/00/{edition.date:%Y%m%d}{order}"
    page = PublishedPage.objects.create(
        edition=edition,
        order=order,
        label=str(order),
        name=f"版面{order}",
        columns=6,
        rows=102,
        width_mm=390,
        height_mm=545,
        image=f"{picture}.webp",
        image_png=f"{picture}.png",
        image_middle=f"{picture}m.webp",
        image_width=1600,
        image_height=2236,
        thumbnail=f"{picture}s.webp",
        thumbnail_png=f"{picture}s.png",
    )
    PublishedPlacement.objects.bulk_create(
        PublishedPlacement(page=page, article=story, part=1, **rectangle._asdict())
        for story, rectangle in zip(stories, _tiles(len(stories)), strict=True)
    )


def _tiles(count: int, top: int = 4, height: int = 24) -> list[Rectangle]:
    """Up to eight rectangles below the folio line, two abreast."""
    return [Rectangle(1 + 3 * (n % 2), top + height * (n // 2), 3, height) for n in range(count)]


def prepare_edition(date: datetime.date) -> Edition:
    """An open edition of eight pages with sixty stories signed off and placed, made through the services."""
    _leave_room_for_desk_numbers()
    rng = random.Random(date.toordinal())
    chief = User.objects.get(username="bench_editor_in_chief")
    plans = [planning.PagePlan(str(n), f"版面{n}") for n in range(1, 9)]
    edition = planning.open_edition(date, plans, series_number=20_000 + date.toordinal(), acting_user=chief)
    for page, count in zip(edition.pages.all(), (8, 8, 8, 8, 7, 7, 7, 7), strict=True):
        below_the_masthead = {"top": 15, "height": 22} if page.order == 1 else {}
        for rectangle in _tiles(count, **below_the_masthead):
            placing.place_story(page.pk, signed_story(rng).pk, rectangle, acting_user=chief)
    return edition


def _leave_room_for_desk_numbers() -> None:
    if not Article.objects.filter(pk__gte=FIRST_DESK_NUMBER).exists():
        section = Section.objects.order_by("order").first()
        Article.objects.create(pk=FIRST_DESK_NUMBER, section=section, headline="测速")
        _move_sequence()


def _move_sequence() -> None:
    """PostgreSQL counts on from the sequence, not from the highest number."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('articles_article', 'id'), %s)", [FIRST_DESK_NUMBER])


def signed_story(rng: random.Random) -> Article:
    """A story signed off and not yet published, made through the services."""
    reporter = User.objects.get(username="bench_reporter")
    text = _text(rng, CHARACTERS)
    article = editing.create_story(
        {
            "headline": _text(rng, 14),
            "body": f"<p>{text}。</p>",
            "section_id": Section.objects.order_by("order").values_list("pk", flat=True)[0],
            "lead_in_kind": "own",
        },
        bylines=[editing.Credit(Contributor.objects.get(slug="bench").pk, "reporter")],
        acting_user=reporter,
    )
    article = act_on_story(article.pk, Verb.SUBMIT, seen=article.seen, acting_user=reporter)
    for role in SIGNING_ROLES:
        signer = User.objects.get(username=f"bench_{role}")
        article = act_on_story(article.pk, Verb.SIGN, seen=article.seen, acting_user=signer)
    return article
