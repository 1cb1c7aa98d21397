"""Near-duplicates among 100,000 made-up stories: how quickly and how surely a changed copy finds its original.

Fills the database that DATABASE_URL names (PostgreSQL) once, with stories made from the demo's words in the
order in which they follow one another there, a third of them with the same closing sentence. Then it plants copies
with a part changed, clause by clause or character by character, and asks for them as an editor-in-chief would.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import re
import statistics
import sys
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path[:0] = [str(ROOT)]

import django  # noqa: E402

django.setup()

import rjieba  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.duplicates import find_similar, remember_text  # noqa: E402
from articles.models import Article, Fingerprint, Section, Title  # noqa: E402
from articles.text.body import from_paragraphs, plain_text  # noqa: E402
from articles.text.fingerprints import fingerprint, shingles  # noqa: E402
from newsroom.demo import content  # noqa: E402
from newsroom.staff.models import RoleGrant, User  # noqa: E402

CLOSING = "有关部门负责人表示，下一步将继续听取各方意见，把好事办好、实事办实，让市民有更多获得感。"
BATCH = 1000


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


class Writer:
    """Writes stories word after word, as the demo's words follow one another."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.follow: dict[str, list[str]] = defaultdict(list)
        for story in content.read_stories().values():
            words = rjieba.cut(plain_text(content.with_dates(story["body"], datetime.date(2024, 3, 7))))
            for one, other in pairwise(words):
                self.follow[one].append(other)
        self.words = list(self.follow)

    def text(self, characters: int) -> str:
        word, said, length = self.rng.choice(self.words), [], 0
        while length < characters:
            said.append(word)
            length += len(word)
            # Now and then another train of thought, or the demo's own sentences would come back whole.
            known = self.follow.get(word) if self.rng.random() > 0.3 else None
            word = self.rng.choice(known or self.words)
        return "".join(said).replace("\n", "") + (CLOSING if self.rng.random() < 0.33 else "")


def fill(count: int) -> None:
    title, _new = Title.objects.get_or_create(pk=1, defaults={"name": "试", "name_en": "T", "cn_number": "CN 00-0001"})
    section, _new = Section.objects.get_or_create(slug="city", defaults={"title": title, "name": "市", "name_en": "C"})
    writer, now = Writer(7), timezone.now()
    while (there := Article.objects.count()) < count:
        stories = Article.objects.bulk_create(
            Article(
                headline=f"第{there + number}篇",
                section=section,
                state="submitted",
                step=1,
                body=from_paragraphs([writer.text(writer.rng.randint(400, 1400))]),
                created_at=now - datetime.timedelta(minutes=writer.rng.randint(1, 500_000)),
            )
            for number in range(BATCH)
        )
        Fingerprint.objects.bulk_create(
            Fingerprint(article=story, key=key)
            for story in stories
            for key in fingerprint(shingles(plain_text(story.body)))
        )
    with connection.cursor() as cursor:
        # As the database does by itself in the course of a day.
        cursor.execute("VACUUM ANALYZE")


def changed_by_clause(text: str, share: float, writer: Writer) -> str:
    """`share` of the clauses written anew."""
    clauses = re.split(r"(?<=[，。；：])", text)
    return "".join(writer.text(len(c)) if writer.rng.random() < share else c for c in clauses)


def changed_by_character(text: str, share: float, writer: Writer) -> str:
    """`share` of the characters replaced one by one, wherever they stand: harsher than any editor."""
    return "".join(writer.rng.choice(writer.words)[0] if writer.rng.random() < share else c for c in text)


def measure(how_many: int) -> None:
    chief, _new = User.objects.get_or_create(username="measuring_chief", defaults={"name": "测"})
    RoleGrant.objects.get_or_create(user=chief, role="editor_in_chief", section=None)
    writer = Writer(8)
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    for name, change in (("clauses", changed_by_clause), ("characters", changed_by_character)):
        for share in (0.1, 0.3):
            found, times = 0, []
            for number in writer.rng.sample(ids, how_many):
                text = change(plain_text(Article.objects.get(pk=number).body), share, writer)
                begun = time.perf_counter()
                similar = find_similar(text, acting_user=chief)
                times.append((time.perf_counter() - begun) * 1000)
                found += any(s.article.pk == number for s in similar)
            say(f"{share:.0%} of the {name} changed: {found / how_many:.1%} found, {timing(times)}")
    texts, alarms = [writer.text(900) for _ in range(how_many)], 0
    for text in texts:
        alarms += bool(find_similar(text, acting_user=chief))
    say(f"new stories said to be there already: {alarms} of {how_many}")
    long = " ".join(writer.text(1000) for _ in range(5))
    story = Article.objects.first()
    times = []
    for number in range(20):
        story.body = from_paragraphs([long[: 4900 + number * 5]])
        begun = time.perf_counter()
        remember_text(story)
        times.append((time.perf_counter() - begun) * 1000)
    say(f"keeping the fingerprint of 5,000 characters: first {times[0]:.1f} ms, then {timing(times[1:])}")
    asking = []
    for _turn in range(20):
        begun = time.perf_counter()
        find_similar(long, acting_user=chief)
        asking.append((time.perf_counter() - begun) * 1000)
    say(f"asking with 5,000 characters: {timing(asking)}")


def timing(times: list[float]) -> str:
    ordered = sorted(times)
    return f"median {statistics.median(ordered):.1f} ms, 95 in 100 under {ordered[int(len(ordered) * 0.95)]:.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--asked", type=int, default=200)
    asked = parser.parse_args()
    fill(asked.stories)
    say(f"{Article.objects.count()} stories, {Fingerprint.objects.count()} keys")
    measure(asked.asked)


if __name__ == "__main__":
    main()
