"""Search over made-up stories of some 800 characters: is what it finds exact, and how quickly.

Fills the database that DATABASE_URL names (PostgreSQL or SQLite; one of its own, it must be empty) with words whose
frequencies fall as they do in Chinese, then asks for passages of two, three and four characters that stand in them
and holds each answer against a plain look through every story.
"""

from __future__ import annotations

import argparse
import datetime
import io
import itertools
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
sys.path[:0] = [str(ROOT)]

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from pypinyin.constants import PHRASES_DICT  # noqa: E402

from articles.models import PublishedArticle, PublishedSearch, PublishedSection  # noqa: E402
from articles.search import finding, sqlite, tokens, words  # noqa: E402
from articles.search.asking import Order, Query, terms_of  # noqa: E402
from articles.search.folding import fold  # noqa: E402
from newsroom.demo import content  # noqa: E402

SECTIONS = 12
YEARS = 10
LAST_DAY = datetime.datetime(2026, 11, 20, 6, tzinfo=datetime.UTC)
BATCH = 2000
LENGTHS = (2, 3, 4)
KINDS = ("rare", "middle", "frequent")
COLUMNS = (
    "article_id number published_at updated_at form section genre authors headline deck printed plain extra".split()
)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Writer:
    """Writes texts of words by Zipf's law: the words of the demo first, then those of a dictionary."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        common = "的 了 在 是 和 我们 中国 城市 记者 今年 工作 发展 经济 社会 群众 项目 企业 服务 建设 市民".split()
        others = sorted(word for word in PHRASES_DICT if 2 <= len(word) <= 4 and word == fold(word) and word.isalnum())
        random.Random(1).shuffle(others)
        singles = list(dict.fromkeys("".join(story["body"] for story in content.read_stories().values())))
        letters = [one for one in singles if one == fold(one) and one >= "一"]
        ranked = list(dict.fromkeys([*common, *letters, *others, "2026", "gdp", "5g", "ai", "wifi"]))
        weights = [1 / (rank + 12) for rank in range(len(ranked))]
        marks = {",": 0.11, "。": 0.04, "、": 0.02, "“": 0.005, "”": 0.005}
        total = sum(weights)
        self.words = [*ranked, *marks]
        self.weights = list(itertools.accumulate([*(weight / total for weight in weights), *marks.values()]))

    def text(self, count: int) -> str:
        return "".join(self.rng.choices(self.words, cum_weights=self.weights, k=count))


def rows(count: int, seed: int) -> Iterator[dict[str, object]]:
    """The rows of the index, the oldest story first; the same at every call."""
    writer, step = Writer(seed), datetime.timedelta(days=365 * YEARS) / count
    for number in range(1, count + 1):
        published = LAST_DAY - step * (count - number)
        day = timezone.localtime(published)
        headline, section = writer.text(8), writer.rng.randrange(SECTIONS) + 1
        author = writer.rng.randrange(400) + 1
        plain = "\n".join([headline, *(writer.text(110) for _ in range(4))])
        own = {tokens.in_headline(token) for token in tokens.of_text(headline) | tokens.stems(headline)}
        own |= tokens.stems(plain) | {tokens.author_token(author), tokens.section_token(section), "g:news"}
        own |= {tokens.year_token(day.year), tokens.month_token(day.year, day.month)}
        named = [number, number, published, published, tokens.FORM, str(section), "news", str(author)]
        yield dict(zip(COLUMNS, [*named, headline, "", "[]", plain, tokens.joined(own)], strict=True))


def fill(count: int) -> None:
    call_command("migrate", verbosity=0)
    if PublishedSearch.objects.exists():
        say(f"{PublishedSearch.objects.count()} stories are there")
        return
    for place in range(SECTIONS):
        PublishedSection.objects.create(pk=place + 1, slug=f"s{place}", name=f"版块{place}", name_en="s", order=place)
    _agree(list(itertools.islice(rows(count, 1), 50)))
    began = time.perf_counter()
    (_fill_postgresql if connection.vendor == "postgresql" else _fill_sqlite)(count)
    say(f"{count} stories written in {time.perf_counter() - began:.0f} s")


def _agree(sample: list[dict[str, object]]) -> None:
    """These rows are what the door would write of such stories."""
    for row in sample:
        article = PublishedArticle(number=row["number"], section_id=int(str(row["section"])), **_article(row))
        made = words.searched(article, [int(str(row["authors"]))], (), ())
        expected = (row["section"], row["genre"], row["authors"], row["headline"], "")
        assert made[:5] == expected and _words(made.plain) == _words(str(row["plain"])), (made, row)  # noqa: PT018, S101
        assert made.extra == row["extra"], (made.extra, row["extra"])  # noqa: S101


def _words(plain: str) -> str:
    return plain.replace("\n\n", "\n")


def _article(row: dict[str, object]) -> dict[str, object]:
    head, *paragraphs = str(row["plain"]).split("\n")
    return {
        "headline": head,
        "genre": row["genre"],
        "body": "".join(f"<p>{text}</p>" for text in paragraphs),
        "published_at": row["published_at"],
        "updated_at": row["updated_at"],
        "version": 1,
    }


def _fill_postgresql(count: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute("SELECT pg_get_indexdef('articles_publishedsearch_gin'::regclass)")
        [definition] = cursor.fetchone()
        cursor.execute("DROP INDEX articles_publishedsearch_gin")
        # What a crash would lose is made again; reading is the same.
        cursor.execute("ALTER TABLE articles_publishedsearch SET UNLOGGED")
        source = rows(count, 1)
        while batch := list(itertools.islice(source, BATCH)):
            lines = "".join("\t".join(_copied(row[name]) for name in COLUMNS) + "\n" for row in batch)
            cursor.copy_expert(f"COPY articles_publishedsearch ({', '.join(COLUMNS)}) FROM STDIN", io.StringIO(lines))
        cursor.execute("""
            INSERT INTO articles_publishedarticle (id, number, version, section_id, genre, kicker, headline, subhead,
                web_headline, body, summary, keywords, byline, picture, corrections, specials, character_count,
                published_at, updated_at)
            SELECT s.article_id, s.number, 1, s.section::bigint, s.genre, '', s.headline, '', '',
                '<p>' || replace(substr(s.plain, length(s.headline) + 2), E'\\n', '</p><p>') || '</p>', '', '[]', '[]',
                NULL, '[]', '[]', 800, s.published_at, s.updated_at
            FROM articles_publishedsearch s
        """)
        began = time.perf_counter()
        cursor.execute(definition)
        cursor.execute("ALTER INDEX articles_publishedsearch_gin ALTER COLUMN 1 SET STATISTICS 0")
        say(f"the index made in {time.perf_counter() - began:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE articles_publishedsearch")
        cursor.execute("VACUUM ANALYZE articles_publishedarticle")
        for name in ("articles_publishedsearch_gin", "articles_publishedsearch"):
            cursor.execute("SELECT pg_size_pretty(pg_total_relation_size(%s))", [name])
            say(f"{name}: {cursor.fetchone()[0]}")


def _copied(value: object) -> str:
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _fill_sqlite(count: int) -> None:
    source, store = rows(count, 1), sqlite.SQLite()
    while batch := list(itertools.islice(source, BATCH)):
        with transaction.atomic():
            PublishedArticle.objects.bulk_create(
                PublishedArticle(
                    pk=row["article_id"], number=row["number"], section_id=int(str(row["section"])), **_article(row)
                )
                for row in batch
            )
            made = [PublishedSearch(**{**row, "printed": []}) for row in batch]
            PublishedSearch.objects.bulk_create(made)
            store.put(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def passages(each: int, seed: int) -> list[str]:
    """Passages that stand in stories, of each length as many; half from anywhere, half of the common words."""
    rng, found = random.Random(seed), set[str]()
    highest = PublishedSearch.objects.order_by("-pk").values_list("pk", flat=True)[0]
    common = Writer(seed).words[:400]
    for length in LENGTHS:
        wanted = len(found) + each
        while len(found) < wanted:
            plain = PublishedSearch.objects.values_list("plain", flat=True).get(pk=rng.randint(1, highest))
            start = rng.randrange(len(plain) - length)
            if len(found) % 2:
                # A common word, with what stands behind it.
                start = max(plain.find(rng.choice(common)), 0)
            passage = plain[start : start + length]
            if len(passage) == length and not any(one.isspace() for one in passage) and not passage.isascii():
                found.add(passage)
    return sorted(found)


def truth_of(asked: list[str]) -> dict[str, list[int]]:
    """The numbers of the stories with each passage, the newest first: every story is read."""
    position = "strpos" if connection.vendor == "postgresql" else "instr"
    truth: dict[str, list[int]] = {passage: [] for passage in asked}
    highest = PublishedSearch.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for start in range(1, highest + 1, 20_000):
        has = ", ".join(f"{position}(plain, %s) > 0" for _ in asked)
        sql = f"SELECT number, {has} FROM articles_publishedsearch WHERE article_id >= %s AND article_id < %s"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [*asked, start, start + 20_000])
            for number, *answers in cursor.fetchall():
                for passage, answer in zip(asked, answers, strict=True):
                    if answer:
                        truth[passage].append(number)
    return {passage: sorted(numbers, reverse=True) for passage, numbers in truth.items()}


def kind_of(count: int) -> str:
    return "rare" if count <= 20 else "middle" if count <= finding.MOST else "frequent"


def check(asked: list[str], truth: dict[str, list[int]]) -> None:
    """Recall and precision over all answers; of the frequent ones the newest are the answer."""
    right = given = expected = 0
    for passage in asked:
        answer = finding.found(Query(terms_of(f"「{passage}」"), order=Order.NEWEST))
        numbers = [candidate.number for candidate in answer.everything]
        should = truth[passage][: finding.MOST_SHOWN if answer.is_capped else None]
        if answer.is_capped != (len(truth[passage]) > finding.MOST):
            say(f"WRONG {passage!r}: capped {answer.is_capped}, {len(truth[passage])} stories have it")
        best = {candidate.number for candidate in finding.found(Query(terms_of(f"「{passage}」"))).everything}
        assert best <= set(truth[passage]), passage  # noqa: S101
        if numbers != should:
            say(f"WRONG {passage!r}: {len(numbers)} found, {len(should)} expected")
        right, given, expected = right + len(set(numbers) & set(should)), given + len(numbers), expected + len(should)
    say(f"{len(asked)} passages, {given} stories found: recall {right / expected:.6f}, precision {right / given:.6f}")


def work() -> float:
    """Seconds of processor time so far, of this process and of the database's on this machine."""
    spent = time.process_time()
    if connection.vendor == "postgresql":
        scheduled = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        spent += int(scheduled.read_text().split()[0]) / 1e9 if scheduled.exists() else 0.0
    return spent


