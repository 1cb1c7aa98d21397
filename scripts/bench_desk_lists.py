"""The desk's list of stories over nineteen years of them, for each role: `STORIES=1000000` says how many there are.

    STORIES=1000000 DATABASE_URL=postgres://… .venv/bin/python scripts/bench_desk.py lists

Twenty sections, three hundred reporters, every fourth story by two; texts of some eight hundred characters.
"""

from __future__ import annotations

import datetime
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench_timing import Timing, timed

if TYPE_CHECKING:
    from articles.models import Article

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

STORIES = int(os.environ.get("STORIES", "20000"))
SECTIONS, REPORTERS, YEARS, BATCH, ROUNDS = 20, 300, 19, 5000, 20
CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
)


def measure() -> dict[str, list[Timing]]:
    """The page of the list as each role asks for it: the newest, ten years down, by section, by words, by a name."""
    from django.db import connection
    from django.test import Client

    from tests import newsroom_of_tests as house

    house.make_title()
    people = house.make_people()
    _fill(people)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    taken = {}
    for role in ("editor_in_chief", "section_editor", "page_designer", "administrator", "reporter"):
        client = Client()
        client.force_login(people[role])
        for what, query in _questions().items():
            taken[f"{role}: {what}"] = _times(client, f"/desk/stories/?{query}")
    return taken


def _times(client: Any, address: str) -> list[Timing]:
    client.get(address)
    return [timed(lambda: client.get(address)) for _ in range(ROUNDS)]


def _questions() -> dict[str, str]:
    from articles.models import Article

    deep = Article.objects.order_by("-updated_at", "-id")[STORIES // 2]
    return {
        "newest": "list=all",
        "half way down": f"list=all&older={deep.updated_at:%Y-%m-%d %H:%M:%S.%f%z}~{deep.pk}".replace("+", "%2B"),
        "last filed": "order=filed",
        "one section": f"section={deep.section_id}",
        "a word that stands nowhere": "words=龘龘",
        "a word of many texts": "words=国人",
        "a name, as a word": "words=记者七号",
        "a name, as the author": "author=记者七号",
    }


def _fill(people: dict[Any, Any]) -> None:
    """Made-up stories evenly over the years, the same ones every time."""
    from articles.models import Article, Byline, Contributor, Section

    title = Section.objects.first().title
    made = range(Section.objects.count(), SECTIONS)
    Section.objects.bulk_create(Section(title=title, slug=f"s{n}", name=f"第{n}版", order=n) for n in made)
    names = [f"记者{digits}号" for digits in ("七", *range(1, REPORTERS))]
    writers = Contributor.objects.bulk_create(Contributor(name=name, slug=f"w{n}") for n, name in enumerate(names))
    owners, sections = _owners(people), list(Section.objects.order_by("pk"))
    chance = random.Random(7)
    for begin in range(0, STORIES, BATCH):
        numbers = range(begin, min(begin + BATCH, STORIES))
        stories = Article.objects.bulk_create(_stories(numbers, owners, sections, chance))
        Byline.objects.bulk_create(
            Byline(article=story, contributor=writer, role="reporter", order=order)
            for story in stories
            for order, writer in enumerate(chance.sample(writers, 2 if story.pk % 4 == 0 else 1), start=1)
        )


def _owners(people: dict[Any, Any]) -> list[Any]:
    from newsroom.staff.models import User

    others = (User(username=f"reporter-{n}", name=f"记者{n}号") for n in range(1, REPORTERS))
    return [people["reporter"], *User.objects.bulk_create(others)]


def _stories(numbers: range, owners: Any, sections: Any, chance: random.Random) -> Iterator[Article]:
    from django.utils import timezone

    from articles.models import Article
    from articles.states import State

    now, apart = timezone.now(), datetime.timedelta(days=365.25 * YEARS) / STORIES
    for n in numbers:
        moment = now - n * apart
        yield Article(
            headline=f"第{n}条：{''.join(chance.choices(CHARACTERS, k=14))}",
            body=f"<p>{''.join(chance.choices(CHARACTERS, k=800))}</p>",
            character_count=800,
            section=chance.choice(sections),
            state=chance.choice([State.DRAFT, State.RETURNED, State.SIGNED_OFF]) if n < 300 else State.PUBLISHED,
            first_published_at=moment,
            released_version=1,
            created_by=chance.choice(owners),
            created_at=moment,
            updated_at=moment,
            moved_at=moment,
        )