def time_answers(asked: Iterable[str], truth: dict[str, list[int]]) -> None:
    """How long a page of hits takes, with its marked snippets: by the clock, and how much of that was work."""
    taken: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for passage in asked:
        query = Query(terms_of(f"「{passage}」"))
        finding.found(query)
        for _round in range(3):
            began, worked = time.perf_counter(), work()
            finding.found(query)
            spent = ((time.perf_counter() - began) * 1000, (work() - worked) * 1000)
            for key in ((kind_of(len(truth[passage])), len(passage)), ("all", 0)):
                taken.setdefault(key, []).append(spent)
    say("| how often | characters | answers | p50 ms | p95 ms | work p50 ms | work p95 ms |")
    say("|---|---|---|---|---|---|---|")
    for kind, length in [*itertools.product(KINDS, LENGTHS), ("all", 0)]:
        times = taken.get((kind, length), [])
        if times:
            figures = [
                f"{_percentile(column, share):.1f}" for column in zip(*times, strict=True) for share in (0.5, 0.95)
            ]
            say(f"| {kind} | {length or '2–4'} | {len(times)} | {' | '.join(figures)} |")


def _percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * len(ordered)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--each", type=int, default=40, help="passages of each length")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    fill(asked.stories)
    chosen = passages(asked.each, asked.seed)
    truth = truth_of(chosen)
    say(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {connection.vendor}")
    check(chosen, truth)
    time_answers(chosen, truth)
    say(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
